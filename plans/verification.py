"""What `manage.py verify` checks of the plans: that what was published is what it was. Each problem is one sentence."""

from collections.abc import Iterator

from plans import records
from plans.models import MonthlyUpdate, ReportingMonth
from plans.months import RECEIVED
from plans.ratings import Rating, movement


def problems() -> Iterator[str]:
    """Yield every problem found; nothing when all is well."""
    for month in ReportingMonth.objects.exclude(published_at=None).select_related("plan").order_by("plan", "month"):
        yield from _month(month)


def _month(month):
    name = f"{month.plan.slug} {month.address}"
    if month.digest_format != records.FORMAT:
        yield f"{name}: its digest has the unknown format {month.digest_format}."
    elif records.digest(month) != month.digest:
        yield f"{name}: its rows are not what was published; the digest differs."
    for row in month.updates.filter(status__in=RECEIVED):
        previous = Rating(row.previous_rating) if row.previous_rating else None
        if (movement(previous, Rating(row.rating)) or "") != row.movement:
            yield f"{name} {row.reference}: its movement does not follow from its ratings."
    for row in _wrongly_previous(month):
        yield f"{name} {row.reference}: its previous rating is not the last one published."


def _wrongly_previous(month):
    """Yield updates whose stamped previous rating differs from what their previous month holds."""
    rows = list(month.updates.exclude(previous_month=None))
    earlier = {
        (row.recommendation_id, row.month.month): row.rating
        for row in MonthlyUpdate.objects.filter(
            month__plan=month.plan_id,
            month__month__in={row.previous_month for row in rows},
            status__in=RECEIVED,
        ).select_related("month")
    }
    for row in rows:
        if earlier.get((row.recommendation_id, row.previous_month)) != row.previous_rating:
            yield row
