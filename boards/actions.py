"""The action log: what somebody is to do for the Board, carried from meeting to meeting until it is closed."""

from django.db import transaction

from accounts import events
from boards.models import Board, BoardAction


@transaction.atomic
def raise_action(*, meeting, wording, by, at, owner_post=None, owner="", due_on=None, recommendation=None, source=""):
    """Add an action that `meeting` agreed and return it."""
    board = Board.objects.select_for_update().get(pk=meeting.board_id)
    last = board.actions.order_by("number").last()
    row = BoardAction.objects.create(
        board=board,
        number=last.number + 1 if last else 1,
        wording=wording.strip(),
        raised_at=meeting,
        owner=owner or str(owner_post),
        owner_post=owner_post,
        due_on=due_on,
        recommendation=recommendation,
        source=source,
    )
    events.record(by=by, at=at, what="action.raised", on=row, owner=row.owner)
    return row
