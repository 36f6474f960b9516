"""The programme office changes recommendations one at a time, outside monthly updates and revisions."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from improvement.govuk.pages import is_written, page_with_form, refuse_unless, today
from plans import refresh, revisions
from plans.forms.revisions import CloseForm, DueDateForm, LeadForm, NewRecommendationForm, ReopenForm
from plans.models import Recommendation
from plans.office import scope
from plans.refresh import checks
from plans.views.shared import get_office_plan


@page_with_form
def recommendation_add(request, plan):
    plan = get_office_plan(request, plan)
    here = checks.of_plan(plan, on=today(request))
    form = NewRecommendationForm(request.POST or None, plan=plan, here=here)
    if is_written(request, form, refresh.add_alone, plan=plan):
        reference = form.cleaned_data["reference"]
        messages.success(request, f"{reference} has been added to the plan.")
        return redirect("plans:recommendation_detail", plan.slug, reference)
    context = {"plan": plan, "form": form, "open_month": plan.months.filter(published_at=None).first()}
    return render(request, "plans/recommendations/recommendation_add.html", context)


@page_with_form
def recommendation_lead(request, plan, reference):
    recommendation = _get_recommendation(request, plan, reference)
    refuse_unless(recommendation.closed_on is None)
    initial = {"lead_wording": recommendation.lead_wording}
    form = LeadForm(request.POST or None, recommendation=recommendation, initial=initial)
    if is_written(request, form, refresh.give_to, recommendation=recommendation):
        messages.success(request, f"{form.cleaned_data['lead_post'].title} now leads {reference}.")
        return redirect("plans:recommendation_detail", plan, reference)
    return _page(request, "plans/recommendations/recommendation_lead.html", recommendation, form)


@page_with_form
def recommendation_due_date(request, plan, reference):
    recommendation = _get_recommendation(request, plan, reference)
    refuse_unless(recommendation.closed_on is None)
    form = DueDateForm(request.POST or None, recommendation=recommendation)
    if is_written(request, form, revisions.change_due_date, recommendation=recommendation):
        messages.success(request, f"{reference} is due on {form.cleaned_data['due_on']:%-d %B %Y}.")
        return redirect("plans:recommendation_detail", plan, reference)
    return _page(request, "plans/recommendations/recommendation_due_date.html", recommendation, form)


@page_with_form
def recommendation_close(request, plan, reference):
    """Ask how it is closed, say what that does to this month, and close it once that is confirmed."""
    recommendation = _get_recommendation(request, plan, reference)
    form = CloseForm(request.POST or None, recommendation=recommendation)
    is_asked = form.is_valid() and "change" not in request.POST
    if (
        is_asked
        and "confirmed" in request.POST
        and is_written(request, form, revisions.close, recommendation=recommendation)
    ):
        messages.success(request, f"{reference} is closed.")
        return redirect("plans:recommendation_detail", plan, reference)
    is_confirming = is_asked and "confirmed" not in request.POST and _can_close(request, recommendation, form)
    return _page(
        request, "plans/recommendations/recommendation_close.html", recommendation, form, is_confirming=is_confirming
    )


@page_with_form
def recommendation_reopen(request, plan, reference):
    recommendation = _get_recommendation(request, plan, reference)
    form = ReopenForm(request.POST or None)
    if is_written(request, form, revisions.reopen, recommendation=recommendation):
        messages.success(request, f"{reference} is open again.")
        return redirect("plans:recommendation_detail", plan, reference)
    context = {"continuing": revisions.continuing(recommendation)}
    return _page(request, "plans/recommendations/recommendation_reopen.html", recommendation, form, **context)


def _get_recommendation(request, plan, reference):
    plan = get_office_plan(request, plan)
    return get_object_or_404(Recommendation.objects.select_related("plan"), plan=plan, reference=reference)


def _can_close(request, recommendation, form):
    """Say beside the field why it could not be closed so, before it is confirmed."""
    try:
        revisions.refuse_to_close(recommendation=recommendation, at=request.now, **form.cleaned_data)
    except revisions.RevisionRefused as refusal:
        form.refuse(refusal)
        return False
    return True


def _page(request, template, recommendation, form, **more):
    fate = scope.of_closing(recommendation)
    context = more | {
        "plan": recommendation.plan,
        "recommendation": recommendation,
        "changes": recommendation.due_date_changes.select_related("by", "revision", "withdrawn_by"),
        "open_month": fate.month,
        "fate": fate,
        "form": form,
    }
    return render(request, template, context)
