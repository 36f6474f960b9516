"""How a view fetches what an address names: what is not the person's to see is a 404."""

from functools import wraps

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from boards import permissions
from boards.models import Board, Meeting
from improvement.govuk.pages import page_with_form, refuse_unless, today
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


def back(meeting):
    """Go back to where the programme office prepares the meeting."""
    return redirect("boards:meeting_prepare", meeting.board.slug, meeting.held_on)
