"""What is drawn from the record of months, and so may be kept until that changes."""

from datetime import date
from hashlib import sha256

from django.db.models import Func, Subquery

from improvement.records.statements import Statement
from plans.models import AreaUpdate, Correction, DateChange, MonthlyUpdate, ReportingMonth
from plans.months import narrative


def fingerprint(month):
    """Return the SHA-256 of the record of `month` and of those published before it: one query, four for an open month.

    A published month is frozen, and the digest of its publication speaks for it. Only corrections and removals are
    added to it. They go in by their number, because of two made at once the last to stand may have the lower id. Of an
    open month every column of its rows goes in, so that no write has to say that it changed them. So does `month` as it
    was loaded, which may have been before a removal.
    """
    loaded = [getattr(month, field.attname) for field in ReportingMonth._meta.concrete_fields]
    rows = _SHOWN.rows(plan=month.plan_id, until=month.month)
    own = [] if month.is_published else [statement.rows(month=month.pk) for statement in _OWN]
    return sha256(repr((month.plan.slug, loaded, rows, own)).encode()).hexdigest()


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


def _rows(found):
    """Return the query for all of `found` that belongs to one month."""
    return Statement(lambda month: found.order_by("pk").filter(month=month), month=-1)


# The order of a reference follows from the reference, and is bytes, which PostgreSQL tells as a place in memory.
_OWN = [
    _rows(MonthlyUpdate.objects.defer("reference_order")),
    _rows(AreaUpdate.objects),
    _rows(DateChange.objects),
]
