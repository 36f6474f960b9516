"""The Notice's targets as rows of a page and of a file, and its inspections and reports as files."""

from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from improvement.workbooks import sheets
from notices.targets import charts


@dataclass(frozen=True)
class Row:
    """One target of the table, with its trend as a small chart."""

    progress: Any
    spark: charts.Spark | None

    @property
    def latest(self):
        return self.progress.measure.latest if self.progress.measure else None


def rows(found):
    return [Row(progress, charts.spark(progress.measure)) for progress in found]


def _of_latest(read):
    return lambda row: read(row.latest) if row.latest else None


COLUMNS = (
    sheets.Column("Reference", lambda row: row.progress.target.reference, 10),
    sheets.Column("Target", lambda row: row.progress.target.wording, 60),
    sheets.Column("Kind", lambda row: row.progress.target.get_kind_display(), 12),
    sheets.Column("Area", lambda row: row.progress.target.area and row.progress.target.area.name, 30),
    sheets.Column("Next milestone", lambda row: _step(row.progress.next_step), 40),
    sheets.Column("Verdict", lambda row: row.progress.verdict_words, 28),
    sheets.Column("Last milestone due", lambda row: "; ".join(map(_step, row.progress.last_steps[:1])), 40),
    sheets.Column("Indicator", lambda row: row.progress.measure and str(row.progress.measure.indicator), 40),
    sheets.Column("Unit", lambda row: row.progress.measure and row.progress.measure.indicator.unit, 16),
    sheets.Column("Latest value", _of_latest(attrgetter("value")), 12),
    sheets.Column("Low", _of_latest(attrgetter("low")), 8),
    sheets.Column("High", _of_latest(attrgetter("high")), 8),
    sheets.Column("Period", _of_latest(attrgetter("period")), 26),
    sheets.Column("Basis", _of_latest(lambda result: result.get_basis_display()), 16),
    sheets.Column("Provisional", _of_latest(lambda result: "provisional" if result.is_provisional else ""), 12),
    sheets.Column("Confirmed value expected on", _of_latest(attrgetter("expected_on")), 16),
    sheets.Column("Source", _of_latest(attrgetter("source")), 24),
    sheets.Column("Discrepancy", _of_latest(attrgetter("discrepancy")), 50),
    sheets.Column("Final verdict", lambda row: row.progress.target.get_end_verdict_display(), 16),
    sheets.Column("Live recommendations", lambda row: row.progress.answers, 12),
)


def _step(step):
    return f"{step.milestone.wording} ({step.milestone.period})" if step else ""


def sheet(notice, found, *, filters, caveats, on):
    """Return the table's rows as a file's sheet; `caveats` say what in the plans that are counted is illustrative."""
    lines = (
        f"As of {on:%-d %B %Y}",
        *caveats,
        f"Filters: {filters.words or 'none'}. {len(found)} of {len(filters.whole)} targets.",
    )
    return sheets.Sheet(f"{notice.title}: targets", lines, COLUMNS, found, on)


INSPECTIONS = (
    sheets.Column("Inspection", lambda row: row.title, 60),
    sheets.Column("Kind", lambda row: row.kind, 30),
    sheets.Column("Council", lambda row: row.council, 30),
    sheets.Column("From", lambda row: row.started_on),
    sheets.Column("To", lambda row: row.ended_on),
    sheets.Column("When, in words", lambda row: row.period, 20),
    sheets.Column("Report published on", lambda row: row.published_on),
    sheets.Column("Judgements", lambda row: row.judged, 12),
    sheets.Column("Findings", lambda row: row.found, 12),
    sheets.Column("Source", lambda row: row.source, 30),
)
REPORTS = (
    sheets.Column("Report of", lambda row: row.reported_on),
    sheets.Column("Title", lambda row: row.title, 60),
    sheets.Column("State", lambda row: row.get_state_display(), 20),
    sheets.Column("Tabled on", lambda row: row.tabled_on),
    sheets.Column("Agreed on", lambda row: row.agreed_on),
    sheets.Column("Source", lambda row: row.source, 30),
)


def listed(notice, what, columns, rows, *, on):
    """Return a list of the Notice's, such as its inspections, as a file's sheet."""
    return sheets.Sheet(f"{notice.title}: {what}", [f"As of {on:%-d %B %Y}"], columns, rows, on)
