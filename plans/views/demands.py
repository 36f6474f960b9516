"""What the plans do about what is demanded: coverage, a target, an inspection, and the Notice at its end."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from improvement.documents import pdf, write_word
from improvement.govuk.pages import today
from improvement.workbooks import sheets
from notices.models import EndVerdict, Inspection
from notices.permissions import visible_questions
from notices.targets import charts, group_charts, progress
from notices.views.shared import get_notice, get_plans, get_target, term_of
from plans import exits
from plans.demands import answers, history, inspecting
from plans.demands.coverage import build
from plans.demands.coverage_sheet import sheet
from plans.exits import exit_document, exit_sheet, exit_words
from plans.views.shared import get_plan

WRITERS = {
    "pdf": ("application/pdf", pdf.write),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", write_word),
}


@require_safe
def coverage(request, plan):
    plan = get_plan(request, plan)
    built = build(plan, on=today(request))
    if (kind := request.GET.get("_export")) in sheets.FORMATS:
        return sheets.response(sheet(built, on=today(request)), f"{plan.slug}-coverage", kind)
    return render(request, "plans/recommendations/coverage.html", {"plan": plan, "coverage": built})


@require_safe
def target_detail(request, notice, reference):
    """One target: what is to be reached, what was, and what answers it."""
    target = get_target(request, notice, reference)
    found = progress.of_target(target, as_of=today(request))
    plans, trail = get_plans(request, target.notice), request.GET.get("trail")
    answering, findings = answers.answers_to(target, plans.seen, as_of=today(request))
    context = {
        "target": target,
        "progress": found,
        "charted": [(measure, charts.chart(measure)) for measure in found.charted],
        "groups": [one for plot in group_charts.of_measures(found.others) for one in group_charts.drawn(plot)],
        "answers": answering,
        "findings": findings,
        "trail": history.of_things(found.things, is_whole=trail == "all") if trail is not None else None,
        "reworded": history.reworded_target(target),
        "last_status": target.last_status and EndVerdict(target.last_status).label,
        "limits": plans.limits,
        "run": plans.run,
        "questions": _questions(request, target, plans) if target.is_asked_about else (),
    }
    return render(request, "notices/targets/target_detail.html", context)


def _questions(request, target, plans):
    return visible_questions(request.user, target, plans.seen, on=today(request)).told_to_public()


@require_safe
def inspection_detail(request, notice, inspection):
    notice = get_notice(request, notice)
    plans = get_plans(request, notice)
    inspection = get_object_or_404(Inspection.objects.beside(notice, plans.seen), slug=inspection)
    inspected = inspecting.build(inspection, plans, on=today(request))
    findings = [row.finding for _, rows in inspected.groups for row in rows]
    reworded = history.reworded_findings(findings)
    context = {"notice": notice, "inspected": inspected, "reworded": reworded, "run": plans.run}
    return render(request, "notices/inspections/inspection_detail.html", context)


@require_safe
def notice_exit(request, notice):
    """Every target at the end, what is open, what carries on and the chair's factors: as a page or as a file."""
    found, on = get_notice(request, notice), today(request)
    leaving, term = exits.build(found, get_plans(request, found), on=on), term_of(found, on)
    kind = request.GET.get("_export")
    if kind in sheets.FORMATS:
        return sheets.response(exit_sheet.sheet(found, leaving, term=term, on=on), f"{found.slug}-exit", kind)
    if kind in WRITERS:
        content_type, write = WRITERS[kind]
        made = HttpResponse(write(exit_document.build(found, leaving, term=term, on=on)), content_type=content_type)
        made["Content-Disposition"] = f'attachment; filename="{found.slug}-exit.{kind}"'
        return made
    context = {
        "notice": found,
        "term": term,
        "leaving": leaving,
        "decide": exit_words.to_do(found, leaving.undecided, exit_words.DECIDE),
        "ask": exit_words.to_do(found, leaving.unspoken, exit_words.ASK),
        "on": on,
        "exports": {"pdf": "PDF", "docx": "Word"} | sheets.NAMES,
    }
    return render(request, "notices/exits/notice_exit.html", context)
