"""The figures of one target in a report as tables that are read across, and each remark on them in one note. Pure.

What a report has stamped goes in (`notices.interim.stamps`). Schools and groups stand in one table by year. A cell
bears the letters of the notes that are about it, and a p where it is provisional.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any

Row = Mapping[str, Any]
# With more columns than that a table by period could not be read on paper.
MOST_PERIODS = 5
NO_VALUE = "–"
OWN = "The council"
PROVISIONAL = "p: provisional."
_SENTENCES = re.compile(r"(?<=[.”])\s+(?=[A-Z“])")


@dataclass(frozen=True)
class Grid:
    """Values side by side: what they are of, the headers, and a row for each indicator, school or group."""

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Figures:
    """The tables of the values, a row for each milestone, and the notes beneath, each in a line."""

    grids: tuple[Grid, ...]
    steps: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]


def build(values: Sequence[Row], steps: Sequence[Row], *, known: str = "") -> Figures:
    """Return the figures of a target: what is remarked of several values or milestones is told once, by its letter.

    The source of most values is not told again where it is among those `known` of the target.
    """
    source = _source(values)
    remarks = [_remarks(row, source) for row in (*values, *steps)]
    notes = _notes(remarks)
    letters = [", ".join(letter for letter, _, told in notes if place in told) for place in range(len(remarks))]
    marked = [(row, letters[place]) for place, row in enumerate(values)]
    exception = ", unless a note says otherwise" if len({row["source"] for row in values}) > 1 else ""
    lines = [f"Source: {source}{exception}."] if source and source not in known else []
    if any(row["is_provisional"] for row in (*values, *steps)):
        lines.insert(0, PROVISIONAL)
    return Figures(
        grids=tuple(_tables(marked)),
        steps=tuple(_step(row, letters[len(values) + place]) for place, row in enumerate(steps)),
        notes=(*lines, *(f"{letter}: {text}" for letter, text, _ in notes)),
    )


def _source(values):
    """Return the source of most values; empty where none has one."""
    counted = Counter(row["source"] for row in values if row["source"])
    return max(counted, key=lambda source: counted[source], default="")


def _remarks(row, source):
    """Return what is remarked of a value or a milestone, sentence by sentence."""
    own = row.get("source", "")
    found = [f"Source: {own}."] if own and own != source else []
    return found + (_SENTENCES.split(row["remarks"]) if row["remarks"] else [])


def _notes(remarks):
    """Return (letter, text, places): sentences that are about the same places make one note."""
    places: dict[str, list[int]] = {}
    for place, sentences in enumerate(remarks):
        for sentence in dict.fromkeys(sentences):
            places.setdefault(sentence, []).append(place)
    together: dict[tuple[int, ...], list[str]] = {}
    for sentence, told in places.items():
        together.setdefault(tuple(told), []).append(sentence)
    return [(_letter(at), " ".join(said), frozenset(told)) for at, (told, said) in enumerate(together.items())]


def _letter(at):
    first, second = divmod(at, len(ascii_lowercase))
    return (ascii_lowercase[first - 1] if first else "") + ascii_lowercase[second]


def _tables(marked) -> Iterator[Grid]:
    """Yield a table for each measure that is told of several schools or groups, after one of all the others."""
    groups: dict[str, list] = defaultdict(list)
    for row, letters in marked:
        groups[row["name"] if row["subgroup"] else ""].append((row, letters))
    lone = {name for name, rows in groups.items() if name and len({row["subgroup"] for row, _ in rows}) == 1}
    others = [one for one in marked if not one[0]["subgroup"] or one[0]["name"] in lone]
    if others:
        yield from _grids("Values", "Indicator", others)
    for name, rows in groups.items():
        if name and name not in lone:
            yield from _grids(name, "School or group", rows)


def _grids(caption, head, marked):
    """Yield a table by period, or several of MOST_PERIODS each; a row without a value in one is left out of it."""
    # The columns are in the order of the last year that each period names.
    ordered = sorted(marked, key=lambda one: re.findall(r"\d{4}", one[0]["period"])[-1:])
    periods = list(dict.fromkeys(_period(row) for row, _ in ordered))
    for start in range(0, len(periods), MOST_PERIODS):
        shown = periods[start : start + MOST_PERIODS]
        cells: dict[str, dict[str, list[str]]] = {}
        for row, letters in marked:
            if (period := _period(row)) in shown:
                cells.setdefault(_named(row, head), {}).setdefault(period, []).append(_cell(row, letters))
        rows = tuple(
            (name, *("\n".join(told.get(period, [NO_VALUE])) for period in shown)) for name, told in cells.items()
        )
        yield Grid(caption, (head, *shown), rows)


def _named(row, head):
    whose = "" if row["subject"] == OWN else f", {row['subject'].lower()}"
    if head != "Indicator":
        return f"{row['subgroup']}{whose}"
    subgroup = f": {row['subgroup']}" if row["subgroup"] else ""
    return f"{row['indicator']} {row['name']}{subgroup}{whose}"


def _cell(row, letters):
    return "\n".join(filter(None, (f"{_value(row)}{_marks(letters)}", row["fraction"])))


def _value(row):
    return f"{row['value']} p" if row["is_provisional"] else row["value"]


def _marks(letters):
    return f" ({letters})" if letters else ""


def _period(row):
    """Return the period, with the basis where that does not follow from it."""
    period, basis = row["period"], row["basis"]
    is_plain = basis == "Month" or period.lower().startswith(basis.lower())
    return period if is_plain else f"{period}, {basis.lower()}"


def _step(row, letters):
    value = "\n".join(filter(None, (_value(row) if row["value"] else "None", row["gap"])))
    what = f"{row['indicator']}: {row['wording']}"
    return what, _period(row), row["to_reach"], value, f"{row['words']}{_marks(letters)}"
