"""Last month's answers beside this month's, and what was returned beside what came back, for whoever signs off."""

from dataclasses import dataclass, replace

from improvement.texts import differences
from improvement.texts.differences import Difference
from improvement.texts.tables import has_table
from plans import reporting
from plans.months.narrative import LABELS, Answer, answer, tell

# These are chosen or dated, so that there are no words to compare.
_WORDLESS = frozenset({"rating", "direction", "green_by", "proposed_due_on"})
# These are asked of the reviewer, not compared.
_ASKED = frozenset({"proposed_due_on", "proposed_due_reason", "unchanged_reason"})


@dataclass(frozen=True)
class Line:
    """One question, with what was published last and what is said now; either may be missing.

    `marked` says which words changed: nothing where none did, where hardly a word is the same, which `is_rewritten`,
    or where there is a table in it, which is read as a table.
    """

    field: str
    label: str
    before: Answer | None
    now: Answer | None
    marked: Difference | None = None
    is_rewritten: bool = False

    @property
    def has_both(self):
        return bool(self.before and self.before.words and self.now and self.now.words)

    @property
    def is_same(self):
        return self.has_both and self.before.words == self.now.words


def compare(update, previous) -> list[Line]:
    """Return a Line for each question that `update`, or `previous` (which may be None), answers."""
    now = {answer.field: answer for answer in tell(update)}
    before = {answer.field: answer for answer in tell(previous, previous.corrections.all())} if previous else {}
    return [
        _line(field, label, before.get(field), now.get(field))
        for field, label in LABELS.items()
        if field not in _ASKED and (field in now or field in before)
    ]


@dataclass(frozen=True)
class SinceReturn:
    """What changed since an update was returned: each answer that says something else, and its evidence."""

    lines: list[Line]
    added: list[str]
    removed: list[str]

    @property
    def is_unchanged(self):
        return not (self.lines or self.added or self.removed)


def since_return(update) -> SinceReturn | None:
    """Return what changed in `update` since it was returned, or None where it was not."""
    if not update.returned:
        return None
    answers = update.returned["answers"]
    before = {item["pk"]: item["title"] for item in update.returned["evidence"]}
    now = {item.pk: item.title for item in update.evidence.all()}
    return SinceReturn(
        lines=[
            _line(field, label, answer(field, answers.get(field, "")), answer(field, getattr(update, field)))
            for field, label in LABELS.items()
            if not reporting.same(answers.get(field, ""), getattr(update, field))
        ],
        added=[title for pk, title in now.items() if pk not in before],
        removed=[title for pk, title in before.items() if pk not in now],
    )


def _line(field, label, before, now):
    line = Line(field, label, before, now)
    if field in _WORDLESS or line.is_same or not line.has_both or has_table(before.words) or has_table(now.words):
        return line
    marked = differences.compare(before.words, now.words)
    return replace(line, marked=marked, is_rewritten=not marked)
