"""The tables of a report: drafted from the record, kept with their section, and frozen with the report.

A table is plain JSON: {"kind", "caption", "headers", "rows", "numeric", "bars"}, all of it text but `numeric`, the
places of columns of numbers, and the `share` of a bar: how far a value is beyond what it has to reach, as a part of it.
A bar has `marks` where comparators are known of the same period, each with its own share and what it is.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.html import escape
from django.utils.safestring import mark_safe

from boards.dashboard import MonthTotals
from improvement.documents.blocks import Block, Figure, Table
from improvement.texts.cutting import cut
from notices.models import Result
from notices.targets.milestones import Better, Kind, gap
from notices.targets.progress import Progress

RATINGS, TARGETS = "ratings", "targets"
# The chart, in points: the names, the plot around what has to be reached, and the words beside it.
WIDTH, ROW, TOP, BOTTOM = 760, 30, 26, 8
NAMES, MIDDLE, HALF, WORDS = 330, 402, 64, 474
LONGEST_NAME = 54
ALT = (
    "How far each target is from what it has to reach. Bars to the right are better than required, bars to the left "
    "fall short; a thin mark is a comparator. The table gives the figures."
)


def ratings(months: Sequence[MonthTotals]) -> dict[str, Any]:
    """Return the ratings of each month as a table; the columns are those of the latest month."""
    numbers = months[-1].ratings
    return {
        "kind": RATINGS,
        "caption": "Recommendations by rating",
        "headers": ["Month", *(number.label for number in numbers), "All"],
        "rows": [
            [one.month.label, *(str(number.value) for number in one.ratings), str(one.total.value)] for one in months
        ],
        "numeric": list(range(1, len(numbers) + 2)),
        "bars": [],
    }


def targets(rows: Iterable[Progress]) -> dict[str, Any]:
    """Return the targets with milestones by name, each with what it has to reach, its last value and its verdict."""
    rows = [row for row in rows if row.steps]
    return {
        "kind": TARGETS,
        "caption": "Targets of the Notice",
        "headers": ["Target", "To reach", "Value", "Verdict"],
        "rows": [[_name(row), *_told(row)] for row in rows],
        "numeric": [],
        "bars": [found for row in rows if (found := bar(row))],
    }


def blocks(table: dict[str, Any]) -> Iterator[Block]:
    """Yield the table, and its chart where it has one, as a document draws them; nothing for a section without."""
    if not table:
        return
    widths = (46, 17, 20, 17) if table["kind"] == TARGETS else ()
    numeric = frozenset(table["numeric"])
    yield Table(table["caption"], table["headers"], table["rows"], widths=widths, numeric=numeric)
    if table["bars"]:
        yield Figure(chart(table), ALT, charted(table))


def charted(table: dict[str, Any]) -> str:
    """Return the caption of the chart, which says what the longest bar means; an empty text where there is none."""
    if not table.get("bars"):
        return ""
    return f"Distance from what has to be reached, as a share of it. The longest bar is {_longest(table):.0%}."


def chart(table: dict[str, Any]) -> str:
    """Return the bars of a table as an SVG that stands alone, or an empty text where it has none."""
    bars = table.get("bars", ())
    if not bars:
        return ""
    height = TOP + ROW * len(bars) + BOTTOM
    drawn = "".join(_drawn(place, one, _longest(table)) for place, one in enumerate(bars))
    return mark_safe(
        f'<svg class="app-chart__drawing" xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(ALT)}" '
        f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" focusable="false" '
        'font-family="Inter, arial, sans-serif" font-size="12" fill="#0b0c0c">'
        f'<g font-size="11" fill="#484949"><text x="{MIDDLE - 8}" y="14" text-anchor="end">← falls short</text>'
        f'<text x="{MIDDLE + 8}" y="14">better than required →</text></g>{drawn}'
        f'<path d="M{MIDDLE} {TOP - 4}V{height - BOTTOM + 4}" stroke="#0b0c0c" stroke-width="2"/></svg>'
    )


def bar(row: Progress) -> dict[str, Any] | None:
    """Return the bar of a target whose value can be held against a threshold; None for any other."""
    step = row.deciding_step
    if step is None or step.gap is None or not step.milestone.threshold:
        return None
    indicator = step.milestone.indicator
    return {
        "name": cut(f"{row.target.reference} {indicator.reference}: {indicator.name}", LONGEST_NAME),
        "share": round(float(step.gap / abs(step.milestone.threshold)), 4),
        "words": step.gap_words,
        "marks": list(_marks(row, step)),
    }


def _marks(row, step):
    """Yield the comparators of the value that decides, as far as the level is one for them too."""
    milestone, result = step.milestone, step.result
    measure = next(one for one in row.measures if one.indicator == milestone.indicator)
    if milestone.kind != Kind.LEVEL:
        return
    period = (result.basis, result.period_start, result.period_end)
    for other in measure.standing:
        is_beside = (other.basis, other.period_start, other.period_end) == period and other.value is not None
        if other.subject != Result.Subject.COUNCIL and is_beside:
            beyond = gap(better=Better(milestone.indicator.better), threshold=milestone.threshold, value=other.value)
            share = round(float(beyond / abs(milestone.threshold)), 4)
            yield {"share": share, "words": f"{other.get_subject_display().lower()} {other.words}"}


def short(row: Progress, letters: int) -> str:
    """Return the target's reference and the first words of its wording, in so many letters."""
    return cut(_name(row), letters)


def _longest(table):
    shares = [one["share"] for bar in table["bars"] for one in (bar, *bar.get("marks", ()))]
    return max(map(abs, shares)) or 1


def _drawn(place, one, longest):
    y = TOP + ROW * place
    length = max(abs(one["share"]) / longest * HALF, 1)
    x = MIDDLE if one["share"] >= 0 else MIDDLE - length
    fill = "#0f4c5c" if one["share"] >= 0 else "#ca3535"
    marks = one.get("marks", ())
    words = "; ".join([one["words"], *(mark["words"] for mark in marks)])
    places = [MIDDLE + mark["share"] / longest * HALF for mark in marks]
    ticks = "".join(f'<path d="M{at:.1f} {y + 3}v{ROW - 6}" stroke="#0b0c0c" stroke-width="2"/>' for at in places)
    return (
        f'<text x="{NAMES}" y="{y + 18}" text-anchor="end">{escape(one["name"])}</text>'
        f'<rect x="{x:.1f}" y="{y + 6}" width="{length:.1f}" height="{ROW - 12}" fill="{fill}"/>{ticks}'
        f'<text x="{WORDS}" y="{y + 18}" font-size="11">{escape(words)}</text>'
    )


def _name(row):
    return f"{row.target.reference} {row.target.wording}"


def _told(row):
    step = row.deciding_step
    if step is None:
        return "", "", row.verdict_words
    value = "\n".join(filter(None, (step.result.words, step.milestone.period))) if step.result else "None"
    return _to_reach(step.milestone), value, step.words


def _to_reach(milestone):
    """Return what is to be reached and in which direction, with the floor where a source states one."""
    if not milestone.words:
        return "Judged in words"
    if milestone.kind == Kind.CHANGE:
        return f"{milestone.words}, change"
    indicator = milestone.indicator
    words = f"at {'least' if indicator.better == Better.HIGHER else 'most'} {milestone.words}"
    return f"{words}\nfloor {indicator.floor_words}" if indicator.floor_words else words
