"""The programme office takes a report through the Board to the department, and records the meeting that follows."""

from django.contrib import messages
from django.shortcuts import render
from django.views.decorators.http import require_POST

from improvement import govuk
from improvement.govuk.pages import is_written, page_with_form
from notices import forms, interim
from notices.interim import reported
from notices.models import ReportState
from notices.views.shared import get_office_report, to_report


@page_with_form
def interim_table(request, notice, reported_on):
    """Show what the Board will be given, and table it."""
    report = get_office_report(request, notice, reported_on)
    form = forms.ReportTableForm(request.POST or None)
    if _is_done(request, form, interim.table, report):
        messages.success(request, "The report has been tabled. Everyone who can see the Notice can now read it.")
        return to_report(report)
    if not report.is_draft:
        return to_report(report)
    context = {"report": report, "reported": reported.build(report), "form": form, "seen": interim.state_of(report)}
    return render(request, "notices/interim/interim_table.html", context)


@page_with_form
def interim_agree(request, notice, reported_on):
    report = get_office_report(request, notice, reported_on)
    form = forms.ReportAgreeForm(request.POST or None, initial={"version": report.version})
    if _is_done(request, form, interim.agree, report):
        messages.success(request, "The Board’s agreement has been recorded.")
        return to_report(report)
    if report.state != ReportState.TABLED:
        return to_report(report)
    return render(request, "notices/interim/interim_agree.html", {"report": report, "form": form})


@page_with_form
def interim_issue(request, notice, reported_on):
    report = get_office_report(request, notice, reported_on)
    form = forms.ReportIssueForm(request.POST or None, initial={"version": report.version})
    if _is_done(request, form, interim.issue, report):
        messages.success(request, "The report has been issued. It can no longer be changed.")
        return to_report(report)
    if report.state != ReportState.AGREED:
        return to_report(report)
    return render(request, "notices/interim/interim_issue.html", {"report": report, "form": form})


@page_with_form
def interim_review(request, notice, reported_on):
    report = get_office_report(request, notice, reported_on)
    form = forms.ReviewForm(request.POST or None)
    if _is_done(request, form, interim.record_review, report):
        messages.success(request, "The progress review meeting has been recorded.")
        return to_report(report, "#reviews")
    if not report.is_issued:
        return to_report(report)
    return render(request, "notices/interim/interim_review.html", {"report": report, "form": form})


@require_POST
def interim_take_back(request, notice, reported_on):
    report = get_office_report(request, notice, reported_on)
    form = govuk.VersionForm(request.POST)
    if not form.is_valid():
        messages.error(request, govuk.OUT_OF_DATE)
    elif _is_done(request, form, interim.take_back, report):
        messages.success(request, "The report is a draft again. Only the programme office can see it.")
    else:
        messages.error(request, " ".join(form.non_field_errors()))
    return to_report(report)


def _is_done(request, form, verb, report):
    """Call the verb with what the form holds; where it refuses, go on from the report as it is by now."""
    is_done = is_written(request, form, verb, report=report)
    if form.is_bound and not is_done:
        report.refresh_from_db()
    return is_done
