"""Advice of the Board and of other bodies, its response and its conclusion. No advice is ever removed."""

from django.db import transaction
from django.utils import timezone

from accounts.audit import events
from boards import access as access_of
from boards import challenges
from boards.models import Advice, Board
from boards.models.access import as_recorded
from improvement.records.refusals import Incomplete, Refused
from improvement.records.writes import holds, write
from improvement.texts import days

CONCLUDED = "The conclusion of this advice has been recorded, so it can no longer be changed."


@transaction.atomic
def record(*, board, wording, by, at, body=None, meeting=None, given_on=None, item=None, source="", **access):
    """Record advice that the Board gave, or that `body` did, and return it; the same again is found, not added."""
    board = Board.objects.select_for_update().get(pk=board.pk)
    given = {"wording": wording.strip(), "body": body, "meeting": meeting, "given_on": given_on, "item": item}
    given |= access_of.checked(**access)
    if not given["wording"]:
        raise Incomplete({"wording": "Enter the advice."})
    _require_past(at, given_on=given_on)
    if body is not None and body.board_id != board.pk:
        raise Refused("Choose a body that this Board reports to.", "body")
    if body is not None and meeting is not None:
        raise Refused("Advice from another body has no Board meeting. Choose “Outside a meeting”.", "meeting")
    if meeting is not None and meeting.board_id != board.pk:
        raise Refused("Choose a meeting of this Board.", "meeting")
    if meeting is not None and meeting.held_on > timezone.localdate(at):
        raise Refused("Choose a meeting that has been held.", "meeting")
    access_of.require_item_of(meeting, item)
    if same := board.advice.filter(**given).first():
        return same
    row = board.advice.create(number=board.advice.free_number(), source=source, recorded_at=at, recorded_by=by, **given)
    events.record(by=by, at=at, what="advice.recorded", on=row, access=[as_recorded(row)])
    return row


@transaction.atomic
def respond(*, advice, response, version, by, at, responded_on=None, responding_post=None):
    """Record the council's response, or put another text in its place; return the advice.

    The text that stood before is kept in the event.
    """
    row = _locked(advice)
    given = {"response": response.strip(), "responded_on": responded_on, "responding_post": responding_post}
    if given["response"] and holds(row, given):
        return row
    _require_open(row)
    if not given["response"]:
        raise Incomplete({"response": "Enter the response."})
    if responding_post:
        challenges.require_post_of(row.board.plan, responding_post, "responding_post")
    _require_past(at, responded_on=responded_on)
    given_on = row.given_on or (row.meeting and row.meeting.held_on)
    if responded_on and given_on and responded_on < given_on:
        raise Incomplete({"responded_on": "The response cannot be dated before the advice."})
    before = row.response
    row = write(row, version, **given)
    events.record(by=by, at=at, what="advice.responded", on=row, before=before)
    return row


@transaction.atomic
def conclude(*, advice, result, version, by, at):
    """Record what became of the advice and return it. From then on nothing of it changes."""
    row = _locked(advice)
    result = result.strip()
    if result and row.result == result:
        return row
    _require_open(row)
    if not result:
        raise Incomplete({"result": "Enter the conclusion."})
    row = write(row, version, result=result)
    events.record(by=by, at=at, what="advice.concluded", on=row)
    return row


def _require_past(at, **given):
    if errors := days.outside(**given):
        raise Incomplete(errors)
    for field, day in given.items():
        if day and day > timezone.localdate(at):
            raise Incomplete({field: "Enter today’s date or an earlier date."})


def _locked(advice):
    rows = Advice.objects.select_for_update(of=("self",))
    return rows.select_related("board", "responding_post", "meeting").get(pk=advice.pk)


def _require_open(row):
    if row.result:
        raise Refused(CONCLUDED)
