"""What an officer does: sees what is owed, writes it, checks it and hands it in."""

import re
from contextlib import suppress

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Removal
from improvement import govuk
from improvement.govuk import keeping
from improvement.govuk.pages import is_written, page_with_form, refuse_unless, today
from plans import permissions, reporting
from plans.forms.officer import CarryForm, CheckForm, ChosenForm, DoneForm, SameForm
from plans.forms.unchanged import UnchangedForm
from plans.months import narrative, rating_evidence
from plans.officer import duties, unchanged
from plans.recommendations import actions
from plans.views import drafting
from plans.views.drafting import about, address_of
from plans.views.shared import get_own_update, get_update

# The names under which the pages of several updates post each of them.
_POSTED = re.compile(r"\bu(\d{1,9})-version\b", re.ASCII)


@require_safe
def my_updates(request):
    months, page = duties.page_of(request.user, on=today(request), number=request.GET.get("page"))
    is_first = page.number == 1
    context = {
        "months": months,
        "page": page,
        "questions": duties.questions(request.user, on=today(request)) if is_first else (),
        "drafts": duties.drafts(request.user, on=today(request)) if is_first else (),
        "posts": permissions.roles(request.user, on=today(request)).posts,
    }
    return render(request, "plans/officer/my_updates.html", context)


@page_with_form
def update_edit(request, plan, month, reference):
    if request.method == "POST":
        update = get_own_update(request, plan, month, reference)
        if keeping.prefers_json(request):
            return drafting.autosave(request, update)
        return drafting.tick(request, update) if drafting.tick_of(request) else drafting.save(request, update)
    update = get_update(request, plan, month, reference)
    if permissions.can_submit(request.user, update, on=today(request)):
        return drafting.form_page(request, update)
    if permissions.is_reviewer_only(request.user, update, on=today(request)):
        return redirect("plans:update_review", *address_of(update))
    return _read(request, update)


@page_with_form
def update_action(request, plan, month, reference, pk):
    """Ask when the action was done, and lead back to the form of the update that it is beside."""
    update = get_update(request, plan, month, reference)
    refuse_unless(permissions.can_submit(request.user, update, on=today(request)))
    action = get_object_or_404(update.recommendation.actions.select_related("owner_post"), pk=pk)
    back = drafting.beside(update)
    if action.done_on:
        messages.info(request, f"The action was done on {action.done_on:%-d %B %Y}.")
        return redirect(back)
    form = DoneForm(request.POST or None, initial={"done_on": today(request)})
    if is_written(request, form, actions.finish, action=action):
        return redirect(back)
    context = about(request, update) | {"action": action, "form": form, "beside": back}
    return render(request, "plans/officer/update_action.html", context)


@page_with_form
def update_same(request, plan, month, reference):
    """Offer "same as last month": an active choice with its reason."""
    update = get_own_update(request, plan, month, reference)
    previous = reporting.last_published([update]).get(update.pk)
    refuse_unless(previous)
    form = SameForm(request.POST or None, initial={"version": update.version})
    if form.is_valid():
        try:
            reporting.repeat_last(update=update, by=request.user, at=request.now, **form.cleaned_data)
            return redirect("plans:update_check", *address_of(update))
        except reporting.Incomplete as refusal:
            form.add_error("reason", refusal.errors["reason"])
        except reporting.ReportingError as refusal:
            return drafting.unsaved(request, update, form, refusal)
    if not permissions.can_submit(request.user, update, on=today(request)):
        return redirect("plans:update_edit", *address_of(update))
    answers = [answer for answer in narrative.tell(previous) if answer.field in reporting.REPEATED]
    context = about(request, update) | {"form": form, "previous": previous, "answers": answers}
    return render(request, "plans/officer/update_same.html", context)


@page_with_form
def update_check(request, plan, month, reference):
    update = get_own_update(request, plan, month, reference)
    form = CheckForm(request.POST or None, initial=_reasons_of(update))
    if request.method == "POST" and (keeping.prefers_json(request) or "next" in request.POST):
        return drafting.keep_reasons(request, update, form)
    if form.is_valid():
        try:
            _submit(request, update, form)
            return drafting.next_one(request, update)
        except (reporting.MonthPublished, reporting.Refused) as refusal:
            return drafting.unsaved(request, update, form, refusal)
        except reporting.ReportingError as refusal:
            form.refuse(refusal)
            update = getattr(refusal, "current", update)
    if not permissions.can_submit(request.user, update, on=today(request)):
        return redirect("plans:update_edit", *address_of(update))
    previous = reporting.last_published([update]).get(update.pk)
    item = _checked(request, update, previous, reporting.missed_targets([update], request.now), form)
    judged = rating_evidence.of_one(update, now=request.now)
    context = item | {"item": item, "judged": judged, "place": drafting.place_of(request, update)}
    return render(request, "plans/officer/update_check.html", context)


@page_with_form
def updates_check(request):
    """Check several ready drafts on one page; each is submitted by itself, and what fails stays with its error."""
    asked = {"number": request.GET.get("page"), "posted": _posted(request)}
    rows, page = duties.ready(request.user, on=today(request), **asked)
    forms = {update: _chosen_form(request, update) for update in rows}
    done, links = _submitted(request, forms, _submit, "Submitted")
    for update, form in forms.items():
        if form.is_bound and update not in done:
            with suppress(reporting.ReportingError):  # It is said where the update is submitted.
                drafting.keep_typed(request, update, form)
    if done and not links:
        return redirect("plans:my_updates")
    left = [update for update in forms if update not in done]
    previous, missed = reporting.last_published(left), reporting.missed_targets(left, request.now)
    items = [_checked(request, update, previous.get(update.pk), missed, forms[update]) for update in left]
    return render(request, "plans/officer/updates_check.html", {"items": items, "page": page, "error_links": links})


