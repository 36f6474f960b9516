"""How long a Notice has to run, as of a day. Pure: dates in, words out."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from notices.targets.values import plural


class State(StrEnum):
    IN_FORCE = "in-force"
    AWAITING_DECISION = "awaiting-decision"
    LIFTED = "lifted"

    @property
    def label(self) -> str:
        return self.value.replace("-", " ").capitalize()


@dataclass(frozen=True)
class Term:
    """Where a Notice stands.

    `days_left` is None where no end is known and once the term is over, `days_past` unless a decision is awaited.
    """

    state: State
    end: date | None
    days_left: int | None = None
    days_past: int | None = None


def term(*, ends_on: date | None, extended_to: date | None, lifted_on: date | None, as_of: date) -> Term:
    """Return the term of a Notice on the day `as_of`; its last day still counts as in force.

    Past its end and not lifted it awaits the Secretary of State's decision: it does not lapse.
    """
    end = extended_to or ends_on
    if lifted_on and lifted_on <= as_of:
        return Term(State.LIFTED, lifted_on)
    if end and end < as_of:
        return Term(State.AWAITING_DECISION, end, days_past=(as_of - end).days)
    return Term(State.IN_FORCE, end, (end - as_of).days if end else None)


def lasting(since: date, until: date) -> str:
    """Return how long something has stood: "1 year and 7 months", "7 months"; in days within its first month."""
    months = 12 * (until.year - since.year) + until.month - since.month - (until.day < since.day)
    if months < 1:
        return plural((until - since).days, "day")
    years, months = divmod(months, 12)
    return " and ".join(plural(number, unit) for number, unit in ((years, "year"), (months, "month")) if number)
