"""The form of an update, and what becomes of what was typed: saved, or given back, never lost."""

import re
from functools import partial

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from improvement import govuk
from improvement.govuk import keeping, together
from improvement.govuk.pages import today
from improvement.records.refusals import Refused
from improvement.records.statements import Statement
from plans import permissions, reporting, revisions
from plans.calendar import OWED, UpdateStatus
from plans.forms.officer import UpdateForm
from plans.models import Action, Evidence, MonthlyUpdate
from plans.months import narrative
from plans.officer import duties
from plans.recommendations import actions
from plans.recommendations.facts import facts_beside

_EVIDENCE = Statement(lambda update: Evidence.objects.filter(update=update), update=-1)
# Where the form's buttons lead once the draft is saved; any other goes back to where one came from.
_NEXT = {"check": "plans:update_check", "evidence": "plans:update_evidence"}
# The buttons of the actions beside the form, each with the number of its own; “day” asks first when it was done.
_TICK = re.compile(r"(done|open|day)-([0-9]{1,18})")


def form_page(request, update, form=None):
    """Draw the form with the facts that the rating depends on beside it, the last published update among them."""
    previous = reporting.last_published([update]).get(update.pk)
    context = about(request, update) | {
        "form": form or UpdateForm(update=update, previous=previous),
        "previous": previous,
        "previous_answers": narrative.tell(previous) if previous else [],
        "facts": facts_beside(update.recommendation, update.month, request.user, on=today(request)),
        "place": place_of(request, update),
        "is_unfolded": "facts" in request.GET or tick_of(request),
        "evidence": _EVIDENCE.objects(update=update.pk),
        # Nobody has commented on what was never handed in.
        "comments": update.comments.all() if update.first_submitted_at else (),
        "withdrawn": revisions.withdrawn_from(update) if update.status == UpdateStatus.RETURNED else None,
        "can_redact": permissions.can_redact(request.user, update, on=today(request)),
    }
    return render(request, "plans/officer/update_edit.html", context)


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
    """Save what of the draft is valid and go where its button leads, or say what is left to be mended."""
    form = UpdateForm(request.POST, update=update)
    form.is_valid()
    if "version" in form.errors and not update.month.is_published:
        return form_page(request, update, form)
    try:
        saved = _write(request, update, form)
    except reporting.Conflict as conflict:
        return _both_texts(request, conflict.current, form)
    except reporting.ReportingError as refusal:
        return unsaved(request, update, form, refusal)
    if form.errors:
        form.go_on(saved.version)
        return form_page(request, saved, form)
    if form.taken:
        messages.info(request, f"{together.BOTH} {together.theirs(form)}")
    if tick_of(request):
        return _after_tick(request, update)
    if request.POST.get("next") == "submit":
        return _submit(request, saved)
    if following := _NEXT.get(request.POST.get("next")):
        return redirect(following, *address_of(update))
    messages.success(request, f"The draft of {update.reference} has been saved.")
    return redirect(origin(request, update)[0])


def tick_of(request):
    """Return the match of the button that marks an action as done, or as open again, where one was pressed."""
    return _TICK.fullmatch(request.POST.get("next", ""))


def tick(request, update):
    """Mark an action beside the form as done, or as open again, and save what was typed, if anything was."""
    verb, pk = tick_of(request).groups()
    action = Action.objects.filter(recommendation=update.recommendation_id, pk=pk).first()
    if action and verb != "day" and permissions.can_submit(request.user, update, on=today(request)):
        try:
            write = actions.finish if verb == "done" else actions.reopen
            write(action=action, by=request.user, at=request.now)
        except Refused as refusal:
            messages.error(request, str(refusal))
    form = UpdateForm(request.POST, update=update, previous=reporting.last_published([update]).get(update.pk))
    is_typed = bool(set(form.changed_data) - {"version"})
    return save(request, update) if is_typed else _after_tick(request, update)


def _after_tick(request, update):
    verb, pk = tick_of(request).groups()
    is_theirs = verb == "day" and Action.objects.filter(recommendation=update.recommendation_id, pk=pk).exists()
    return redirect("plans:update_action", *address_of(update), pk) if is_theirs else redirect(beside(update))


def beside(update):
    """Return the address of the form with the actions beside it, which are folded away on a phone."""
    return f"{reverse('plans:update_edit', args=address_of(update))}?facts=open#actions"


def place_of(request, update):
    """Return where the update comes among those of its month that the person leads; None where it is not theirs."""
    is_own = permissions.leads(request.user, update, on=today(request))
    return duties.place_of(request.user, update, on=today(request)) if is_own else None


def next_one(request, update):
    """Say that `update` was submitted and go to the next one that the person owes."""
    is_own = permissions.leads(request.user, update, on=today(request))
    following = duties.next_owed(request.user, update.month, on=today(request)) if is_own else None
    if following is None:
        messages.success(request, f"{update.reference} has been submitted.")
        return redirect(origin(request, update)[0])
    messages.success(request, f"{update.reference} has been submitted. The next one is {following.reference}.")
    return redirect("plans:update_edit", *address_of(following))