@page_with_form
def updates_unchanged(request):
    """Submit several updates with nothing new on one page; each is submitted by itself, and what fails stays."""
    page = unchanged.page_of(request.user, on=today(request), number=request.GET.get("page"))
    posted = _posted(request)
    rows = unchanged.chosen(request.user, posted, on=today(request)) if posted else list(page)
    refuse_unless(not posted or len(rows) == len(posted))  # What was typed on one that has gone is given back.
    forms = {update: _unchanged_form(request, update) for update in rows}
    done, links = _submitted(request, forms, _submit_unchanged, "Submitted unchanged")
    if done and not links:
        return redirect("plans:my_updates")
    items = unchanged.tell([update for update in rows if update not in done], request.user, at=request.now)
    asked = [(item, forms[item.update], _asked(forms[item.update], item)) for item in items]
    return render(request, "plans/officer/updates_unchanged.html", {"items": asked, "page": page, "error_links": links})


@require_POST
def update_take_back(request, plan, month, reference):
    """Take a submitted update back, or reopen one that is carried on as complete."""
    update = get_own_update(request, plan, month, reference)
    form = govuk.VersionForm(request.POST)
    try:
        if form.is_valid():
            reporting.take_back(update=update, by=request.user, at=request.now, **form.cleaned_data)
            messages.success(request, f"{_again(update)}")
    except reporting.ReportingError as refusal:
        messages.error(request, str(refusal))
    return redirect("plans:update_edit", *address_of(update))


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


def _again(update):
    late = "" if update.returned else f" It will be late if you submit it after {update.month.due_on:%-d %B %Y}."
    return f"{update.reference} is a draft again. Submit it when you have changed it.{late}"


def _read(request, update):
    """Draw the update to be read. A draft that was not received is shown to those who wrote or lead it alone."""
    reads_draft = permissions.can_read_draft(request.user, update, on=today(request))
    context = about(request, update) | {
        "answers": narrative.tell(update, update.corrections.all()),
        "is_told": update.is_told,
        "evidence": update.evidence.all() if update.is_told or reads_draft else (),
        "comments": update.comments.all() if update.is_told or reads_draft else (),
        "draft": narrative.drafted(update) if reads_draft else (),
        "is_handed_in": reads_draft and reporting.corrections_seen(update) > 0,
        "following": reporting.carried_into(update) if reads_draft else None,
        "can_report": permissions.can_report(request.user, update, on=today(request)),
        "can_take_back": permissions.can_take_back(request.user, update, on=today(request)),
        "removals": Removal.objects.of(update),
        "can_redact": permissions.can_redact(request.user, update, on=today(request)),
        "can_correct": permissions.can_correct(request.user, update, on=today(request)),
        "can_agree": permissions.can_agree_rating(request.user, update, on=today(request)),
    }
    # What waits, or was declined, is between the programme office and the accountable lead.
    if context["can_correct"] or context["can_agree"]:
        context["proposal"] = reporting.open_proposal(update)
    return render(request, "plans/officer/update_detail.html", context)


def _checked(request, update, previous, missed, form):
    """Return what the check of one update shows: its answers, what is missing and what contradicts what."""
    found = reporting.contradictions_of(update, request.now, previous, missed)
    return about(request, update) | {
        "answers": narrative.tell(update),
        "evidence": update.evidence.all(),
        "comments": update.comments.all(),
        "missing": reporting.missing(update, on=today(request)).items(),
        "contradictions": form.ask(found, lambda question: reporting.reason_given(question, previous)),
        "is_late": reporting.is_late(update, on=today(request)),
        "form": form,
    }


def _reasons_of(update):
    return {"version": update.version} | update.override_reasons


def _submit(request, update, form):
    version, reasons, confirmed = form.cleaned_data["version"], form.reasons, form.confirmed
    given = {"override_reasons": reasons, "confirmed": confirmed}
    reporting.submit(update=update, version=version, **given, by=request.user, at=request.now)


def _posted(request):
    """Return the ids of the updates whose forms were posted."""
    return set(map(int, _POSTED.findall(" ".join(request.POST))))


def _chosen_form(request, update):
    prefix = f"u{update.pk}"
    posted = request.POST if f"{prefix}-version" in request.POST else None
    return ChosenForm(posted, prefix=prefix, reference=update.reference, initial=_reasons_of(update))


def _submitted(request, forms, submit, words):
    """Submit each update that was chosen by itself and say so; return them, and links to what is wrong with the rest.

    A refusal stands on the update's form; each link begins with the update's reference.
    """
    done = []
    for update, form in forms.items():
        if form.is_valid() and form.cleaned_data["is_chosen"]:
            try:
                submit(request, update, form)
                done.append(update)
            except reporting.ReportingError as refusal:
                form.refuse(refusal)
    if done:
        messages.success(request, f"{words}: {', '.join(update.reference for update in done)}.")
    links = [
        (f"{update.reference}: {text}", target) for update, form in forms.items() for text, target in form.error_links
    ]
    if request.method == "POST" and not done and not links:
        links = [("Select at least one update to submit.", "")]
    return done, links


def _unchanged_form(request, update):
    prefix = f"u{update.pk}"
    posted = request.POST if request.method == "POST" else None
    return UnchangedForm(posted, prefix=prefix, update=update, initial={"version": update.version})


def _submit_unchanged(request, update, form):
    reporting.submit_unchanged(update=update, **form.answers, by=request.user, at=request.now)


def _asked(form, item):
    return form.ask(item.questions, lambda question: reporting.reason_given(question, item.previous))
