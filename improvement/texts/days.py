"""Days as people give them. It knows no domain and no clock."""

from datetime import date

FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)
OUTSIDE = f"Enter a date from {FIRST.year} to {LAST.year}."


def is_outside(day: date | None) -> bool:
    """Return whether `day` is none that a record of this product can mean, such as one with a slip in its year."""
    return day is not None and not FIRST <= day <= LAST


def outside(**given: date | None) -> dict[str, str]:
    """Return the sentence for each day of `given` that is outside, by its name."""
    return {name: OUTSIDE for name, day in given.items() if is_outside(day)}
