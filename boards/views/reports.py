"""The reports and letters that go out from the Board: drafted, edited, issued; and what was sent to whom."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.handing_out import as_file, hand_out
from accounts.models import Removal
from boards import permissions, reports, tables
from boards.forms.refusable import ConfirmForm
from boards.forms.reports import (
    CirculationForm,
    LetterheadForm,
    ReportHeadingForm,
    ReportIssueForm,
    ReportNewSectionForm,
    ReportSectionForm,
    ReportStartForm,
)
from boards.models import Report, ReportSection
from boards.reports import bodies, circulation, digests, drafting, letterhead, report_document, report_tables
from boards.views.shared import draw, get_board
from improvement import files
from improvement.govuk.pages import is_written, page_with_form, refuse_unless, today
from improvement.texts import prose
from improvement.workbooks import sheets


@require_safe
def report_list(request, board):
    found = get_board(request, board)
    rows = permissions.visible_reports(request.user, found, on=today(request))
    if (kind := request.GET.get("_export")) in sheets.FORMATS:
        sheet = tables.sheet(found, "reports and letters", tables.REPORTS, rows, on=today(request))
        return sheets.response(sheet, f"{found.slug}-reports", kind)
    kinds = permissions.startable_reports(request.user, found, on=today(request))
    context = {
        "board": found,
        "reports": rows,
        "can_settle": permissions.can_settle(request.user, found, on=today(request)),
        "startable": [(kind, _covers(kind, drafting.covered(kind, found, today(request)))) for kind in kinds],
    }
    return render(request, "boards/reports/report_list.html", context)


@page_with_form
def letterhead_upload(request, board):
    """Show the letterhead in use, and the form that uploads or replaces it."""
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


@page_with_form
def report_start(request, board, kind):
    found = get_board(request, board)
    refuse_unless(kind in permissions.startable_reports(request.user, found, on=today(request)))
    form = ReportStartForm(request.POST or None, initial={"dated_on": today(request)})
    if is_written(request, form, reports.start, board=found, kind=kind):
        return redirect("boards:report_detail", board, kind, form.cleaned_data["dated_on"])
    context = {"board": found, "kind": Report.Kind(kind), "form": form}
    return render(request, "boards/reports/report_start.html", context)


@require_safe
def report_detail(request, board, kind, dated_on):
    report = _get_report(request, board, kind, dated_on)
    context = _context(report) | {
        "sections": [
            (
                section,
                prose.parts(section.text),
                report_tables.chart(section.table),
                report_tables.charted(section.table),
            )
            for section in report.sections.all()
        ],
        "can_write": permissions.can_write_report(request.user, report, on=today(request)),
        "can_issue": permissions.can_issue_report(request.user, report, on=today(request)),
        "removals": Removal.objects.of(report),
        "is_office": permissions.is_office(request.user, report.board, on=today(request)),
        "circulations": report.circulations.select_related("body").order_by("sent_on"),
    }
    return render(request, "boards/reports/report_detail.html", context)


@require_safe
def report_download(request, board, kind, dated_on, form):
    """The report as PDF or Word, in the same format as its page."""
    report = _get_report(request, board, kind, dated_on)
    try:
        document = report_document.build(report)
    except (files.Damaged, FileNotFoundError):
        used = letterhead.of_report(report)
        return hand_out(request, used, used.original_name)  # which says what is wrong with it
    return as_file(document, f"{report.kind}-{report.dated_on.isoformat()}", form)


@page_with_form
def report_heading(request, board, kind, dated_on):
    report = _get_report(request, board, kind, dated_on, permissions.can_write_report)
    initial = {field: getattr(report, field) for field in ReportHeadingForm.base_fields}
    form = ReportHeadingForm(request.POST or None, initial=initial)
    if is_written(request, form, reports.write_heading, report=report):
        return redirect(_address(report))
    return draw(request, "boards/reports/report_heading.html", form, **_context(report))


@page_with_form
def report_section(request, board, kind, dated_on, position):
    report = _get_report(request, board, kind, dated_on, permissions.can_write_report)
    section = get_object_or_404(ReportSection.objects.select_related("report"), report=report, position=position)
    initial = {field: getattr(section, field) for field in ReportSectionForm.base_fields}
    form = ReportSectionForm(request.POST or None, initial=initial)
    is_removal = "remove" in request.POST
    if is_removal:
        form.fields = {"version": form.fields["version"]}
    if is_written(request, form, reports.remove_section if is_removal else reports.write_section, section=section):
        messages.success(request, f"The section has been {'removed' if is_removal else 'saved'}.")
        return redirect(_address(report))
    return draw(request, "boards/reports/report_section.html", form, **_context(report), section=section)


@page_with_form
def report_section_add(request, board, kind, dated_on):
    report = _get_report(request, board, kind, dated_on, permissions.can_write_report)
    form = ReportNewSectionForm(request.POST or None)
    if is_written(request, form, reports.add_section, report=report):
        messages.success(request, "The section has been added at the end.")
        return redirect(_address(report))
    return draw(request, "boards/reports/report_section_add.html", form, **_context(report))


@page_with_form
def report_issue(request, board, kind, dated_on):
    report = _get_report(request, board, kind, dated_on, permissions.can_issue_report)
    form = ReportIssueForm(request.POST or None)
    if is_written(request, form, reports.issue, report=report):
        messages.success(request, "The report has been issued. It can no longer be changed.")
        return redirect(_address(report))
    empty = [section for section in report.sections.all() if not section.text]
    context = _context(report) | {"form": form, "seen": digests.seen(report), "empty": empty}
    return render(request, "boards/reports/report_issue.html", context)


def _get_report(request, board, kind, dated_on, may=permissions.can_see_report):
    rows = Report.objects.select_related("board__plan", "issued_by", "started_by")
    report = get_object_or_404(rows, board__slug=board, kind=kind, dated_on=dated_on)
    refuse_unless(may(request.user, report, on=today(request)))
    return report


def _context(report):
    return {"board": report.board, "plan": report.board.plan, "report": report}


def _address(report):
    return reverse("boards:report_detail", args=[report.board.slug, report.kind, report.dated_on])


def _covers(kind, shown):
    if kind == Report.Kind.LETTER:
        return "Starts empty."
    if not shown:
        return ""
    return f"Covers {shown[0].label}" + (f" to {shown[-1].label}." if len(shown) > 1 else ".")


@require_safe
def circulation_list(request, board):
    found = get_board(request, board)
    standings = bodies.build(found, on=today(request))
    if (kind := request.GET.get("_export")) in sheets.FORMATS:
        sheet = tables.circulation_sheet(found, standings, on=today(request))
        return sheets.response(sheet, f"{found.slug}-circulation", kind)
    context = {
        "board": found,
        "plan": found.plan,
        "standings": standings,
        "is_office": permissions.is_office(request.user, found, on=today(request)),
    }
    return render(request, "boards/reports/circulation_list.html", context)


@page_with_form
def circulation_add(request, board):
    found = get_board(request, board, permissions.is_office)
    initial = {"sent_on": today(request), "report": request.GET.get("report"), "what": request.GET.get("what", "")}
    form = CirculationForm(request.POST or None, initial=initial, board=found)
    if is_written(request, form, circulation.record):
        messages.success(request, "Recorded: “{what}” was sent to {body}.".format(**form.cleaned_data))
        return redirect("boards:circulation_list", board)
    return render(request, "boards/reports/circulation_add.html", {"board": found, "plan": found.plan, "form": form})
