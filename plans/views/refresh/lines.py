"""One line of the draft: what becomes of a recommendation or of an area of focus, or what is added."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from improvement.govuk.pages import is_written, page_with_form, today
from improvement.records.refusals import Refused
from plans import refresh
from plans.forms.refresh import AddForm, AreaAddForm, AreaForm, ChangeForm, shown
from plans.models import AreaChange, RefreshChange
from plans.refresh import checks, preview, proposals
from plans.views.refresh.draft import get_draft


@page_with_form
def refresh_change(request, plan, reference):
    """What becomes of a recommendation; of one that the draft adds, what it will say."""
    draft = get_draft(request, plan)
    here = checks.context(draft, on=today(request))
    change = next((change for change in here.changes if change.reference == reference), None)
    if change is not None and change.fate == RefreshChange.Fate.ADD:
        return _add(request, draft, here, change)
    row = here.live.get(reference) or (change and change.recommendation)
    if row is None:
        raise Http404
    facts = proposals.facts(row)
    said = {"fate": change.fate, "closure": change.closure, "reason": change.reason} if change else {}
    said["successors"] = ", ".join(change.successors) if change else ""
    initial = shown(facts | (change.proposed if change else {})) | {"fate": refresh.CARRY_ON} | said
    initial["version"] = change.version if change else 0
    form = ChangeForm(request.POST or None, initial=initial, plan=draft.plan, here=here, facts=facts)
    if is_written(request, form, refresh.change, refresh=draft, recommendation=row):
        messages.success(request, _saved(reference, form) + _dropped(form, change))
        return redirect("plans:refresh_detail", plan)
    words = preview.words(change)
    context = {"plan": draft.plan, "draft": draft, "recommendation": row, "form": form, "change": change}
    return render(request, "plans/refresh/refresh_change.html", context | {"words": words})


def _saved(name, form):
    is_carried_on = form.cleaned_data["fate"] == refresh.CARRY_ON
    return f"{name} carries on unchanged." if is_carried_on else f"{name} has been saved in the draft."


def _dropped(form, before):
    """Return a sentence on what was drafted before and goes where a recommendation closes instead."""
    if form.cleaned_data["fate"] != RefreshChange.Fate.CLOSE or not (before and before.proposed):
        return ""
    names = ", ".join(proposals.LABELS[field] for field in proposals.LABELS if field in before.proposed)
    return f" It closes, so what was drafted before is no longer in the draft: {names}."


@page_with_form
def refresh_add(request, plan):
    draft = get_draft(request, plan)
    return _add(request, draft, checks.context(draft, on=today(request)), None)


def _add(request, draft, here, change):
    initial = {}
    if change is not None:
        initial = shown(change.proposed) | {"reference": change.reference, "version": change.version}
    facts = change.proposed if change else {}
    form = AddForm(
        request.POST or None, initial=initial, plan=draft.plan, here=here, facts=facts, is_new=change is None
    )
    if is_written(request, form, refresh.add, refresh=draft, added=change):
        messages.success(request, f"{form.cleaned_data['reference']} has been saved in the draft.")
        return redirect("plans:refresh_detail", draft.plan.slug)
    context = {"plan": draft.plan, "draft": draft, "form": form, "change": change}
    return render(request, "plans/refresh/refresh_add.html", context)


@require_POST
def refresh_take_back(request, plan, reference):
    draft = get_draft(request, plan)
    change = get_object_or_404(draft.changes, reference=reference)
    return _taken_back(request, draft, change, reference)


@page_with_form
def refresh_area(request, plan, letter):
    """What becomes of an area of focus; of one that the draft adds, what it is called and who leads it."""
    draft = get_draft(request, plan)
    change = draft.area_changes.filter(letter=letter).select_related("area", "leading_post").first()
    if change is not None and change.fate == AreaChange.Fate.ADD:
        return _add_area(request, draft, change)
    area = get_object_or_404(draft.plan.areas.select_related("leading_post"), letter=letter)
    source = change if change and change.title else area
    initial = {"fate": change.fate if change else refresh.CARRY_ON, "version": change.version if change else 0}
    initial |= {"title": source.title, "leading_post": source.leading_post}
    form = AreaForm(request.POST or None, initial=initial)
    if is_written(request, form, refresh.change_area, refresh=draft, letter=letter):
        messages.success(request, _saved(f"Area of focus {letter}", form))
        return redirect("plans:refresh_detail", plan)
    context = {"plan": draft.plan, "draft": draft, "area": area, "form": form, "change": change}
    return render(request, "plans/refresh/refresh_area.html", context | {"words": preview.area_words(change)})


@page_with_form
def refresh_area_add(request, plan):
    return _add_area(request, get_draft(request, plan), None)


def _add_area(request, draft, change):
    initial = {}
    if change is not None:
        initial = {field: getattr(change, field) for field in ("letter", "title", "leading_post", "version")}
    form = AreaAddForm(request.POST or None, initial=initial, is_new=change is None)
    if is_written(request, form, refresh.change_area, refresh=draft):
        messages.success(request, f"Area of focus {form.cleaned_data['letter']} has been saved in the draft.")
        return redirect("plans:refresh_detail", draft.plan.slug)
    context = {"plan": draft.plan, "draft": draft, "form": form, "change": change}
    return render(request, "plans/refresh/refresh_area_add.html", context)


@require_POST
def refresh_area_take_back(request, plan, letter):
    draft = get_draft(request, plan)
    change = get_object_or_404(draft.area_changes, letter=letter)
    return _taken_back(request, draft, change, f"Area of focus {letter}")


def _taken_back(request, draft, change, name):
    try:
        refresh.take_back(change=change, by=request.user, at=request.now)
        messages.success(request, f"{name} has been taken out of the draft.")
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("plans:plan_detail", draft.plan.slug)
    return redirect("plans:refresh_detail", draft.plan.slug)
