"""Puts what people are to be told into letters, and hands these to the mail server.

A letter is sent once, however often delivery is interrupted: it is marked as sent right after the server took it. A
delivery that is killed in between hands it over again with the same Message-ID, by which mail systems know it for the
same.
"""

import logging
import smtplib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core import mail
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import How, Kind, Letter, Message, User
from accounts.outbox import choices

logger = logging.getLogger(__name__)
# A delivery sends so many letters that it is done, at ten seconds each, before what it claimed is free again.
A_TURN = 50
CLAIM = timedelta(minutes=10)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=6)
TRIED_FOR = timedelta(days=14)
# O'clock: no reminder and no letter of a day is written at night.
DAY_BEGINS = 7
# A reminder of another day is none.
OF_A_DAY = (Kind.REMINDER, Kind.SIGN_OFF)
# What the server says of one letter, and not of itself.
_OF_ONE_LETTER = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError)


class NoLonger(Exception):
    """A letter is not sent, because what it says is out of date; the text says why."""


@dataclass(frozen=True)
class _Own:
    write: Callable[[Message, datetime], mail.EmailMultiAlternatives]
    forget: Callable[[Message], None]


_OWN: dict[Kind, _Own] = {}


def register(
    kind: Kind, *, write: Callable[[Message, datetime], mail.EmailMultiAlternatives], forget: Callable[[Message], None]
) -> None:
    """Send each message of a kind in a letter of its own, which `write` makes each time that it is handed over.

    It may hold what is to be in no database, or raise NoLonger. Once the message is done with, `forget` is called.
    """
    _OWN[kind] = _Own(write, forget)


def deliver(*, at):
    """Gather what waits into letters and send what is due; return how many were sent."""
    gather(at=at)
    return send(at=at)


def gather(*, at):
    """Put the messages that are due into letters: what a person gets at once, and once a day all the rest."""
    yesterday = timezone.localdate(at) - timedelta(days=1)
    Message.objects.filter(letter=None, kind__in=OF_A_DAY, made_at__date__lt=yesterday).delete()
    waiting = Message.objects.filter(letter=None).order_by().values_list("user", flat=True).distinct()
    for pk in list(waiting):
        with transaction.atomic():
            _gather_for(User.objects.select_for_update().get(pk=pk), at)


def _gather_for(user, at):
    """Write the person's letters; the lock on them keeps another delivery from writing the same."""
    rows = list(Message.objects.filter(user=user, letter=None))
    if not user.is_active:
        _forget(rows)
        Message.objects.filter(pk__in=[row.pk for row in rows]).delete()
        return
    wanted, sorted_out = choices.of(user), defaultdict(list)
    for row in rows:
        if row.kind in _OWN:
            _write(user, [row], at)
            continue
        sorted_out[wanted[Kind(row.kind)]].append(row)
    Message.objects.filter(pk__in=[row.pk for row in sorted_out[How.NEVER]]).delete()
    today = timezone.localdate(at)
    is_time = is_day(at) and not Letter.objects.filter(user=user, daily_on=today).exists()
    if sorted_out[How.DAILY] and is_time:
        _write(user, sorted_out[How.DAILY] + sorted_out[How.NOW], at, daily_on=today)
    elif sorted_out[How.NOW]:
        _write(user, sorted_out[How.NOW], at)


def is_day(at):
    """Whether the day has begun at the moment `at`, so that nobody is woken by what can wait."""
    return timezone.localtime(at).hour >= DAY_BEGINS


def _write(user, rows, at, daily_on=None):
    subject = rows[0].subject if len(rows) == 1 else f"{rows[0].subject}, and {len(rows) - 1} more"
    letter = Letter.objects.create(user=user, subject=subject[:200], made_at=at, daily_on=daily_on)
    Message.objects.filter(pk__in=[row.pk for row in rows]).update(letter=letter)


