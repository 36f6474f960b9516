"""Everything that was done to a plan, to its programme office: a list, and the same as a file."""

from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from improvement.govuk.pages import today
from improvement.workbooks import sheets
from plans.forms.trail import TrailForm
from plans.office import trail
from plans.office.trail_sheet import TrailTable, sheet
from plans.views.shared import get_office_plan


@require_safe
def trail_list(request, plan):
    plan = get_office_plan(request, plan)
    form = TrailForm(request.GET, events=trail.of_plan(plan))
    if (kind := request.GET.get("_export")) in sheets.FORMATS:
        return sheets.response(sheet(plan, form.selected_events, on=today(request)), f"{plan.slug}-trail", kind)
    table = TrailTable(form.selected_events)
    RequestConfig(request, paginate={"per_page": 50}).configure(table)
    return render(request, "plans/office/trail_list.html", {"plan": plan, "form": form, "table": table})
