"""What a plan's own page shows to everyone who sees the plan."""

from dataclasses import dataclass

from plans import permissions
from plans.models import AreaOfFocus, AreaUpdate, Outcome, ReportingMonth, Theme
from plans.months import sets
from plans.months.sets import Count


@dataclass(frozen=True)
class OutcomeLine:
    outcome: Outcome
    count: Count | None


@dataclass(frozen=True)
class AreaLine:
    """An area of focus; `to_write` is its update in the open month, where the reader writes it."""

    area: AreaOfFocus
    count: Count | None
    to_write: AreaUpdate | None


@dataclass(frozen=True)
class Overview:
    """`latest` is the last month that the reader sees: the counts are of its rows."""

    open_month: ReportingMonth | None
    published: list[ReportingMonth]
    latest: ReportingMonth | None
    total: Count | None
    themes: list[tuple[Theme, list[OutcomeLine]]]
    areas: list[AreaLine]


def build(plan, user, *, on, now) -> Overview:
    """Return what `user` sees of `plan` on the day `on`, the newest month first."""
    is_office = permissions.is_office(user, plan, on=on)
    months = list(plan.months.order_by("-month"))
    for month in months:
        month.plan = plan
    visible = [month for month in months if month.is_published or is_office]
    latest = visible[0] if visible else None
    themes = plan.themes.prefetch_related(
        "outcomes__accountable_post__holder", "outcomes__accountable_post__deputy", "outcomes__theme"
    )
    areas = plan.areas.in_month(on.replace(day=1)).select_related("leading_post__holder", "leading_post__deputy")
    pairs = {
        outcome: ("outcome", f"{theme.number}.{outcome.number}") for theme in themes for outcome in theme.outcomes.all()
    }
    pairs |= {area: ("area", area.letter) for area in areas}
    counts = _counts(latest, pairs, now=now)
    to_write = _to_write(months, user, on)
    return Overview(
        open_month=next((month for month in visible if not month.is_published), None),
        published=[month for month in months if month.is_published],
        latest=latest,
        total=counts.get(None),
        themes=[
            (theme, [OutcomeLine(outcome, counts.get(outcome)) for outcome in theme.outcomes.all()]) for theme in themes
        ],
        areas=[AreaLine(area, counts.get(area), to_write.get(area.pk)) for area in areas],
    )


def _counts(month, pairs, *, now):
    """Return the Count of each of `pairs`, and of the whole under None; nothing where no month is seen."""
    if month is None:
        return {}
    found = sets.with_sets(month, pairs.values(), now=now)
    return {thing: sets.counted(month, found, "Recommendations", pair) for thing, pair in pairs.items()} | {
        None: sets.counted(month, found, "Recommendations")
    }


def _to_write(months, user, on):
    """Return by area the open month's updates on areas of focus that the person writes."""
    open_month = next((month for month in months if not month.is_published), None)
    rows = list(open_month.area_updates.all()) if open_month else []
    for row in rows:
        row.month = open_month
    return {row.area_id: row for row in rows if permissions.can_write_area_update(user, row, on=on)}
