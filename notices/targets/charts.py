"""Where the parts of a target's charts stand; templates draw them as SVG. Values in, coordinates out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby, pairwise
from math import ceil, floor, log10
from operator import attrgetter

from notices.models import Result
from notices.targets.milestones import Basis, Better, Kind
from notices.targets.values import figure, middle, plain

WIDTH, HEIGHT = 720, 300
LEFT, RIGHT, TOP, BOTTOM = 56, 16, 28, 36
PADDING, ROOM_FOR_COMPARATOR = 36, 120
SMALL_WIDTH, SMALL_HEIGHT, SMALL_EDGE, ROOM_FOR_ARROW = 136, 36, 6, 16
GRID_LINES = 4
ROOM_FOR_DATE = 74
HALF_LETTER, STEP_LABEL = 4, 104
_SHORT = {Result.Subject.NATIONAL: "national", Result.Subject.NEIGHBOURS: "neighbours"}


@dataclass(frozen=True)
class Point:
    """A value at the end of its period; `low_y` and `high_y` where it has a range."""

    x: float
    y: float
    text: str
    text_y: float
    is_provisional: bool
    low_y: float | None = None
    high_y: float | None = None


@dataclass(frozen=True)
class Segment:
    x1: float
    y1: float
    x2: float
    y2: float
    is_provisional: bool


@dataclass(frozen=True)
class Line:
    """The values of one subject on one basis; no segment crosses a break in the series."""

    is_comparator: bool
    short: str
    points: tuple[Point, ...]
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class StepMark:
    """The level to reach, across the period in which it is to be reached; its label ends at `text_x`."""

    x1: float
    x2: float
    y: float
    text: str
    text_x: float
    text_y: float


@dataclass(frozen=True)
class FloorLine:
    """The level that no value may fall below, across the whole chart; its label ends at the right edge."""

    y: float
    text: str
    text_y: float


@dataclass(frozen=True)
class Tick:
    at: float
    label: str


@dataclass(frozen=True)
class Chart:
    width: int
    height: int
    left: int
    right: int
    base: int
    top: int
    lines: tuple[Line, ...]
    steps: tuple[StepMark, ...]
    breaks: tuple[float, ...]
    levels: tuple[Tick, ...]
    dates: tuple[Tick, ...]
    floor: FloorLine | None = None

    @property
    def has_provisional(self):
        return any(point.is_provisional for line in self.lines for point in line.points)

    @property
    def has_comparators(self):
        return any(line.is_comparator for line in self.lines)


@dataclass(frozen=True)
class Spark:
    """The council's own values on one basis, small; `text` says them in words, with whatever else is drawn.

    Beside them are the level to reach and the floor, across its whole width, a mark for each comparator of the last
    period, and an arrow in the better direction.
    """

    points: tuple[Point, ...]
    segments: tuple[Segment, ...]
    text: str
    arrow: str
    level_y: float | None = None
    floor_y: float | None = None
    comparators: tuple[float, ...] = ()
    width: int = SMALL_WIDTH
    height: int = SMALL_HEIGHT


@dataclass(frozen=True)
class Value:
    """A value of a chart: what a Result is read for, so that one that a report has stamped can be drawn too."""

    subject: str
    basis: str
    period_start: date
    period_end: date
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    is_provisional: bool = False
    breaks_series: bool = False
    period: str = ""


@dataclass(frozen=True)
class Level:
    """What an indicator is to reach, and the period in which."""

    start: date
    end: date
    level: Decimal
    basis: str = ""


@dataclass(frozen=True)
class Plot:
    """What a chart shows of one indicator: values (of Result, or Value), levels to reach and the floor."""

    rows: Sequence[Result | Value]
    levels: Sequence[Level]
    floor: Decimal | None = None


class _Scale:
    """Days to x and values to y."""

    def __init__(self, days, values, *, left, width, top, height):
        self.first, self.days = min(days), (max(days) - min(days)).days
        self.low, self.high = float(min(values)), float(max(values))
        margin = (self.high - self.low) * 0.12 or abs(self.high) * 0.1 or 1
        self.low, self.high = max(self.low - margin, 0.0) if self.low >= 0 else self.low - margin, self.high + margin
        self.left, self.width, self.top, self.height = left, width, top, height

    def x(self, day):
        share = (day - self.first).days / self.days if self.days else 0.5
        return round(self.left + self.width * share, 1)

    def y(self, value):
        return round(self.top + self.height * (self.high - float(value)) / (self.high - self.low), 1)


def chart(measure):
    """Return the chart of a `notices.targets.progress.Measure`, or None where it has less than two things to show."""
    return drawn(Plot(measure.standing, tuple(_levels_of(measure)), measure.indicator.floor))


def drawn(shown, width=WIDTH, height=HEIGHT):
    """Return the chart of a Plot in that size, or None where it has fewer than two things to show."""
    rows, levels = shown.rows, shown.levels
    if len(rows) + len(levels) < 2 or not rows:
        return None
    days = [row.period_end for row in rows] + [day for level in levels for day in (level.start, level.end)]
    values = [bound for row in rows for bound in (*_bounds(row), middle(row))] + [level.level for level in levels]
    values += [] if shown.floor is None else [shown.floor]
    room = ROOM_FOR_COMPARATOR if any(row.subject != Result.Subject.COUNCIL for row in rows) else PADDING
    across = width - LEFT - RIGHT - PADDING - room
    scale = _Scale(days, values, left=LEFT + PADDING, width=across, top=TOP, height=height - TOP - BOTTOM)
    lines = tuple(_lines(rows, scale))
    return Chart(
        width=width,
        height=height,
        left=LEFT,
        right=width - RIGHT,
        base=height - BOTTOM,
        top=TOP,
        lines=lines,
        steps=tuple(_steps(levels, scale, lines, height - BOTTOM)),
        breaks=tuple(sorted({scale.x(row.period_end) - 8 for row in rows if row.breaks_series})),
        levels=tuple(_levels(scale)),
        dates=tuple(_dates(days, scale)),
        floor=_floor(shown.floor, scale),
    )


def _floor(level, scale):
    if level is None:
        return None
    y = scale.y(level)
    return FloorLine(y, f"floor {plain(level)}", y - 6 if y - 17 >= TOP else y + 14)


def spark(measure):
    """Return the small chart of the council's own latest values, or None where there are less than two."""
    rows = measure.series if measure and measure.latest else []
    if len(rows) < 2:
        return None
    last, indicator = rows[-1], measure.indicator
    levels = (one for one in _levels_of(measure) if one.basis == last.basis)
    level = max(levels, key=attrgetter("end", "start"), default=None)
    beside = [
        row for row in measure.standing if row.subject != Result.Subject.COUNCIL and _period(row) == _period(last)
    ]
    marks = [one for one in (level and level.level, indicator.floor) if one is not None]
    scale = _Scale(
        [row.period_end for row in rows],
        [*map(middle, (*rows, *beside)), *marks],
        left=SMALL_EDGE + ROOM_FOR_ARROW,
        width=SMALL_WIDTH - 2 * SMALL_EDGE - ROOM_FOR_ARROW,
        top=SMALL_EDGE,
        height=SMALL_HEIGHT - 2 * SMALL_EDGE,
    )
    points = tuple(_point(row, scale) for row in rows)
    return Spark(
        points,
        _segments(rows, points),
        _said(rows, beside, level, indicator),
        "↑" if indicator.better == Better.HIGHER else "↓",
        scale.y(level.level) if level else None,
        scale.y(indicator.floor) if indicator.floor is not None else None,
        tuple(scale.y(middle(row)) for row in beside),
    )


