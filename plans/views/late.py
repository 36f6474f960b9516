"""A draft that was not received when its month was published: carried into the next month, or handed in late."""

from django.contrib import messages
from django.shortcuts import redirect, render

from improvement.govuk.pages import page_with_form, refuse_unless, today
from plans import permissions, reporting
from plans.forms.officer import CarryForm, LateForm
from plans.months import narrative
from plans.views.drafting import about, address_of
from plans.views.shared import get_own_update, get_update


@page_with_form
def update_carry(request, plan, month, reference):
    """Show what the open month's draft would take from the one before, and ask where it holds something else."""
    update = get_own_update(request, plan, month, reference)
    earlier = reporting.draft_before(update)
    refuse_unless(earlier and permissions.can_read_draft(request.user, earlier, on=today(request)))
    empty, different = map(narrative.in_order, reporting.carrying(update, earlier))
    form = CarryForm(request.POST or None, fields=different, earlier=earlier, initial={"version": update.version})
    if form.is_valid():
        try:
            reporting.carry_draft(update=update, by=request.user, at=request.now, **form.cleaned_data)
            messages.success(request, f"The draft of {update.reference} has been carried into {update.month.label}.")
            return redirect("plans:update_edit", *address_of(update))
        except reporting.Conflict as conflict:
            form.refuse(conflict)
        except reporting.ReportingError as refusal:
            messages.error(request, str(refusal))
            return redirect("plans:update_edit", *address_of(update))
    if update.month.is_published or update.status not in reporting.CARRIED_INTO:
        return redirect("plans:update_edit", *address_of(update))
    context = about(request, update) | {
        "form": form,
        "earlier": earlier,
        "empty": [narrative.answer(field, value) for field, value in empty.items()],
        "different": [
            (narrative.answer(field, getattr(update, field)), narrative.answer(field, value), form[field])
            for field, value in different.items()
        ],
    }
    return render(request, "plans/officer/update_carry.html", context)


@page_with_form
def update_late(request, plan, month, reference):
    """Show what would stand beside the published month, and hand it in with the reason why it came too late."""
    update = get_update(request, plan, month, reference, may=permissions.can_read_draft)
    form = LateForm(request.POST or None, initial={"seen": reporting.corrections_seen(update)})
    if form.is_valid():
        try:
            reporting.hand_in_late(update=update, by=request.user, at=request.now, **form.cleaned_data)
            messages.success(
                request, f"{update.reference} for {update.month.label} is now shown as received after publication."
            )
            return redirect("plans:update_edit", *address_of(update))
        except reporting.ReportingError as refusal:
            form.refuse(refusal)
            form.take("seen", reporting.corrections_seen(update))
    late = narrative.in_order(reporting.late_answers(update))
    answers = [narrative.answer(field, value) for field, value in late.items()]
    context = about(request, update) | {"form": form, "answers": answers}
    return render(request, "plans/officer/update_late.html", context)