def _submit(request, update):
    """Submit what was just saved and go to the next one; what is missing or contradicted is asked on the check."""
    given = {"version": update.version, "override_reasons": update.override_reasons}
    try:
        reporting.submit(update=update, **given, by=request.user, at=request.now)
    except reporting.ReportingError:
        return redirect("plans:update_check", *address_of(update))
    return next_one(request, update)


def unsaved(request, update, form, refusal):
    """Give back what was typed where the update takes it no more; where nothing was, say why and show the update."""
    if not form.typed:
        messages.error(request, str(refusal))
        return redirect("plans:update_edit", *address_of(update))
    context = about(request, update) | {"refusal": refusal, "typed": form.typed}
    return render(request, "plans/officer/update_unsaved.html", context, status=409)


def autosave(request, update):
    """Save what of the draft is valid for the page's script, which goes on with what it is told, and name the rest.

    While the page shows what somebody else has changed since, it keeps its version: each save is brought together anew.
    """
    form = UpdateForm(request.POST, update=update)
    if not form.is_valid() and "version" in form.errors:
        return JsonResponse({"message": f"Not saved. {govuk.OUT_OF_DATE}"}, status=422)
    try:
        saved = _write(request, update, form, is_partly=True)
    except reporting.ReportingError as refusal:
        return JsonResponse({"message": f"Not saved. {refusal}"}, status=409)
    problems = [sentence for sentence, _ in form.error_links]
    if form.contested:
        problems.append(
            f"{together.named(form, form.contested)}: also changed elsewhere. Save to choose the text to keep."
        )
    told = {"message": _said("Draft saved", problems)}
    if form.taken:
        told["message"] = f"{told['message'].rstrip('.')}. {together.BOTH} Load the page again to see it."
    is_current = not form.taken and not form.contested
    version = saved.version if is_current else request.POST["version"]
    return JsonResponse(told | {"version": version, "marks": form.marks_after_saving, "is_partly": bool(problems)})


def keep_reasons(request, update, form):
    """Keep the reasons typed so far with the draft, for the page's script or on the way to change an answer."""
    is_script = keeping.prefers_json(request)
    try:
        keep_typed(request, update, form)
    except reporting.ReportingError as refusal:
        if is_script:
            return JsonResponse({"message": f"Not saved. {refusal}"}, status=409)
        return unsaved(request, update, form, refusal)
    if is_script:
        problems = [sentence for sentence, _ in form.error_links]
        told = {"message": _said("Reasons saved", problems), "version": form["version"].value()}
        return JsonResponse(told | {"is_partly": bool(problems)})
    return redirect("plans:update_edit", *address_of(update))


def _said(what, problems):
    return f"{what}, except for this. {' '.join(problems)}" if problems else what


def keep_typed(request, update, form):
    """Save the valid reasons of a check; where somebody changed the answers meanwhile, the form keeps its version."""
    form.is_valid()
    if update.month.is_published:
        raise reporting.MonthPublished(update.month)
    current = MonthlyUpdate.objects.get(pk=update.pk)
    reasons = {code: reason for code, reason in form.reasons.items() if form.add_prefix(code) in form.data}
    if all(current.override_reasons.get(code, "") == reason for code, reason in reasons.items()):
        return
    given = {"version": current.version, "reasons": reasons}
    saved = reporting.save_draft(update=update, by=request.user, at=request.now, **given)
    if form.cleaned_data.get("version") == current.version:
        form.take_version(saved.version)


def address_of(update):
    """Return the arguments of every address of one update."""
    return update.month.plan.slug, update.month.month, update.reference


def _write(request, update, form, *, is_partly=False):
    """Save what is valid, with what somebody else saved in other fields; `is_partly` saves the uncontested alone."""
    if update.month.is_published:
        raise reporting.MonthPublished(update.month)
    save_draft = partial(reporting.save_draft, update=update, by=request.user, at=request.now)
    try:
        return save_draft(version=form.cleaned_data["version"], **form.answers)
    except reporting.Conflict as conflict:
        if conflict.current.status not in OWED or not (form.merge(conflict.current) or is_partly):
            raise
        return save_draft(version=conflict.current.version, **form.answers)


def _both_texts(request, current, form):
    """Draw what was saved and what was typed side by side; the form saves what is chosen of the two."""
    differences = [
        (narrative.answer(field, getattr(current, field)), narrative.answer(field, form.cleaned_data[field]))
        for field in form.contested or form.answers
        if form.cleaned_data[field] != getattr(current, field)
    ]
    form.take_version(current.version)
    context = about(request, current) | {
        "form": form,
        "differences": differences,
        "is_owed": current.status in OWED,
    }
    return render(request, "plans/officer/update_conflict.html", context, status=409)
