"""The draft as a whole: started, listed, previewed, applied and discarded."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from improvement.govuk.pages import is_written, page_with_form, today
from plans import refresh
from plans.forms.refresh import ApplyForm, DiscardForm, RefreshStartForm
from plans.models import Refresh
from plans.refresh import preview
from plans.views.shared import get_office_plan


def get_draft(request, plan):
    """Return the open draft of a plan if the person belongs to its programme office."""
    plan = get_office_plan(request, plan)
    draft = get_object_or_404(Refresh.objects.select_related("started_by"), plan=plan, applied_at=None)
    draft.plan = plan
    return draft


@page_with_form
def refresh_start(request, plan):
    plan = get_office_plan(request, plan)
    form = RefreshStartForm(request.POST or None)
    if is_written(request, form, refresh.start, plan=plan):
        messages.success(request, "The draft revision has been started.")
        return redirect("plans:refresh_detail", plan.slug)
    if not form.is_bound and plan.refreshes.filter(applied_at=None).exists():
        return redirect("plans:refresh_detail", plan.slug)
    return render(request, "plans/refresh/refresh_start.html", {"plan": plan, "form": form})


@require_safe
def refresh_detail(request, plan):
    """Every recommendation and area of focus, with what becomes of it."""
    draft = get_draft(request, plan)
    context = {"plan": draft.plan, "draft": draft, "preview": preview.build(draft, on=today(request))}
    return render(request, "plans/refresh/refresh_detail.html", context)


@require_safe
def refresh_preview(request, plan):
    """Before and after side by side, and what would remain unanswered."""
    draft = get_draft(request, plan)
    context = {"plan": draft.plan, "draft": draft, "preview": preview.build(draft, on=today(request))}
    return render(request, "plans/refresh/refresh_preview.html", context)


@page_with_form
def refresh_apply(request, plan):
    plan = get_office_plan(request, plan)
    draft = plan.refreshes.filter(applied_at=None).first()
    if draft is None:
        return redirect("plans:plan_detail", plan.slug)
    draft.plan = plan
    initial = {"version": draft.version, "title": draft.title, "summary": draft.summary}
    form = ApplyForm(request.POST or None, initial=initial, plan=plan, on=today(request))
    if is_written(request, form, refresh.apply, refresh=draft):
        messages.success(request, f"“{form.cleaned_data['title']}” has been applied.")
        return redirect("plans:revision_detail", plan.slug, plan.revisions.get(refresh=draft).pk)
    shown = preview.build(draft, on=today(request))
    context = {"plan": plan, "draft": draft, "form": form, "preview": shown}
    return render(request, "plans/refresh/refresh_apply.html", context)


@page_with_form
def refresh_discard(request, plan):
    plan = get_office_plan(request, plan)
    draft = plan.refreshes.filter(applied_at=None).first()
    if draft is None:
        return redirect("plans:plan_detail", plan.slug)
    draft.plan = plan
    form = DiscardForm(request.POST or None, initial={"version": draft.version})
    if is_written(request, form, refresh.discard, refresh=draft):
        messages.success(request, f"The draft “{draft.title}” has been discarded. The plan has not changed.")
        return redirect("plans:plan_detail", plan.slug)
    shown = preview.build(draft, on=today(request))
    context = {"plan": plan, "draft": draft, "form": form, "preview": shown}
    return render(request, "plans/refresh/refresh_discard.html", context)
