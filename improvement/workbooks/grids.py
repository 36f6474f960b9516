"""The sheets of a file whose form nobody knows: all that is seen of them, colours and merged cells too. No domain."""

import re
import warnings
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property

from improvement.workbooks import archive, colours, excel, layout, text
from improvement.workbooks.layout import Merged
from improvement.workbooks.tables import MAX_COLUMNS, MAX_ROWS, TOO_WIDE, Unreadable, Value

MAX_SHEETS = 50
_DELIMITERS = ",;\t"
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_EMPTY_LINES = re.compile(r"\n{4,}")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_DECIMALS = re.compile(r"[0#]\.(0+)")


@dataclass(frozen=True, slots=True)
class Seen:
    """A cell as its reader sees it. `formula` is what computes it, whose last value is all that is known."""

    text: str = ""
    value: Value = None
    colour: str = ""
    is_bold: bool = False
    formula: str = ""
    is_struck: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.text


NOTHING = Seen()


@dataclass(frozen=True)
class Grid:
    """A sheet: each row that holds anything, with its number in the spreadsheet."""

    name: str
    rows: tuple[tuple[int, tuple[Seen, ...]], ...]
    merged: tuple[Merged, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    is_hidden: bool = False
    has_comments: bool = False


def of_text(name: str, content: bytes) -> Grid:
    """Return the only sheet of a CSV file. Raises Unreadable."""
    decoded = text.decoded(content)
    rows = []
    for number, cells in enumerate(text.separated(decoded, _delimiter(decoded)), 1):
        if any(cells[MAX_COLUMNS:]):
            raise Unreadable(TOO_WIDE)
        rows.append((number, tuple(_typed(cell.removeprefix("'")) for cell in cells[:MAX_COLUMNS])))
    return Grid(name, _held(name, rows))


def of_workbook(content: bytes) -> list[Grid]:
    """Return every sheet of a workbook. Raises Unreadable."""
    try:
        with warnings.catch_warnings(), archive.opened(content) as copy:
            # openpyxl warns of styles and extensions that nobody asks for here.
            warnings.simplefilter("ignore")
            return _grids(copy)
    except Unreadable:
        raise
    except Exception as error:
        # A file that was made by hand can be wrong in more ways than zipfile and openpyxl have names for.
        raise Unreadable(excel.DAMAGED) from error


def _grids(copy):
    values = _loaded(copy, data_only=True)
    if len(values.worksheets) > MAX_SHEETS:
        raise Unreadable(f"This workbook has more than {MAX_SHEETS} sheets. Save the plan as a workbook of its own.")
    reader = _Reader(copy, colours.theme(values.loaded_theme))
    return [reader.read(place, sheet) for place, sheet in enumerate(values.worksheets)]


def _loaded(copy, **how):
    import openpyxl  # loaded when it is used

    return openpyxl.load_workbook(copy.fp, read_only=True, keep_links=False, **how)


class _Reader:
    def __init__(self, copy, themed):
        self._copy, self._themed, self._looks = copy, themed, {}
        self._rows, self._lines_left = 0, 2 * excel.LAST_ROW

    def read(self, place, sheet):
        source = self._copy.read(sheet._worksheet_path)
        laid_out = layout.read(source)
        sheet.reset_dimensions()
        written = self._formulas(place) if _FORMULA.search(source) or not source.startswith(b"<") else None
        rows = _held(sheet.title, self._lines(sheet, written))
        self._rows += len(rows)
        if self._rows > MAX_ROWS:
            raise Unreadable(f"This workbook has more than {MAX_ROWS:,} rows. Save the plan as a workbook of its own.")
        return Grid(
            sheet.title,
            rows,
            tuple(laid_out.merged),
            frozenset(laid_out.rows),
            frozenset(laid_out.columns),
            sheet.sheet_state != "visible",
            b"<legacyDrawing" in source,
        )

    def _formulas(self, place):
        sheet = self._written.worksheets[place]
        sheet.reset_dimensions()
        return sheet.iter_rows()

    @cached_property
    def _written(self):
        """The workbook once more, with what computes its cells; few have any."""
        return _loaded(self._copy)

    def _lines(self, sheet, written):
        for number, row in enumerate(sheet.iter_rows(), 1):
            self._lines_left -= 1
            if number > excel.LAST_ROW or self._lines_left < 0:
                raise Unreadable(excel.DAMAGED)
            codes = next(written) if written else ()
            seen = [self._seen(cell, codes[place] if codes else None) for place, cell in enumerate(row[:MAX_COLUMNS])]
            if any(cell.value is not None for cell in row[MAX_COLUMNS:]):
                raise Unreadable(TOO_WIDE)
            while seen and seen[-1] is NOTHING:
                seen.pop()
            yield number, tuple(seen)

    def _seen(self, cell, code):
        colour, is_bold, is_struck = self._look(cell)
        formula = ""
        if code is not None and code.data_type == "f":
            formula = str(getattr(code.value, "text", None) or code.value)
        if cell.value is None and not formula:
            return Seen(colour=colour, is_bold=is_bold) if colour else NOTHING
        return Seen(_words(cell) or formula, cell.value, colour, is_bold, formula, is_struck)

    def _look(self, cell):
        """Return the colour of the cell, and whether it is bold and struck through.

        Cells share their styles, so each style is looked at once.
        """
        if not (style := getattr(cell, "_style_id", 0)):
            return "", False, False
        if style not in self._looks:
            font = cell.font
            self._looks[style] = colours.of_fill(cell.fill, self._themed), bool(font.b), bool(font.strike)
        return self._looks[style]


def _held(name: str, lines: Iterable[tuple[int, tuple[Seen, ...]]]) -> tuple[tuple[int, tuple[Seen, ...]], ...]:
    found: list[tuple[int, tuple[Seen, ...]]] = []
    for number, cells in lines:
        if any(not cell.is_empty for cell in cells):
            found.append((number, cells))
        if len(found) > MAX_ROWS:
            raise Unreadable(f"“{name}” has more than {MAX_ROWS:,} rows. Split the file.")
    return tuple(found)


def _typed(typed: str) -> Seen:
    shown = plain(typed)
    return Seen(shown, typed) if shown else NOTHING


def _delimiter(decoded):
    """Return what stands most often in the lines of the file that hold any of the three."""
    counts = Counter(letter for letter in decoded[:100_000] if letter in _DELIMITERS)
    return counts.most_common(1)[0][0] if counts else ","


def plain(typed: str) -> str:
    """Return a text without odd spaces and what cannot be seen, line by line with at most two empty ones."""
    lines = "".join(each if each.isprintable() or each in "\n\t" else " " for each in typed.replace("\r\n", "\n"))
    return _EMPTY_LINES.sub("\n\n\n", "\n".join(" ".join(line.split()) for line in lines.split("\n"))).strip()


def _words(cell):
    """Return the cell's value as it is shown; a date whose format has no day is a month."""
    value, shape = cell.value, _LITERAL.sub("", str(cell.number_format or "")).casefold()
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime) and value.time() != time():
        return f"{value.day} {value:%B %Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%B %Y}" if "m" in shape and "d" not in shape else f"{value.day} {value:%B %Y}"
    if isinstance(value, int | float):
        return _number(value, shape)
    return "" if value is None else plain(str(value))


def _number(value, shape):
    places = len(found[1]) if (found := _DECIMALS.search(shape)) else None
    number = Decimal(f"{value:.15g}") if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        return str(value)
    if "%" in shape:
        return f"{(number * 100).normalize():f}%"
    # 1.10 is another reference than 1.1.
    return f"{number:.{places}f}" if places and number == round(number, places) else f"{number.normalize():f}"
