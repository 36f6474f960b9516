"""Values in words. Pure."""

from decimal import Decimal
from typing import Any

PERCENT = "%"
POINTS = "percentage points"


def plain(number: Decimal) -> str:
    """Return a number without the noughts that its column adds: 80, 8.2."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def with_unit(number: Decimal, unit: str) -> str:
    return f"{plain(number)}%" if unit == PERCENT else f"{plain(number)} {unit}"


def words(value: Decimal | None, low: Decimal | None, high: Decimal | None, unit: str) -> str:
    """Return a value, a range or both: "8.2%", "32 to 33%", "3 schools (range 1 to 3)"."""
    if low is None or high is None:
        return with_unit(value, unit) if value is not None else ""
    if value is None:
        return f"{plain(low)} to {with_unit(high, unit)}"
    return f"{with_unit(value, unit)} (range {plain(low)} to {plain(high)})"


def plural(number: int, noun: str) -> str:
    """Return how many there are of a thing: "1 target", "3 targets"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def middle(row: Any) -> Decimal:
    """Return the value of a result, or the middle of its range."""
    found: Decimal = row.value if row.value is not None else (row.low + row.high) / 2
    return found


def figure(row: Any) -> str:
    """Return the value of a result as a chart prints it, or its range, without the unit: "80", "32 to 33"."""
    return plain(row.value) if row.value is not None else f"{plain(row.low)} to {plain(row.high)}"


def floor(level: Decimal | None, unit: str, source: str) -> str:
    """Return a floor with the source that states it: "35% (The regulations)"; empty for none."""
    return f"{with_unit(level, unit)} ({source})" if level is not None else ""
