"""Packs that are ordered with an agenda and made after the page has answered, by whoever comes first.

That is the server or `manage.py deliver`, or else the first reader who asks. An order goes in the transaction that
keeps the packs, so that they are made once, however often the making is cut short.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from accounts.audit import events
from accounts.models import User
from boards.locking import locked
from boards.models import Meeting, PackOrder
from boards.packs import making
from improvement.records.refusals import Refused

logger = logging.getLogger(__name__)
# Longer than the making of the largest packs takes.
CLAIM = timedelta(minutes=10)
FAILED = "An error occurred. It has been logged."


@transaction.atomic
def order(*, meeting: Meeting, by: User, at: datetime) -> PackOrder | None:
    """Order the packs of a meeting whose agenda is published and that has none; raises Refused."""
    meeting = locked(meeting)
    making.require_ready(meeting)
    if meeting.packs.exists():
        return None
    row, is_new = PackOrder.objects.get_or_create(meeting=meeting, defaults={"ordered_at": at, "ordered_by": by})
    if is_new:
        events.record(by=by, at=at, what="pack.ordered", on=meeting)
    return row


def make_due(*, at: datetime) -> int:
    """Make the packs that are ordered and that nobody is making; return for how many meetings."""
    due = PackOrder.objects.filter(Q(claimed_until=None) | Q(claimed_until__lte=at))
    return sum(make(pk, at=at) for pk in list(due.values_list("pk", flat=True)))


def make(pk: int, *, at: datetime) -> bool:
    """Make the packs of one order, unless somebody else is making them; return whether they were made.

    What fails is tried again once the claim has run out, and the order says why.
    """
    row = _claimed(pk, at)
    if row is None:
        return False
    try:
        making.keep(meeting=row.meeting, by=row.ordered_by, at=at)
    except Refused as refusal:
        error = str(refusal)
    except Exception:
        logger.exception("The packs of order %s could not be made.", pk)
        error = FAILED
    else:
        return True
    PackOrder.objects.filter(pk=pk).update(error=error)
    return False


def release() -> int:
    """Free the orders that are claimed, and return how many; what somebody is still making is kept once."""
    return PackOrder.objects.exclude(claimed_until=None).update(claimed_until=None)


@transaction.atomic
def _claimed(pk, at):
    """Return the order if nobody else is making its packs; one whose record has been closed since goes."""
    rows = PackOrder.objects.select_for_update(of=("self",)).select_related("meeting", "ordered_by")
    row = rows.filter(pk=pk).first()
    if row is None or (row.claimed_until and row.claimed_until > at):
        return None
    if row.meeting.is_agreed:
        row.delete()
        return None
    row.claimed_until = at + CLAIM
    row.save(update_fields=["claimed_until"])
    return row
