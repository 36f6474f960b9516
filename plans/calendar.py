"""Reporting months: named after the Board meeting that they report to ([001] 3.3.3), never read off a clock.

A month is the `date` of its first day; in an address it is `2010-11`.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

_ADDRESS = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")


class UpdateStatus(StrEnum):
    """Where one update of a month stands."""

    AWAITED = "awaited"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    SIGNED_OFF = "signed_off"
    CARRIED = "carried"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    UpdateStatus.AWAITED: "Not started",
    UpdateStatus.DRAFT: "Draft",
    UpdateStatus.SUBMITTED: "Submitted",
    UpdateStatus.RETURNED: "Returned",
    UpdateStatus.SIGNED_OFF: "Signed off",
    UpdateStatus.CARRIED: "Carried forward as complete",
}

# The dates of a month, with their words.
DATES = {"due_on": "Updates due", "sign_off_due_on": "Sign-off due", "data_as_at": "Data as at"}

# An update that counts under its rating. All others count as "no update received".
RECEIVED = frozenset({UpdateStatus.SUBMITTED, UpdateStatus.SIGNED_OFF, UpdateStatus.CARRIED})
# An update that its lead officer still owes.
OWED = frozenset({UpdateStatus.AWAITED, UpdateStatus.DRAFT, UpdateStatus.RETURNED})


def parse(address: str) -> date | None:
    """Return the month that `2010-11` names, or None where it names none (2000 to 2099)."""
    match = _ADDRESS.fullmatch(address)
    return date(int(match[1]), int(match[2]), 1) if match else None


def address(month: date) -> str:
    return f"{month:%Y-%m}"


def label(month: date) -> str:
    """Return the month's name on a page: `November 2010`."""
    return f"{month:%B %Y}"


def after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def before(month: date) -> date:
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)


def since(previous: date | None, month: date) -> str:
    """Return the name of the month that `month` is compared with, where it is not the month before; else nothing."""
    return label(previous) if previous and previous != before(month) else ""


def between(first: date, second: date) -> int:
    """Return how many months lie from the month of `first` to that of `second`."""
    return (second.year - first.year) * 12 + second.month - first.month


def moved(day: date, by: int) -> date:
    """Return the same day `by` months later; the last day of a month, or one that it lacks, is its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + by, 12)
    last = monthrange(year, month + 1)[1]
    is_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, month + 1, last if is_last else min(day.day, last))


def working_day(day: date) -> date:
    """Return `day`, or the Monday after it where it is a Saturday or a Sunday."""
    return day + timedelta(days=(7 - day.weekday()) if day.weekday() > 4 else 0)


class Deadlines(Protocol):
    """A month with its days: updates due, sign-off due, data as at."""

    month: date
    due_on: date
    sign_off_due_on: date
    data_as_at: date


def is_late(submitted_on: date, due_on: date) -> bool:
    """Whether an update that was first submitted on that day is late."""
    return submitted_on > due_on


def warnings(
    due_on: date, sign_off_due_on: date, data_as_at: date, *, on: date, known: Deadlines | None = None
) -> list[str]:
    """Return what is unusual about the dates of a month on the day `on`, each as a sentence; none is impossible.

    Of dates that are the same as `known` nothing is said.
    """
    found = []
    for day, what, before in (
        (due_on, "Updates would be due", known and known.due_on),
        (sign_off_due_on, "Sign-off would be due", known and known.sign_off_due_on),
    ):
        if day == before:
            continue
        if day < on:
            found.append(f"{what} on {_day(day)}, which has passed.")
        if day.weekday() > 4:
            found.append(f"{what} at a weekend, on {day:%A} {_day(day)}.")
    if data_as_at > due_on and (known is None or (data_as_at, due_on) != (known.data_as_at, known.due_on)):
        found.append(f"The data would be as at {_day(data_as_at)}, after the updates are due.")
    return found


def warnings_of_opening(
    month: date, due_on: date, *, on: date, last: Deadlines | None, last_published_on: date | None
) -> list[str]:
    """Return what is unusual about opening `month` on the day `on`, after the `last` month of the plan."""
    if last is None:
        return []
    found = []
    if last_published_on == on:
        found.append(f"{label(last.month)} was published today.")
    if missing := [moved(last.month, by) for by in range(1, between(last.month, month))]:
        names = ", ".join(map(label, missing))
        found.append(f"The last month is {label(last.month)}. The record would have a gap: {names}.")
    if due_on <= last.due_on:
        found.append(f"Updates would be due by {_day(due_on)}, no later than those of {label(last.month)}.")
    return found


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"


def proposed(month: date, last: Deadlines | None) -> dict[str, date]:
    """Return the days to offer for `month`: those of the `last` one, moved on; nothing falls due on a weekend.

    A first month is offered its 10th and its 15th, with data as at the last day of the month before.
    """
    if last is None:
        days = {"due_on": month.replace(day=10), "sign_off_due_on": month.replace(day=15)}
        data_as_at = month - timedelta(days=1)
    else:
        by = between(last.month, month)
        days = {"due_on": moved(last.due_on, by), "sign_off_due_on": moved(last.sign_off_due_on, by)}
        data_as_at = moved(last.data_as_at, by)
    return {name: working_day(day) for name, day in days.items()} | {"data_as_at": data_as_at}
