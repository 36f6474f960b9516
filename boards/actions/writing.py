"""How an action is raised, reported on and closed, each at a meeting."""

from django.db import transaction

from accounts.audit import events
from boards import access as access_of
from boards.locking import locked, reopen, require_held
from boards.models import Board, BoardAction
from boards.models.access import as_recorded
from improvement.records.refusals import Incomplete, Refused
from improvement.records.writes import write
from improvement.texts import days


@transaction.atomic
def raise_action(
    *,
    meeting,
    wording,
    by,
    at,
    owner_post=None,
    owner="",
    due_on=None,
    recommendation=None,
    item=None,
    source="",
    **access,
):
    """Give somebody something to do, at `meeting`; return the BoardAction.

    Who does it is a post, by which it is named, or in words where it is a seat or a body. Those read it who read the
    `item` under which it was raised; `access` is `restricted_because` and `excludes_observers`.
    """
    row = locked(meeting)
    require_held(row, at)
    errors = {}
    if not wording.strip():
        errors["wording"] = "Enter what needs to be done."
    if not owner_post and not owner.strip():
        errors["owner"] = "Choose a post, or enter the seat or body, that will do it."
    errors |= days.outside(due_on=due_on)
    if due_on and due_on < row.held_on:
        errors["due_on"] = "The due date cannot be before the meeting that raises the action."
    if errors:
        raise Incomplete(errors)
    access = access_of.checked(**access)
    access_of.require_item_of(row, item)
    if recommendation and recommendation.plan_id != row.board.plan_id:
        raise Refused("Choose a recommendation in the Board’s plan.", "recommendation")
    board = Board.objects.select_for_update().get(pk=row.board_id)
    facts = {
        "wording": wording.strip(),
        "owner_post": owner_post,
        "owner": owner.strip() or str(owner_post),
        "original_due_on": due_on,
        "recommendation": recommendation,
        "item": item,
        **access,
    }
    if same := row.raised_actions.filter(**facts).first():
        return same
    about = {"about_reference": recommendation.reference, "about_title": recommendation.title} if recommendation else {}
    reopen(row)
    action = BoardAction.objects.create(
        board=board, number=board.actions.free_number(), raised_at=row, due_on=due_on, source=source, **about, **facts
    )
    events.record(by=by, at=at, what="action.raised", on=action, owner=action.owner, access=[as_recorded(action)])
    return action


@transaction.atomic
def note_progress(*, action, meeting, text, by, at, due_on=None):
    """Add what was reported on an open action at `meeting`, with the new date where one was agreed; return the note."""
    meeting = locked(meeting)
    row = _open(action, meeting, at)
    if not text.strip():
        raise Incomplete({"text": "Enter the progress of the action."})
    if errors := days.outside(due_on=due_on):
        raise Incomplete(errors)
    if due_on and due_on < meeting.held_on:
        raise Incomplete({"due_on": "The new date cannot be before the meeting that agrees it."})
    if same := row.notes.filter(meeting=meeting, text=text.strip(), by=by).first():
        return same
    note = row.notes.create(meeting=meeting, text=text.strip(), due_on=due_on, at=at, by=by)
    before = row.due_on
    write(row, row.version, due_on=due_on or row.due_on)
    events.record(by=by, at=at, what="action.noted", on=row, due_before=_day(before), due=_day(row.due_on))
    return note


@transaction.atomic
def close(*, action, version, meeting, outcome, by, at):
    """Close an action at `meeting` with what came of it; return it. It never changes from then on."""
    meeting = locked(meeting)
    there = BoardAction.objects.get(pk=action.pk)
    if (there.closed_at_id, there.outcome) == (meeting.pk, outcome.strip()):
        return there
    row = _open(action, meeting, at)
    if not outcome.strip():
        raise Incomplete({"outcome": "Say what was done, or why the action was dropped."})
    row = write(row, version, closed_at=meeting, outcome=outcome.strip())
    events.record(by=by, at=at, what="action.closed", on=row)
    return row


def _open(action, meeting, at):
    """Lock an action and return it; raises Refused where it cannot be reported on at `meeting`."""
    require_held(meeting, at)
    row = BoardAction.objects.select_for_update(of=("self",)).select_related("raised_at", "closed_at").get(pk=action.pk)
    if row.closed_at:
        raise Refused(f"The action was closed at the meeting of {row.closed_at.held_on:%-d %B %Y}.")
    if meeting.board_id != row.board_id or meeting.held_on < row.raised_at.held_on:
        raise Refused("Choose the meeting that raised the action, or a later one.", "meeting")
    return row


def _day(date):
    return date.isoformat() if date else ""
