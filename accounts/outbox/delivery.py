"""Puts what people are to be told into letters, and hands these to the mail server.

A letter is sent once, however often delivery is interrupted: it is marked as sent right after the server took it. A
delivery that is killed in between hands it over again with the same Message-ID, by which mail systems know it for the
same.
"""

import logging
from collections import defaultdict
from datetime import timedelta

from django.conf import settings
from django.core import mail
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import How, Kind, Letter, Message, User
from accounts.outbox import choices

logger = logging.getLogger(__name__)
A_TURN = 200  # letters that one delivery sends
CLAIM = timedelta(minutes=10)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=6)


def deliver(*, at):
    """Gather what waits into letters and send what is due; return how many were sent."""
    gather(at=at)
    return send(at=at)


def gather(*, at):
    """Put the messages that are due into letters: what a person gets at once, and once a day all the rest."""
    waiting = Message.objects.filter(letter=None).order_by().values_list("user", flat=True).distinct()
    for pk in list(waiting):
        with transaction.atomic():
            _gather_for(User.objects.select_for_update().get(pk=pk), at)


def _gather_for(user, at):
    """Write the person's letters; the lock on them keeps another delivery from writing the same."""
    rows = list(Message.objects.filter(user=user, letter=None))
    if not user.is_active:
        Message.objects.filter(pk__in=[row.pk for row in rows]).delete()
        return
    wanted, sorted_out = choices.of(user), defaultdict(list)
    for row in rows:
        sorted_out[wanted[Kind(row.kind)]].append(row)
    Message.objects.filter(pk__in=[row.pk for row in sorted_out[How.NEVER]]).delete()
    today = timezone.localdate(at)
    is_told_today = Letter.objects.filter(user=user, daily_on=today).exists()
    if sorted_out[How.DAILY] and not is_told_today:
        _write(user, sorted_out[How.DAILY] + sorted_out[How.NOW], at, daily_on=today)
    elif sorted_out[How.NOW]:
        _write(user, sorted_out[How.NOW], at)


def _write(user, rows, at, daily_on=None):
    subject = rows[0].subject if len(rows) == 1 else f"{rows[0].subject}, and {len(rows) - 1} more"
    letter = Letter.objects.create(user=user, subject=subject[:200], made_at=at, daily_on=daily_on)
    Message.objects.filter(pk__in=[row.pk for row in rows]).update(letter=letter)


def send(*, at):
    """Hand the letters that are due to the mail server; return how many it took. One that fails is tried again."""
    due = Letter.objects.filter(Q(claimed_until=None) | Q(claimed_until__lte=at), sent_at=None)
    return sum(_send(pk, at) for pk in due.order_by("made_at", "pk").values_list("pk", flat=True)[:A_TURN])


def _send(pk, at):
    letter = _claimed(pk, at)
    if letter is None:
        return False
    try:
        _as_mail(letter).send()
    except OSError as fault:  # also what smtplib raises
        logger.error("Letter %s could not be handed over: %r", letter.pk, fault)
        Letter.objects.filter(pk=pk).update(claimed_until=at + _wait(letter.attempts), error=repr(fault)[:200])
        return False
    with transaction.atomic():
        Letter.objects.filter(pk=pk).update(sent_at=at, claimed_until=None, error="")
        Message.objects.filter(letter=pk).update(text="")
    return True


def _claimed(pk, at):
    """Return the letter if nobody else sends it, claimed for this delivery."""
    with transaction.atomic():
        letter = Letter.objects.select_for_update(of=("self",)).select_related("user").get(pk=pk)
        if letter.sent_at or (letter.claimed_until and letter.claimed_until > at):
            return None
        letter.claimed_until, letter.attempts = at + CLAIM, letter.attempts + 1
        letter.save(update_fields=("claimed_until", "attempts"))
        return letter


def _wait(attempts):
    """Return how long to wait after so many attempts: longer each time, and never longer than six hours."""
    return min(FIRST_WAIT * 2 ** min(attempts - 1, 10), LONGEST_WAIT)


def _as_mail(letter):
    context = {"letter": letter, "messages": list(letter.messages.all()), "site": settings.SITE_ADDRESS}
    text = render_to_string("account/letters/letter.txt", context)
    made = mail.EmailMultiAlternatives(letter.subject, text, None, [letter.user.email])
    made.attach_alternative(render_to_string("account/letters/letter.html", context), "text/html")
    made.extra_headers["Message-ID"] = message_id(letter)
    made.extra_headers["Auto-Submitted"] = "auto-generated"
    return made


def message_id(letter):
    """Return the name of the letter among all e-mails, the same each time that it is sent."""
    domain = settings.SITE_ADDRESS.partition("://")[2].partition(":")[0]
    return f"<letter-{letter.pk}-{letter.made_at:%Y%m%d%H%M%S}@{domain}>"
