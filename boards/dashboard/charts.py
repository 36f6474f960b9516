"""Where the parts of a chart stand; a template draws them as SVG. Numbers in, coordinates out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil
from typing import Any

WIDTH = 1140
# Beside the totals of a dashboard.
BESIDE = (560, 180)
# On paper, where the same letters are to be read across a page.
PAPER_WIDTH = 760
PLOT_HEIGHT = 240
TOP = 8
WIDEST_SLOT = 96
WIDEST_COLUMN = 56
SHARE_OF_SLOT = 0.78
ROOM_FOR_LABEL = 30
ROOM_FOR_FIGURE = (18, 14)
# The height of a legend, and how wide an entry is for its swatch and for each letter.
LEGEND, SWATCH, LETTER = 34, 56, 8


@dataclass(frozen=True)
class Segment:
    """One part of a column, from `y` downwards; its figure is printed at `text_y` where it has room."""

    key: str
    value: int
    y: float
    height: float
    text_y: float | None


@dataclass(frozen=True)
class Column:
    """One column: `label` stands beneath it at `middle`, `under` a line lower; empty where there is no room."""

    x: float
    middle: float
    label: str
    under: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class Entry:
    """What one kind of part means."""

    x: int
    key: str
    label: str


@dataclass(frozen=True)
class Columns:
    width: int
    height: int
    base: int
    label_y: int
    under_y: int
    column_width: float
    columns: tuple[Column, ...]
    top: int = 0
    legend: tuple[Entry, ...] = ()


BAR_WIDTH, BAR_HEIGHT = 300, 22

# From the base of a column upwards.
STACKED = ("complete", "green", "amber", "red", "none")


def ratings_by_month(history, width=WIDTH, plot=PLOT_HEIGHT) -> Columns:
    """Return the ratings of each month of `boards.dashboard.MonthTotals` as stacked columns, years beneath months."""
    counted = [(totals.month.month, {number.key: number.value for number in totals.ratings}) for totals in history]
    return by_month(counted, width, plot)


def by_month(counted: Sequence[tuple[date, dict[str, int]]], width=WIDTH, plot=PLOT_HEIGHT) -> Columns:
    """Return the same of months by their first days, each with what it counts by rating."""
    figures, year = [], None
    for month, values in counted:
        parts = [(key, values[key]) for key in STACKED if key in values]
        figures.append((f"{month:%b}", "" if month.year == year else str(month.year), parts))
        year = month.year
    return columns(figures, width, plot)


def with_legend(chart: Columns, ratings) -> Columns:
    """Return the chart as it stands alone: above it, what the parts mean of the `ratings` (boards.dashboard.Number)."""
    entries, x = [], 1
    for number in ratings:
        entries.append(Entry(x, number.key, number.label))
        x += SWATCH + LETTER * len(number.label)
    size = {"height": chart.height + LEGEND, "width": max(chart.width, x)}
    return replace(chart, top=-LEGEND, legend=tuple(entries), **size)


@dataclass(frozen=True)
class Piece:
    """One part of a bar, from `x` to the right; its figure is printed at `middle` where it has room."""

    key: str
    value: int
    x: float
    width: float
    middle: float | None


@dataclass(frozen=True)
class Bar:
    """The ratings of one `group` (boards.dashboard.Group) side by side; `words` say them."""

    group: Any
    pieces: tuple[Piece, ...]
    words: str


def bars(groups) -> list[Bar]:
    """Return a bar for each group, as long as its number of recommendations, the longest as wide as there is room."""
    scale = BAR_WIDTH / (max((group.total.value for group in groups), default=0) or 1)
    return [_bar(group, scale) for group in groups]


def _bar(group, scale):
    pieces, x = [], 0.0
    given = [number for number in group.ratings if number.value]
    for number in given:
        width = number.value * scale
        middle = round(x + width / 2, 1) if width >= ROOM_FOR_FIGURE[0] else None
        pieces.append(Piece(number.key, number.value, round(x, 1), round(width, 1), middle))
        x += width
    return Bar(group, tuple(pieces), ", ".join(f"{number.value} {number.label}" for number in given))


def columns(figures: Sequence[tuple[str, str, Sequence[tuple[str, int]]]], widest=WIDTH, plot=PLOT_HEIGHT) -> Columns:
    """Return stacked columns of `figures`: a label, a second label and (key, value) from the base upwards."""
    slot = min(WIDEST_SLOT, widest / max(len(figures), 1))
    width = min(round(slot * SHARE_OF_SLOT, 1), WIDEST_COLUMN)
    tallest = max((sum(value for _, value in parts) for _, _, parts in figures), default=0) or 1
    step = ceil(ROOM_FOR_LABEL / slot)
    return Columns(
        width=round(slot * len(figures)) or WIDEST_SLOT,
        height=TOP + plot + 44,
        base=TOP + plot,
        label_y=TOP + plot + 18,
        under_y=TOP + plot + 37,
        column_width=width,
        columns=tuple(
            Column(
                x=round(slot * number + (slot - width) / 2, 1),
                middle=round(slot * (number + 0.5), 1),
                label=label if number % step == 0 else "",
                under=under,
                segments=_stack(parts, plot, plot / tallest, width),
            )
            for number, (label, under, parts) in enumerate(figures)
        ),
    )


def _stack(parts, plot, scale, width):
    segments, top = [], float(TOP + plot)
    for key, value in parts:
        if not value:
            continue
        height = value * scale
        top -= height
        has_room = width >= ROOM_FOR_FIGURE[0] and height >= ROOM_FOR_FIGURE[1]
        text_y = round(top + height / 2 + 4.5, 1) if has_room else None
        segments.append(Segment(key, value, round(top, 1), round(height, 1), text_y))
    return tuple(segments)
