"""The letterhead of what goes out in the chair's name: uploaded once, shown, replaced and taken out of use."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.handing_out import hand_out
from accounts.models import Removal
from boards import permissions, reports
from boards.forms.refusable import ConfirmForm
from boards.forms.reports import LetterheadForm
from boards.reports import letterhead
from boards.views.shared import get_board
from improvement.govuk.pages import is_written, page_with_form, today


@page_with_form
def letterhead_upload(request, board):
    """What is in use, and the form that uploads it or another one in its place."""
    found, used = _get_letterhead(request, board)
    initial = {"shows": used.shows, "sender": used.sender} if used else {}
    form = LetterheadForm(request.POST or None, request.FILES or None, initial=initial, is_used=bool(used))
    if is_written(request, form, reports.upload, board=found):
        messages.success(request, "The letterhead has been saved. Reports and letters issued from now on will have it.")
        return redirect("boards:letterhead_upload", board)
    context = {
        "board": found,
        "plan": found.plan,
        "form": form,
        "used": used,
        "removals": Removal.objects.of(used) if used else (),
        "is_office": permissions.is_office(request.user, found, on=today(request)),
    }
    return render(request, "boards/reports/letterhead_upload.html", context)


@require_safe
def letterhead_picture(request, board):
    """The picture itself, for the page of the letterhead and to keep."""
    _, used = _get_letterhead(request, board)
    if used is None:
        raise Http404
    return hand_out(request, used, used.original_name)


@page_with_form
def letterhead_stop(request, board):
    found, used = _get_letterhead(request, board)
    if used is None:
        return redirect("boards:letterhead_upload", board)
    form = ConfirmForm(request.POST or None)
    if is_written(request, form, reports.stop_using, letterhead=used):
        messages.success(request, "The letterhead is no longer used.")
        return redirect("boards:letterhead_upload", board)
    context = {"board": found, "plan": found.plan, "form": form, "used": used}
    return render(request, "boards/reports/letterhead_stop.html", context)


def _get_letterhead(request, board):
    """Return the Board and the letterhead that it uses, for the chair and the programme office."""
    found = get_board(request, board, permissions.can_settle)
    return found, letterhead.of_board(found)
