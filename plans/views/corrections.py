"""What is put beside a published update: corrections, and a draft that is handed in late."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from improvement.govuk.pages import page_with_form
from plans import permissions, reporting
from plans.forms.corrections import CorrectionForm
from plans.forms.officer import LateForm
from plans.months import narrative
from plans.views.drafting import about, address_of
from plans.views.shared import get_update


@page_with_form
def update_correct(request, plan, month, reference):
    update = get_update(request, plan, month, reference, may=permissions.can_correct)
    form = CorrectionForm(request.POST or None, update=update, by=request.user)
    if form.is_valid():
        try:
            made = reporting.correct(update=update, by=request.user, at=request.now, **form.cleaned_data)
        except reporting.ReportingError as refusal:
            form.refuse(refusal)
        else:
            _say(request, update, made)
            return redirect("plans:update_edit", *address_of(update))
    context = {"update": update, "month": update.month, "form": form, "waiting": reporting.waiting(update).first()}
    context["answers"] = narrative.tell(update, update.corrections.all())
    return render(request, "plans/office/update_correct.html", context)


@require_POST
def rating_withdraw(request, plan, month, reference):
    """Withdraw the corrected rating that waits for the accountable lead."""
    update = get_update(request, plan, month, reference, may=permissions.can_correct)
    proposal = reporting.waiting(update).first()
    try:
        if proposal is not None:
            reporting.withdraw_rating(proposal=proposal, by=request.user, at=request.now)
            messages.success(request, f"You withdrew the corrected rating of {update.reference}.")
    except reporting.ReportingError as refusal:
        messages.error(request, str(refusal))
    return redirect("plans:update_edit", *address_of(update))


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


def _say(request, update, made):
    what = "The correction" if update.is_received else "The update received after publication"
    if made:
        messages.success(request, f"{what} has been added to {update.reference} for {update.month.label}.")
    if reporting.waiting(update).exists():
        messages.success(request, f"The rating is waiting for the {update.accountable_title} to agree it.")
