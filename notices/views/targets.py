"""The Notice and its targets as everybody reads them."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts import trail
from improvement import sheets
from notices import charts, progress, tables, terms
from notices.filters import ProgressFilter
from notices.views.shared import get_notice, get_target, today


@require_safe
def notice_detail(request, notice):
    """Every target of the Notice in one table, or the same rows as a file."""
    found = get_notice(request, notice)
    filters = ProgressFilter(request.GET, rows=progress.of_notice(found, as_of=today(request)))
    rows = tables.rows(filters.rows)
    if (kind := request.GET.get("_export")) in sheets.FORMATS:
        sheet = tables.sheet(found, rows, filters=filters, on=today(request))
        return sheets.response(sheet, f"{found.slug}-targets", kind)
    term = terms.term(
        ends_on=found.ends_on, extended_to=found.extended_to, lifted_on=found.lifted_on, as_of=today(request)
    )
    context = {"notice": found, "term": term, "versions": found.versions.all(), "filters": filters, "rows": rows}
    return render(request, "notices/notice_detail.html", context | {"exports": _exports(request)})


@require_safe
def target_detail(request, notice, reference):
    """One target: what is to be reached, what was, and what answers it."""
    target = get_target(request, notice, reference)
    found = progress.of_target(target, as_of=today(request))
    answers, findings = progress.answers_to(target, as_of=today(request))
    context = {
        "target": target,
        "progress": found,
        "charted": [(measure, charts.chart(measure)) for measure in found.charted],
        "answers": answers,
        "findings": findings,
        "trail": trail.lines(trail.on(found.things)),
    }
    return render(request, "notices/target_detail.html", context)


def _exports(request):
    """Return the address of each file of the rows that are shown."""
    query = request.GET.copy()
    found = []
    for kind in sheets.FORMATS:
        query["_export"] = kind
        found.append((kind.upper(), f"?{query.urlencode()}"))
    return found
