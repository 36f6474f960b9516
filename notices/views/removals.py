"""The programme office removes a text of a report to the department that should never have been written."""

from django.urls import reverse

from accounts.removal import removal_page
from improvement.govuk.pages import page_with_form
from notices import removals
from notices.views.shared import get_office_report


@page_with_form
def interim_redact(request, notice, reported_on):
    report = get_office_report(request, notice, reported_on)
    return removal_page.show(
        request,
        report,
        back=reverse("notices:interim_detail", args=[notice, reported_on]),
        beside=lambda places: {"elsewhere": [_elsewhere(notice, other) for other in removals.recalled(report, places)]},
        about=f"Interim report of {report.label}",
        has_digest=report.is_issued,
    )


def _elsewhere(notice, report):
    return f"Interim report of {report.label}", reverse("notices:interim_redact", args=[notice, report.reported_on])
