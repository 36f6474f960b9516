"""Two months of a plan side by side: what changed from the earlier one to the later, in two queries."""

from collections import Counter
from dataclasses import dataclass

from boards.dashboard import MonthTotals, gaps, totals, with_before
from improvement.records import references
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
    def is_received(self):
        """Whether an update was received in both."""
        return all(side and side.is_received for side in self.sides)

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
        before = (pair.sides[0] for pair in self.missing_later)
        silent = Counter(side.rating for side in before if side and side.is_received)
        return with_before(self.later.ratings, self.earlier.ratings, silent)

    @property
    def received(self):
        """How many recommendations have an update in both months: the only ones whose ratings are compared."""
        return sum(pair.is_received for pair in self.pairs)

    @property
    def missing_later(self):
        return self._missing(1)

    @property
    def gaps(self):
        """A sentence for each rating whose number fell while updates are missing."""
        return gaps(self.ratings, self.earlier.month)

    @property
    def groups(self):
        """What changed, as (heading, pairs); what was not received in one of the two is compared with nothing."""
        return (
            ("Rating better", self._moved(Movement.BETTER)),
            ("Rating worse", self._moved(Movement.WORSE)),
            (f"No update received for {self.later.month.label}", self.missing_later),
            (f"No update received for {self.earlier.month.label}", self._missing(0)),
            ("In the plan in one of the two only", [pair for pair in self.pairs if None in pair.sides]),
            ("Due date changed", [pair for pair in self.pairs if pair.is_due_date_changed]),
        )

    def _moved(self, kind):
        return [pair for pair in self.pairs if pair.movement is kind]

    def _missing(self, place):
        return [pair for pair in self.pairs if pair.sides[place] and not pair.sides[place].is_received]


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
