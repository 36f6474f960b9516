"""What points to a better or a worse rating than the one given, and whether they agree. Pure: facts in, judgement out.

Facts that decide: verdicts on targets, actions overdue, a date passed, a different view of the Board. The others stand
beside them. It raises a question for the reader and never changes a rating.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from notices.targets.milestones import Verdict
from plans.ratings import LONG_AFTER_MONTHS, NEEDS_PATH_TO_GREEN, Rating


class Points(StrEnum):
    BETTER = "better"
    WORSE = "worse"
    NEITHER = "neither"

    @property
    def label(self) -> str:
        """Said so that it reads well beside every rating: nothing is worse than Red."""
        if self is Points.NEITHER:
            return "Decides nothing yet"
        return f"Points towards {(Rating.GREEN if self is Points.BETTER else Rating.RED).label}"


class Match(StrEnum):
    """How a rating compares with the evidence."""

    BETTER = "better"
    WORSE = "worse"
    IN_LINE = "in-line"

    @property
    def label(self) -> str:
        return "In line with the evidence" if self is Match.IN_LINE else f"Rated {self.value} than the evidence"


@dataclass(frozen=True)
class Answered:
    """A target that the recommendation answers: its verdict, and in words how far its value is from the threshold."""

    reference: str
    verdict: Verdict
    gap: str = ""


@dataclass(frozen=True)
class Case:
    """What is known of one recommendation on the day `as_of`; no `rating` where no update was received."""

    rating: Rating | None
    as_of: date
    targets: tuple[Answered, ...] = ()
    overdue_actions: int = 0
    due_on: date | None = None
    original_due_on: date | None = None
    months_at_rating: int = 0
    is_text_repeated: bool = False
    has_figures: bool = False
    is_view_different: bool = False


@dataclass(frozen=True)
class Fact:
    sentence: str
    points: Points
    decides: bool = False


@dataclass(frozen=True)
class Judgement:
    """The facts, those that decide first, and how the rating compares with them; no `match` without a rating."""

    match: Match | None
    facts: tuple[Fact, ...]

    @property
    def against(self) -> list[Fact]:
        """The facts that decide that the rating is better or worse than the evidence."""
        points = {Match.BETTER: Points.WORSE, Match.WORSE: Points.BETTER}.get(self.match) if self.match else None
        return [fact for fact in self.facts if fact.decides and fact.points is points]

    @property
    def by_points(self) -> list[tuple[Points, list[Fact]]]:
        """The facts by what they point to, where there are any."""
        found = [(points, [fact for fact in self.facts if fact.points is points]) for points in Points]
        return [(points, facts) for points, facts in found if facts]


def judge(case: Case) -> Judgement:
    """Return the Judgement of `case`.

    Green and Complete are better than the evidence where one deciding fact points to worse, Amber where two do and none
    to better. Red and Amber are worse than the evidence where a deciding fact points to better and none to worse.
    """
    facts = tuple(sorted(_facts(case), key=lambda fact: not fact.decides))
    worse, better = (
        sum(fact.decides and fact.points is points for fact in facts) for points in (Points.WORSE, Points.BETTER)
    )
    if case.rating is None:
        return Judgement(None, facts)
    if case.rating not in NEEDS_PATH_TO_GREEN:
        return Judgement(Match.BETTER if worse else Match.IN_LINE, facts)
    if case.rating is Rating.AMBER and worse > 1 and not better:
        return Judgement(Match.BETTER, facts)
    return Judgement(Match.WORSE if better and not worse else Match.IN_LINE, facts)


def _facts(case: Case) -> list[Fact]:
    found = [*_of_targets(case.targets), *_of_dates(case)]
    if case.overdue_actions:
        words = "1 action is" if case.overdue_actions == 1 else f"{case.overdue_actions} actions are"
        found.append(Fact(f"{words} overdue.", Points.WORSE, decides=True))
    if case.rating and case.is_view_different:
        points = {Rating.RED: Points.BETTER, Rating.AMBER: Points.NEITHER}.get(case.rating, Points.WORSE)
        found.append(Fact("The Board’s view differs.", points, decides=points is not Points.NEITHER))
    if case.rating in NEEDS_PATH_TO_GREEN and case.months_at_rating >= LONG_AFTER_MONTHS:
        found.append(Fact(f"{case.rating.label} for {case.months_at_rating} months.", Points.WORSE))
    if case.is_text_repeated:
        found.append(Fact("The text repeats an earlier update.", Points.WORSE))
    if case.has_figures:
        found.append(Fact("Figures are given as evidence.", Points.BETTER))
    elif case.rating:
        found.append(Fact("No figures are given as evidence.", Points.WORSE))
    return found


def _of_targets(targets: tuple[Answered, ...]) -> list[Fact]:
    """Return a fact for each target; those that are met decide only together: one met of several says little."""
    is_all_met = all(target.verdict is Verdict.MET for target in targets)
    found = []
    for target in targets:
        gap = f", {target.gap}" if target.gap else ""
        words = "" if target.verdict in {Verdict.NO_DATA, Verdict.NOT_YET_DUE} else "is "
        sentence = f"Target {target.reference}{' ' if words else ': '}{words}{target.verdict.label.lower()}{gap}."
        if target.verdict is Verdict.MISSED:
            found.append(Fact(sentence, Points.WORSE, decides=True))
        elif target.verdict is Verdict.MET:
            found.append(Fact(sentence, Points.BETTER, decides=is_all_met))
        else:
            found.append(Fact(sentence, Points.NEITHER))
    return found


def _of_dates(case: Case) -> list[Fact]:
    if case.rating is Rating.COMPLETE or case.due_on is None:
        return []
    found = []
    if case.due_on < case.as_of:
        found.append(Fact(f"Its date, {case.due_on:%-d %B %Y}, has passed.", Points.WORSE, decides=True))
    if case.original_due_on and case.original_due_on < case.due_on:
        found.append(Fact(f"Its date has slipped from {case.original_due_on:%-d %B %Y}.", Points.WORSE))
    return found
