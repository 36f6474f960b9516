"""Days as people give them. It knows no domain and no clock."""

from datetime import date

FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)
# Before, no spreadsheet knows the date; after, a month could not be reckoned on from it.
FIRST_YEAR, LAST_YEAR = 1900, 2199
_MONTHS = [f"{date(2000, number, 1):%B}".casefold() for number in range(1, 13)]
_SHORTEST = 3  # letters of a month's name, such as “Feb” or “Sept”
OUTSIDE = f"Enter a date from {FIRST.year} to {LAST.year}."


def is_outside(day: date | None) -> bool:
    """Return whether `day` is none that a record of this product can mean, such as one with a slip in its year."""
    return day is not None and not FIRST <= day <= LAST


def outside(**given: date | None) -> dict[str, str]:
    """Return the sentence for each day of `given` that is outside, by its name."""
    return {name: OUTSIDE for name, day in given.items() if is_outside(day)}


def example(on: date) -> str:
    """Return a day as it is typed that those of plans resemble: the end of the financial year that `on` is in."""
    return f"31 3 {on.year + (on > date(on.year, 3, 31))}"


def iso(day: date | None) -> str:
    """Return the day as records keep it in words; empty for none."""
    return day.isoformat() if day else ""


def month_of(text: str) -> int | None:
    """Return the number of the month that is typed as a number or by its English name, short or in full."""
    if text.isascii() and text.isdigit() and len(text) <= 2:
        return int(text)
    word = text.rstrip(".").casefold()
    known = [number for number, name in enumerate(_MONTHS, 1) if len(word) >= _SHORTEST and name.startswith(word)]
    return known[0] if known else None


def year_of(text: str) -> int | None:
    """Return the year that is typed in four figures, or in two: this century's."""
    if not (text.isascii() and text.isdigit() and len(text) in {2, 4}):
        return None
    return int(text) if len(text) == 4 else FIRST.year + int(text)
