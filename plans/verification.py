"""What `manage.py verify` checks: that the records are what they were. Every problem is one sentence."""

from collections.abc import Iterator

from django.core.files.storage import default_storage
from django.db.models import Q

from accounts.models import Post, Tenure
from improvement import triggers
from plans import records
from plans.evidence import sha256
from plans.models import Evidence, MonthlyUpdate, ReportingMonth
from plans.months import RECEIVED
from plans.ratings import Rating, movement


def problems() -> Iterator[str]:
    """Yield every problem found; nothing when all is well."""
    yield from _guards()
    for month in ReportingMonth.objects.exclude(published_at=None).select_related("plan").order_by("plan", "month"):
        yield from _month(month)
    yield from _files()
    yield from _posts()


def _guards():
    for name in triggers.missing():
        yield f"The guard {name} is missing. Run migrate to install it."


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


def _files():
    kept = set()
    for item in Evidence.objects.exclude(file="").select_related("update__month"):
        kept.add(item.file.name)
        name = f"{item.update.month.address} {item.update.reference}: the file “{item.original_name}”"
        if not item.file.storage.exists(item.file.name):
            yield f"{name} is missing."
            continue
        with item.file.open() as file:
            if sha256(file) != item.sha256:
                yield f"{name} is not what was uploaded; its SHA-256 differs."
    folder = Evidence._meta.get_field("file").upload_to
    if default_storage.exists(folder):
        for orphan in sorted({f"{folder}/{name}" for name in default_storage.listdir(folder)[1]} - kept):
            yield f"The file {orphan} belongs to no evidence."


def _posts():
    """Yield posts whose present holder or deputy is not the one of an open tenure."""
    open_tenures = {
        (tenure.post_id, tenure.capacity): tenure.user_id for tenure in Tenure.objects.filter(to_on__isnull=True)
    }
    for post in Post.objects.filter(
        Q(holder__isnull=False) | Q(deputy__isnull=False) | Q(tenures__isnull=False)
    ).distinct():
        for capacity in ("holder", "deputy"):
            if open_tenures.get((post.pk, capacity)) != getattr(post, f"{capacity}_id"):
                yield f"{post}: its present {capacity} and its tenures disagree."
