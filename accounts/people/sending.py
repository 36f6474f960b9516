"""How an invitation reaches a person: in an e-mail of its own, or by a link that an administrator passes on."""

from datetime import date, datetime

from django.conf import settings
from django.core import mail
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts import outbox
from accounts.models import Invitation, Kind, Message, User
from accounts.outbox import delivery
from accounts.people import links

SUBJECT = "Choose your password for the improvement plan tracker"
# What takes an e-mail and hands it to nobody.
_REACH_NOBODY = {f"django.core.mail.backends.{name}.EmailBackend" for name in ("console", "dummy", "filebased")}


def goes_out() -> bool:
    """Whether an e-mail of this site reaches anybody."""
    return settings.EMAIL_BACKEND not in _REACH_NOBODY


def tell(invitation: Invitation, *, at) -> None:
    """Write the invitation's e-mail into the outbox, in the transaction that makes it; it holds no link yet."""
    person = invitation.user
    path = reverse("account_login")
    outbox.tell([person], kind=Kind.INVITATION, subject=SUBJECT, path=path, on=person, at=at, once=_name(invitation))


def message_of(invitation: Invitation) -> Message | None:
    """Return the e-mail of the invitation, or None where its link was passed on by hand."""
    told = Message.objects.filter(user=invitation.user_id, once=_name(invitation))
    return told.select_related("letter").first()


def waiting(*, before: date) -> QuerySet[User]:
    """Return the people whose invitation has waited to be e-mailed since an earlier day and was not given up."""
    unsent = Message.objects.filter(kind=Kind.INVITATION, made_at__date__lt=before)
    unsent = unsent.filter(Q(letter=None) | Q(letter__sent_at=None, letter__given_up=False))
    return User.objects.filter(pk__in=unsent.order_by().values("user"))


def _name(invitation: Invitation) -> str:
    """Return what each link's message is called: a new link has another."""
    return f"invitation-{invitation.token_sha256}"


def _write(message: Message, at: datetime) -> mail.EmailMultiAlternatives:
    """Return the e-mail with the link; raises NoLonger where the invitation is closed, or a newer one replaced it."""
    invitation = Invitation.objects.select_related("user", "sent_by").filter(user=message.user_id).first()
    if invitation is None or invitation.accepted_at or invitation.withdrawn_at:
        raise delivery.NoLonger("The invitation is no longer open.")
    if _name(invitation) != message.once or invitation.sent_to != invitation.user.email:
        raise delivery.NoLonger("It was replaced by another invitation, or the address changed.")
    if not invitation.is_open(at):
        raise delivery.NoLonger("The invitation has expired.")
    context = {
        "by": invitation.sent_by,
        "person": invitation.user,
        "link": settings.SITE_ADDRESS + reverse("invitation_accept", args=[links.token_of(invitation)]),
        "expires_on": timezone.localdate(invitation.expires_at),
    }
    text = render_to_string("account/letters/invitation.txt", context)
    made = mail.EmailMultiAlternatives(message.subject, text, None, [invitation.sent_to])
    made.attach_alternative(render_to_string("account/letters/invitation.html", context), "text/html")
    return made


def _forget(message: Message) -> None:
    """Keep only the hash of the link once the e-mail has gone."""
    sha256 = message.once.removeprefix("invitation-")
    Invitation.objects.filter(user=message.user_id, token_sha256=sha256).update(nonce="")


delivery.register(Kind.INVITATION, write=_write, forget=_forget)
