"""The reports to the department as they are read: all of them, one whole, and the same as PDF and Word."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.handing_out import as_file
from accounts.models import Removal
from improvement.govuk.pages import today
from improvement.workbooks import sheets
from notices import permissions, tables
from notices.interim import interim_document, reported
from notices.views.shared import get_notice, get_report


@require_safe
def interim_list(request, notice):
    notice = get_notice(request, notice)
    reports = permissions.visible_reports(request.user, on=today(request)).filter(notice=notice)
    if (kind := request.GET.get("_export")) in sheets.FORMATS:
        sheet = tables.listed(notice, "interim reports", tables.REPORTS, reports, on=today(request))
        return sheets.response(sheet, f"{notice.slug}-interim-reports", kind)
    context = {
        "notice": notice,
        "reports": reports,
        "can_record": permissions.can_record(request.user, notice, on=today(request)),
        "in_hand": next((report for report in reports if not report.is_issued), None),
    }
    return render(request, "notices/interim/interim_list.html", context)


@require_safe
def interim_detail(request, notice, reported_on):
    report = get_report(request, notice, reported_on)
    context = {
        "report": report,
        "reported": reported.build(report),
        "writes": report.can_record and report.is_draft,
        "reviews": report.reviews.all(),
        "removals": Removal.objects.of(report),
    }
    return render(request, "notices/interim/interim_detail.html", context)


@require_safe
def interim_download(request, notice, reported_on, form):
    """The report as PDF or Word."""
    report = get_report(request, notice, reported_on)
    document = interim_document.build(reported.build(report))
    return as_file(document, f"{notice}-interim-report-{reported_on:%Y-%m-%d}", form)
