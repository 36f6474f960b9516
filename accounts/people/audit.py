"""What of invitations is matched with the audit trail (`accounts.audit.matching`)."""

from collections.abc import Iterator

from accounts.audit.matching import Said, Told, heard, said
from accounts.models import Invitation, User


def _accepted() -> Iterator[Said]:
    kind = User._meta.label_lower
    for row in Invitation.objects.filter(accepted_at__isnull=False):
        yield Said(str(row), (kind, row.user_id), row.user_id, row.accepted_at)


# An event stays where a new link has taken the place of the one that it tells of.
TOLD = (
    Told(
        "its last link",
        said(Invitation.objects.all, "sent_by", "sent_at", on="user"),
        heard("user.invited", "user.invited_again", may_lack=True),
    ),
    Told("its acceptance", _accepted, heard("user.invitation_accepted", may_lack=True)),
    Told(
        "its withdrawal",
        said(lambda: Invitation.objects.exclude(withdrawn_at=None), "withdrawn_by", "withdrawn_at", on="user"),
        heard("user.invitation_withdrawn", may_lack=True),
    ),
)
