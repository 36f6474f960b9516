"""What a published month counts with its corrections, to stand beside what it counted when it was published."""

from django.db.models import Case, CharField, Count, F, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce

from plans import standing
from plans.models import Correction, ReportingMonth
from plans.months import RECEIVED
from plans.ratings import Rating


def totals(month: ReportingMonth) -> dict[str, int]:
    """Return how many updates of `month` stand under each rating, and under `standing.NO_UPDATE`, in one query.

    The latest correction of a rating counts, and so does a rating that was received after publication.
    """
    latest = Correction.objects.filter(update=OuterRef("pk"), field="rating").order_by("-at", "-pk")
    as_published = Case(When(status__in=sorted(RECEIVED), then=F("rating")), default=Value(standing.NO_UPDATE))
    counted = (
        standing.rows(month)
        .order_by()
        .values(counts_as=Coalesce(Subquery(latest.values("after")[:1]), as_published, output_field=CharField()))
        .annotate(number=Count("pk"))
        .values_list("counts_as", "number")
    )
    return dict.fromkeys((*Rating, standing.NO_UPDATE), 0) | dict(counted)
