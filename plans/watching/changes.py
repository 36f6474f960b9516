"""What changed in a followed filter from one published month to the next. Pure: facts in, judgements out."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plans.ratings import Movement


@dataclass(frozen=True)
class Seen:
    """What a published month says of one recommendation, and whether the filter lists it there.

    An update `is_new` if it was received that month, and not carried forward as complete. `movement` is that of its
    rating since the last one received, None where there is none.
    """

    is_listed: bool
    due_on: date | None = None
    is_new: bool = False
    movement: Movement | None = None


class Place(StrEnum):
    """How a recommendation stands in the list now, next to the month before."""

    JOINED = "joined"
    STAYED = "stayed"
    LEFT = "left"


@dataclass(frozen=True)
class Change:
    """What changed for one recommendation that is on the list, or was."""

    place: Place
    has_new_date: bool
    has_update: bool
    has_other_rating: bool

    @property
    def is_more_than_an_update(self) -> bool:
        """Whether something else changed: most recommendations get an update each month."""
        return self.place is not Place.STAYED or self.has_new_date or self.has_other_rating


def compare(before: Seen | None, now: Seen | None) -> Change | None:
    """Return what changed; None where neither month lists it. None stands for a month that does not hold it at all.

    If it left the plan, only that is told. Having no date counts as a date: to get or to lose one is a new date.
    """
    was_listed, is_listed = before is not None and before.is_listed, now is not None and now.is_listed
    if not was_listed and not is_listed:
        return None
    place = Place.STAYED if was_listed and is_listed else Place.JOINED if is_listed else Place.LEFT
    return Change(
        place,
        has_new_date=before is not None and now is not None and before.due_on != now.due_on,
        has_update=now is not None and now.is_new,
        has_other_rating=now is not None and now.movement in {Movement.BETTER, Movement.WORSE},
    )
