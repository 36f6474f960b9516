"""What a rating is, and what follows from two or three of them. Pure: facts in, judgements out.

Ratings are Red, Amber and Green with a direction of travel ([001] 3.3.3); Complete only where a plan offers it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple


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
LONG_AFTER_MONTHS = 6

_ORDER = (Rating.RED, Rating.AMBER, Rating.GREEN, Rating.COMPLETE)


def movement(previous: Rating | None, current: Rating | None) -> Movement | None:
    """Return how a rating moved from the last published one received; None where either is missing."""
    if previous is None or current is None:
        return None
    step = _ORDER.index(current) - _ORDER.index(previous)
    if step == 0:
        return Movement.SAME
    return Movement.BETTER if step > 0 else Movement.WORSE


class Report(NamedTuple):
    """What one month says of a recommendation; without a rating where no update was received."""

    month: date
    rating: Rating | None = None
    direction: Direction | None = None


@dataclass(frozen=True)
class Run:
    """How long a recommendation has had its rating: `rating` since the month `since`, for so many `months`."""

    rating: Rating | None = None
    since: date | None = None
    months: int = 0
    is_stuck: bool = False
    is_long: bool = False


def run(reports: Sequence[Report]) -> Run:
    """Return the Run that ends with the last of `reports`, one for each month of the plan, oldest first.

    A month without an update neither ends the run nor counts as a change: the last rating received continues.
    """
    received = [(place, report) for place, report in enumerate(reports) if report.rating]
    if not received:
        return Run()
    rating = received[-1][1].rating
    changed = max((place for place, report in received if report.rating is not rating), default=-1)
    first = next(place for place, _ in received if place > changed)
    months = len(reports) - first
    is_off_track = rating in NEEDS_PATH_TO_GREEN
    is_improving = any(report.direction is Direction.IMPROVING for report in reports[-STUCK_AFTER_MONTHS:])
    return Run(
        rating=rating,
        since=reports[first].month,
        months=months,
        is_stuck=is_off_track and months >= STUCK_AFTER_MONTHS and not is_improving,
        is_long=is_off_track and months >= LONG_AFTER_MONTHS,
    )
