"""How long each recommendation of a month has had its rating, worked out from the months published before."""

from datetime import date

from improvement.records.statements import Statement
from plans import ratings
from plans.calendar import RECEIVED
from plans.models import MonthlyUpdate, ReportingMonth
from plans.ratings import Direction, Rating, Report

FIELDS = ("rated_since", "months_at_rating", "is_stuck", "is_long")


def stamps(month, rows):
    """Return by recommendation the FIELDS that follow for each of `rows` of `month`, in two queries."""
    published = {row.pk: row.month for row in _EARLIER.objects(plan=month.plan_id, before=month.month)}
    recommendations = {row.recommendation_id for row in rows}
    received = _RECEIVED.rows(months=list(published), recommendations=recommendations) if published else ()
    reports = {
        (recommendation, month_id): _answered(rating, direction)
        for recommendation, month_id, rating, direction in received
    }
    found = {}
    for row in rows:
        past = [Report(day, *reports.get((row.recommendation_id, pk), ())) for pk, day in published.items()]
        own = _answered(row.rating, row.direction) if row.is_received else ()
        run = ratings.run([*past, Report(month.month, *own)])
        found[row.recommendation_id] = dict(
            zip(FIELDS, (run.since, run.months, run.is_stuck, run.is_long), strict=True)
        )
    return found


def _earlier(plan, before):
    months = ReportingMonth.objects.filter(plan=plan, month__lt=before, published_at__isnull=False)
    return months.order_by("month").only("month")


def _received(months, recommendations):
    rows = MonthlyUpdate.objects.filter(month__in=[months], status__in=RECEIVED, recommendation__in=[recommendations])
    return rows.order_by().values_list("recommendation_id", "month_id", "rating", "direction")


# Whoever submits waits for them.
_EARLIER = Statement(_earlier, plan=-1, before=date(1, 1, 1))
_RECEIVED = Statement(_received, months=-1, recommendations=-2)


def stamp(month, rows):
    """Set on each of `rows` of `month` what `stamps` returns for it; return those that it changed."""
    found, changed = stamps(month, rows), []
    for row in rows:
        wanted = found[row.recommendation_id]
        if any(getattr(row, field) != value for field, value in wanted.items()):
            for field, value in wanted.items():
                setattr(row, field, value)
            changed.append(row)
    return changed


def _answered(rating, direction):
    return (Rating(rating), Direction(direction) if direction else None)
