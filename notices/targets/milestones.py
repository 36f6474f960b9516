"""Whether a milestone is met, as of a day. Pure: facts in, verdict out.

Better is higher or lower; equal to the threshold counts as met. A range decides as a whole: one that straddles the
threshold is undecided. A change is how far the value has moved in the better direction from its baseline.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """How a milestone is judged."""

    LEVEL = "level"
    CHANGE = "change"
    JUDGED = "judged"

    @property
    def label(self) -> str:
        return {"level": "Level to reach", "change": "Change from a baseline", "judged": "Judged in words"}[self.value]


class Better(StrEnum):
    HIGHER = "higher"
    LOWER = "lower"

    @property
    def label(self) -> str:
        return f"{self.value.capitalize()} is better"


class Basis(StrEnum):
    """What a value is taken over; values of two bases are never compared."""

    MONTH = "month"
    CUMULATIVE = "cumulative"
    ACADEMIC_YEAR = "academic-year"
    POINT_IN_TIME = "point-in-time"
    AVERAGE = "average"

    @property
    def label(self) -> str:
        return self.value.replace("-", " ").capitalize()


class Verdict(StrEnum):
    MET = "met"
    MISSED = "missed"
    UNDECIDED = "undecided"
    AWAITED = "awaited"
    NO_DATA = "no-data"
    NOT_YET_DUE = "not-yet-due"

    @property
    def label(self) -> str:
        return self.value.replace("-", " ").capitalize()


def verdict(
    *,
    kind: Kind,
    better: Better,
    threshold: Decimal | None,
    low: Decimal | None,
    high: Decimal | None,
    baseline: Decimal | None,
    due_on: date,
    as_of: date,
    expected_on: date | None = None,
    judged: bool | None = None,
) -> Verdict:
    """Return the verdict on a milestone on the day `as_of`.

    `low` and `high` are the value's range, the same for a single value, both None where none is known. `due_on` is
    the last day of the milestone's period, `expected_on` the day on which its result is expected, `judged` what
    somebody stated of a judged milestone. Raises ValueError where only one end of the range is given.
    """
    if (low is None) != (high is None):
        raise ValueError("A range needs both its ends.")
    if kind is Kind.JUDGED and judged is not None:
        return Verdict.MET if judged else Verdict.MISSED
    if due_on >= as_of:
        return Verdict.NOT_YET_DUE
    if kind is Kind.JUDGED:
        return Verdict.UNDECIDED
    if low is None or high is None:
        return Verdict.AWAITED if expected_on and expected_on > as_of else Verdict.NO_DATA
    if threshold is None or (kind is Kind.CHANGE and baseline is None):
        return Verdict.UNDECIDED
    if kind is Kind.CHANGE and baseline is not None:
        low, high = sorted((low - baseline, high - baseline))
        if better is Better.LOWER:
            low, high = -high, -low
        return _against(low, high, threshold)
    if better is Better.LOWER:
        return _against(-high, -low, -threshold)
    return _against(low, high, threshold)


def _against(low: Decimal, high: Decimal, threshold: Decimal) -> Verdict:
    """Judge a range against a threshold that is to be reached from below."""
    if low >= threshold:
        return Verdict.MET
    return Verdict.MISSED if high < threshold else Verdict.UNDECIDED


def gap(*, better: Better, threshold: Decimal, value: Decimal) -> Decimal:
    """Return how far `value` is beyond the threshold in the better direction; negative where it falls short."""
    return value - threshold if better is Better.HIGHER else threshold - value
