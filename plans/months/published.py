"""What was last published of each recommendation."""

from datetime import date
from functools import cache

from improvement.records.statements import Statement
from plans.calendar import RECEIVED
from plans.models import MonthlyUpdate


def last_published(rows, *fields):
    """Return, by the pk of each of `rows` that has one, the last published update received; one query.

    `fields` are those that are asked for, where it is not all.
    """
    months = {row.previous_month for row in rows if row.previous_month}
    recommendations = {row.recommendation_id for row in rows}
    found = _statement(*fields).objects(recommendations=recommendations, months=months) if months else ()
    published = {(update.recommendation_id, update.month.month): update for update in found}
    keys = {row.pk: (row.recommendation_id, row.previous_month) for row in rows}
    return {pk: published[key] for pk, key in keys.items() if key in published}


@cache
def _statement(*fields):
    def reported(recommendations, months):
        found = MonthlyUpdate.objects.filter(recommendation__in=[recommendations], month__month__in=[months])
        found = found.select_related("month").order_by()
        return found.only("recommendation", "month__month", *fields) if fields else found

    return Statement(reported, recommendations=-1, months=date(1, 1, 1))


def last_published_of(month):
    """Return by recommendation the latest published update that was received."""
    rows = MonthlyUpdate.objects.filter(
        month__plan=month.plan_id, month__published_at__isnull=False, status__in=RECEIVED
    ).select_related("month")
    rows = rows.only("recommendation_id", "rating", "direction", "status", "verified_month", "month__month")
    return {row.recommendation_id: row for row in rows.order_by("month__month")}
