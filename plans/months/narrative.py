"""An update's answers as pages tell them: each with its label, its words and the corrections beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import Case, OuterRef, QuerySet, Subquery, Value, When
from django.utils.dateparse import parse_date

from accounts.models import Removal
from plans.calendar import UpdateStatus
from plans.models import Correction, MonthlyUpdate, ReportingMonth
from plans.ratings import NEEDS_PATH_TO_GREEN, Direction, Rating

LABELS = {
    "rating": "Rating",
    "direction": "Direction of travel",
    "progress": "Progress this month",
    "impact": "Impact",
    "next_steps": "Next steps",
    "remedy": "What is needed",
    "remedy_owner": "Who will do it",
    "green_by": "Back to Green by",
    "cause": "Cause",
    "decision_sought": "Decision asked of the Board",
    "proposed_due_on": "Proposed due date",
    "proposed_due_reason": "Reason for the new date",
    "unchanged_reason": "Same as last time because",
}
REPLY = "Reply to the comment"
_ALWAYS = frozenset({"rating", "direction", "progress", "impact", "next_steps"})
_PATH = frozenset({"remedy", "remedy_owner", "green_by"})
_PATH_AND_CAUSE = _PATH | {"cause"}


def in_order(answers):
    """Return `answers`, by field, in the order in which pages tell them."""
    return {field: answers[field] for field in LABELS if field in answers}


@dataclass(frozen=True)
class Corrected:
    """What a correction puts beside the original."""

    value: str
    words: str
    correction: Correction

    @property
    def agreement(self):
        return agreement(self.correction)


@dataclass(frozen=True)
class Answer:
    """One answer: `value` as it is stored, `words` as it is read."""

    field: str
    label: str
    value: str
    words: str
    corrected: tuple[Corrected, ...] = ()


def tell(update: MonthlyUpdate, corrections=()) -> list[Answer]:
    """Return the answers of `update` that a reader expects or that say something, in the order of the form.

    A published update that was not received tells nothing but its `corrections`: what came too late.
    """
    answers = []
    for field in LABELS:
        value = _stored(getattr(update, field)) if update.is_told and _belongs(update, field) else ""
        beside = corrected(field, corrections) if corrections else ()
        if value or beside or (update.is_told and _is_expected(update, field)):
            told = answer(field, value, beside)
            answers.append(replace(told, label=f"{update.same_as} because") if field == "unchanged_reason" else told)
    return answers


def corrected(field: str, corrections: Iterable[Correction]) -> tuple[Corrected, ...]:
    """Return what the `corrections` of `field` put beside the original, in their order."""
    return tuple(Corrected(item.after, words(field, item.after), item) for item in corrections if item.field == field)


def drafted(update: MonthlyUpdate) -> list[Answer]:
    """Return what is written in `update`, also where it was not received: for those who may read its draft."""
    return [answer(field, value) for field in LABELS if (value := _stored(getattr(update, field)))]


def answer(field: str, value, corrected=()) -> Answer:
    """Return one answer by itself."""
    return Answer(field, LABELS.get(field, REPLY), _stored(value), words(field, value), corrected)


def words(field: str, value) -> str:
    """Return the answer `value` of `field`, stored or as the text of a correction, as it is read."""
    text = _stored(value)
    if field in {"rating", "direction"} and text:
        return (Rating if field == "rating" else Direction)(text).label
    return day(text) if field.endswith(("_on", "_by")) else text


def day(text: str) -> str:
    """Return a stored day as it is read, such as “9 December 2011”; any other text as it is."""
    found = parse_date(text)
    return f"{found:%-d %B %Y}" if found else text


def corrected_rating(corrections: Sequence[Correction]) -> str:
    """Return the rating that the last of `corrections`, in the order they were made, gives; "" where none gives one."""
    return next((item.after for item in reversed(corrections) if item.field == "rating"), "")


def agreement(correction: Correction) -> str:
    """Return in a sentence who agreed a corrected rating and how; of any other field nobody's agreement is printed."""
    if correction.field != "rating" or not correction.agreed_name:
        return ""
    day = f"{correction.agreed_on:%-d %B %Y}"
    if correction.is_agreed_on_own_page:
        return f"Rating agreed by {correction.agreed_name} on their own page, {day}."
    how = f" ({correction.agreed_how})" if correction.agreed_how else ""
    return f"Rating agreed by {correction.agreed_name} on {day}{how}, as recorded by {correction.by_name}."


def removals(months: Iterable[int]) -> QuerySet[Removal]:
    """Return what was removed from the months of these ids and their updates, each with its update's `reference`."""
    updates = MonthlyUpdate.objects.filter(month__in=months)
    reference = Subquery(updates.filter(pk=OuterRef("on_id")).values("reference"))
    of_update = When(on_type=MonthlyUpdate._meta.label_lower, then=reference)
    found = Removal.objects.among(ReportingMonth.objects.filter(pk__in=months), updates)
    return found.annotate(reference=Case(of_update, default=Value("")))


def reason(item) -> str:
    """Return the reason for one stored contradiction, and for which month it was first given where it was confirmed."""
    again = f" (given for {item['confirmed']} and confirmed)" if item.get("confirmed") else ""
    return f"{item['reason']}{again}"


def _stored(value):
    return "" if value is None else str(value)


def _belongs(update, field):
    return field not in _PATH_AND_CAUSE or update.rating not in {Rating.GREEN, Rating.COMPLETE}


def _is_expected(update, field):
    if update.status == UpdateStatus.CARRIED:
        return False
    return field in _ALWAYS or (field in _PATH and update.rating in NEEDS_PATH_TO_GREEN)
