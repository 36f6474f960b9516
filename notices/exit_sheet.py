"""The exit view as a file: one row for each target; the chair's factors and what carries on stand in the heading."""

from improvement import sheets

NONE = "None"


def _owned(read):
    return lambda row: "\n".join(read(owned) for owned in row.live) or NONE


def _due(owned):
    recommendation = owned.answer.recommendation
    overdue = ", overdue" if owned.is_overdue else ""
    return f"{recommendation.reference}: {recommendation.due_on:%-d %B %Y}{overdue}"


def _rating(owned):
    corrected = f", corrected to {owned.answer.corrected}" if owned.answer.corrected else ""
    return f"{owned.answer.recommendation.reference}: {owned.answer.rating_label}{corrected}"


def _lead(owned):
    return f"{owned.answer.recommendation.reference}: {owned.answer.recommendation.lead_post.title}"


def _continuation(item):
    return f"“{item.wording}” {item.source}" + (f" (owner: {item.owner})" if item.owner else "")


def _step(row):
    step = row.progress.deciding_step
    return f"{step.milestone.wording} ({step.milestone.period})" if step else ""


def _value(row):
    step = row.progress.deciding_step
    return step.result.words if step and step.result else ""


COLUMNS = (
    sheets.Column("Reference", lambda row: row.target.reference, 10),
    sheets.Column("Target", lambda row: row.target.wording, 60),
    sheets.Column("In the end, as stated", lambda row: row.target.get_end_verdict_display(), 16),
    sheets.Column("Stated in", lambda row: row.target.end_verdict_source, 40),
    sheets.Column("Stated on", lambda row: row.target.end_verdict_on, 14),
    sheets.Column("Verdict, as worked out", lambda row: row.progress.verdict_words, 28),
    sheets.Column("Milestone", _step, 40),
    sheets.Column("Value", _value, 24),
    sheets.Column("At odds", lambda row: "yes" if row.is_at_odds else "", 10),
    sheets.Column(
        "Held, as worked out", lambda row: row.held.computed or ("" if row.held.is_known else "Not known"), 30
    ),
    sheets.Column("Held since", lambda row: row.held.since, 14),
    sheets.Column("Held, as stated", lambda row: row.target.held_wording, 50),
    sheets.Column("Held, as stated since", lambda row: row.target.held_since, 14),
    sheets.Column("Held, as stated in", lambda row: row.target.held_source, 30),
    sheets.Column("Live recommendations", _owned(lambda owned: str(owned.answer.recommendation)), 50),
    sheets.Column("Rating", _owned(_rating), 24),
    sheets.Column("Lead post", _owned(_lead), 40),
    sheets.Column("Current due date", _owned(_due), 30),
    sheets.Column("Carries on", lambda row: "\n".join(map(_continuation, row.continuations)) or NONE, 60),
    sheets.Column("Note", lambda row: row.target.note, 40),
)


def sheet(notice, leaving, *, term, on):
    """Return the exit view `leaving` (a notices.exits.Exit) as a file's sheet, made on the day `on`."""
    lines = [
        f"As of {on:%-d %B %Y}. {_term(term)}",
        *(f"Ratings as published for {month.label}." for month in leaving.months),
        *leaving.caveats,
        *(_counts(how, counts) for how, _, counts in leaving.counts),
        *(f"Factor {row.factor.position}: “{row.factor.wording}” {row.factor.source}" for row in leaving.factors),
        *(f"Carries on: {_continuation(item)}" for item in leaving.continuations if not item.targets.all()),
    ]
    return sheets.Sheet(f"{notice.title}: the exit view", lines, COLUMNS, leaving.endings, on)


def _counts(how, counts):
    return f"{how}: " + ", ".join(f"{words.lower()} {number}" for _, words, number in counts) + "."


def _term(term):
    if term.days_left is not None:
        return f"In force, {term.days_left} days left."
    if term.days_past is not None:
        return f"Awaiting decision, {term.days_past} days past its end on {term.end:%-d %B %Y}."
    return f"{term.state.label}{f' on {term.end:%-d %B %Y}' if term.end else ''}."