def _said(rows, beside, level, indicator):
    """Return all that a small chart draws, in words."""
    said = [", ".join(f"{figure(row)} in {row.period}" for row in rows), f"{indicator.better} is better"]
    said += [f"to reach {plain(level.level)}"] if level else []
    said += [f"floor {plain(indicator.floor)}"] if indicator.floor is not None else []
    return "; ".join([*said, *(f"{_SHORT[row.subject]} {figure(row)} in {row.period}" for row in beside)])


def _levels_of(measure):
    """Yield what each step of a measure asks for, if that can be drawn."""
    for step in measure.steps:
        milestone = step.milestone
        if (level := level_of(milestone)) is not None:
            yield Level(milestone.period_start, milestone.period_end, level, milestone.basis)


def _period(row):
    return row.basis, row.period_start, row.period_end


def level_of(milestone):
    """Return the level that a step asks for, or None where it asks for none that can be drawn."""
    if milestone.kind == Kind.LEVEL:
        return milestone.threshold
    if milestone.kind == Kind.CHANGE and milestone.baseline is not None:
        is_higher = milestone.indicator.better == Better.HIGHER
        return milestone.baseline + (milestone.threshold if is_higher else -milestone.threshold)
    return None


def _lines(rows, scale):
    def series(row):
        return row.subject, row.basis

    bases = Counter(row.basis for row in rows if row.subject == Result.Subject.COUNCIL)
    usual = max(bases, key=bases.get, default=None)
    for (subject, basis), group in groupby(sorted(rows, key=series), key=series):
        found = sorted(group, key=lambda row: row.period_end)
        # What stands among values of another basis is not of their line, and says so.
        words = f" {Basis(basis).label.lower()}" if len(bases) > 1 and basis != usual else ""
        points = tuple(_point(row, scale, words) for row in found)
        yield Line(subject != Result.Subject.COUNCIL, _SHORT.get(subject, ""), points, _segments(found, points))


