"""What an officer answers, and what must be there before it can be submitted."""

from improvement.texts import days
from plans.ratings import NEEDS_PATH_TO_GREEN, Rating

UNCHANGED = "Nothing has changed since it was returned. Change the update, or reply to the comment."
# What "same as last month" takes from the last published update. A decision or a new date is asked afresh.
PATH_TO_GREEN = ("cause", "remedy", "remedy_owner", "green_by")
REPEATED = ("rating", "direction", "progress", "impact", "next_steps", *PATH_TO_GREEN)
# What may be put right once the month is published.
CORRECTABLE = (*REPEATED, "decision_sought")
ANSWERS = frozenset({*CORRECTABLE, "proposed_due_on", "proposed_due_reason", "unchanged_reason", "reply"})

_ALWAYS = {
    "rating": "Choose a rating.",
    "direction": "Choose a direction of travel.",
    "progress": "Say what has been done this month.",
    "impact": "Say what difference this has made to children. If there is none yet, say so.",
}
_PATH_NEEDED = {
    "remedy": "Say what has to happen to get back to Green.",
    "remedy_owner": "Say who will do what is needed.",
    "green_by": "Enter the date it will be back to Green.",
}

# What stands in an update that is on track: the path to green goes with Red and Amber only.
_NO_PATH = dict.fromkeys(PATH_TO_GREEN, "") | {"green_by": None}


def settled(row, answers):
    """Return `answers` with what follows from them for `row`: a changed progress is no longer last month's."""
    if answers.get("progress", row.progress) != row.progress:
        return {"unchanged_reason": "", **answers}
    return answers


def handed_in(row, answers):
    """Return `answers` as they are handed in: settled, and without a path to green where the rating needs none."""
    needs_path = answers.get("rating", row.rating) in NEEDS_PATH_TO_GREEN
    return settled(row, answers) | ({} if needs_path else _NO_PATH)


def missing(row, *, on):
    """Return the sentence for each answer that `row` lacks on the day `on`, by field; empty when it can be submitted.

    A date that was agreed before it passed is proposed no more.
    """
    needed = dict(_ALWAYS)
    if row.rating != Rating.COMPLETE:
        needed["next_steps"] = "Say what will happen next."
    if row.rating in NEEDS_PATH_TO_GREEN:
        needed |= _PATH_NEEDED
    errors = {field: sentence for field, sentence in needed.items() if not _is_filled(getattr(row, field))}
    if row.rating and row.rating not in row.month.wording:
        errors["rating"] = "The plan does not offer this rating."
    if row.proposed_due_on and not row.proposed_due_reason.strip():
        errors["proposed_due_reason"] = "Enter a reason for the new date."
    if row.proposed_due_reason.strip() and not row.proposed_due_on:
        errors["proposed_due_on"] = "Enter the new date you propose."
    if row.proposed_due_on and row.proposed_due_on < on and row.proposed_due_on != row.due_on:
        errors["proposed_due_on"] = f"Enter a future due date: {row.proposed_due_on:%-d %B %Y} has passed."
    errors |= days.outside(green_by=row.green_by, proposed_due_on=row.proposed_due_on)
    if not row.reply.strip() and not row.returned.get("is_answered") and is_as_returned(row):
        errors["reply"] = UNCHANGED
    return errors


def as_returned(row):
    """Return how `row` is as it is returned: its answers as text, its evidence, and that nobody has replied yet."""
    return {
        "answers": {field: _stored(getattr(row, field)) for field in sorted(ANSWERS - {"reply"})},
        "evidence": [{"pk": item.pk, "title": item.title} for item in row.evidence.all()],
        "is_answered": False,
    }


def is_as_returned(row):
    """Return whether `row` was returned and has neither been changed since nor given or taken evidence."""
    if not row.returned:
        return False
    answers = row.returned["answers"]
    is_same = all(same(answers.get(field, ""), getattr(row, field)) for field in ANSWERS - {"reply"})
    return is_same and {item["pk"] for item in row.returned["evidence"]} == {item.pk for item in row.evidence.all()}


def same(before, now):
    """Return whether two answers say the same, without regard to space and case."""
    return _words(before) == _words(now)


def _words(value):
    return _stored(value).casefold().split()


def _stored(value):
    return "" if value is None else str(value)


def _is_filled(value):
    return bool(value.strip()) if isinstance(value, str) else value is not None
