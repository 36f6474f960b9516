"""What an update says that does not go together, in plain words, before it is submitted.

A contradiction may be mended, or overridden with a reason that the reviewer sees. Pure: facts in, sentences out.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plans.ratings import NEEDS_PATH_TO_GREEN, Direction, Movement, Rating, movement


class Code(StrEnum):
    GREEN_PAST_ITS_DATE = "green-past-its-date"
    GREEN_WITH_TARGET_MISSED = "green-with-target-missed"
    SAME_TEXT = "same-text"
    IMPROVING_WHILE_WORSE = "improving-while-worse"
    IMPROVING_WITH_NOTHING_NEW = "improving-with-nothing-new"
    COMPLETE_WITHOUT_EVIDENCE = "complete-without-evidence"
    GREEN_BY_PASSED = "green-by-passed"
    PROPOSED_EARLIER = "proposed-earlier"

    @property
    def answer(self) -> str:
        """The answer that one would change to mend it."""
        return _ANSWERS.get(self, "rating")


_JOINED = "+"
_ANSWERS = {
    Code.SAME_TEXT: "progress",
    Code.IMPROVING_WHILE_WORSE: "direction",
    Code.IMPROVING_WITH_NOTHING_NEW: "direction",
    Code.GREEN_BY_PASSED: "green_by",
    Code.PROPOSED_EARLIER: "proposed_due_on",
}


@dataclass(frozen=True)
class Facts:
    """What `find` judges. Texts are compared without regard to space and case."""

    rating: Rating | None
    direction: Direction | None
    progress: str
    previous_rating: Rating | None
    previous_progress: str
    due_on: date | None
    as_of: date
    has_evidence: bool
    missed_targets: tuple[str, ...] = ()
    is_unchanged_by_choice: bool = False
    green_by: date | None = None
    proposed_due_on: date | None = None


@dataclass(frozen=True)
class Contradiction:
    code: Code
    sentence: str


@dataclass(frozen=True)
class Question:
    """What contradicts one answer: one reason explains all of it, as two would be about the same."""

    parts: tuple[Contradiction, ...]

    @property
    def code(self) -> Code:
        return self.parts[0].code

    @property
    def key(self) -> str:
        """All of its codes, as they are stored with the reason."""
        return _JOINED.join(part.code for part in self.parts)

    @property
    def sentence(self) -> str:
        return " ".join(part.sentence for part in self.parts)

    def reason(self, typed: dict[str, str]) -> str:
        """Return the reason among those typed, by code; nothing if there is none."""
        reasons = [typed.get(part.code, "").strip() for part in self.parts]
        return "\n".join(dict.fromkeys(filter(None, reasons)))

    def is_of(self, key: str) -> bool:
        """Whether what was explained under the stored `key` holds all that this asks about."""
        return {part.code for part in self.parts} <= codes(key)


def codes(key: str) -> set[str]:
    """Return the codes in a key that was stored with a reason."""
    return set(key.split(_JOINED))


def questions(found: list[Contradiction]) -> list[Question]:
    """Return what has to be explained of all that was found: one question for each answer."""
    of_answer: dict[str, tuple[Contradiction, ...]] = {}
    for item in found:
        of_answer[item.code.answer] = (*of_answer.get(item.code.answer, ()), item)
    return [Question(parts) for parts in of_answer.values()]


def find(facts: Facts) -> list[Contradiction]:
    """Return every contradiction in `facts`, in the order in which a reader meets them on the form."""
    found = []
    if facts.rating is Rating.GREEN and facts.due_on and facts.due_on < facts.as_of:
        found.append(
            Contradiction(
                Code.GREEN_PAST_ITS_DATE,
                f"It is rated Green, but its agreed date, {facts.due_on:%-d %B %Y}, has passed.",
            )
        )
    if facts.rating is Rating.GREEN and facts.missed_targets:
        found.append(
            Contradiction(
                Code.GREEN_WITH_TARGET_MISSED,
                "It is rated Green, but a target that it answers misses its milestone: "
                f"{', '.join(facts.missed_targets)}.",
            )
        )
    moved = movement(facts.previous_rating, facts.rating)
    if facts.direction is Direction.IMPROVING and moved is Movement.WORSE and facts.previous_rating and facts.rating:
        found.append(
            Contradiction(
                Code.IMPROVING_WHILE_WORSE,
                "It is said to be improving, but its rating got worse: "
                f"{facts.previous_rating.label} to {facts.rating.label}.",
            )
        )
    is_same = _is_same_text(facts.progress, facts.previous_progress)
    if facts.direction is Direction.IMPROVING and (is_same or facts.is_unchanged_by_choice):
        found.append(
            Contradiction(
                Code.IMPROVING_WITH_NOTHING_NEW,
                "You chose “Improving”, but the progress says nothing that was not reported last time.",
            )
        )
    elif is_same and not facts.is_unchanged_by_choice:
        found.append(
            Contradiction(Code.SAME_TEXT, "The progress this month is word for word what was reported last time.")
        )
    if facts.rating is Rating.COMPLETE and not facts.has_evidence:
        found.append(
            Contradiction(Code.COMPLETE_WITHOUT_EVIDENCE, "It is rated Complete, but there is no evidence with it.")
        )
    return found + _in_its_dates(facts)


def _in_its_dates(facts: Facts) -> list[Contradiction]:
    found = []
    is_off_track = facts.rating is not None and facts.rating in NEEDS_PATH_TO_GREEN
    if is_off_track and facts.green_by and facts.green_by < facts.as_of:
        found.append(
            Contradiction(
                Code.GREEN_BY_PASSED,
                f"The date to be back to Green, {facts.green_by:%-d %B %Y}, has passed.",
            )
        )
    if facts.proposed_due_on and facts.due_on and facts.proposed_due_on < facts.due_on:
        found.append(
            Contradiction(
                Code.PROPOSED_EARLIER,
                f"The proposed due date, {facts.proposed_due_on:%-d %B %Y}, is earlier than the present one, "
                f"{facts.due_on:%-d %B %Y}.",
            )
        )
    return found


def _is_same_text(this: str, last: str) -> bool:
    return bool(this.strip()) and this.casefold().split() == last.casefold().split()
