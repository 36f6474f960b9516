"""What a month would hold: shown before it is opened, and before its scope is brought up to today's plan."""

from dataclasses import dataclass
from datetime import date

from accounts.models import Post
from improvement.records.statements import Statement
from plans import reporting
from plans.models import AreaOfFocus, MonthlyUpdate, Recommendation, ReportingMonth, Theme


@dataclass(frozen=True)
class Scope:
    """What opening a month would create; what joined or left is against the plan's last month."""

    themes: list[tuple[Theme, int]]
    total: int
    last: object
    joined: list[Recommendation]
    left: list[MonthlyUpdate]
    vacant: list[Post]
    areas: list[AreaOfFocus]


@dataclass(frozen=True)
class Change:
    """What refreshing the scope of an open month would do."""

    joining: list[Recommendation]
    removed: list[MonthlyUpdate]
    kept: list[MonthlyUpdate]
    areas: list[AreaOfFocus]

    @property
    def is_any(self):
        return bool(self.joining or self.removed or self.areas)


@dataclass(frozen=True)
class Fate:
    """What becomes of a recommendation's row in the open month once it is closed, if there is such a row.

    `is_removable` says whether refreshing the scope would remove it.
    """

    month: ReportingMonth | None
    update: MonthlyUpdate | None
    is_removable: bool


def of_closing(recommendation) -> Fate:
    """Return what becomes of the row of `recommendation` in the open month of its plan."""
    month = recommendation.plan.months.filter(published_at=None).first()
    rows = recommendation.updates.filter(month=month)
    update = rows.select_related("saved_by", "lead_post").first() if month else None
    return Fate(month, update, is_removable=bool(update) and reporting.untouched(rows).exists())


def of_opening(plan, month, *, on) -> Scope:
    """Return what opening `month` (its first day) on the day `on` would create."""
    posts = ("lead_post", "outcome__accountable_post")
    held = [f"{post}__{capacity}" for post in posts for capacity in ("holder", "deputy")]
    live = list(plan.recommendations.live(on).select_related("outcome__theme", *held).order_by("reference_order"))
    last = plan.months.order_by("-month").first()
    reported = {row.recommendation_id: row for row in last.updates.order_by("reference_order")} if last else {}
    leading = {post for row in live for post in (row.lead_post, row.outcome.accountable_post)}
    return Scope(
        themes=[(theme, sum(row.outcome.theme_id == theme.pk for row in live)) for theme in plan.themes.all()],
        total=len(live),
        last=last,
        joined=[row for row in live if row.pk not in reported] if last else [],
        left=[row for pk, row in reported.items() if pk not in {row.pk for row in live}],
        vacant=sorted((post for post in leading if not post.acting), key=str),
        areas=list(plan.areas.in_month(month).select_related("leading_post")),
    )


def of_refreshing(month, *, on) -> Change:
    """Return what `reporting.refresh_scope` would do to an open `month` on the day `on`, in four queries."""
    asked = {"month": month.pk, "plan": month.plan_id, "on": on}
    removed = _REMOVABLE.objects(**asked)
    going = {row.pk for row in removed}
    return Change(
        joining=_JOINING.objects(**asked),
        removed=removed,
        kept=[row for row in _LEAVING.objects(**asked) if row.pk not in going],
        areas=list(reporting.joining_areas(month)),
    )


def _joining(month, plan, on):
    return reporting.joining(ReportingMonth(pk=month, plan_id=plan), on).order_by("reference_order")


def _leaving(month, plan, on):
    rows = reporting.leaving(ReportingMonth(pk=month, plan_id=plan), on)
    return rows.select_related("saved_by").order_by("reference_order")


def _removable(month, plan, on):
    return reporting.removable(ReportingMonth(pk=month, plan_id=plan), on).order_by("reference_order")


# The console of an open month asks them each time.
_OF_A_MONTH = {"month": -1, "plan": -2}
_JOINING = Statement(_joining, **_OF_A_MONTH, on=date(1, 1, 1))
_LEAVING = Statement(_leaving, **_OF_A_MONTH, on=date(1, 1, 1))
_REMOVABLE = Statement(_removable, **_OF_A_MONTH, on=date(1, 1, 1))
