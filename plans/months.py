"""Reporting months: named after the Board meeting that they report to ([001] 3.3.3), never read off a clock.

A month is the `date` of its first day; in an address it is `2010-11`.
"""

import re
from datetime import date
from enum import StrEnum

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
    UpdateStatus.CARRIED: "Carried on as complete",
}

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
