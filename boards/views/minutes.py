"""The minutes: written, sent to the chair, agreed, and handed out; with guests and declarations of interest."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from accounts.handing_out import as_file
from boards import meetings, permissions, telling
from boards.forms.record import DeclarationForm, GuestForm, MinuteForm, MinutesAgreeForm
from boards.forms.refusable import ConfirmForm
from boards.meetings import minutes_document, proceedings
from boards.permissions import Readership
from boards.views.shared import about, back, draw, fill_in, get_meeting, office_form
from improvement.govuk.pages import is_written, today


@office_form
def minute_edit(request, meeting, pk):
    item = get_object_or_404(meeting.items, pk=pk)
    form = MinuteForm(request.POST or None, initial={"minute": item.minute, "version": item.version})
    return fill_in(request, meeting, form, meetings.write_minute, "boards/meetings/minute_edit.html", item=item)


@office_form
def guest_add(request, meeting):
    form = GuestForm(request.POST or None, meeting=meeting)
    return fill_in(request, meeting, form, meetings.add_guest, "boards/meetings/guest_add.html")


@office_form
def guest_remove(request, meeting, pk):
    guest = get_object_or_404(meeting.guests, pk=pk)
    form = ConfirmForm(request.POST or None)
    return fill_in(request, meeting, form, meetings.remove_guest, "boards/meetings/guest_remove.html", guest=guest)


@office_form
def declaration_add(request, meeting):
    form = DeclarationForm(request.POST or None, meeting=meeting)
    return fill_in(request, meeting, form, meetings.add_declaration, "boards/meetings/declaration_add.html")


@office_form
def declaration_remove(request, meeting, pk):
    declaration = get_object_or_404(meeting.declarations, pk=pk)
    form = ConfirmForm(request.POST or None)
    template = "boards/meetings/declaration_remove.html"
    return fill_in(request, meeting, form, meetings.remove_declaration, template, declaration=declaration)


@office_form
def minutes_send(request, meeting):
    """Let the chair read the draft; the page says who is told."""
    form = ConfirmForm(request.POST or None)
    if is_written(request, form, meetings.send_minutes, meeting=meeting):
        messages.success(request, "The chair can now read the draft minutes.")
        return back(meeting)
    chairs = sorted(person.name for person in telling.chairs(meeting.board, on=today(request)))
    return draw(request, "boards/meetings/minutes_send.html", form, **about(meeting), chairs=chairs)


@office_form
def minutes_agree(request, meeting):
    """Show what freezes, and record in which later meeting it was agreed."""
    later = meetings.may_agree(meeting, on=today(request))
    seen = {"seen": meetings.agreeing(meeting)}
    form = MinutesAgreeForm(request.POST or None, later=later, initial=seen)
    if is_written(request, form, meetings.agree_minutes, meeting=meeting):
        messages.success(request, "The minutes are agreed. The record of this meeting can no longer be changed.")
        return redirect("boards:meeting_detail", meeting.board.slug, meeting.held_on)
    if form.is_bound:
        form.see(seen)
    built = proceedings.build(meeting, Readership.OFFICE, now=request.now)
    return draw(request, "boards/meetings/minutes_agree.html", form, **about(meeting), proceedings=built, later=later)


@require_safe
def minutes_download(request, board, held_on, form):
    """The minutes as PDF or Word, to whoever reads them on the meeting's page."""
    told = _told(request, board, held_on)
    if not told.has_minutes:
        raise Http404
    return as_file(minutes_document.minutes(told), f"{board}-{held_on}-minutes", form)


@require_safe
def decisions_download(request, board, held_on, form):
    """The decision sheet as PDF or Word, to whoever reads the agenda."""
    told = _told(request, board, held_on)
    if not told.has_decided:
        raise Http404
    return as_file(minutes_document.decision_sheet(told), f"{board}-{held_on}-decisions", form)


def _told(request, board, held_on):
    meeting = get_meeting(request, board, held_on)
    readership = permissions.readership(request.user, meeting.board, on=today(request))
    is_chair = permissions.is_chair(request.user, meeting.board, on=today(request))
    return proceedings.build(meeting, readership, now=request.now, is_chair=is_chair)
