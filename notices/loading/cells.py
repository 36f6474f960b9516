"""What a cell means in a column of its kind: a value, or the sentence that says why it has none. Pure.

Each way in which people and spreadsheets write a thing has one meaning here, or none:

- a percentage is 85, "85%", or a cell that shows 85%; a bare 0.85 may mean either and is refused;
- a day is a date, a spreadsheet's serial number, or a text with the day first or the year first;
- "n/a" and "<5" are no numbers;
- a number or a day may be typed as text, with an apostrophe before it; spaces around it do not count.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from improvement.texts import days
from improvement.workbooks.tables import Cell
from notices.targets.values import PERCENT, plain, with_unit

_SERIALS = range(10_000, 73_051)
_EPOCH = date(1899, 12, 30)
_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[\s./-]+(\d{1,2}|[a-z]{3,9})[\s./-]+(\d{4})", re.IGNORECASE)
# Programs write the hour of a date that has none.
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00(?:\.0+)?)?)?")
# What stands for no figure, or is more than one.
_NO_FIGURE = frozenset(
    ("n/a", "na", "n.a.", "n/k", "none", "tbc", "tbd", "-", "–", "—", "..", "x", "*", "not available", "not known")
)
_OPEN = re.compile(
    r"(<=|>=|[<>≤≥~]|c\.?|ca\.?|about|around|over|under|above|below|at least|at most|up to|more than|less than)"
    r"\s*(\d[\d,.]*\s*%?)"
)
_IN_WORDS = re.compile(r"(\d[\d,.]*)\s*(?:per ?cent\.?|pc)")
_YES = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}
# What XML, and so a workbook, cannot hold.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# What a word processor puts where a keyboard puts a space.
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u202f", " "))
_FOLDS = re.compile(r"\s*\n\s*")
_BETWEEN = re.compile(r"[,;\n]")
_DECIMALS = 3
_WHOLE_FIGURES = 9


class Wrong(Exception):
    """The cell has no meaning in its column; the text is the user's sentence."""


def tidy(text: str) -> str:
    """Return a text as it is compared and kept: with plain line breaks and spaces, without spaces around it."""
    return _UNPRINTABLE.sub("", text.translate(_SPACES).replace("\r\n", "\n").replace("\r", "\n")).strip()


