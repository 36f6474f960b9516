"""What the plan answers, both ways: every finding and target with its recommendations, and what has none.

The plan must be "clear in referencing which inspection findings are being addressed by which set of actions" [003] 4.5.
"""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Q

from improvement.govuk.drawing import address
from improvement.records.statements import Statement
from notices.models import Finding, Inspection, Target
from notices.targets import progress
from notices.targets.progress import Progress
from plans.demands import answers
from plans.demands.answers import Answer, Answers
from plans.models import Plan, PlanSource, Theme


@dataclass(frozen=True)
class Line:
    """A finding or a target with what answers it, the live ones also by theme; `address` is its own place, if any.

    `progress` is where a target of the Notice stands.
    """

    demand: Finding | Target
    address: str
    live: list[Answer]
    closed: list[Answer]
    by_theme: list[list[Answer]]
    progress: Progress | None = None


@dataclass(frozen=True)
class Row:
    """A live recommendation with the findings and targets that it answers."""

    answer: Answer
    findings: list[Line]
    targets: list[Line]


@dataclass(frozen=True)
class Coverage:
    plan: Plan
    month: object
    themes: list[Theme]
    inspections: list[tuple[Inspection, list[Line]]]
    targets: list[Line]
    recommendations: list[Row]
    sources: list[PlanSource]

    @property
    def findings(self) -> list[Line]:
        return [line for _, lines in self.inspections for line in lines]

    @property
    def unanswered(self) -> list[Line]:
        return [line for line in (*self.findings, *self.targets) if not line.live]

    @property
    def counts(self) -> list[tuple[str, str, int, int, int]]:
        """What is demanded: its name, its place on the page, how many in all, answered and not answered."""
        return [
            (name, place, len(lines), sum(bool(line.live) for line in lines), sum(not line.live for line in lines))
            for name, place, lines in (
                ("Inspection findings", "findings", self.findings),
                ("Targets", "targets", self.targets),
            )
        ]

    @property
    def idle(self) -> list[Row]:
        """The live recommendations that answer nothing."""
        return [row for row in self.recommendations if not row.findings and not row.targets]


def build(plan: Plan, *, on: date) -> Coverage:
    """Return the coverage of `plan` as of the day `on`, in a constant number of queries."""
    given = answers.given_by(plan, on=on)
    themes = list(plan.themes.all())
    reached = (
        {row.target.pk: row for row in progress.of_notice(plan.notice, as_of=on, plans=[plan])} if plan.notice else {}
    )
    findings = [
        _line(row, _page_of_finding(row, plan.notice), given.findings, themes)
        for row in _FINDINGS.objects(plan=plan.pk, notice=plan.notice_id)
    ]
    targets = [
        _line(row, _page_of_target(row, plan.notice), given.targets, themes, reached.get(row.pk))
        for row in _TARGETS.objects(plan=plan.pk, notice=plan.notice_id)
    ]
    grouped = groupby(findings, key=lambda line: line.demand.inspection)
    return Coverage(
        plan=plan,
        month=given.month,
        themes=themes,
        inspections=[(inspection, list(lines)) for inspection, lines in grouped],
        targets=targets,
        recommendations=_rows(given, findings, targets),
        sources=list(plan.sources.all()),
    )


def demanded_findings(plan):
    """Return the findings that the plan answers or should."""
    return _findings(plan.pk, plan.notice_id)


def _findings(plan, notice):
    asked = Q(recommendations__plan=plan)
    if notice:
        asked |= Q(inspection__notices=notice)
    found = Finding.objects.filter(pk__in=Finding.objects.filter(asked).values("pk"))
    return found.select_related("inspection").order_by("inspection", "position")


def demanded_targets(plan):
    """Return the targets that the plan answers or should."""
    return _targets(plan.pk, plan.notice_id)


def _targets(plan, notice):
    asked = Q(recommendations__plan=plan)
    if notice:
        asked |= Q(notice=notice)
    found = Target.objects.filter(pk__in=Target.objects.filter(asked).values("pk"))
    # By number too: two notices may have the same title.
    return found.select_related("notice").order_by("notice", "notice_id", "position")


# Without a Notice they ask for that of no number, which is none.
_FINDINGS = Statement(_findings, plan=-1, notice=-2)
_TARGETS = Statement(_targets, plan=-1, notice=-2)


def _page_of_finding(finding, notice):
    if notice is None:
        return ""
    page = address("notices:inspection_detail", notice.slug, finding.inspection.slug)
    return f"{page}#{finding.reference}"


def _page_of_target(target, notice):
    if target.notice != notice:
        return ""
    return address("notices:target_detail", notice.slug, target.reference)


def _line(demand, address, given, themes, reached=None):
    found = given.get(demand.pk, [])
    live = [answer for answer in found if answer.is_live]
    return Line(
        demand=demand,
        address=address,
        live=live,
        closed=[answer for answer in found if not answer.is_live],
        by_theme=[
            [answer for answer in live if answer.recommendation.outcome.theme_id == theme.pk] for theme in themes
        ],
        progress=reached,
    )


def _rows(given: Answers, findings, targets):
    asks: dict[int, tuple[list[Line], list[Line]]] = {answer.recommendation.pk: ([], []) for answer in given.live}
    for kind, lines in enumerate((findings, targets)):
        for line in lines:
            for answer in line.live:
                asks[answer.recommendation.pk][kind].append(line)
    return [Row(answer, *asks[answer.recommendation.pk]) for answer in given.live]