def send(*, at):
    """Hand the letters that are due to the mail server; return how many it took. One that fails is tried again.

    A server that is away or silent ends the turn, or each letter would wait for it in turn.
    """
    due = Letter.objects.filter(Q(claimed_until=None) | Q(claimed_until__lte=at), sent_at=None, given_up=False)
    pks = list(due.order_by("made_at", "pk").values_list("pk", flat=True)[:A_TURN])
    sent, connection = 0, mail.get_connection()
    try:
        for pk in pks:
            letter = _claimed(pk, at)
            fault = letter and _fault(letter, connection, at)
            if letter and not fault:
                sent += 1
                _close(letter, sent_at=at)
            elif isinstance(fault, NoLonger):
                _close(letter, given_up=True, error=str(fault))
            elif fault:
                logger.error("Letter %s could not be handed over: %r", pk, fault)
                _try_later(letter, fault, at)
            if isinstance(fault, OSError) and not isinstance(fault, _OF_ONE_LETTER):
                break
    finally:
        connection.close()
    return sent


def _fault(letter, connection, at):
    """Return why the server did not take the letter, or None."""
    try:
        connection.send_messages([_as_mail(letter, at)])
    except Exception as fault:  # one letter that cannot be written keeps none of the others
        return fault
    return None


def _try_later(letter, fault, at):
    if letter.made_at <= at - TRIED_FOR:
        _close(letter, given_up=True, error="The mail server did not take it in two weeks.")
    else:
        words = "The mail server did not take it." if isinstance(fault, OSError) else "It could not be written."
        Letter.objects.filter(pk=letter.pk).update(claimed_until=at + _wait(letter.attempts), error=words)


def _close(letter, *, sent_at=None, given_up=False, error=""):
    """Be done with a letter: what its messages quote goes."""
    with transaction.atomic():
        done = {"sent_at": sent_at, "given_up": given_up, "error": error, "claimed_until": None}
        Letter.objects.filter(pk=letter.pk).update(**done)
        Message.objects.filter(letter=letter).update(text="")
        _forget(letter.messages.filter(kind__in=_OWN))


def _forget(messages):
    for message in messages:
        if message.kind in _OWN:
            _OWN[Kind(message.kind)].forget(message)


def _claimed(pk, at):
    """Return the letter if nobody else sends it, claimed for this delivery; who left since gets none."""
    with transaction.atomic():
        letter = Letter.objects.select_for_update(of=("self",)).select_related("user").get(pk=pk)
        if letter.sent_at or letter.given_up or (letter.claimed_until and letter.claimed_until > at):
            return None
        if not letter.user.is_active:
            _close(letter, given_up=True, error="The account was deactivated.")
            return None
        letter.claimed_until, letter.attempts = at + CLAIM, letter.attempts + 1
        letter.save(update_fields=("claimed_until", "attempts"))
        return letter


def _wait(attempts):
    """Return how long to wait after so many attempts: longer each time, and never longer than six hours."""
    return min(FIRST_WAIT * 2 ** min(attempts - 1, 10), LONGEST_WAIT)


def _as_mail(letter, at):
    messages = list(letter.messages.all())
    own = _OWN.get(Kind(messages[0].kind))
    made = own.write(messages[0], at) if own else _usual(letter, messages)
    made.extra_headers["Message-ID"] = message_id(letter)
    made.extra_headers["Auto-Submitted"] = "auto-generated"
    return made


def _usual(letter, messages):
    context = {"letter": letter, "messages": messages, "site": settings.SITE_ADDRESS}
    text = render_to_string("account/letters/letter.txt", context)
    made = mail.EmailMultiAlternatives(letter.subject, text, None, [letter.user.email])
    made.attach_alternative(render_to_string("account/letters/letter.html", context), "text/html")
    return made


def message_id(letter):
    """Return the name of the letter among all e-mails, the same each time that it is sent."""
    domain = settings.SITE_ADDRESS.partition("://")[2].partition(":")[0]
    return f"<letter-{letter.pk}-{letter.made_at:%Y%m%d%H%M%S}@{domain}>"
