"""The minutes: written under each item, sent to the chair, agreed in a later meeting, and from then on frozen."""

from django.db import transaction
from django.utils import timezone

from accounts.audit import events
from boards import telling
from boards.locking import locked, reopen, require_held
from boards.models import Meeting
from improvement.records import writes
from improvement.records.refusals import Refused
from improvement.records.writes import write


@transaction.atomic
def write_minute(*, item, version, minute, by, at):
    """Write what is minuted under an agenda item; return the item.

    The office alone reads it, and the chair to whom it is sent, until the agenda of a later meeting, at which it is to
    be agreed, is published.
    """
    meeting = locked(item.meeting)
    require_held(meeting, at)
    row = meeting.items.get(pk=item.pk)
    if row.minute == minute.strip():
        return row
    reopen(meeting)
    row = write(row, version, minute=minute.strip())
    events.record(by=by, at=at, what="meeting.minuted", on=meeting, item=row.title)
    return row


@transaction.atomic
def send_minutes(*, meeting, by, at):
    """Let the chair read the draft minutes of `meeting`, and tell the chair so; return the meeting.

    Whatever is changed in its record from then on makes them a draft again, to be sent again.
    """
    row = locked(meeting)
    require_held(row, at)
    if row.is_with_chair:
        return row
    if not row.items.exclude(minute="").exists():
        raise Refused("There are no minutes to send yet.")
    row = write(row, row.version, minutes_sent_at=at, minutes_sent_by=by)
    events.record(by=by, at=at, what="meeting.minutes_sent", on=row)
    telling.of_minutes(row, sender=by, at=at)
    return row


@transaction.atomic
def agree_minutes(*, meeting, agreed_in, by, at, seen=None):
    """Record that the minutes of `meeting` were agreed in the later meeting `agreed_in`; return the meeting.

    From then on nothing in its record changes. `seen` is what `agreeing(meeting)` returned when it was checked.
    """
    row = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if row.is_agreed and row.minutes_agreed_in_id == agreed_in.pk:
        return row
    row = locked(row)
    if not may_agree(row, on=timezone.localdate(at)).filter(pk=agreed_in.pk).exists():
        raise Refused("Choose a later meeting of the Board that has been held.", "agreed_in")
    if not row.items.exclude(minute="").exists():
        raise Refused("There are no minutes to agree yet.")
    if seen is not None and seen != agreeing(row):
        raise Refused("The minutes have changed since you checked them. Check them again below.")
    row = write(
        row, row.version, minutes_agreed_at=at, minutes_agreed_by=by, minutes_agreed_in=agreed_in, stood=_stood(row)
    )
    events.record(by=by, at=at, what="meeting.minutes_agreed", on=row, agreed_in=agreed_in.held_on.isoformat())
    telling.of_meeting(row, "The minutes are agreed", publisher=by, at=at)
    return row


def may_agree(meeting, *, on):
    """Return the meetings that may have agreed the minutes of `meeting` by the day `on`: later ones that were held.

    That each is a later one of the same Board, with a published agenda, `boards.guards` holds too.
    """
    later = meeting.board.meetings.filter(held_on__gt=meeting.held_on, held_on__lte=on)
    return later.filter(agenda_published_at__isnull=False).order_by("held_on")


def _stood(meeting):
    """Return what the page of `meeting` prints of others: Board, caveat, seats of which nothing is known."""
    silent = meeting.board.seats.present(meeting.held_on).exclude(attendance__meeting=meeting)
    return {
        "board": meeting.board.name,
        "caveat": meeting.board.plan.caveat,
        "silent": [seat.name for seat in silent] if meeting.attendance.exists() else [],
    }


def agreeing(meeting):
    """Return a SHA-256 that changes with whatever would be agreed now."""
    return writes.seen(
        meeting.version,
        list(meeting.items.order_by("position").values_list("pk", "version")),
        *(
            list(rows.order_by("pk").values_list("pk"))
            for rows in (meeting.decisions, meeting.raised_actions, meeting.guests, meeting.declarations)
        ),
    )
