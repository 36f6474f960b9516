"""The Notice and its targets as everybody reads them."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from improvement.govuk.pages import today
from improvement.workbooks import sheets
from notices import tables
from notices.filters import ProgressFilter
from notices.targets import progress
from notices.views.shared import get_notice, get_plans, term_of


@require_safe
def notice_detail(request, notice):
    """Every target of the Notice in one table, or the same rows as a file."""
    found, on = get_notice(request, notice), today(request)
    plans = get_plans(request, found)
    filters = ProgressFilter(request.GET, rows=progress.of_notice(found, as_of=on, plans=plans.seen))
    rows = tables.rows(filters.rows)
    if (kind := request.GET.get("_export")) in sheets.FORMATS:
        caveats = [*(plan.caveat for plan in plans.seen if plan.caveat), *plans.limits]
        return sheets.response(
            tables.sheet(found, rows, filters=filters, caveats=caveats, on=on), f"{found.slug}-targets", kind
        )
    context = {
        "notice": found,
        "plans": plans,
        "term": term_of(found, on),
        "areas": list(found.areas.all()),
        "versions": list(found.versions.all()),
        "filters": filters,
        "rows": rows,
        "exports": _exports(request),
    }
    return render(request, "notices/targets/notice_detail.html", context)


def _exports(request):
    """Return the address of each file of the rows that are shown."""
    query = request.GET.copy()
    found = []
    for kind in sheets.FORMATS:
        query["_export"] = kind
        found.append((sheets.NAMES[kind], f"?{query.urlencode()}"))
    return found
