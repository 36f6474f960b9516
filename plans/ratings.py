"""What a rating is, and what follows from two or three of them. Pure: facts in, judgements out.

Ratings are Red, Amber and Green with a direction of travel ([001] 3.3.3); Complete only where a plan offers it.
"""

from collections.abc import Sequence
from enum import StrEnum


class Rating(StrEnum):
    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    COMPLETE = "complete"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class Direction(StrEnum):
    IMPROVING = "improving"
    STEADY = "steady"
    DECLINING = "declining"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class Movement(StrEnum):
    BETTER = "better"
    WORSE = "worse"
    SAME = "same"


# The wording of a plan that states none of its own.
DEFAULT_WORDING: dict[Rating, str] = {
    Rating.RED: "Not on track: will not be achieved by its date without significant intervention.",
    Rating.AMBER: ("At risk: progress is being made, and specific action is needed to achieve it by its date."),
    Rating.GREEN: "On track: will be achieved by its date, and there is evidence of progress.",
    Rating.COMPLETE: (
        "Achieved, with evidence that it is making a difference, verified by someone other than its lead officer."
    ),
}

NEEDS_PATH_TO_GREEN = frozenset({Rating.RED, Rating.AMBER})
STUCK_AFTER_MONTHS = 3

_ORDER = (Rating.RED, Rating.AMBER, Rating.GREEN, Rating.COMPLETE)


def movement(previous: Rating | None, current: Rating | None) -> Movement | None:
    """Return how a rating moved from the last published one received; None where either is missing."""
    if previous is None or current is None:
        return None
    step = _ORDER.index(current) - _ORDER.index(previous)
    if step == 0:
        return Movement.SAME
    return Movement.BETTER if step > 0 else Movement.WORSE


def is_stuck(months: Sequence[tuple[Rating | None, Direction | None]]) -> bool:
    """Return whether the latest of these consecutive months, oldest first, is stuck.

    Stuck is amber or red three months running without a change of rating and not improving. A month in which
    no update was received breaks the run.
    """
    run = months[-STUCK_AFTER_MONTHS:]
    if len(run) < STUCK_AFTER_MONTHS:
        return False
    ratings = {rating for rating, _ in run}
    is_one_rating_off_track = len(ratings) == 1 and ratings <= NEEDS_PATH_TO_GREEN
    return is_one_rating_off_track and all(direction is not Direction.IMPROVING for _, direction in run)
