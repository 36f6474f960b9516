"""What the programme office records while and after a meeting is held."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect

from boards import meetings
from boards.forms.record import AttendanceForm, DecisionForm, MinuteForm, MinutesAgreeForm
from boards.forms.refusable import ConfirmForm
from boards.meetings import proceedings
from boards.permissions import Readership
from boards.views.shared import about, back, draw, office_form
from improvement.govuk.pages import is_written, today


@office_form
def attendance_edit(request, meeting):
    """Ask for each seat of the day who came, and for those that were recorded already."""
    recorded = list(meeting.attendance.select_related("seat"))
    seats = {seat.pk: seat for seat in meeting.board.seats.present(meeting.held_on)}
    seats |= {line.seat_id: line.seat for line in recorded}
    form = AttendanceForm(
        request.POST or None, seats=seats.values(), recorded=recorded, initial={"version": meeting.version}
    )
    if is_written(request, form, meetings.record_attendance, meeting=meeting):
        return back(meeting)
    return draw(request, "boards/meetings/attendance_edit.html", form, **about(meeting))


@office_form
def minute_edit(request, meeting, pk):
    item = get_object_or_404(meeting.items, pk=pk)
    form = MinuteForm(request.POST or None, initial={"minute": item.minute, "version": item.version})
    if is_written(request, form, meetings.write_minute, item=item):
        return back(meeting)
    return draw(request, "boards/meetings/minute_edit.html", form, **about(meeting), item=item)


@office_form
def decision_add(request, meeting):
    form = DecisionForm(request.POST or None, meeting=meeting, initial={"item": request.GET.get("item")})
    if is_written(request, form, meetings.record_decision, meeting=meeting):
        return back(meeting)
    return draw(request, "boards/meetings/decision_add.html", form, **about(meeting))


@office_form
def decision_remove(request, meeting, number):
    decision = get_object_or_404(meeting.decisions, number=number)
    form = ConfirmForm(request.POST or None)
    if is_written(request, form, meetings.remove_decision, decision=decision):
        return back(meeting)
    return draw(request, "boards/meetings/decision_remove.html", form, **about(meeting), decision=decision)


@office_form
def minutes_agree(request, meeting):
    """Show what freezes, and record in which later meeting it was agreed."""
    later = meeting.board.meetings.filter(
        held_on__gt=meeting.held_on, held_on__lte=today(request), agenda_published_at__isnull=False
    ).order_by("held_on")
    seen = {"seen": meetings.agreeing(meeting)}
    form = MinutesAgreeForm(request.POST or None, later=later, initial=seen)
    if is_written(request, form, meetings.agree_minutes, meeting=meeting):
        messages.success(request, "The minutes are agreed. The record of this meeting can no longer be changed.")
        return redirect("boards:meeting_detail", meeting.board.slug, meeting.held_on)
    if form.is_bound:
        form.see(seen)
    built = proceedings.build(meeting, Readership.OFFICE, now=request.now)
    return draw(request, "boards/meetings/minutes_agree.html", form, **about(meeting), proceedings=built, later=later)
