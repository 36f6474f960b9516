"""Where a recommendation stands in a list, and what stands beside it there."""

from collections.abc import Sequence
from dataclasses import dataclass

from plans.models import MonthlyUpdate, Recommendation


@dataclass(frozen=True)
class Neighbours:
    """The rows before and after it, None at the ends; it is the `place`th of so `many`."""

    before: MonthlyUpdate | None
    after: MonthlyUpdate | None
    place: int
    many: int


def find(rows: Sequence[MonthlyUpdate], recommendation: Recommendation) -> Neighbours | None:
    """Return the Neighbours of `recommendation` among `rows`, in their order; None where it is not there."""
    at = next((at for at, row in enumerate(rows) if row.recommendation_id == recommendation.pk), None)
    if at is None:
        return None
    before = rows[at - 1] if at else None
    return Neighbours(before, rows[at + 1] if at + 1 < len(rows) else None, at + 1, len(rows))
