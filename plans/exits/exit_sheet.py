"""The exit view as a file: one row for each target; the chair's factors and what carries on stand in the heading."""

from improvement.workbooks import sheets
from plans.exits import exit_words as words

NONE = "None"


def _owned(read):
    return lambda row: "\n".join(read(item) for item in row.live) or NONE


def _each(read):
    """Return what `read` says of each live recommendation, by its reference."""
    return _owned(lambda item: f"{item.answer.recommendation.reference}: {read(item)}")


def _due(item):
    return f"{words.due(item.answer.recommendation)}{', overdue' if item.is_overdue else ''}"


def _continuation(item):
    return f"“{item.wording}” {item.source}" + (f" (owner: {item.owner})" if item.owner else "")


def _milestone(row):
    step = row.progress.deciding_step
    return f"{step.milestone.wording} ({step.milestone.period})" if step else ""


def _value(row):
    step = row.progress.deciding_step
    return step.result.words if step and step.result else ""


def _held(row):
    return row.held.computed or ("" if row.held.is_known else words.NOT_KNOWN)


COLUMNS = (
    sheets.Column("Reference", lambda row: row.target.reference, 10),
    sheets.Column("Target", lambda row: row.target.wording, 60),
    sheets.Column("Final verdict, as stated", lambda row: row.target.get_end_verdict_display(), 16),
    sheets.Column("Stated in", lambda row: row.target.end_verdict_source, 40),
    sheets.Column("Stated on", lambda row: row.target.end_verdict_on, 14),
    sheets.Column("The narrative says", lambda row: row.target.narrative_wording, 40),
    sheets.Column("The narrative, in", lambda row: row.target.narrative_source, 24),
    sheets.Column("Verdict, as worked out", lambda row: row.progress.verdict_words, 28),
    sheets.Column("Milestone", _milestone, 40),
    sheets.Column("Value", _value, 24),
    sheets.Column("Says the opposite", lambda row: "yes" if row.is_at_odds else "", 10),
    sheets.Column("Held, as worked out", _held, 30),
    sheets.Column("Held since", lambda row: row.held.since, 14),
    sheets.Column("Held, as stated", lambda row: row.target.held_wording, 50),
    sheets.Column("Held, as stated since", lambda row: row.target.held_since, 14),
    sheets.Column("Held, as stated in", lambda row: row.target.held_source, 30),
    sheets.Column("Live recommendations", _owned(lambda item: str(item.answer.recommendation)), 50),
    sheets.Column("Rating", _each(words.rating), 24),
    sheets.Column("Lead post", _each(lambda item: item.answer.recommendation.lead_post.title), 40),
    sheets.Column("Current due date", _each(_due), 30),
    sheets.Column("Continues", lambda row: "\n".join(map(_continuation, row.continuations)) or NONE, 60),
    sheets.Column("Note", lambda row: row.target.note, 40),
)


def sheet(notice, leaving, *, term, on):
    """Return the exit view `leaving` (a plans.exits.Exit) as a file's sheet, made on the day `on`."""
    lines = (
        f"As of {on:%-d %B %Y}",
        words.term(term),
        *(f"Ratings: those of {month.label}" for month in leaving.months),
        *leaving.caveats,
        *leaving.limits,
        *filter(None, [words.recommendation(notice, on)]),
        *(words.counts(how, numbers) for how, _, numbers in leaving.counts),
        *(f"Factor {row.factor.position}: “{row.factor.wording}” {row.factor.source}" for row in leaving.factors),
        *(f"Continues: {_continuation(item)}" for item in leaving.continuations if not item.targets.all()),
    )
    return sheets.Sheet(f"{notice.title}: the exit view", lines, COLUMNS, leaving.endings, on)
