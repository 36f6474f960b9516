"""What a file holds, once it could be read: tables of cells as typed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

# Of one table. Well above what a Notice holds, and 10,000 results.
MAX_ROWS = 15_000
MAX_COLUMNS = 60
TOO_WIDE = f"A row of this file has more than {MAX_COLUMNS} columns."
# What is wrong with more than so many cells is not told cell by cell.
MAX_FAULTS = 1_000

Value = str | int | float | bool | date | datetime | time | timedelta | None


class Unreadable(Exception):
    """The file cannot be read or is not to be; the text is the user's sentence."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as its cell holds it. A `fault` says why it has no meaning, whatever its column."""

    value: Value = None
    is_percent: bool = False
    fault: str = ""

    @property
    def is_empty(self) -> bool:
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())


EMPTY = Cell()


@dataclass(frozen=True)
class Fault:
    """What is wrong with how a table is laid out, at a row (the spreadsheet's own number) or at none."""

    row: int | None
    column: str
    value: str
    sentence: str


@dataclass(frozen=True)
class Table:
    """The headings of row `top`, and each row beneath that holds anything, with its number in the spreadsheet."""

    name: str
    top: int
    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Book:
    """The tables asked for by their names, and the names of those that the file holds besides.

    One that `may_lack` some of them, as a CSV file may, has reason to.
    """

    tables: dict[str, Table]
    others: tuple[str, ...] = ()
    may_lack: bool = False


def table(name: str, lines: Iterable[tuple[int, tuple[Cell, ...]]], faults: Sequence[Fault] = ()) -> Table:
    """Return the table whose headings are the first of the `lines` that holds anything.

    The lines are drawn one by one, and no further than the limits; `faults` may grow meanwhile.
    """
    held: list[tuple[int, tuple[Cell, ...]]] = []
    for number, cells in lines:
        if not all(cell.is_empty for cell in cells):
            held.append((number, cells))
        if len(held) > MAX_ROWS + 1:
            raise Unreadable(f"“{name}” has more than {MAX_ROWS:,} rows. Split the file.")
    if not held:
        return Table(name, 0, (), (), tuple(faults))
    (top, first), rows = held[0], held[1:]
    headings = tuple(" ".join(str(cell.value).split()) if not cell.is_empty else "" for cell in first)
    headless = islice(_headless(top, headings, rows), MAX_FAULTS)
    return Table(name, top, headings, tuple(rows), (*faults, *headless))


def letter(place: int) -> str:
    """Return the letter of the column at `place`, counted from nought."""
    place, last = divmod(place, 26)
    return (letter(place - 1) if place else "") + chr(ord("A") + last)


def _headless(top, headings, rows):
    """Return a fault for each column that holds something under no heading; two of one name are a fault as well."""
    for number, cells in rows:
        for place, cell in enumerate(cells):
            if not cell.is_empty and not (place < len(headings) and headings[place]):
                sentence = f"The cell is in column {letter(place)}, which has no heading in row {top}."
                yield Fault(number, letter(place), str(cell.value)[:100], sentence)
    seen = set()
    for place, heading in enumerate(headings):
        if heading and heading.casefold() in seen:
            yield Fault(top, heading, heading, f"Two columns have this heading. The second is {letter(place)}.")
        seen.add(heading.casefold())
