"""What is drawn from the record of published months, and so may be kept until that changes."""

from datetime import date
from hashlib import sha256

from django.db.models import Func, Subquery

from improvement.records.statements import Statement
from plans.models import Correction, ReportingMonth
from plans.months import narrative


def fingerprint(month):
    """Return the SHA-256 of the record of the published `month` and of those before it, in one query.

    The months are frozen, which the digests of their publication stand for. Later come only corrections and removals,
    whose number grows with each: of two at once the last one to stand may have the lower id. What is drawn from `month`
    as it was loaded goes in itself, for it may have been loaded before a removal.
    """
    rows = _SHOWN.rows(plan=month.plan_id, until=month.month)
    return sha256(repr((month.plan.slug, month.headline, month.commentary, rows)).encode()).hexdigest()


def _shown(plan, until):
    """Return the plan's months up to `until`, with the number of what came later."""
    shown = ReportingMonth.objects.filter(plan=plan, published_at__isnull=False, month__lte=until)
    corrections = Correction.objects.filter(update__month__plan=plan)
    removals = narrative.removals(ReportingMonth.objects.filter(plan=plan).values("pk"))
    return shown.order_by("month").values_list("pk", "digest", _number(corrections), _number(removals))


def _number(rows):
    # An aggregate would be one for each row; this one is over them all.
    return Subquery(rows.order_by().values(number=Func("pk", function="COUNT")))


_SHOWN = Statement(_shown, plan=-1, until=date(1, 1, 1))