def _point(row, scale, words=""):
    y = scale.y(middle(row))
    low_y, high_y = (scale.y(row.low), scale.y(row.high)) if row.low is not None else (None, None)
    return Point(
        scale.x(row.period_end), y, figure(row) + words, min(y, high_y or y) - 10, row.is_provisional, low_y, high_y
    )


def _segments(rows, points):
    return tuple(
        Segment(before.x, before.y, after.x, after.y, before.is_provisional or after.is_provisional)
        for (_, row), (before, after) in zip(pairwise(rows), pairwise(points), strict=True)
        if not row.breaks_series
    )


def _steps(levels, scale, lines, base):
    """Yield the mark of each level, its label where it lies over no point, value, line, mark or other label."""
    # A month is a few pixels wide on a chart of years.
    bars = [(scale.x(level.start) - 4, scale.x(level.end) + 4, scale.y(level.level)) for level in levels]
    taken = [_box(point) for line in lines for point in line.points]
    taken += [(x1, y - 3, x2, y + 3) for x1, x2, y in bars]
    segments = [segment for line in lines for segment in line.segments]
    for level, (x1, x2, y) in zip(levels, bars, strict=True):
        feet = [foot for foot in (y + 17, y - 9, y + 32, y - 24, y - 39) if TOP <= foot < base - 7] or [y - 9]
        # To the left of its end, or to the right of its beginning.
        places = [(right, foot) for right in (max(x2, LEFT + STEP_LABEL), x1 + STEP_LABEL) for foot in feet]
        free = [place for place in places if _is_free(_label(*place), taken, segments)]
        text_x, text_y = (free or places)[0]
        taken.append(_label(text_x, text_y))
        yield StepMark(x1, x2, y, f"{plain(level.level)} by {_month(level.end)}", text_x, text_y)


def _box(point):
    """Return the room of a point with its value: left, top, right, bottom."""
    half = len(point.text) * HALF_LETTER
    return point.x - half, point.text_y - 11, point.x + half, point.y + 6


def _label(right, foot):
    return right - STEP_LABEL, foot - 11, right, foot + 3


def _is_free(box, taken, segments):
    left, top, right, bottom = box
    is_over = any(left < x2 and right > x1 and top < y2 and bottom > y1 for x1, y1, x2, y2 in taken)
    return not is_over and not any(_crosses(segment, box) for segment in segments)


def _crosses(segment, box):
    left, top, right, bottom = box
    start, end = max(segment.x1, left), min(segment.x2, right)
    if start >= end:
        return False
    slope = (segment.y2 - segment.y1) / (segment.x2 - segment.x1)
    ends = [segment.y1 + slope * (x - segment.x1) for x in (start, end)]
    return min(ends) < bottom and max(ends) > top


def _levels(scale):
    """Yield the round values of the scale: steps of 1, 2 or 5 of some power of ten."""
    rough = (scale.high - scale.low) / GRID_LINES
    power = 10 ** floor(log10(rough))
    step = next(size * power for size in (1, 2, 5, 10) if size * power >= rough)
    for number in range(ceil(scale.low / step), floor(scale.high / step) + 1):
        yield Tick(scale.y(number * step), f"{number * step:.2f}".rstrip("0").rstrip("."))


def _dates(days, scale):
    """Yield the last day's month, and the others that have room for their label, from the last one back."""
    taken = None
    for day in sorted(set(days), reverse=True):
        x = scale.x(day)
        if taken is None or taken - x >= ROOM_FOR_DATE:
            taken = x
            yield Tick(x, _month(day))


def _month(day: date):
    return f"{day:%b} {day.year}"


def _bounds(row):
    return (row.low, row.high) if row.low is not None else (row.value, row.value)
