"""The form of an update, and what becomes of what was typed: saved, or given back, never lost."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from plans import narrative, permissions, reporting, revisions
from plans.forms.officer import UpdateForm
from plans.months import OWED, UpdateStatus
from plans.views.shared import today

# Where the form's buttons lead once the draft is saved; any other goes back to where one came from.
_NEXT = {"check": "plans:update_check", "evidence": "plans:update_evidence"}


def form_page(request, update, form=None):
    """Draw the form with the last published update beside it."""
    previous = reporting.last_published([update]).get(update.pk)
    context = about(request, update) | {
        "form": form or UpdateForm(update=update, previous=previous),
        "previous": previous,
        "previous_answers": narrative.tell(previous) if previous else [],
        "evidence": update.evidence.all(),
        "comments": update.comments.all(),
        "withdrawn": revisions.withdrawn_from(update) if update.status == UpdateStatus.RETURNED else None,
        "can_redact": permissions.can_redact(request.user, update, on=today(request)),
    }
    return render(request, "plans/update_edit.html", context)


def about(request, update):
    """Return what every page of one update needs."""
    return {
        "update": update,
        "month": update.month,
        "plan": update.month.plan,
        "acting_for": update.lead_post.acts_for(request.user),
        "back": origin(request, update),
    }


def origin(request, update):
    """Return the address and the words of the page that one comes from: one's own, the console or the story."""
    plan, month, reference = address_of(update)
    if update.month.is_published:
        return reverse("plans:recommendation_detail", args=[plan, reference]), f"Back to {reference}"
    if permissions.leads(request.user, update, on=today(request)):
        return reverse("plans:my_updates"), "Back to my updates"
    return reverse("plans:month_detail", args=[plan, month]), f"Back to {update.month.label}"


def save(request, update):
    """Save the draft that was posted and go where its button leads."""
    form = UpdateForm(request.POST, update=update)
    if not form.is_valid() and not update.month.is_published:
        return form_page(request, update, form)
    try:
        _write(request, update, form)
    except reporting.Conflict as conflict:
        return _both_texts(request, conflict.current, form)
    except reporting.ReportingError as refusal:
        return unsaved(request, update, form, refusal)
    if following := _NEXT.get(request.POST.get("next")):
        return redirect(following, *address_of(update))
    messages.success(request, f"The draft of {update.reference} has been saved.")
    return redirect(origin(request, update)[0])


def unsaved(request, update, form, refusal):
    """Give back what was typed where the update takes it no more; where nothing was, say why and show the update."""
    if not form.typed:
        messages.error(request, str(refusal))
        return redirect("plans:update_edit", *address_of(update))
    context = about(request, update) | {"refusal": refusal, "typed": form.typed}
    return render(request, "plans/update_unsaved.html", context, status=409)


def autosave(request, update):
    """Save the draft for the page's script, which goes on with the version that it is told."""
    form = UpdateForm(request.POST, update=update)
    if not form.is_valid():
        first, _ = form.error_links[0]
        return JsonResponse({"message": f"Not saved: something that you typed needs mending. {first}."}, status=422)
    try:
        saved = _write(request, update, form)
    except reporting.ReportingError as refusal:
        return JsonResponse({"message": f"Not saved. {refusal}"}, status=409)
    return JsonResponse({"message": "Draft saved", "version": saved.version})


def address_of(update):
    """Return the arguments of every address of one update."""
    return update.month.plan.slug, update.month.month, update.reference


def _write(request, update, form):
    if update.month.is_published:
        raise reporting.MonthPublished(update.month)
    return reporting.save_draft(update=update, by=request.user, at=request.now, **form.cleaned_data)


def _both_texts(request, current, form):
    """Draw what stands and what was typed side by side; the form saves over what stands, knowingly."""
    differences = [
        (narrative.answer(field, getattr(current, field)), narrative.answer(field, mine))
        for field, mine in form.answers.items()
        if mine != getattr(current, field)
    ]
    form.take_version(current.version)
    context = about(request, current) | {
        "form": form,
        "differences": differences,
        "is_owed": current.status in OWED,
    }
    return render(request, "plans/update_conflict.html", context, status=409)
