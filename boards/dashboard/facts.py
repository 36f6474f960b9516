"""What the dashboard of a month holds."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from plans.models import AreaUpdate, MonthlyUpdate, ReportingMonth
from plans.months.sets import NO_UPDATE
from plans.ratings import Rating

ON_TRACK = frozenset({Rating.GREEN, Rating.COMPLETE})


@dataclass(frozen=True)
class Number:
    """A count, and the address of the list of exactly the rows that it counts.

    `before` is what it was in an earlier month, and `unreported` how many of those have no update in this one.
    """

    key: str
    label: str
    value: int
    address: str
    before: "Number | None" = None
    unreported: int = 0

    @property
    def more(self):
        return max(self.value - self.before.value, 0) if self.before else 0

    @property
    def fewer(self):
        return max(self.before.value - self.value, 0) if self.before else 0

    @property
    def gap(self):
        """In words, where the number fell and updates are missing: for how many of those counted before."""
        if not (self.fewer and self.unreported):
            return ""
        return f"no update received for {self.unreported} of those {self.before.value}"


@dataclass(frozen=True)
class Section:
    """A set of rows with its number."""

    number: Number
    rows: tuple[MonthlyUpdate, ...]


@dataclass(frozen=True)
class Group:
    """A theme, or an area of focus with its short update: its recommendations by rating."""

    label: str
    total: Number
    ratings: tuple[Number, ...]
    area_update: AreaUpdate | None = None


@dataclass(frozen=True)
class MonthTotals:
    """The ratings of one month, as they were published."""

    month: ReportingMonth
    total: Number
    ratings: tuple[Number, ...]


class Cell(NamedTuple):
    """One recommendation in one month: its rating, all empty where it was not in the plan."""

    rating: str = ""
    word: str = ""
    corrected: str = ""


@dataclass(frozen=True)
class GridRow:
    """One recommendation through the months; `month` is the last in which it was in the plan."""

    recommendation: int
    reference: str
    title: str
    month: date
    cells: tuple[Cell, ...]
    months_at_rating: int | None

    @property
    def is_on_track(self):
        """Whether it was on track when it was last rated, this month or before an update that is missing."""
        last = next((cell.rating for cell in reversed(self.cells) if cell.rating not in {"", NO_UPDATE}), "")
        return last in ON_TRACK


@dataclass(frozen=True)
class Choice:
    """A filter of the dashboard: its parameter, what it is called, its options as (value, words), and what is asked."""

    parameter: str
    label: str
    options: tuple[tuple[str, str], ...]
    asked: str = ""

    @property
    def words(self):
        """What is asked, in words; empty where nothing is."""
        return dict(self.options).get(self.asked, f"“{self.asked}”") if self.asked else ""


@dataclass(frozen=True)
class Dashboard:
    month: ReportingMonth
    judged_on: date
    history: tuple[MonthTotals, ...]
    ratings: tuple[Number, ...]
    corrected: tuple[Number, ...]
    put_right: tuple[MonthlyUpdate, ...]
    rows: tuple[MonthlyUpdate, ...]
    sections: dict[str, Section]
    directions: tuple[Number, ...]
    themes: tuple[Group, ...]
    areas: tuple[Group, ...]
    in_no_area: int
    grid: tuple[GridRow, ...]
    past_date: Number
    choices: tuple[Choice, ...]
    months: int

    @property
    def total(self):
        return self.history[-1].total

    @property
    def previous(self):
        """The month published before this one, with its totals."""
        return self.history[-2] if len(self.history) > 1 else None

    @property
    def received(self):
        return self.sections["received"].number

    @property
    def by_rating(self):
        """The number of each rating by its key."""
        return {number.key: number for number in self.ratings}

    @property
    def on_track(self):
        """How many are rated Green or Complete."""
        return sum(number.value for number in self.ratings if number.key in ON_TRACK)

    @property
    def filtered(self):
        """The filters in use, in words; empty where the whole month is shown."""
        return "; ".join(f"{choice.label}: {choice.words}" for choice in self.choices if choice.asked)

    @property
    def compared(self):
        """How many have an update in this month and one before, whose ratings alone say what changed."""
        return sum(row.is_received and bool(row.previous_rating) for row in self.rows)

    @property
    def lasting(self):
        """What is stuck or long at one rating: first what is stuck, then what has been so for longest."""
        rows = {row.pk: row for name in ("stuck", "long") for row in self.sections[name].rows}
        return sorted(rows.values(), key=lambda row: (not row.is_stuck, -row.months_at_rating))

    @property
    def gaps(self):
        """A sentence for each rating whose number fell while updates are missing."""
        return gaps(self.ratings, self.previous and self.previous.month)

    @property
    def in_areas(self):
        return sum(area.total.value for area in self.areas)

    @property
    def majority(self):
        """The direction in which more than half of all go, if any ([001] 3.3.3: the majority improving)."""
        return next((number for number in self.directions if number.value * 2 > self.total.value), None)

    @property
    def other_caveats(self):
        """What earlier months say of their own figures where this one says something else, as (months, caveat)."""
        said: dict[str, list[str]] = {}
        for totals in self.history:
            if totals.month.caveat and totals.month.caveat != self.month.caveat:
                said.setdefault(totals.month.caveat, []).append(totals.month.label)
        return [(", ".join(labels), caveat) for caveat, labels in said.items()]

    @property
    def is_a_cell_corrected(self):
        return any(cell.corrected for row in self.grid for cell in row.cells)

    @property
    def shown(self):
        """The MonthTotals of the grid's months."""
        return self.history[-self.months :]

    @property
    def is_capped(self):
        return self.months < len(self.history)

    @property
    def all_months(self):
        """The query string of the same page with every month in its grid."""
        asked = [(choice.parameter, choice.asked) for choice in self.choices if choice.asked]
        return urlencode([*asked, ("months", "all")])

    @property
    def years(self):
        """The years of the grid's months, each with how many months."""
        return tuple(Counter(totals.month.month.year for totals in self.shown).items())

    @property
    def wording(self):
        """The wording of each rating that the plan offered, as (rating, word, wording)."""
        offered = self.month.wording
        return [(rating.value, rating.label, offered[rating]) for rating in Rating if rating in offered]


def gaps(numbers, month):
    """Return a sentence for each of `numbers` that fell since `month` while updates are missing."""
    return [
        f"{number.label}: {number.fewer} fewer than {number.before.value} in {month.label}, {number.gap}."
        for number in numbers
        if number.gap
    ]
