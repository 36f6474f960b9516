"""The filters that a person saves for themselves."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from improvement.govuk.pages import is_written, page_with_form, refuse_unless, today
from improvement.records.refusals import Refusal
from plans import permissions, watching
from plans.forms.watching import RenameForm, SaveForm
from plans.models import SavedFilter
from plans.recommendations.filters import RecommendationFilter
from plans.views.shared import asked_month, get_plan
from plans.watching import lists


@page_with_form
def filter_save(request, plan):
    """Save what the list is asked for, which the address says, under a name."""
    plan = get_plan(request, plan)
    month = asked_month(request.GET, permissions.visible_months(request.user, plan, on=today(request)))
    refuse_unless(month is not None)
    filters = RecommendationFilter(request.GET, month=month, now=request.now)
    form = SaveForm(request.POST or None)
    back = f"{reverse('plans:recommendation_list', args=[plan.slug])}?{request.GET.urlencode()}"
    if is_written(request, form, watching.save, plan=plan, month=month, asked=filters.used):
        messages.success(request, f"These filters are saved as “{form.cleaned_data['name']}”.")
        return redirect(back)
    context = {"plan": plan, "form": form, "words": lists.words_of(filters.used, month), "back": back}
    return render(request, "plans/watching/filter_save.html", context)


@require_safe
def saved_filters(request):
    """Every filter that the person saved, plan by plan."""
    sees = permissions.roles(request.user, on=today(request)).sees
    return render(request, "plans/watching/saved_filters.html", {"groups": lists.by_plan(request.user, sees)})


@page_with_form
def filter_rename(request, pk):
    saved = _get(request, pk)
    form = RenameForm(request.POST or None, initial={"name": saved.name, "version": saved.version})
    if is_written(request, form, watching.rename, saved=saved):
        messages.success(request, f"The filter is now called “{form.cleaned_data['name']}”.")
        return redirect("plans:saved_filters")
    return render(request, "plans/watching/filter_rename.html", {"saved": saved, "form": form})


@require_POST
def filter_follow(request, pk):
    """Follow a filter, or no longer, as the button says."""
    saved = _get(request, pk)
    is_followed = request.POST.get("do") == "follow"
    told = "When a month is published, the e-mail says what changed in" if is_followed else "You no longer follow"
    try:
        watching.follow(saved=saved, is_followed=is_followed, by=request.user, at=request.now)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{told} “{saved.name}”.")
    return redirect("plans:saved_filters")


@page_with_form
def filter_remove(request, pk):
    saved = _get(request, pk)
    if request.method == "POST":
        watching.remove(saved=saved, by=request.user, at=request.now)
        messages.success(request, f"“{saved.name}” has been removed.")
        return redirect("plans:saved_filters")
    return render(request, "plans/watching/filter_remove.html", {"saved": saved})


def _get(request, pk):
    saved = get_object_or_404(SavedFilter.objects.select_related("plan"), pk=pk)
    refuse_unless(permissions.can_use_filter(request.user, saved, on=today(request)))
    return saved
