"""The programme office records a value, confirms one, states whether a judged milestone is met."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from improvement.govuk.pages import is_written, page_with_form
from notices.forms import ConfirmationForm, JudgementForm, ResultForm
from notices.models import Milestone, Result
from notices.targets import results
from notices.targets.milestones import Kind
from notices.views.shared import get_office_target


@page_with_form
def result_add(request, notice, reference):
    target = get_office_target(request, notice, reference)
    form = ResultForm(request.POST or None, indicators=target.indicators.order_by("position", "reference_order"))
    if is_written(request, form, results.record):
        return _back(request, target, "The value has been recorded.")
    return render(request, "notices/targets/result_add.html", {"target": target, "form": form})


@page_with_form
def result_confirm(request, notice, reference, pk):
    target = get_office_target(request, notice, reference)
    result = get_object_or_404(
        Result.objects.select_related("indicator"), pk=pk, indicator__target=target, is_provisional=True
    )
    form = ConfirmationForm(request.POST or None)
    if is_written(request, form, results.confirm, result=result):
        return _back(request, target, "The confirmed value has been recorded beside the provisional one.")
    return render(request, "notices/targets/result_confirm.html", {"target": target, "result": result, "form": form})


@page_with_form
def milestone_judge(request, notice, reference, pk):
    target = get_office_target(request, notice, reference)
    milestone = get_object_or_404(
        Milestone.objects.select_related("indicator", "judged_by"), pk=pk, indicator__target=target, kind=Kind.JUDGED
    )
    seen = results.said_so_far(milestone)
    form = JudgementForm(request.POST or None, initial={"seen": seen})
    if is_written(request, form, results.judge, milestone=milestone):
        return _back(request, target, "The verdict has been recorded with its reason.")
    if form.is_bound:
        # The page now shows what was stated meanwhile, beside what was typed.
        form.take("seen", seen)
    return render(
        request, "notices/targets/milestone_judge.html", {"target": target, "milestone": milestone, "form": form}
    )


def _back(request, target, sentence):
    messages.success(request, sentence)
    return redirect("notices:target_detail", target.notice.slug, target.reference)
