"""What the plans do about findings and targets: the recommendations that answer them, as last published."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from improvement.records.statements import Statement
from notices.models import Finding, Target
from plans.models import Correction, MonthlyUpdate, Plan, Recommendation, ReportingMonth


@dataclass(frozen=True)
class Answer:
    """One recommendation with the row of it that was published last, or None where there is none."""

    recommendation: Recommendation
    update: MonthlyUpdate | None
    is_live: bool

    @property
    def rating(self) -> str:
        return self.update.rating if self.update and self.update.is_received else ""

    def is_overdue(self, on: date) -> bool:
        """Whether its current due date is past on the day `on`; what is complete is done."""
        due_on = self.recommendation.due_on
        return due_on is not None and due_on < on and self.rating != "complete"

    @property
    def rating_label(self) -> str:
        if self.update is None:
            return "Not yet published"
        return self.update.get_rating_display() if self.update.is_received else "No update received"

    @property
    def corrected(self) -> str:
        """The rating that a correction puts beside the published one, or nothing."""
        last = self.update.corrected_rating if self.update else None
        return last if last and last != self.rating else ""


@dataclass(frozen=True)
class Answers:
    """A plan's recommendations in its own order, and which of them answer each finding and target (by id)."""

    plan: Plan
    month: ReportingMonth | None
    recommendations: tuple[Answer, ...]
    findings: dict[int, list[Answer]]
    targets: dict[int, list[Answer]]

    @property
    def live(self) -> list[Answer]:
        return [answer for answer in self.recommendations if answer.is_live]


def with_corrected(updates: QuerySet) -> QuerySet:
    """Return `updates`, each with the rating that its last correction gives, if any."""
    last = Correction.objects.filter(update=OuterRef("pk"), field="rating").order_by("-at", "-pk")
    return updates.annotate(corrected_rating=Subquery(last.values("after")[:1]))


def given_by(plan: Plan, *, on: date) -> Answers:
    """Return what `plan` does as of the day `on`, in five queries; what joins it later is left out."""
    month = next(iter(_LAST.objects(plan=plan.pk)), None)
    updates = {row.recommendation_id: row for row in _UPDATES.objects(month=month.pk)} if month else {}
    found = {}
    for row in _STANDING.objects(plan=plan.pk, on=on):
        row.plan = plan
        found[row.pk] = Answer(row, updates.get(row.pk), row.closed_on is None or row.closed_on > on)
    findings, targets = (_linked(links.rows(plan=plan.pk), found) for links in (_FINDINGS, _TARGETS))
    return Answers(plan, month, tuple(found.values()), findings, targets)


def _linked(links, found):
    """Return the answers `found` by the ids of what they answer, in the plan's order."""
    linked = defaultdict(list)
    for pk, other in links:
        if pk in found:
            linked[other].append(found[pk])
    return dict(linked)


def _last(plan):
    return ReportingMonth.objects.filter(plan=plan, published_at__isnull=False).order_by("-month")[:1]


def _updates(month):
    rows = MonthlyUpdate.objects.filter(month=month).only("month", "recommendation", "rating", "status")
    return with_corrected(rows)


def _standing(plan, on):
    rows = Recommendation.objects.filter(plan=plan, opened_on__lte=on)
    return rows.select_related("outcome__theme", "lead_post")


def _links(plan, *, relation):
    return Recommendation.objects.filter(plan=plan, **{f"{relation}__isnull": False}).values_list("pk", relation)


_LAST = Statement(_last, plan=-1)
_UPDATES = Statement(_updates, month=-1)
_STANDING = Statement(_standing, plan=-1, on=date(1, 1, 1))
_FINDINGS = Statement(partial(_links, relation="findings"), plan=-1)
_TARGETS = Statement(partial(_links, relation="targets"), plan=-1)


def answers_to(target: Target, plans, *, as_of: date) -> tuple[list[Answer], list[Finding]]:
    """Return what in `plans` answers the target, live ones first, and the findings that this answers too.

    Three queries.
    """
    inspected = Prefetch("findings", Finding.objects.select_related("inspection").order_by("inspection", "position"))
    rows = Recommendation.objects.filter(targets=target, opened_on__lte=as_of, plan__in=plans)
    # By number too: two plans may have the same title.
    rows = rows.select_related("plan").order_by("plan", "plan_id", "reference_order")
    rows = list(rows.prefetch_related(inspected))
    updates = MonthlyUpdate.objects.filter(recommendation__in=rows, month__published_at__isnull=False)
    light = updates.select_related("month").only("recommendation", "rating", "status", "month__month")
    published = {row.recommendation_id: row for row in with_corrected(light).order_by("month__month")}
    answers = [Answer(row, published.get(row.pk), row.closed_on is None or row.closed_on > as_of) for row in rows]
    findings = {finding.pk: finding for row in rows for finding in row.findings.all()}
    return sorted(answers, key=lambda answer: not answer.is_live), list(findings.values())
