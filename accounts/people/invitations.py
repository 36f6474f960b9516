"""Who is invited to choose a password of their own, and what becomes of the invitation.

An invitation leads to one account by a link that works once and for two weeks. Its token is in the link alone, so that
nobody who reads the database, a backup or the audit trail can use it (`links`). The link goes out as an e-mail
(`sending`), or an administrator passes it on.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from accounts.audit import events
from accounts.models import Invitation, User
from accounts.people import links, sending
from accounts.people.pasted import Line
from improvement.records.refusals import Refused

VALID_FOR = timedelta(days=14)
NO_LONGER = "This link no longer works. It has been used, has expired, was replaced by a newer one or is incomplete."


@dataclass(frozen=True)
class Invited:
    """Someone who was just invited, with the token of their link, and whether an e-mail with it waits in the outbox."""

    person: User
    token: str
    is_mailed: bool = False


class InvitationRefused(Refused):
    """The invitation cannot be; the text says why in the user's words."""


class ListRefused(Refused):
    """Nobody on the list was invited; `sentences` say why, one for each line that is wrong."""

    def __init__(self, sentences):
        self.sentences = sentences
        super().__init__(" ".join(sentences), "people")


def signs_in_elsewhere(email: str) -> bool:
    """Whether the council's identity provider lets this address in, so that no password is needed."""
    return email.partition("@")[2] in _vouched_for()


def awaited() -> QuerySet[User]:
    """Return the people who could sign in once they have chosen a password, and have not."""
    waiting = User.objects.filter(is_active=True, password__startswith=UNUSABLE_PASSWORD_PREFIX)
    elsewhere = Q()
    for domain in _vouched_for():
        elsewhere |= Q(email__endswith=f"@{domain}")
    return waiting.exclude(elsewhere)


def uninvited(*, at) -> QuerySet[User]:
    """Return those of them whom no link reaches at the moment `at`: none was sent, or it has expired."""
    is_open = Q(invitation__withdrawn_at=None, invitation__expires_at__gt=at)
    return awaited().filter(Q(invitation=None) | ~is_open)


def _vouched_for() -> list[str]:
    apps = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", ())
    return [domain for app in apps for domain in app["settings"]["email_domains"]]


@transaction.atomic
def invite(*, name, email, by, at) -> Invited:
    """Give the person an account and a link to choose its password; the token is empty where they need none.

    Also for an account without a password, as a workbook adds it, and for one whose invitation was withdrawn.
    """
    email = email.lower()
    person = User.objects.select_for_update().filter(email=email).first()
    if person is None:
        try:
            with transaction.atomic():
                person = User.objects.create_user(email, name=name)
        except IntegrityError:  # two at once
            raise InvitationRefused(f"{email} has just been invited by someone else.", "email") from None
    else:
        _require_none(person, by, at)
        _reopen(person)
    if signs_in_elsewhere(email):
        events.record(by=by, at=at, what="user.added", on=person)
        return Invited(person, "")
    return _sent(person, "user.invited", by, at)


@transaction.atomic
def invite_all(*, people: Iterable[Line], by, at) -> list[Invited]:
    """Invite everyone on a pasted list, or nobody: raises ListRefused with a sentence for each line that is wrong."""
    invited, wrong = [], []
    for line in people:
        try:
            if line.problem:
                raise InvitationRefused(line.problem)
            invited.append(invite(name=line.name, email=line.email, by=by, at=at))
        except InvitationRefused as refusal:
            wrong.append(f"Line {line.number}: {refusal}")
    if wrong:
        raise ListRefused(wrong)
    return invited


@transaction.atomic
def resend(*, person, by, at, is_passed_on=False) -> Invited:
    """Give the person a new link, which replaces the one before: by e-mail, or `by` passes it on."""
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.has_usable_password():
        raise InvitationRefused(f"{person} has a password already, so needs no invitation.")
    if signs_in_elsewhere(person.email):
        raise InvitationRefused(f"{person} signs in with {settings.OIDC_NAME}, so needs no invitation.")
    _require_theirs(person, by)
    _reopen(person)
    return _sent(person, "user.invited_again", by, at, is_passed_on=is_passed_on)


@transaction.atomic
def resend_all(*, people: Iterable[User], by, at) -> list[Invited]:
    """Give each of them a new link."""
    return [resend(person=person, by=by, at=at) for person in people]


