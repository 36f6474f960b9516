"""What is recorded of a meeting beside its minutes: who came, and what was decided."""

from django.db import transaction
from django.utils import timezone

from accounts.audit import events
from boards import access
from boards.locking import locked, reopen, require_held
from boards.models import Attendance, Decision
from boards.models.access import as_recorded
from improvement.records.refusals import Conflict, Incomplete, Refused
from improvement.records.writes import write

Presence = Attendance.Presence


@transaction.atomic
def record_attendance(*, meeting, version, seats, by, at):
    """Record who came, as `seats`: seat to (presence, name of the deputy); return the meeting.

    An empty presence takes the record of the seat back. Apologies may be recorded before the day. Raises Incomplete
    with the errors under `presence_<id of the seat>` and `deputy_<id of the seat>`.
    """
    row = locked(meeting)
    if any(seat.board_id != row.board_id for seat in seats):
        raise Refused("Choose seats of this Board.")
    told = {seat: (presence, deputy.strip()) for seat, (presence, deputy) in seats.items()}
    there = {item.seat_id: item for item in row.attendance.all()}
    changed = {seat: answer for seat, answer in told.items() if answer != _said(there.get(seat.pk))}
    if not changed:
        return row
    if row.version != version:
        raise Conflict(row)
    if errors := _errors(row, told, at):
        raise Incomplete(errors)
    reopen(row)
    for seat, (presence, deputy) in changed.items():
        row.attendance.filter(seat=seat).delete()
        if presence:
            row.attendance.create(
                seat=seat, name=seat.name, position=seat.position, presence=presence, deputy_name=deputy
            )
    row = write(row, version)
    events.record(by=by, at=at, what="meeting.attendance_recorded", on=row, seats=len(changed))
    return row


@transaction.atomic
def record_decision(*, meeting, wording, by, at, item=None, revision=None, recommendation=None, source=""):
    """Record what the Board decided; it may agree a revision of the plan, or be about a recommendation. Return it."""
    row = locked(meeting)
    require_held(row, at)
    if not wording.strip():
        raise Incomplete({"wording": "Enter the decision."})
    if any(thing and thing.plan_id != row.board.plan_id for thing in (revision, recommendation)):
        raise Refused("Choose a recommendation in the Board’s plan.")
    access.require_item_of(row, item)
    facts = {"wording": wording.strip(), "item": item, "revision": revision, "recommendation": recommendation}
    if same := row.decisions.filter(**facts, recorded_by=by).first():
        return same
    reopen(row)
    decision = Decision.objects.create(
        meeting=row,
        number=row.decisions.free_number(),
        revision_title=str(revision or ""),
        about=str(recommendation or ""),
        source=source,
        recorded_at=at,
        recorded_by=by,
        **facts,
    )
    events.record(by=by, at=at, what="meeting.decided", on=decision, access=[as_recorded(decision)])
    return decision


@transaction.atomic
def remove_decision(*, decision, by, at):
    """Take back a decision that was recorded wrongly, until the minutes are agreed."""
    meeting = locked(decision.meeting)
    if there := meeting.decisions.filter(pk=decision.pk).first():
        reopen(meeting)
        there.delete()
        events.record(by=by, at=at, what="meeting.decision_removed", on=meeting, wording=decision.wording)


def _said(attendance):
    return (attendance.presence, attendance.deputy_name) if attendance else ("", "")


def _errors(meeting, told, at):
    errors = {}
    is_ahead = meeting.held_on > timezone.localdate(at)
    for seat, (presence, deputy) in told.items():
        who = seat.person or seat.organisation
        if presence and presence not in Presence.values:
            errors[f"presence_{seat.pk}"] = f"{who}: choose whether they attended."
        elif is_ahead and presence in {Presence.PRESENT, Presence.ABSENT}:
            errors[f"presence_{seat.pk}"] = f"{who}: you can record attendance from the day of the meeting."
        if presence == Presence.DEPUTY and not deputy:
            errors[f"deputy_{seat.pk}"] = f"{who}: enter the deputy who attended."
        if deputy and presence != Presence.DEPUTY:
            errors[f"deputy_{seat.pk}"] = f"{who}: enter a deputy only if one attended."
    return errors
