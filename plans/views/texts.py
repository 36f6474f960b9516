"""The texts of a month: its commentary with the sentence that leads it, and the updates on the areas of focus."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from improvement.govuk.pages import page_with_form, refuse_unless, today
from plans import permissions, reporting
from plans.forms.office import CommentaryForm, TextForm
from plans.models import AreaUpdate
from plans.views.shared import get_office_month


@page_with_form
def commentary_edit(request, plan, month):
    row = get_office_month(request, plan, month)
    initial = {"headline": row.headline, "text": row.commentary, "version": row.version}
    form = CommentaryForm(request.POST or None, initial=initial)
    context = {
        "back": reverse("plans:month_detail", args=[plan, month]),
        "stands": form.said_in(row),
        "last": row.plan.months.filter(month__lt=row.month).order_by("-month").first(),
    }
    if _is_saved(request, row, form, partial(reporting.write_commentary, month=row), context):
        messages.success(request, f"The commentary of {row.label} has been saved.")
        return redirect(context["back"])
    return _draw(request, "plans/office/commentary_edit.html", row, form, context)


@page_with_form
def area_update_edit(request, plan, month, letter):
    rows = AreaUpdate.objects.select_related("month__plan", "leading_post__holder", "leading_post__deputy")
    row = get_object_or_404(rows, month__plan__slug=plan, month__month=month, letter=letter)
    refuse_unless(permissions.has_area_update(request.user, row, on=today(request)))
    is_office = permissions.is_office(request.user, row.month.plan, on=today(request))
    back = reverse("plans:month_detail", args=[plan, month]) if is_office else reverse("plans:my_updates")
    initial = {"text": row.text, "version": row.version}
    form = TextForm(request.POST or None, initial=initial, label="Update")
    context = {
        "area_update": row,
        "back": back,
        "is_office": is_office,
        "acting_for": row.leading_post.acts_for(request.user),
        "stands": form.said_in(row),
        "last": _last_with_text(row),
    }
    if _is_saved(request, row.month, form, partial(reporting.write_area_update, area_update=row), context):
        messages.success(request, f"The update on {row.letter}. {row.title} has been saved.")
        return redirect(back)
    return _draw(request, "plans/office/area_update_edit.html", row.month, form, context)


def _is_saved(request, month, form, write, context):
    """Save what was posted; where somebody else was first, `context` gets the texts as they now stand."""
    if month.is_published or not form.is_valid():
        return False
    try:
        write(by=request.user, at=request.now, **form.cleaned_data)
        return True
    except reporting.Conflict as conflict:
        form.take_version(conflict.current.version)
        context["conflict"] = conflict
        context["stands"] = form.said_in(conflict.current)
    except reporting.MonthPublished:
        month.refresh_from_db()
    except reporting.MonthDiscarded as refusal:
        raise Http404(str(refusal)) from refusal
    return False


def _draw(request, template, month, form, context):
    is_given_back = month.is_published and form.is_bound
    context |= {"plan": month.plan, "month": month, "form": form, "is_given_back": is_given_back}
    status = 409 if is_given_back or "conflict" in context else 200
    return render(request, template, context, status=status)


def _last_with_text(area_update):
    earlier = AreaUpdate.objects.filter(area=area_update.area_id, month__month__lt=area_update.month.month)
    return earlier.exclude(text="").select_related("month").order_by("-month__month").first()