@transaction.atomic
def withdraw(*, person, by, at) -> User:
    """End the person's invitation and close the account until they are invited again; return the person."""
    person = User.objects.select_for_update().get(pk=person.pk)
    invitation = Invitation.objects.filter(user=person).first()
    _require_theirs(person, by)
    if invitation is None or invitation.accepted_at:
        raise InvitationRefused(f"{person} has no invitation that could be withdrawn.")
    if invitation.withdrawn_at:
        return person
    invitation.withdrawn_at, invitation.withdrawn_by, invitation.nonce = at, by, ""
    invitation.save(update_fields=("withdrawn_at", "withdrawn_by", "nonce"))
    person.is_active = False
    person.save(update_fields=("is_active",))
    events.record(by=by, at=at, what="user.invitation_withdrawn", on=person)
    return person


@transaction.atomic
def accept(*, token, password, at) -> User:
    """Give the person whom the link leads to the password that they chose; return them. It works once."""
    person = find(token, at=at).user
    # Every verb here locks the person first, so that of two at once the second finds what the first has done.
    person = User.objects.select_for_update().get(pk=person.pk)
    invitation = find(token, at=at)
    person.set_password(password)
    person.save(update_fields=("password",))
    invitation.accepted_at, invitation.nonce = at, ""
    invitation.save(update_fields=("accepted_at", "nonce"))
    events.record(by=person, at=at, what="user.invitation_accepted", on=person)
    return person


def find(token, *, at) -> Invitation:
    """Return the invitation that the token opens at the moment `at`; raises InvitationRefused where none is open."""
    found = Invitation.objects.select_related("user").filter(token_sha256=links.hashed(token)).first()
    if (
        found is None
        or found.sent_to != found.user.email
        or not found.is_open(at)
        or not found.user.is_active
        or found.user.has_usable_password()
    ):
        raise InvitationRefused(NO_LONGER)
    return found


def may_keep(user, account) -> bool:
    """Whether `user` may decide over `account`: over those of staff only someone with full permissions may."""
    return user.is_superuser or account is None or not (account.is_staff or account.is_superuser)


def _require_theirs(person, by):
    if not may_keep(by, person):
        raise InvitationRefused(f"Only someone with full permissions can invite {person.email}.", "email")


def _reopen(person):
    """Open the account again that ended with its invitation; one that was deactivated stays so."""
    if person.is_active:
        return
    invitation = Invitation.objects.filter(user=person).first()
    if invitation is None or invitation.withdrawn_at is None:
        raise InvitationRefused(
            f"The account of {person.name}, {person.email}, is deactivated. Activate it first.", "email"
        )
    person.is_active = True
    person.save(update_fields=("is_active",))


def _require_none(person, by, at):
    _require_theirs(person, by)
    if person.has_usable_password():
        raise InvitationRefused(f"{person.email} already has an account, in the name of {person.name}.", "email")
    invitation = Invitation.objects.filter(user=person).first()
    if invitation and invitation.is_open(at):
        raise InvitationRefused(
            f"{person.email} has already been invited. Send a new link from the page of {person.name}.", "email"
        )
    if person.is_active and signs_in_elsewhere(person.email):
        raise InvitationRefused(f"{person.email} already has an account, in the name of {person.name}.", "email")


def _sent(person, what, by, at, *, is_passed_on=False):
    nonce, is_mailed = links.nonce(), sending.goes_out() and not is_passed_on
    token = links.token(person.pk, nonce)
    fresh = {
        "token_sha256": links.hashed(token),
        # An e-mail can wait. The administrator who passes a link on needs it now.
        "nonce": nonce if is_mailed else "",
        "sent_to": person.email,
        "sent_by": by,
        "sent_at": at,
        "expires_at": at + VALID_FOR,
        "accepted_at": None,
        "withdrawn_at": None,
        "withdrawn_by": None,
    }
    invitation, _ = Invitation.objects.update_or_create(user=person, defaults=fresh)
    # Whoever shows the person next sees this invitation.
    person.invitation = invitation
    # Whoever was shown the link could have chosen the password.
    shown = {} if is_mailed else {"shown_to_be_passed_on": True}
    events.record(by=by, at=at, what=what, on=person, expires_on=invitation.expires_at.isoformat(), **shown)
    if is_mailed:
        sending.tell(invitation, at=at)
    return Invited(person, token, is_mailed)
