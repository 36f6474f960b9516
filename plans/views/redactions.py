"""The programme office removes a text that should never have been written, once it has seen exactly what goes."""

from functools import partial

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from plans import narrative, permissions, removals, reporting
from plans.forms.redactions import RedactForm
from plans.views.drafting import address_of
from plans.views.shared import get_office_month, get_update, page_with_form


@page_with_form
def update_redact(request, plan, month, reference):
    update = get_update(request, plan, month, reference, may=permissions.can_redact)
    back = reverse("plans:update_edit", args=address_of(update))
    return _page(request, update.month, update, partial(reporting.redact, update=update), back)


@page_with_form
def month_redact(request, plan, month):
    """The same for the texts of the month itself: its commentary, and the updates on areas of focus."""
    row = get_office_month(request, plan, month)
    back = reverse("plans:month_detail", args=[plan, month])
    return _page(request, row, None, partial(reporting.redact_month, month=row), back)


def _page(request, month, update, verb, back):
    """Show every text that can be removed; of the chosen one exactly what goes, and remove it."""
    field = request.GET.get("field", "")
    found = removals.of(month, update)
    places = found.get(field, [])
    form = RedactForm(request.POST or None, initial={"seen": removals.seen(places)})
    if form.is_valid() and _is_removed(request, verb, field, form):
        return redirect(back)
    if form.is_bound and places:
        form.take("seen", removals.seen(places))
    context = {
        "plan": month.plan,
        "month": month,
        "update": update,
        "back": back,
        "form": form,
        "texts": [(name, narrative.removed(name), texts) for name, texts in found.items()],
        "chosen": narrative.removed(field) if places else "",
        "places": places,
        "elsewhere": removals.elsewhere(update, places) if update and places else (),
        # A kept pack holds what it held when it was handed out.
        "met": month.meetings.filter(packs__isnull=False).select_related("board").distinct() if places else (),
        # What was drafted and not received is never shown, not even here.
        "is_hidden": update is not None and not update.is_told,
    }
    return render(request, "plans/redact.html", context)


def _is_removed(request, verb, field, form):
    given = {"field": field, "reason": form.cleaned_data["reason"], "seen": form.cleaned_data["seen"]}
    try:
        verb(by=request.user, at=request.now, **given)
    except reporting.ReportingError as refusal:
        form.refuse(refusal)
        return False
    messages.success(request, f"Removed: {narrative.removed(field)}. It says so where it stood.")
    return True
