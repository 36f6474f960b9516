"""Inspection grades, and what may be said of two of them. Pure: grades in, comparison out.

Two scales can be chosen from. The older one runs outstanding, good, adequate, inadequate ([003] 3.1, tables); today's
says "requires improvement to be good" in the third place. Three of the words mean the same on both. The third does not:
"adequate" said that what is required was met, "requires improvement" that it was not yet good enough, so those two
are never held against each other; each of them is above inadequate and below good. An inspection may have a scale of
its own, as those of services for special needs have; its grades are compared on that scale alone.
"""

from enum import StrEnum


class Grade(StrEnum):
    """A grade in an inspection's words, best first."""

    OUTSTANDING = "outstanding"
    GOOD = "good"
    ADEQUATE = "adequate"
    REQUIRES_IMPROVEMENT = "requires-improvement"
    INADEQUATE = "inadequate"

    @property
    def label(self) -> str:
        return "Requires improvement to be good" if self is Grade.REQUIRES_IMPROVEMENT else self.value.capitalize()


class Comparison(StrEnum):
    """What may be said of a later grade beside an earlier one."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    NOT_COMPARABLE = "not-comparable"

    @property
    def label(self) -> str:
        return self.value.replace("-", " ").capitalize()


_RUNG = {
    Grade.OUTSTANDING: 3,
    Grade.GOOD: 2,
    Grade.ADEQUATE: 1,
    Grade.REQUIRES_IMPROVEMENT: 1,
    Grade.INADEQUATE: 0,
}


def steps(before: Grade | None, after: Grade | None) -> int | None:
    """Return how many grades `after` is above `before`, negative where below; None where they cannot be compared.

    [002] counts so: from inadequate to good is "up two grades".
    """
    if before is None or after is None:
        return None
    if before is not after and _RUNG[before] == _RUNG[after]:
        return None
    return _RUNG[after] - _RUNG[before]


def steps_on(scale: tuple[str, ...], before: str, after: str) -> int | None:
    """Return how many grades `after` is above `before` on a scale of words, best first; None where one is not on it."""
    words = [grade.casefold() for grade in scale]
    if before.casefold() not in words or after.casefold() not in words:
        return None
    return words.index(before.casefold()) - words.index(after.casefold())


def compare(before: Grade | None, after: Grade | None) -> Comparison:
    """Return what may be said of `after` beside `before`; a grade that is not named compares with nothing."""
    return moved_by(steps(before, after))


def moved_by(moved: int | None) -> Comparison:
    """Return what may be said of a grade that is so many steps above another."""
    if moved is None:
        return Comparison.NOT_COMPARABLE
    if moved == 0:
        return Comparison.SAME
    return Comparison.BETTER if moved > 0 else Comparison.WORSE
