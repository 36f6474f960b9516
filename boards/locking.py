"""A meeting as a write finds it: locked first, and only while its record is open."""

from django.utils import timezone

from boards.models import Meeting
from improvement.records.refusals import Refused

# While rows change places, each is first given a number that no row has.
_OUT_OF_THE_WAY = 10_000
AGREED = "The minutes of this meeting have been agreed. The record can no longer be changed."


def locked(meeting):
    """Lock `meeting` and return it as it now stands; raises Refused once its minutes have been agreed."""
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("board__plan__notice", "month")
    row = rows.get(pk=meeting.pk)
    if row.is_agreed:
        raise Refused(AGREED)
    return row


def require_held(meeting, at):
    """Raise Refused unless `meeting` can have something to record at the moment `at`."""
    if not meeting.is_announced:
        raise Refused("Publish the agenda first.")
    if meeting.held_on > timezone.localdate(at):
        raise Refused(f"The meeting is on {meeting.held_on:%-d %B %Y}. You can record this from that day.")


def reopen(meeting):
    """Make minutes that are with the chair a draft again, before what they say changes; `meeting` is locked."""
    if meeting.minutes_sent_at is not None:
        Meeting.objects.filter(pk=meeting.pk).update(minutes_sent_at=None, minutes_sent_by=None)
        meeting.minutes_sent_at = meeting.minutes_sent_by = None


def number(rows):
    """Give `rows` their places in this order, from 1 on, row by row and each by way of a place that none has.

    One UPDATE of them all would be refused or not as the database happens to go through them: it checks after each
    row that no two share a place, and SQLite knows no constraint that is checked at the end.
    """
    rows = list(rows)
    for start in (_OUT_OF_THE_WAY, 0):
        for place, row in enumerate(rows, start + 1):
            type(row).objects.filter(pk=row.pk).update(position=place)
