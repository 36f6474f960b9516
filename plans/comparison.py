"""Last month's answers beside this month's, for whoever signs off."""

from dataclasses import dataclass

from plans.narrative import LABELS, Answer, tell

# These are asked of the reviewer, not compared.
_ASKED = frozenset({"proposed_due_on", "proposed_due_reason", "unchanged_reason"})


@dataclass(frozen=True)
class Line:
    """One question, with what was published last and what is said now; either may be missing."""

    field: str
    label: str
    before: Answer | None
    now: Answer | None

    @property
    def is_same(self):
        return bool(self.before and self.now and self.now.words) and self.before.words == self.now.words


def compare(update, previous) -> list[Line]:
    """Return a Line for each question that `update`, or `previous` (which may be None), answers."""
    now = {answer.field: answer for answer in tell(update)}
    before = {answer.field: answer for answer in tell(previous, previous.corrections.all())} if previous else {}
    return [
        Line(field, label, before.get(field), now.get(field))
        for field, label in LABELS.items()
        if field not in _ASKED and (field in now or field in before)
    ]
