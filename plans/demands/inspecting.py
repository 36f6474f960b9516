"""One inspection as its page shows it: judgements as a tree, findings with what answers them."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from notices.models import Finding, Inspection, Judgement, ReportedStatement
from notices.permissions import Plans
from plans.demands import answers
from plans.demands.answers import Answer, Answers


@dataclass(frozen=True)
class Line:
    """A judgement and how many lines stand above it in the tree."""

    judgement: Judgement
    depth: int


@dataclass(frozen=True)
class Answered:
    """A finding with the live recommendations that answer it, and those that did until they were closed."""

    finding: Finding
    live: list[Answer]
    closed: list[Answer]


@dataclass(frozen=True)
class Inspected:
    inspection: Inspection
    lines: list[Line]
    statements: list[ReportedStatement]
    groups: list[tuple[str, list[Answered]]]
    plans: list[Answers]
    limits: list[str]

    @property
    def source(self) -> str:
        """Where every judgement stands, if that is one place."""
        sources = {line.judgement.source for line in self.lines}
        return sources.pop() if len(sources) == 1 else ""

    @property
    def judged(self) -> int:
        return sum(bool(line.judgement.grade_as_printed) for line in self.lines)

    @property
    def answered(self) -> int:
        return sum(bool(row.live) for _, rows in self.groups for row in rows)

    @property
    def findings(self) -> int:
        return sum(len(rows) for _, rows in self.groups)


def build(inspection: Inspection, plans: Plans, *, on: date) -> Inspected:
    """Return the inspection with what `plans` do about its findings on the day `on`."""
    given = [answers.given_by(plan, on=on) for plan in plans.seen]
    findings = [_answered(finding, given) for finding in inspection.findings.all()]
    return Inspected(
        inspection=inspection,
        lines=tree(inspection.judgements.select_related("category")),
        statements=list(inspection.statements.all()),
        groups=[(name, list(rows)) for name, rows in groupby(findings, key=lambda row: row.finding.group)],
        plans=given,
        limits=plans.limits,
    )


def tree(judgements) -> list[Line]:
    """Return the lines in printed order, each with its depth; a line stands after the one above it."""
    depths: dict[int, int] = {}
    lines = []
    for judgement in sorted(judgements, key=lambda row: row.position):
        depths[judgement.pk] = depths.get(judgement.parent_id, -1) + 1
        lines.append(Line(judgement, depths[judgement.pk]))
    return lines


def _answered(finding, plans):
    found = [answer for plan in plans for answer in plan.findings.get(finding.pk, ())]
    return Answered(
        finding,
        live=[answer for answer in found if answer.is_live],
        closed=[answer for answer in found if not answer.is_live],
    )
