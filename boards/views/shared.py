"""What the views of the Board share: how they fetch what an address names, and how they draw a page with a form."""

from functools import wraps

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from boards import access, permissions
from boards.forms.access import AccessForm
from boards.models import Board, Meeting
from improvement.govuk.pages import is_written, page_with_form, refuse_unless, today
from improvement.records.refusals import Refusal


def get_board(request, slug, may=permissions.can_see_board):
    """Return the Board, with its plan, if the predicate `may` of `boards.permissions` allows it."""
    board = get_object_or_404(Board.objects.select_related("plan__notice"), slug=slug)
    refuse_unless(may(request.user, board, on=today(request)))
    return board


def get_meeting(request, board, held_on, may=permissions.can_see_board):
    """Return a meeting, with its board, plan, Notice and month, if the predicate `may` allows its Board."""
    meeting = get_object_or_404(Meeting.objects.whole(), board__slug=board, held_on=held_on)
    refuse_unless(may(request.user, meeting.board, on=today(request)))
    if meeting.month:
        meeting.month.plan.board = meeting.board
    return meeting


def about(meeting):
    """Return what every page of a meeting is told."""
    return {"meeting": meeting, "board": meeting.board, "plan": meeting.board.plan}


def office_form(view):
    """Make a page with a form of `view(request, meeting, …)`, for the programme office alone.

    Once the minutes are agreed there is nothing to fill in any more: the meeting itself is shown.
    """

    @page_with_form
    @wraps(view)
    def found(request, board, held_on, **rest):
        meeting = get_meeting(request, board, held_on, may=permissions.is_office)
        if meeting.is_agreed and request.method != "POST":
            return redirect("boards:meeting_detail", board, held_on)
        return view(request, meeting, **rest)

    return found


def try_to(request, write, **what):
    """Call the verb `write`; where it is refused, the next page says why."""
    try:
        write(**what, by=request.user, at=request.now)
    except Refusal as refusal:
        messages.error(request, str(refusal))


def draw(request, template, form, **context):
    """Draw the page of a `form`, with the status that tells a conflict."""
    return render(request, template, context | {"form": form}, status=409 if form.conflict else 200)


def fill_in(request, meeting, form, write, template, **thing):
    """Call the verb `write` about a `thing` of the meeting, or the meeting itself, and go back; or draw the form."""
    if is_written(request, form, write, **(thing or {"meeting": meeting})):
        return back(meeting)
    return draw(request, template, form, **about(meeting), **thing)


def back(meeting):
    """Go back to where the programme office prepares the meeting."""
    return redirect("boards:meeting_prepare", meeting.board.slug, meeting.held_on)


def change_access(request, board, thing, form, name, address):
    """Draw the page about `thing`, which is called `name`, and make the change; then go to its `address`."""
    if is_written(request, form, access.restrict, thing=thing):
        messages.success(request, f"{name}: who can read it has been saved.")
        return redirect(address)
    context = {"board": board, "plan": board.plan, "name": name, "address": address, "thing": thing}
    return draw(request, "boards/access_edit.html", form, **context)


def form_for(request, thing):
    """Return the form about an action, a question or advice."""
    return AccessForm(request.POST or None, meeting=access.meeting_of(thing), initial=access.stands(thing))
