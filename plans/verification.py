"""What `manage.py verify` checks of the plans: that what was published is what it was. Each problem is one sentence."""

from collections.abc import Iterator

from accounts.audit import matching
from accounts.models import Event
from accounts.removal.kinds import standing_digest
from plans import audit, revisions
from plans.calendar import RECEIVED
from plans.models import MonthlyUpdate, ReportingMonth
from plans.months import digests
from plans.months.stamps import stamp
from plans.ratings import Rating, movement


def problems() -> Iterator[str]:
    """Yield every problem found; nothing when all is well."""
    for month in ReportingMonth.objects.exclude(published_at=None).select_related("plan").order_by("plan", "month"):
        yield from _month(month)
    yield from matching.problems(audit.TOLD)


def _month(month):
    name = audit.month_name(month)
    if not digests.is_known(month.digest_format):
        yield f"{name}: its digest has the unknown format {month.digest_format}."
    elif digests.digest(month) != standing_digest(month):
        yield f"{name}: its rows have changed since it was published; the digest differs."
    yield from _published(month, name)
    for row in month.updates.filter(status__in=RECEIVED):
        previous = Rating(row.previous_rating) if row.previous_rating else None
        if (movement(previous, Rating(row.rating)) or "") != row.movement:
            yield f"{name} {row.reference}: its movement does not follow from its ratings."
    if month.digest_format > 1:
        yield from _miscounted(month, name)
        for row in stamp(month, list(month.updates.all())):
            yield f"{name} {row.reference}: its months at one rating do not follow from the months before."
    for row in _wrongly_previous(month):
        yield f"{name} {row.reference}: its previous rating is not the last one published."


def _published(month, name):
    """Yield where the totals are not those that the audit trail, which is kept apart from the month, holds."""
    told_on = Event.objects.filter(what="month.published", on_type=month._meta.label_lower, on_id=month.pk)
    received = month.updates.filter(status__in=RECEIVED).count()
    if told_on and all(event.detail["received"] != received for event in told_on):
        yield f"{name}: its totals are not those of its publication."


def _miscounted(month, name):
    """Yield updates that do not hold the changes of their due date that were agreed in the month."""
    rows = list(month.updates.all())
    counted = revisions.counted_in(month, [row.recommendation_id for row in rows])
    for row in rows:
        if _days(row.date_changes) != _days(counted.get(row.recommendation_id, [])):
            yield f"{name} {row.reference}: its changed dates are not those that were agreed in the month."


def _days(changes):
    return [(item["before"], item["after"]) for item in changes]


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
