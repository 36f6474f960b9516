"""What each body was sent, what it is due next, and what is late; two queries however many there are."""

from dataclasses import dataclass
from datetime import date, timedelta

from boards.models import Board, Body, Circulation
from plans import calendar


@dataclass(frozen=True)
class Standing:
    """One body on a day: everything that it was sent, latest first, and the day on which the next is due."""

    body: Body
    sent: tuple[Circulation, ...]
    on: date

    @property
    def last(self):
        return self.sent[0] if self.sent else None

    @property
    def is_ended(self):
        return self.body.to_on is not None and self.body.to_on < self.on

    @property
    def due_on(self):
        """The day that follows from how often it is sent; None where that, or a day to count from, is not known."""
        counted_from = self.last.sent_on if self.last else self.body.from_on
        if self.is_ended or not (counted_from and self.body.every_months):
            return None
        return calendar.moved(counted_from, self.body.every_months)

    @property
    def is_month_only(self):
        """Whether no more than the month of the next is known, as of the last."""
        return self.last is not None and self.last.is_month_only

    @property
    def is_late(self):
        if self.due_on is None:
            return False
        passed_on = calendar.moved(self.due_on, 1) if self.is_month_only else self.due_on + timedelta(days=1)
        return passed_on <= self.on


def build(board: Board, *, on: date) -> list[Standing]:
    """Return where the Board stands with every body on the day `on`; what was sent later is left out."""
    sent = Circulation.objects.filter(body__board=board, sent_on__lte=on).select_related("report__board", "pack")
    by_body: dict[int, list[Circulation]] = {}
    for row in sent:
        by_body.setdefault(row.body_id, []).append(row)
    return [Standing(body, tuple(by_body.get(body.pk, ())), on) for body in board.bodies.all()]