def shown(cell: Cell) -> str:
    """Return the cell's value as its reader would recognise it."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        number = _exact(value)
        if number is None:
            return str(value)
        return f"{plain(100 * number)}%" if cell.is_percent else plain(number)
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        value = value.date()
    return day_words(value) if type(value) is date else tidy(str(value))


def day_words(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


@dataclass(frozen=True)
class Text:
    """Any text. A number is taken as it shows, a date is not: it was a text before the spreadsheet took it for one.

    A text with a limit is that of one line, and its line breaks are folded.
    """

    longest: int | None = None
    excel = "text"
    allowed = ""

    def read(self, cell: Cell, unit: str = "") -> str:
        if not isinstance(cell.value, str | bool | int | float):
            raise Wrong("Your spreadsheet has changed this to a date. Format the cell as text and enter it again.")
        text = shown(cell)
        if self.longest:
            text = _FOLDS.sub(" ", text)
        if self.longest and len(text) > self.longest:
            raise Wrong(f"This has {len(text)} characters. The limit is {self.longest}.")
        return text

    def words(self, value: str, unit: str = "") -> str:
        return value


@dataclass(frozen=True)
class Email(Text):
    """An e-mail address, which is kept in lower case."""

    allowed = "an e-mail address"

    def read(self, cell: Cell, unit: str = "") -> str:
        return super().read(cell).lower()


@dataclass(frozen=True)
class Several:
    """What several rows are called, with commas, semicolons or line breaks between them; each counts once."""

    kind: Text = Text()
    excel = "text"
    allowed = "one or more, with commas between them"

    def read(self, cell: Cell, unit: str = "") -> tuple[str, ...]:
        names = (" ".join(name.split()) for name in _BETWEEN.split(self.kind.read(cell)))
        return tuple(dict.fromkeys(filter(None, names)))

    def words(self, value: tuple[str, ...], unit: str = "") -> str:
        return ", ".join(value)


@dataclass(frozen=True)
class Choice:
    """One of several, by its label or by the short word that stands for it; small and capital letters are the same."""

    labels: dict[str, str] = field(hash=False)
    excel = "text"

    @property
    def allowed(self) -> str:
        return ", ".join(self.labels.values())

    def read(self, cell: Cell, unit: str = "") -> str:
        text = " ".join(shown(cell).casefold().split())
        for value, label in self.labels.items():
            if text in {value.casefold(), label.casefold()}:
                return value
        raise Wrong(f"Choose one of: {self.allowed}.")

    def words(self, value: str, unit: str = "") -> str:
        return self.labels[value]


@dataclass(frozen=True)
class YesNo:
    excel = "text"
    allowed = "Yes, No"

    def read(self, cell: Cell, unit: str = "") -> bool:
        answer = cell.value if isinstance(cell.value, bool) else _YES.get(shown(cell).casefold())
        if answer is None:
            raise Wrong("Choose one of: Yes, No.")
        return answer

    def words(self, value: bool, unit: str = "") -> str:
        return "Yes" if value else "No"


@dataclass(frozen=True)
class Day:
    excel = "day"
    allowed = "a date"

    def read(self, cell: Cell, unit: str = "") -> date:
        day = _day_of(cell)
        if not days.FIRST_YEAR <= day.year <= days.LAST_YEAR:
            raise Wrong(f"Enter a year from {days.FIRST_YEAR} to {days.LAST_YEAR}.")
        return day

    def words(self, value: date, unit: str = "") -> str:
        return day_words(value)


@dataclass(frozen=True)
class Place:
    """A whole number that puts things in order."""

    excel = "number"
    allowed = "a whole number"

    def read(self, cell: Cell, unit: str = "") -> int:
        number = _number_of(cell, is_percentage=False)
        if number != number.to_integral_value() or not 0 <= number <= 32_767:
            raise Wrong("This is not a whole number from 0 to 32767.")
        return int(number)

    def words(self, value: int, unit: str = "") -> str:
        return str(value)


@dataclass(frozen=True)
class Number:
    """A number with at most three decimal places, such as a numerator.

    `here` is the heading of its column; `low`, `high` and `note` are those of the columns for a range and for remarks.
    """

    here: str = "this column"
    low: str = ""
    high: str = ""
    note: str = ""
    excel = "number"
    allowed = "a number"

    def read(self, cell: Cell, unit: str = "") -> Decimal:
        self._require_figure(cell)
        return _kept(_number_of(cell, is_percentage=False))

    def _require_figure(self, cell: Cell) -> None:
        """Say of what is no figure, and of more than one, where it belongs."""
        text = _bare(cell).casefold() if isinstance(cell.value, str) else ""
        if text in _NO_FIGURE:
            why = f" Say why in {self.note}." if self.note else ""
            raise Wrong(f"This is not a number. Leave {self.here} empty.{why}")
        if found := _IN_WORDS.fullmatch(text):
            raise Wrong(f"Enter {found[1]}% in {self.here}.")
        if not (found := _OPEN.fullmatch(text)):
            return
        if self.low and self.here not in {self.low, self.high}:
            range_of = f"the lowest and the highest possible value in {self.low} and {self.high}"
            raise Wrong(f"This is not one number. Leave {self.here} empty, and enter {range_of}.")
        raise Wrong(f"This is not one number. Enter {found[2]} in {self.here}, without “{found[1]}”.{self._direction}")

    @property
    def _direction(self) -> str:
        return ""

    def words(self, value: Decimal, unit: str = "") -> str:
        return plain(value)


@dataclass(frozen=True)
class Measure(Number):
    """A number in the unit of its indicator; a sign of percent stands only where that unit is percent."""

    allowed = "a number; a percentage with or without its sign"

    @property
    def _direction(self) -> str:
        return "" if self.low else " Whether more or less is better belongs in Better, on the sheet Indicators."

    def read(self, cell: Cell, unit: str = "") -> Decimal:
        self._require_figure(cell)
        if unit and unit != PERCENT and _is_signed(cell):
            raise Wrong(f"This is a percentage, but the indicator is in {unit}. Enter a number without a percent sign.")
        number = _number_of(cell, is_percentage=unit == PERCENT or not unit)
        if unit == PERCENT and 0 < abs(number) < 1 and not _is_signed(cell):
            typed, share = plain(number), plain(100 * number)
            raise Wrong(f"This could mean {share}% or {typed}%. Add a percent sign.")
        return _kept(number)

    def words(self, value: Decimal, unit: str = "") -> str:
        return with_unit(value, unit) if unit else plain(value)


Kind = Text | Email | Several | Choice | YesNo | Day | Place | Number | Measure


def _bare(cell: Cell) -> str:
    """Return what is typed as text without the apostrophe that marks it as such, and without odd spaces."""
    return " ".join(str(cell.value).split()).removeprefix("'").replace("\u2212", "-")


def _is_signed(cell: Cell) -> bool:
    return cell.is_percent or (isinstance(cell.value, str) and _bare(cell).endswith("%"))


def _number_of(cell: Cell, *, is_percentage: bool) -> Decimal:
    if isinstance(cell.value, bool) or not isinstance(cell.value, int | float | str):
        raise Wrong("This is not a number. Your spreadsheet may have changed it.")
    if isinstance(cell.value, str):
        return _number_typed(_bare(cell), is_percentage)
    number = _exact(cell.value)
    if number is None:
        raise Wrong("This is not a number.")
    if cell.is_percent and not is_percentage:
        raise Wrong("This is a percentage. Enter a number without a percent sign.")
    # Without the noughts that multiplying adds: how many decimals a value has says how it was rounded.
    return Decimal(plain(100 * number)) if cell.is_percent else number


def _number_typed(text: str, is_percentage: bool) -> Decimal:
    bare = text.removesuffix("%").rstrip() if is_percentage else text
    if _NUMBER.fullmatch(bare):
        return Decimal(bare.replace(",", ""))
    if re.fullmatch(r"-?\d+,\d+", bare):
        raise Wrong("If the comma is a decimal point, use a full stop.")
    raise Wrong("This is not a number. If there is no value, leave the cell empty.")


def _exact(value: int | float) -> Decimal | None:
    """Return a number as its spreadsheet shows it: a computer's 80.099999999999994 is 80.1 there."""
    try:
        number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    except OverflowError:
        return None
    return Decimal(f"{number.normalize():f}") if number.is_finite() else None


