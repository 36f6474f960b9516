"""The programme office removes a text of the Board's record that should never have been written."""

from functools import partial

from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.removal import removal_page
from boards import permissions, removals
from boards.packs import kept_packs
from boards.reports import letterhead
from boards.views.shared import get_board, get_meeting
from improvement.govuk.pages import page_with_form


@page_with_form
def challenge_redact(request, board, number):
    found = get_board(request, board, may=permissions.is_office)
    return _page(request, found, get_object_or_404(found.challenges, number=number), "challenge_detail", number)


@page_with_form
def advice_redact(request, board, number):
    found = get_board(request, board, may=permissions.is_office)
    return _page(request, found, get_object_or_404(found.advice, number=number), "advice_detail", number)


@page_with_form
def action_redact(request, board, number):
    found = get_board(request, board, may=permissions.is_office)
    return _page(request, found, get_object_or_404(found.actions, number=number), "action_detail", number)


@page_with_form
def meeting_redact(request, board, held_on):
    """Of its agenda, minutes, decisions and papers, before the minutes are agreed and after."""
    meeting = get_meeting(request, board, held_on, may=permissions.is_office)
    return _page(request, meeting.board, meeting, "meeting_detail", held_on)


@page_with_form
def report_redact(request, board, kind, dated_on):
    found = get_board(request, board, may=permissions.is_office)
    report = get_object_or_404(found.reports, kind=kind, dated_on=dated_on)
    return _page(request, found, report, "report_detail", kind, dated_on)


@page_with_form
def letterhead_redact(request, board, pk):
    """Remove a text of a letterhead, in use or not, also from what was issued with it."""
    found = get_board(request, board, may=permissions.is_office)
    row = get_object_or_404(found.letterheads, pk=pk)
    return _page(request, found, row, "letterhead_upload", verb=partial(letterhead.redact, thing=row))


def _page(request, board, thing, detail, *args, verb=None):
    return removal_page.show(
        request,
        thing,
        verb=verb,
        back=reverse(f"boards:{detail}", args=[board.slug, *args]),
        about=str(thing),
        board=board,
        plan=board.plan,
        met=kept_packs.meetings_holding(thing),
        has_digest=removals.has_digest(thing),
    )
