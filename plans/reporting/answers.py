"""What an officer answers, and what must be there before it can be submitted."""

from plans.ratings import NEEDS_PATH_TO_GREEN, Rating

ANSWERS = frozenset(
    {
        "rating",
        "direction",
        "progress",
        "impact",
        "next_steps",
        "cause",
        "remedy",
        "remedy_owner",
        "green_by",
        "decision_sought",
        "proposed_due_on",
        "proposed_due_reason",
        "unchanged_reason",
    }
)

_ALWAYS = {
    "rating": "Choose a rating.",
    "direction": "Choose a direction of travel.",
    "progress": "Say what was done this month.",
    "impact": "Say what difference it makes to children. If there is none yet, say so.",
}
_PATH_TO_GREEN = {
    "remedy": "Say what is needed to get back to Green.",
    "remedy_owner": "Say who will do what is needed.",
    "green_by": "Give the date by which it will be back to Green.",
}


def missing(row):
    """Return the sentence for each answer that `row` lacks, by field; empty when it can be submitted."""
    needed = dict(_ALWAYS)
    if row.rating != Rating.COMPLETE:
        needed["next_steps"] = "Say what happens next."
    if row.rating in NEEDS_PATH_TO_GREEN:
        needed |= _PATH_TO_GREEN
    errors = {field: sentence for field, sentence in needed.items() if not _is_filled(getattr(row, field))}
    if row.rating and row.rating not in row.month.wording:
        errors["rating"] = "The plan does not offer this rating."
    if row.proposed_due_on and not row.proposed_due_reason.strip():
        errors["proposed_due_reason"] = "Give the reason for the new date."
    if row.proposed_due_reason.strip() and not row.proposed_due_on:
        errors["proposed_due_on"] = "Give the new date that you propose."
    return errors


def _is_filled(value):
    return bool(value.strip()) if isinstance(value, str) else value is not None
