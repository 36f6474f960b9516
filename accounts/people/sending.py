"""How an invitation reaches a person: by e-mail, or by a link that the person who invited them passes on."""

import logging
from collections.abc import Callable, Iterable
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core import mail
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.people.invitations import Invited

logger = logging.getLogger(__name__)
# What takes an e-mail and hands it to nobody.
_REACH_NOBODY = {f"django.core.mail.backends.{name}.EmailBackend" for name in ("console", "dummy", "filebased")}


def send(invited: Iterable[Invited], *, by, link: Callable[[str], str]) -> set[int]:
    """E-mail each their link; return the numbers of the people who were reached.

    `link` makes the address of a token. Called once the invitations are in the database: if the mail server is away or
    stops answering, the remaining links are shown to the person who sent the invitations.
    """
    waiting = [one for one in invited if one.token]
    if settings.EMAIL_BACKEND in _REACH_NOBODY or not waiting:
        return set()
    reached = set()
    connection = mail.get_connection()
    try:
        connection.open()
        for one in waiting:
            if _is_handed_in(_letter(one, by, link), connection):
                reached.add(one.person.pk)
    except OSError as fault:
        logger.error("Invitations could not be handed in: %r", fault)
    finally:
        connection.close()
    return reached


def _is_handed_in(letter, connection):
    """Whether the server took one letter; that it refuses one person's address says nothing of the next."""
    try:
        return bool(connection.send_messages([letter]))
    except SMTPRecipientsRefused as fault:
        logger.error("An invitation could not be handed in: %r", fault)
        return False


def _letter(one, by, link):
    context = {
        "person": one.person,
        "by": by,
        "link": link(one.token),
        "expires_on": timezone.localdate(one.person.invitation.expires_at),
    }
    subject = render_to_string("account/email/invitation_subject.txt", context).strip()
    return mail.EmailMessage(
        subject, render_to_string("account/email/invitation_message.txt", context), None, [one.person.email]
    )
