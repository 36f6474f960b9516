"""The evidence of an update: added, removed, and handed out to whoever may read the update."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import filesizeformat
from django.views.decorators.http import require_safe

from accounts.handing_out import hand_out
from improvement.files import content
from improvement.govuk import keeping
from improvement.govuk.pages import page_with_form, refuse_unless, today
from plans import permissions, reporting
from plans.forms.officer import EvidenceForm
from plans.models import Evidence
from plans.reporting import evidence
from plans.views.drafting import about, address_of, unsaved
from plans.views.shared import get_own_update, get_update


@page_with_form
def update_evidence(request, plan, month, reference):
    """Show the evidence with its links to remove, and add to it."""
    update = get_own_update(request, plan, month, reference)
    if request.method == "POST" and keeping.prefers_json(request):
        return _hold(request, update)
    form = EvidenceForm(request.POST or None, request.FILES or None, by=request.user)
    if form.is_valid():
        try:
            added = evidence.add_all(update=update, by=request.user, at=request.now, **form.answers)
            form.let_go()
            messages.success(request, _added(added))
            return redirect("plans:update_evidence", *address_of(update))
        except reporting.Incomplete as refusal:
            for field, sentence in refusal.errors.items():
                form.add_error(field, sentence)
        except reporting.ReportingError as refusal:
            if not permissions.can_submit(request.user, update, on=today(request)):
                return unsaved(request, update, form, refusal)
            form.add_error(getattr(refusal, "field", None), str(refusal))
    if not permissions.can_submit(request.user, update, on=today(request)):
        return redirect("plans:update_edit", *address_of(update))
    form.hold(at=request.now)
    context = about(request, update) | {"form": form, "evidence": update.evidence.all()}
    return render(request, "plans/officer/update_evidence.html", context)


def _hold(request, update):
    """Hold one file for the page's script, which shows it with a tick once it is here, or say why it is not taken."""
    file = request.FILES.get("file")
    if file is None or not permissions.can_submit(request.user, update, on=today(request)):
        return JsonResponse({"message": "This update does not take evidence now. Load the page again."}, status=409)
    name = content.shown_name(file.name)
    held = evidence.hold(file=file, by=request.user, at=request.now)
    if held is None:
        sentence = evidence.file_error(file) or evidence.NO_ROOM
        return JsonResponse({"message": f"“{name}”: {sentence}"}, status=422)
    return JsonResponse({"held": held.pk, "name": f"{name} ({filesizeformat(held.size)})"})


def _added(rows):
    if len(rows) == 1:
        return f"“{rows[0].title}” has been added."
    return f"{len(rows)} files have been added."


@page_with_form
def evidence_remove(request, plan, month, reference, pk):
    update = get_own_update(request, plan, month, reference)
    item = update.evidence.filter(pk=pk).first()
    if item is None and request.method == "POST":
        return redirect("plans:update_evidence", *address_of(update))  # A second click: the first removed it.
    refuse_unless(item)
    if request.method == "POST":
        try:
            evidence.remove(evidence=item, by=request.user, at=request.now)
            messages.success(request, f"“{item.title}” has been removed.")
            return redirect("plans:update_evidence", *address_of(update))
        except reporting.ReportingError as refusal:
            messages.error(request, str(refusal))
    if not permissions.can_submit(request.user, update, on=today(request)):
        return redirect("plans:update_edit", *address_of(update))
    return render(request, "plans/officer/evidence_remove.html", about(request, update) | {"item": item})


@require_safe
def evidence_download(request, plan, month, reference, pk):
    """Hand a file out as a download, never to be opened within the site."""
    update = get_update(request, plan, month, reference, may=permissions.can_see_evidence)
    item = get_object_or_404(Evidence.objects.exclude(file=""), update=update, pk=pk)
    return hand_out(request, item, item.original_name)