def _kept(number: Decimal) -> Decimal:
    """Return the number if a column of values holds it exactly."""
    _, digits, exponent = number.normalize().as_tuple()
    if not isinstance(exponent, int) or len(digits) + exponent > _WHOLE_FIGURES:
        raise Wrong(f"The number is too large. Enter up to {_WHOLE_FIGURES} digits before the decimal point.")
    if -exponent > _DECIMALS:
        raise Wrong(f"The number has more than {_DECIMALS} decimal places. Round it.")
    return number


def _day_of(cell: Cell) -> date:
    value = cell.value
    if isinstance(value, datetime):
        if value.time() != datetime.min.time():
            raise Wrong("This includes a time. Enter only the date.")
        return value.date()
    if isinstance(value, date):
        return value
    text = shown(cell) if isinstance(value, int | float) and not isinstance(value, bool) else _bare(cell)
    if cell.is_percent or isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Wrong("This is not a date.")
    if text.isascii() and text.isdigit():
        return _day_numbered(int(text))
    return _day_typed(text)


def _day_numbered(serial: int) -> date:
    """Return the day that a spreadsheet keeps under this number."""
    if serial not in _SERIALS:
        raise Wrong("This is not a date. Enter the day, month and year, such as 31 March 2011.")
    return _EPOCH + timedelta(days=serial)


def _day_typed(text: str) -> date:
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = found.groups()
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
    else:
        raise Wrong("This is not a date. Enter the day, month and four-digit year, such as 31 March 2011.")
    try:
        return date(int(year), days.month_of(month) or 0, int(day))
    except ValueError:
        raise Wrong("There is no such date. Enter the day first, then the month, such as 31/03/2011.") from None
