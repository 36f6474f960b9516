"""The public page of a Board is switched on and off."""

from django.db import transaction

from accounts.audit import events
from boards.models import Board


@transaction.atomic
def switch(*, board, is_public, by, at):
    """Let everyone read the Board's public page from now on, without an account, or nobody; return the Board.

    Whoever switches it on stands on the Board, and each switch in the audit trail.
    """
    row = Board.objects.select_for_update(of=("self",)).get(pk=board.pk)
    if row.is_public == is_public:
        return row
    row.public_at, row.public_by = (at, by) if is_public else (None, None)
    Board.objects.filter(pk=row.pk).update(public_at=row.public_at, public_by=row.public_by)
    what = "board.public_page_switched_on" if is_public else "board.public_page_switched_off"
    events.record(by=by, at=at, what=what, on=row)
    return row
