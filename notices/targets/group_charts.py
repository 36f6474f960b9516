"""Where the parts of a chart of schools or groups side by side stand; a template draws it as SVG. Pure.

A row for each, in one period, the best first, against the floor and its comparators.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from improvement.texts.cutting import cut
from notices.targets.milestones import Better
from notices.targets.values import figure, middle, plain

WIDTH, ROW = 720, 22
# The names end at NAMES; comparators are told at the right edge, where there are any.
NAMES, LEFT, TOP, BOTTOM = 262, 276, 44, 10
LONGEST_NAME = 38
ROOM_FOR_VALUE, ROOM_FOR_COMPARATORS, LETTER = 60, 130, 8
OWN = "council"


@dataclass(frozen=True)
class Plot:
    """What is measured of several schools or groups: each with its values, which are read as those of a Result are."""

    name: str
    unit: str
    better: str
    floor: Decimal | None
    floor_source: str
    members: tuple[tuple[str, tuple[Any, ...]], ...]


@dataclass(frozen=True)
class Mark:
    """The value of one school or group at `x`; `low_x` and `high_x` where it has a range.

    Its figure is to the right of it, or to the left where the floor would run through it.
    """

    label: str
    y: int
    x: float
    text: str
    is_provisional: bool
    low_x: float | None
    high_x: float | None
    comparators: tuple[float, ...]
    compared: str
    is_left: bool = False

    @property
    def name(self) -> str:
        """As much of the label as there is room for."""
        return cut(self.label, LONGEST_NAME)

    @property
    def text_x(self) -> float:
        if self.is_left:
            return self.x if self.low_x is None else self.low_x
        return self.x if self.high_x is None else self.high_x


@dataclass(frozen=True)
class Floor:
    x: float
    text: str


@dataclass(frozen=True)
class Groups:
    """One chart; `period` is what its values are of."""

    plot: Plot
    period: str
    marks: tuple[Mark, ...]
    height: int
    right: float
    floor: Floor | None
    width: int = WIDTH
    names: int = NAMES
    left: int = LEFT
    top: int = TOP

    @property
    def base(self) -> int:
        return self.height - BOTTOM

    @property
    def direction(self) -> str:
        return "higher is better →" if self.plot.better == Better.HIGHER else "← lower is better"

    @property
    def has_provisional(self) -> bool:
        return any(mark.is_provisional for mark in self.marks)

    @property
    def has_comparators(self) -> bool:
        return any(mark.comparators for mark in self.marks)

    @property
    def words(self) -> str:
        """What the chart shows, for people who cannot see it; the figures are in a table."""
        floor = f" The floor is {plain(self.plot.floor)} {self.plot.unit}." if self.plot.floor is not None else ""
        direction = "Higher" if self.plot.better == Better.HIGHER else "Lower"
        told = "; ".join(
            f"{mark.label} {mark.text}{f' ({mark.compared})' if mark.compared else ''}" for mark in self.marks
        )
        return f"{self.plot.name}, {self.plot.unit}, {self.period}. {direction} is better.{floor} {told}."


def of_measures(measures: Sequence[Any]) -> list[Plot]:
    """Return the Plots of the schools or groups among `notices.targets.progress.Measure`s."""
    return plots(
        ((its.name, its.unit, its.better, its.floor, its.floor_source), its.subgroup, measure.standing)
        for measure in measures
        if (its := measure.indicator).subgroup
    )


def plots(measured: Iterable[tuple[tuple, str, Sequence[Any]]]) -> list[Plot]:
    """Return a Plot of what is measured of two or more schools or groups.

    Each is given by what is measured (name, unit, better, floor and its source), its own name and its values.
    """
    found: dict[tuple, list] = {}
    for facts, label, rows in measured:
        found.setdefault(facts, []).append((label, tuple(rows)))
    return [Plot(*facts, tuple(members)) for facts, members in found.items() if len(members) > 1]


def drawn(plot: Plot) -> list[Groups]:
    """Return the chart of the last period of which two or more are known, and of the last that has comparators."""
    periods: dict[tuple, list] = {}
    for label, rows in plot.members:
        for row in rows:
            if row.subject == OWN:
                beside = [one for one in rows if one.subject != OWN and _period(one) == _period(row)]
                periods.setdefault(_period(row), []).append((label, row, beside))
    several = sorted(period for period, told in periods.items() if len(told) > 1)
    compared = [period for period in several if any(beside for _, _, beside in periods[period])]
    shown = dict.fromkeys([*several[-1:], *compared[-1:]])
    return [_chart(plot, periods[period]) for period in shown]


def _chart(plot: Plot, told: Sequence[tuple]) -> Groups:
    is_higher = plot.better == Better.HIGHER
    told = sorted(told, key=lambda one: (-middle(one[1]) if is_higher else middle(one[1]), one[0]))
    values = [value for _, row, beside in told for each in (row, *beside) for value in _bounds(each)]
    values += [] if plot.floor is None else [plot.floor]
    room = ROOM_FOR_COMPARATORS if any(beside for _, _, beside in told) else 0
    right = WIDTH - room
    low, high = min(float(min(values)), 0.0), max(float(max(values)), 0.0)
    high = high if high > low else 1.0

    def x(value: Decimal) -> float:
        return round(LEFT + (right - ROOM_FOR_VALUE - LEFT) * (float(value) - low) / (high - low), 1)

    floor = None if plot.floor is None else Floor(x(plot.floor), f"floor {plain(plot.floor)}")
    marks = tuple(_beside(_mark(place, *one, x), floor) for place, one in enumerate(told))
    period = told[0][1].period
    return Groups(plot, period, marks, TOP + ROW * len(marks) + BOTTOM, right, floor)


def _mark(place, label, row, beside, x) -> Mark:
    has_range = row.low is not None
    return Mark(
        label=label,
        y=TOP + ROW * place + ROW // 2,
        x=x(middle(row)),
        text=figure(row),
        is_provisional=row.is_provisional,
        low_x=x(row.low) if has_range else None,
        high_x=x(row.high) if has_range else None,
        comparators=tuple(x(middle(one)) for one in beside),
        compared=", ".join(f"{one.subject} {plain(middle(one))}" for one in beside),
    )


def _beside(mark: Mark, floor: Floor | None) -> Mark:
    """Return the mark with its figure where the floor does not run through it."""
    end = mark.text_x + 14 + LETTER * len(mark.text)
    return replace(mark, is_left=floor is not None and mark.text_x < floor.x < end)


def _period(row: Any) -> tuple:
    return row.period_end, row.period_start, row.basis


def _bounds(row: Any) -> Iterator[Decimal]:
    yield from (one for one in (row.value, row.low, row.high) if one is not None)
