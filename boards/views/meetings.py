"""The meetings: their list, the page of one, its agenda, and what the programme office records of it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Removal
from boards import access, meetings, packs, papers, permissions, tables
from boards.forms.access import ItemAccessForm
from boards.forms.meetings import (
    AgendaPublishForm,
    ItemAddForm,
    ItemEditForm,
    MeetingDetailsForm,
    MeetingMonthForm,
    MeetingPlanForm,
)
from boards.forms.record import AttendanceForm, DecisionForm
from boards.forms.refusable import ConfirmForm
from boards.meetings import proceedings
from boards.packs import kept_packs
from boards.permissions import Readership
from boards.views.shared import (
    about,
    back,
    change_access,
    draw,
    fill_in,
    get_board,
    get_meeting,
    office_form,
    try_to,
)
from improvement.govuk.pages import is_written, page_with_form, today
from improvement.workbooks import sheets


@require_safe
def meeting_list(request, board):
    """Every meeting: those to come, the next one first, then those that were, the latest first."""
    found = get_board(request, board)
    rows = list(found.meetings.select_related("month").order_by("held_on"))
    if (kind := request.GET.get("_export")) in sheets.FORMATS:
        return sheets.response(tables.meeting_sheet(found, rows, on=today(request)), f"{found.slug}-meetings", kind)
    context = {
        "board": found,
        "plan": found.plan,
        "to_come": [row for row in rows if row.held_on >= today(request)],
        "past": [row for row in reversed(rows) if row.held_on < today(request)],
        "is_office": permissions.is_office(request.user, found, on=today(request)),
    }
    return render(request, "boards/meetings/meeting_list.html", context)


@require_safe
def meeting_detail(request, board, held_on):
    """One meeting, the same page before, while and after it is held."""
    meeting = get_meeting(request, board, held_on)
    readership = permissions.readership(request.user, meeting.board, on=today(request))
    is_chair = permissions.is_chair(request.user, meeting.board, on=today(request))
    context = about(meeting) | {
        "proceedings": proceedings.build(meeting, readership, now=request.now, is_chair=is_chair),
        "packs": kept_packs.handed_to(meeting, readership, at=request.now),
        "removals": Removal.objects.of(meeting),
    }
    return render(request, "boards/meetings/meeting_detail.html", context)


@page_with_form
def meeting_plan(request, board):
    found = get_board(request, board, may=permissions.is_office)
    form = MeetingPlanForm(request.POST or None)
    if is_written(request, form, meetings.plan_meeting, board=found, begins_as_standard=True):
        messages.success(request, "The meeting has been planned. The Board can see its agenda once you publish it.")
        return redirect("boards:meeting_prepare", board, form.cleaned_data["held_on"])
    last = found.meetings.order_by("held_on").last()
    return draw(request, "boards/meetings/meeting_plan.html", form, board=found, plan=found.plan, last=last)


@office_form
def meeting_prepare(request, meeting):
    """What the programme office does with a meeting, in the order in which it comes."""
    built = proceedings.build(meeting, Readership.OFFICE, now=request.now)
    is_held = meeting.is_announced and meeting.held_on <= today(request)
    context = about(meeting) | {"proceedings": built, "is_held": is_held}
    return render(request, "boards/meetings/meeting_prepare.html", context)


@office_form
def meeting_edit(request, meeting):
    initial = {name: getattr(meeting, name) for name in ("held_on", "starts_at", "place", "note", "version")}
    form = MeetingDetailsForm(request.POST or None, initial=initial)
    if is_written(request, form, meetings.change_details, meeting=meeting):
        return redirect("boards:meeting_prepare", meeting.board.slug, form.cleaned_data["held_on"])
    return draw(request, "boards/meetings/meeting_edit.html", form, **about(meeting))


@office_form
def meeting_month(request, meeting):
    """Lay a published month before the meeting."""
    published = meeting.board.plan.months.filter(published_at__isnull=False).order_by("-month")
    form = MeetingMonthForm(request.POST or None, months=published, initial={"month": meeting.month_id})
    return fill_in(request, meeting, form, meetings.receive_month, "boards/meetings/meeting_month.html")


@office_form
def agenda_publish(request, meeting):
    """Show what the Board will read, and publish it with the papers that are tabled; a second click finds it done."""
    drafts = meeting.papers.filter(tabled_at__isnull=True).select_related("meeting__board")
    seen = {"seen": meetings.publishing(meeting)}
    form = AgendaPublishForm(request.POST or None, drafts=drafts, lacking=papers.lacking, initial=seen)
    if is_written(request, form, meetings.publish_agenda, meeting=meeting):
        being_made = " The pack is being made and will be listed here." if meeting.month else ""
        messages.success(request, f"The agenda has been published.{being_made}")
        if meeting.month:
            try_to(request, packs.order, meeting=meeting)
        return redirect("boards:meeting_detail", meeting.board.slug, meeting.held_on)
    if meeting.is_announced:
        return back(meeting)
    if form.is_bound:
        form.see(seen)
    built = proceedings.build(meeting, Readership.OFFICE, now=request.now)
    return draw(request, "boards/meetings/agenda_publish.html", form, **about(meeting), proceedings=built)


@office_form
def item_add(request, meeting):
    form = ItemAddForm(request.POST or None)
    return fill_in(request, meeting, form, meetings.add_item, "boards/meetings/item_add.html")


@office_form
def item_edit(request, meeting, pk):
    item = get_object_or_404(meeting.items, pk=pk)
    initial = {name: getattr(item, name) for name in ItemEditForm.base_fields}
    form = ItemEditForm(request.POST or None, initial=initial)
    return fill_in(request, meeting, form, meetings.change_item, "boards/meetings/item_edit.html", item=item)


@page_with_form
def item_access(request, board, held_on, pk):
    """Say who reads an item and what belongs to it, after the minutes are agreed too."""
    meeting = get_meeting(request, board, held_on, may=permissions.is_office)
    item = get_object_or_404(meeting.items, pk=pk)
    form = ItemAccessForm(request.POST or None, initial=access.stands(item))
    address = reverse("boards:meeting_detail", args=[board, held_on])
    return change_access(request, meeting.board, item, form, f"Item {item.position}", address)


@require_POST
def item_move(request, board, held_on, pk):
    """Move an item to the position that the button names; what it cannot mean moves nothing."""
    meeting = get_meeting(request, board, held_on, may=permissions.is_office)
    item = get_object_or_404(meeting.items, pk=pk)
    position = request.POST.get("position", "")
    if position.isascii() and position.isdigit():
        try_to(request, meetings.move_item, item=item, position=int(position[:4]))
    return back(meeting)


@office_form
def item_remove(request, meeting, pk):
    item = get_object_or_404(meeting.items, pk=pk)
    form = ConfirmForm(request.POST or None)
    if is_written(request, form, meetings.remove_item, item=item):
        return back(meeting)
    kept_because = meetings.kept_because(item)
    return draw(
        request, "boards/meetings/item_remove.html", form, **about(meeting), item=item, kept_because=kept_because
    )


@office_form
def attendance_edit(request, meeting):
    """Ask for each seat of the day who came, and for those that were recorded already."""
    recorded = list(meeting.attendance.select_related("seat"))
    seats = {seat.pk: seat for seat in meeting.board.seats.present(meeting.held_on)}
    seats |= {line.seat_id: line.seat for line in recorded}
    form = AttendanceForm(
        request.POST or None, seats=seats.values(), recorded=recorded, initial={"version": meeting.version}
    )
    return fill_in(request, meeting, form, meetings.record_attendance, "boards/meetings/attendance_edit.html")


@office_form
def decision_add(request, meeting):
    form = DecisionForm(request.POST or None, meeting=meeting, initial={"item": request.GET.get("item")})
    return fill_in(request, meeting, form, meetings.record_decision, "boards/meetings/decision_add.html")


@office_form
def decision_remove(request, meeting, number):
    decision = get_object_or_404(meeting.decisions, number=number)
    form = ConfirmForm(request.POST or None)
    return fill_in(
        request, meeting, form, meetings.remove_decision, "boards/meetings/decision_remove.html", decision=decision
    )
