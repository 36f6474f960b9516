"""The page on which the programme office lets a new plan take over what is outstanding."""

from django.contrib import messages
from django.shortcuts import redirect, render

from improvement.govuk.pages import is_written, page_with_form, today
from improvement.records.refusals import Refused
from plans import refresh
from plans.forms.refresh import SucceedForm
from plans.refresh import succession
from plans.views.shared import get_office_plan


@page_with_form
def plan_succeed(request, plan):
    plan = get_office_plan(request, plan)
    form = SucceedForm(request.POST or None)
    if is_written(request, form, refresh.succeed, plan=plan):
        messages.success(request, f"“{form.cleaned_data['title']}” has taken over what was outstanding.")
        if hasattr(plan, "board"):
            return redirect("boards:board_carry_over", plan.board.slug)
        return redirect("plans:plan_detail", form.cleaned_data["slug"])
    context = {"plan": plan, "form": form, "estate": succession.estate(plan, on=today(request))}
    try:
        succession.refuse_to_succeed(plan=plan, on=today(request))
    except Refused as refusal:
        context["refusal"] = str(refusal)
    return render(request, "plans/refresh/plan_succeed.html", context)
