"""The coverage as a file: one line for each pair of a demand and a recommendation, and for what stands alone."""

from dataclasses import dataclass
from datetime import date

from improvement.workbooks import sheets
from notices.models import Finding
from plans.demands.answers import Answer
from plans.demands.coverage import Coverage, Line

NONE = "No live recommendation"


@dataclass(frozen=True)
class Pair:
    """A demand with a recommendation that answers it; either may stand alone."""

    line: Line | None
    answer: Answer | None

    @property
    def demand(self):
        return self.line.demand if self.line else None

    @property
    def is_finding(self):
        return isinstance(self.demand, Finding)

    @property
    def kind(self):
        if self.demand is None:
            return "Answers nothing"
        return "Finding" if self.is_finding else "Target"

    @property
    def progress(self):
        return self.line.progress if self.line else None

    @property
    def rating(self):
        if self.answer is None:
            return ""
        corrected = f", corrected to {self.answer.corrected}" if self.answer.corrected else ""
        return f"{self.answer.rating_label}{corrected}"


def _demanded(read):
    return lambda pair: read(pair.demand) if pair.demand else None


def _found(read):
    return lambda pair: read(pair.demand) if pair.is_finding else None


def _aimed(read):
    return lambda pair: read(pair.demand) if pair.demand and not pair.is_finding else None


def _answering(read):
    return lambda pair: read(pair.answer.recommendation) if pair.answer else None


COLUMNS = (
    sheets.Column("Demand", lambda pair: pair.kind, 16),
    sheets.Column("Reference", _demanded(lambda demand: demand.reference), 10),
    sheets.Column("Wording", _demanded(lambda demand: demand.wording), 60),
    sheets.Column("Note", _demanded(lambda demand: demand.note), 40),
    sheets.Column("Inspection", _found(lambda finding: finding.inspection.title), 30),
    sheets.Column("Timescale", _found(lambda finding: finding.get_urgency_display()), 20),
    sheets.Column("Due", _found(lambda finding: finding.due_on), 12),
    sheets.Column("Verdict", lambda pair: pair.progress.verdict_words if pair.progress else None, 20),
    sheets.Column("Final verdict", _aimed(lambda target: target.get_end_verdict_display()), 16),
    sheets.Column("Recommendation", lambda pair: pair.answer.recommendation.reference if pair.answer else NONE, 22),
    sheets.Column("Title", _answering(lambda row: row.title), 40),
    sheets.Column("Theme", _answering(lambda row: str(row.outcome.theme)), 40),
    sheets.Column("Rating", lambda pair: pair.rating, 20),
)


def sheet(coverage: Coverage, *, on: date) -> sheets.Sheet:
    """Return the coverage as a file's sheet, made on the day `on`."""
    rated = f"Ratings are those of {coverage.month.label}" if coverage.month else "No month has been published yet"
    others = "; ".join(f"{row.title}: {row.content or 'what it asks is not known'}" for row in coverage.sources)
    drawn = f"Other sources of the plan, not traced: {others}" if others else ""
    lines = [line for line in (f"As of {on:%-d %B %Y}. {rated}.", coverage.plan.caveat, drawn) if line]
    return sheets.Sheet(f"{coverage.plan.title}: coverage", lines, COLUMNS, list(_pairs(coverage)), on)


def _pairs(coverage):
    for line in (*coverage.findings, *coverage.targets):
        for answer in line.live or (None,):
            yield Pair(line, answer)
    for row in coverage.idle:
        yield Pair(None, row.answer)
