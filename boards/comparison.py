"""Two months of a plan side by side: what changed from the earlier one to the later, in two queries."""

from dataclasses import dataclass

from boards.dashboard import MonthTotals, totals, with_before
from improvement import references
from plans.models import MonthlyUpdate, ReportingMonth
from plans.ratings import Movement, Rating, movement


@dataclass(frozen=True)
class Pair:
    """One recommendation in both months; a side is None where it did not stand in the plan."""

    sides: tuple[MonthlyUpdate | None, MonthlyUpdate | None]
    latest_month: ReportingMonth

    @property
    def latest(self):
        earlier, later = self.sides
        return later or earlier

    @property
    def movement(self):
        return movement(*(Rating(side.rating) if side and side.is_received else None for side in self.sides))

    @property
    def is_due_date_changed(self):
        earlier, later = self.sides
        return bool(earlier and later) and earlier.due_on != later.due_on


@dataclass(frozen=True)
class Comparison:
    earlier: MonthTotals
    later: MonthTotals
    pairs: tuple[Pair, ...]

    @property
    def ratings(self):
        """Each rating's number in the later month, with what it was before."""
        return with_before(self.later.ratings, self.earlier.ratings)

    @property
    def groups(self):
        """What changed, as (heading, pairs); what was not received in one of the two is compared with nothing."""
        return (
            ("Rating better", self._moved(Movement.BETTER)),
            ("Rating worse", self._moved(Movement.WORSE)),
            ("No update received, or not in the plan, in one of the two", self._moved(None)),
            ("Due date changed", [pair for pair in self.pairs if pair.is_due_date_changed]),
        )

    def _moved(self, kind):
        return [pair for pair in self.pairs if pair.movement is kind]


def build(one: ReportingMonth, other: ReportingMonth) -> Comparison:
    """Return what changed between two months of one plan, the earlier one first."""
    earlier, later = sorted((one, other), key=lambda month: month.month)
    fields = ("month", "recommendation", "reference", "title", "status", "rating", "due_on")
    rows = MonthlyUpdate.objects.filter(month__in=(earlier, later)).order_by("reference_order").only(*fields)
    sides = {earlier.pk: {}, later.pk: {}}
    for row in rows:
        sides[row.month_id][row.recommendation_id] = row
    pairs = [
        Pair((sides[earlier.pk].get(key), sides[later.pk].get(key)), later if key in sides[later.pk] else earlier)
        for key in sides[earlier.pk] | sides[later.pk]
    ]
    return Comparison(
        *totals((earlier, later)),
        pairs=tuple(sorted(pairs, key=lambda pair: references.order(pair.latest.reference))),
    )
