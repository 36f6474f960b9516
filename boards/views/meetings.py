"""The meetings: their list, the page of one, and how the programme office prepares it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.models import Removal
from boards import meetings, packs, papers, permissions
from boards.forms.meetings import AgendaPublishForm, MeetingDetailsForm, MeetingMonthForm, MeetingPlanForm
from boards.meetings import proceedings
from boards.packs import kept_packs
from boards.permissions import Readership
from boards.views.shared import about, back, draw, get_board, get_meeting, office_form, try_to
from improvement.govuk.pages import is_written, page_with_form, today


@require_safe
def meeting_list(request, board):
    """Every meeting: those to come, the next one first, then those that were, the latest first."""
    found = get_board(request, board)
    rows = list(found.meetings.select_related("month").order_by("held_on"))
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
    context = about(meeting) | {
        "proceedings": proceedings.build(meeting, readership, now=request.now),
        "packs": kept_packs.handed_to(meeting, readership, at=request.now),
        "removals": Removal.objects.of(meeting),
    }
    return render(request, "boards/meetings/meeting_detail.html", context)


@page_with_form
def meeting_plan(request, board):
    found = get_board(request, board, may=permissions.is_office)
    form = MeetingPlanForm(request.POST or None)
    if is_written(request, form, meetings.plan_meeting, board=found):
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
    if is_written(request, form, meetings.receive_month, meeting=meeting):
        return back(meeting)
    return draw(request, "boards/meetings/meeting_month.html", form, **about(meeting))


@office_form
def agenda_publish(request, meeting):
    """Show what the Board will read, and publish it with the papers that are tabled; a second click finds it done."""
    drafts = meeting.papers.filter(tabled_at__isnull=True).select_related("meeting__board")
    seen = {"seen": meetings.publishing(meeting)}
    form = AgendaPublishForm(request.POST or None, drafts=drafts, lacking=papers.lacking, initial=seen)
    if is_written(request, form, meetings.publish_agenda, meeting=meeting):
        messages.success(request, "The agenda has been published.")
        if meeting.month:
            try_to(request, packs.keep, meeting=get_meeting(request, meeting.board.slug, meeting.held_on))
        return redirect("boards:meeting_detail", meeting.board.slug, meeting.held_on)
    if meeting.is_announced:
        return back(meeting)
    if form.is_bound:
        form.see(seen)
    built = proceedings.build(meeting, Readership.OFFICE, now=request.now)
    return draw(request, "boards/meetings/agenda_publish.html", form, **about(meeting), proceedings=built)
