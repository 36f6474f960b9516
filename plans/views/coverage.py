"""What the plan answers, both ways."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from improvement.workbooks import sheets
from plans.recommendations.coverage import build
from plans.recommendations.coverage_sheet import sheet
from plans.views.shared import get_plan, today


@require_safe
def coverage(request, plan):
    plan = get_plan(request, plan)
    built = build(plan, on=today(request))
    if (kind := request.GET.get("_export")) in sheets.FORMATS:
        return sheets.response(sheet(built, on=today(request)), f"{plan.slug}-coverage", kind)
    return render(request, "plans/recommendations/coverage.html", {"plan": plan, "coverage": built})
