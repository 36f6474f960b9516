"""The Notice and its targets as everybody reads them."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.audit import events, trail
from improvement.govuk import ways_back
from improvement.workbooks import sheets
from notices import permissions, tables
from notices.filters import ProgressFilter
from notices.models import EndVerdict
from notices.targets import charts, progress
from notices.views.shared import get_notice, get_plans, get_target, term_of, today


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
        "asked": ways_back.to_row(request),
    }
    return render(request, "notices/targets/notice_detail.html", context)


@require_safe
def target_detail(request, notice, reference):
    """One target: what is to be reached, what was, and what answers it."""
    target = get_target(request, notice, reference)
    found = progress.of_target(target, as_of=today(request))
    plans = get_plans(request, target.notice)
    answers, findings = progress.answers_to(target, plans.seen, as_of=today(request))
    context = {
        "target": target,
        "asked": ways_back.to_list(request),
        "progress": found,
        "charted": [(measure, charts.chart(measure)) for measure in found.charted],
        "answers": answers,
        "findings": findings,
        "trail": trail.lines(events.on(found.things)) if "trail" in request.GET else None,
        "reworded": _reworded(target) if target.is_changed else (),
        "last_status": target.last_status and EndVerdict(target.last_status).label,
        "limits": plans.limits,
        "run": plans.run,
        "questions": _questions(request, target, plans) if target.is_asked_about else (),
    }
    return render(request, "notices/targets/target_detail.html", context)


def _reworded(target):
    return trail.reworded(events.on([target]).filter(what="target.changed"), "wording")


def _questions(request, target, plans):
    return permissions.visible_questions(request.user, target, plans.seen, on=today(request)).told_to_public()


def _exports(request):
    """Return the address of each file of the rows that are shown."""
    query = request.GET.copy()
    found = []
    for kind in sheets.FORMATS:
        query["_export"] = kind
        found.append((sheets.NAMES[kind], f"?{query.urlencode()}"))
    return found
