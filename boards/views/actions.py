"""The action log: read by everybody who sees the Board, kept by the programme office."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import Removal
from boards import actions, permissions, tables
from boards.actions import action_log
from boards.filters import ActionLogFilter
from boards.forms.actions import ActionCloseForm, ActionNoteForm, ActionRaiseForm
from boards.views.shared import change_access, draw, fill_in, form_for, get_board, office_form
from improvement.govuk.pages import is_written, page_with_form, today
from improvement.workbooks import sheets


@require_safe
def action_list(request, board):
    """Every action, or those of one status that hold some words; the same as a file."""
    found = get_board(request, board)
    readership = permissions.readership(request.user, found, on=today(request))
    log = action_log.build(permissions.readable(found.actions.all(), readership), on=today(request))
    filters = ActionLogFilter(request.GET, log=log)
    if (kind := request.GET.get("_export")) in sheets.FORMATS:
        narrowed = {"chosen": filters.chosen, "words": filters.words}
        sheet = tables.action_sheet(found, log, filters.entries, **narrowed, on=today(request))
        return sheets.response(sheet, f"{found.slug}-actions-{today(request).isoformat()}", kind)
    context = {"board": found, "plan": found.plan, "log": log, "filters": filters, "entries": filters.page}
    return render(request, "boards/actions/action_list.html", context)


@require_safe
def action_detail(request, board, number):
    found = get_board(request, board)
    is_office = permissions.is_office(request.user, found, on=today(request))
    entry = _get(request, found, number)
    context = {"board": found, "plan": found.plan, "entry": entry, "is_office": is_office}
    context["removals"] = Removal.objects.of(entry.action)
    return render(request, "boards/actions/action_detail.html", context)


@office_form
def action_raise(request, meeting):
    form = ActionRaiseForm(request.POST or None, meeting=meeting, initial={"item": request.GET.get("item")})
    return fill_in(request, meeting, form, actions.raise_action, "boards/actions/action_raise.html")


@page_with_form
def action_note(request, board, number):
    """Add what was reported on an action at a meeting."""
    return _report(request, board, number, ActionNoteForm, actions.note_progress, "boards/actions/action_note.html")


@page_with_form
def action_close(request, board, number):
    return _report(request, board, number, ActionCloseForm, actions.close, "boards/actions/action_close.html")


@page_with_form
def action_access(request, board, number):
    """Say who reads an action, after it is closed too."""
    found = get_board(request, board, may=permissions.is_office)
    action = get_object_or_404(found.actions.select_related("raised_at"), number=number)
    address = reverse("boards:action_detail", args=[board, number])
    return change_access(request, found, action, form_for(request, action), f"Action {number}", address)


def _report(request, board, number, form_class, write, template):
    found = get_board(request, board, may=permissions.is_office)
    entry = _get(request, found, number)
    action = entry.action
    meetings = found.meetings.open_to_record(today(request)).filter(held_on__gte=action.raised_at.held_on)
    if request.method != "POST" and not entry.is_open:
        return redirect("boards:action_detail", board, number)
    form = form_class(request.POST or None, meetings=meetings, initial={"version": action.version})
    if is_written(request, form, write, action=action):
        messages.success(request, "Saved.")
        return redirect("boards:action_detail", board, number)
    return draw(request, template, form, board=found, plan=found.plan, entry=entry, has_meeting=meetings.exists())


def _get(request, board, number):
    readership = permissions.readership(request.user, board, on=today(request))
    readable = permissions.readable(board.actions.all(), readership)
    action = get_object_or_404(action_log.rows(readable), number=number)
    return action_log.entry(action, on=today(request))
