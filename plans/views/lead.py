"""The accountable lead: the queue, one update to sign off or to return, and several together."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from improvement.govuk.pages import page_with_form, refuse_unless, today
from plans import permissions, reporting, revisions
from plans.calendar import OWED, UpdateStatus
from plans.forms.lead import AgreementForm, ReviewForm, TogetherForm
from plans.months.narrative import tell
from plans.officer import sign_offs
from plans.officer.comparison import compare, since_return
from plans.recommendations.facts import facts_beside
from plans.views.drafting import address_of
from plans.views.shared import get_update

NONE_CHOSEN = "Select at least one update to sign off."


@require_safe
def my_sign_offs(request):
    return _queue_page(request)


@page_with_form
def sign_offs_together(request):
    """Show those that were chosen, each with its text; then sign off those that are still chosen."""
    updates = _chosen(request)
    if request.method == "POST":
        forms = [(update, TogetherForm(request.POST, prefix=str(update.pk))) for update in updates]
        wanted = [(update, form) for update, form in forms if form.is_valid() and form.cleaned_data["is_chosen"]]
        if wanted:
            _sign_off_each(request, wanted)
            return redirect("plans:my_sign_offs")
    else:
        forms = [
            (update, TogetherForm(prefix=str(update.pk), initial={"version": update.version})) for update in updates
        ]
    # Whatever the address asks for, a draft is its lead officer's own.
    forms = [(update, form) for update, form in forms if _can_go_together(request, update)]
    if not forms:
        return _queue_page(request, NONE_CHOSEN)
    items = [(sign_offs.waiting(update, request.user), tell(update), form) for update, form in forms]
    errors = [(NONE_CHOSEN, forms[0][1]["is_chosen"].id_for_label)] if request.method == "POST" else []
    return render(request, "plans/lead/sign_offs_together.html", {"items": items, "error_links": errors})


@page_with_form
def update_review(request, plan, month, reference):
    """Last month beside this month, to be signed off or returned."""
    update = get_update(request, plan, month, reference, may=permissions.is_accountable)
    form = ReviewForm(request.POST) if request.method == "POST" else ReviewForm(initial={"version": update.version})
    if form.is_valid():
        agreed = revisions.agreed_with(update)
        try:
            row = _decide(request, update, form)
        except reporting.ReportingError as refusal:
            form.refuse(refusal)
            update = get_update(request, plan, month, reference, may=permissions.is_accountable)
        else:
            return _go_on(request, row, form, agreed)
    return _review_page(request, update, form)


@page_with_form
def update_agree(request, plan, month, reference):
    """A corrected rating beside what was published, to be agreed or declined."""
    update = get_update(request, plan, month, reference, may=permissions.can_agree_rating)
    proposal = reporting.waiting(update).select_related("by").first()
    if proposal is None:
        messages.info(request, f"No corrected rating of {update.reference} is waiting for you.")
        return redirect("plans:update_edit", *address_of(update))
    form = AgreementForm(request.POST or None, initial={"proposal": proposal.pk})
    if form.is_valid():
        try:
            sentence = _agree(request, update, proposal, form)
        except reporting.ReportingError as refusal:
            form.refuse(refusal)
            form.take("proposal", proposal.pk)
        else:
            messages.success(request, sentence)
            return redirect("plans:update_edit", *address_of(update))
    context = {"update": update, "month": update.month, "proposal": proposal, "form": form}
    context |= {"answers": tell(update, update.corrections.all()), "is_own": proposal.by_id == request.user.pk}
    return render(request, "plans/lead/update_agree.html", context)


def _agree(request, update, proposal, form):
    """Agree or decline what was read; return what to say of it."""
    if form.cleaned_data["proposal"] != proposal.pk:
        raise reporting.Refused("The programme office has changed this correction. Read it again below.")
    given = {"proposal": proposal, "by": request.user, "at": request.now}
    if form.is_decline:
        reporting.decline_rating(reason=form.cleaned_data["reason"], **given)
        return f"You declined the corrected rating of {update.reference}. The programme office sees your reason."
    reporting.agree_rating(**given)
    return f"You agreed the corrected rating of {update.reference}: {proposal.get_rating_display()}."


def _queue_page(request, error=""):
    queues, page = sign_offs.page_of(request.user, on=today(request), number=request.GET.get("page"))
    corrections = sign_offs.corrections(request.user, on=today(request)) if page.number == 1 else []
    refuse_unless(queues or corrections or sign_offs.has_any(request.user, on=today(request)))
    first = next((item.update for queue in queues for item in queue.together), None)
    errors = [(error, f"update-{first.pk}")] if error and first else []
    context = {"queues": queues, "page": page, "corrections": corrections, "error_links": errors}
    return render(request, "plans/lead/my_sign_offs.html", context)


def _chosen(request):
    texts = request.GET.getlist("update")
    pks = [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 10]
    rows = sign_offs.of_person(request.user, on=today(request)).filter(pk__in=pks)
    return list(rows.order_by("month", "reference_order"))


def _can_go_together(request, update):
    return permissions.can_sign_off(request.user, update, on=today(request)) and sign_offs.is_plain(update)


def _sign_off_each(request, wanted):
    """Sign off each by itself, and say which could not be."""
    done = []
    for update, form in wanted:
        version = form.cleaned_data["version"]
        if not sign_offs.is_plain(update):
            messages.warning(request, f"{update.reference} is not signed off. Review it on its own.")
            continue
        try:
            reporting.sign_off(update=update, version=version, by=request.user, at=request.now)
        except reporting.ReportingError as refusal:
            messages.warning(request, f"{update.reference} is not signed off. {refusal}")
        else:
            done.append(update.reference)
    if done:
        messages.success(request, f"Signed off: {', '.join(done)}.")


def _decide(request, update, form):
    given = {"update": update, "version": form.cleaned_data["version"], "by": request.user, "at": request.now}
    if form.is_return:
        return reporting.return_for_changes(comment=form.cleaned_data["comment"], **given)
    return reporting.sign_off(**given)


def _go_on(request, row, form, agreed):
    """Say what was done, and go to the next that waits or back to the queue."""
    if form.is_return:
        sentence = f"{row.reference} has been returned with your comment.{_withdrawn(row, agreed)}"
    elif row.proposed_due_on:
        sentence = f"{row.reference} is signed off. Its due date is now {row.due_on:%-d %B %Y}."
    else:
        sentence = f"{row.reference} is signed off."
    messages.success(request, sentence)
    following = sign_offs.next_one(request.user, after=row, on=today(request))
    if following is None:
        return redirect("plans:my_sign_offs")
    return redirect("plans:update_review", *address_of(following))


def _withdrawn(row, agreed):
    if agreed is None:
        return ""
    due = f"It is due on {row.due_on:%-d %B %Y}." if row.due_on else "It has no due date again."
    return f" The due date agreed with it, {agreed.after:%-d %B %Y}, is withdrawn. {due}"


def _review_page(request, update, form):
    day, user = today(request), request.user
    previous = reporting.last_published([update]).get(update.pk)
    # A draft is the lead officer's own, and so is what was returned until it is submitted again.
    is_shown = update.status not in OWED
    agreed = revisions.agreed_with(update) if update.signed_off_at else None
    lines, since = (compare(update, previous), since_return(update)) if is_shown else ([], None)
    can_return = permissions.can_return(user, update, on=day)
    context = {
        "update": update,
        "month": update.month,
        "form": form,
        "previous": previous,
        "is_shown": is_shown,
        "lines": lines,
        "since": since,
        "is_marked": any(line.marked for line in (*lines, *(since.lines if since else ()))),
        "agreed": agreed,
        "due_once_returned": revisions.due_once_withdrawn(agreed) if agreed else None,
        "withdrawn": revisions.withdrawn_from(update) if update.status == UpdateStatus.RETURNED else None,
        "evidence": update.evidence.all() if is_shown else [],
        "comments": update.comments.all() if update.is_told else [],
        "facts": None if update.month.is_published else facts_beside(update.recommendation, update.month, user, on=day),
        "beside": sign_offs.beside(user, update, on=day),
        "acting_for": update.accountable_post.acts_for(user),
        "waiting": sign_offs.waiting(update, user),
        "is_own": update.submitted_by_id == user.pk,
        "can_sign_off": permissions.can_sign_off(user, update, on=day),
        "can_return": can_return,
        "is_decided": not can_return and not form.is_bound,
    }
    return render(request, "plans/lead/update_review.html", context)
