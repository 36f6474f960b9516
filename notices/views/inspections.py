"""The inspections that are read beside a Notice: all of them, one whole, and their judgements side by side."""

from django.db.models import Count, Q
from django.shortcuts import render
from django.views.decorators.http import require_safe

from improvement.govuk.pages import today
from improvement.workbooks import sheets
from notices import tables
from notices.inspections import comparison
from notices.models import Inspection
from notices.views.shared import get_notice, get_plans


@require_safe
def inspection_list(request, notice):
    notice = get_notice(request, notice)
    plans = get_plans(request, notice)
    inspections = (
        Inspection.objects.beside(notice, plans.seen)
        .annotate(
            judged=Count("judgements", filter=~Q(judgements__grade_as_printed=""), distinct=True),
            found=Count("findings", distinct=True),
        )
        .order_by("ordered_on", "slug")
    )
    if (kind := request.GET.get("_export")) in sheets.FORMATS:
        sheet = tables.listed(notice, "inspections", tables.INSPECTIONS, inspections, on=today(request))
        return sheets.response(sheet, f"{notice.slug}-inspections", kind)
    context = {"notice": notice, "inspections": inspections, "plans": plans.seen}
    return render(request, "notices/inspections/inspection_list.html", context)


@require_safe
def inspection_comparison(request, notice):
    notice = get_notice(request, notice)
    context = {"notice": notice, "side_by_side": comparison.build(notice, get_plans(request, notice).seen)}
    return render(request, "notices/inspections/inspection_comparison.html", context)
