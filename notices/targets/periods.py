"""The name of the period that a value is taken over. Pure."""

from calendar import monthrange
from datetime import date

from notices.targets.milestones import Basis


def label(start: date, end: date, basis: Basis) -> str:
    """Return a period in words: "August 2011", "academic year 2010/11", "October 2010 to March 2011"."""
    if start == end:
        return _day(start)
    if not (start.day == 1 and end.day == monthrange(end.year, end.month)[1]):
        return f"{_day(start)} to {_day(end)}"
    if (start.year, start.month) == (end.year, end.month):
        return _month(start)
    if basis is Basis.ACADEMIC_YEAR and (start.month, end.month) == (9, 8) and end.year == start.year + 1:
        return f"academic year {start.year}/{end.year % 100:02}"
    return f"{_month(start)} to {_month(end)}"


def _day(day: date) -> str:
    return f"{day.day} {_month(day)}"


def _month(day: date) -> str:
    return f"{day:%B} {day.year}"
