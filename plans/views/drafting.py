"""The form of an update, and what becomes of what was typed: saved, or given back, never lost."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render

from plans import narrative, reporting
from plans.forms.officer import UpdateForm
from plans.months import OWED

# Where the form's buttons lead once the draft is saved; any other goes back to what is owed.
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
    }
    return render(request, "plans/update_edit.html", context)


def about(request, update):
    """Return what every page of one update needs."""
    return {
        "update": update,
        "month": update.month,
        "plan": update.month.plan,
        "acting_for": update.lead_post.acts_for(request.user),
    }


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
        context = about(request, update) | {"refusal": refusal, "typed": form.typed}
        return render(request, "plans/update_unsaved.html", context, status=409)
    if following := _NEXT.get(request.POST.get("next")):
        return redirect(following, *address_of(update))
    messages.success(request, f"The draft of {update.reference} has been saved.")
    return redirect("plans:my_updates")


def autosave(request, update):
    """Save the draft for the page's script, which goes on with the version that it is told."""
    form = UpdateForm(request.POST, update=update)
    if not form.is_valid():
        return JsonResponse({"message": "Not saved: something that you typed needs mending"}, status=422)
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
