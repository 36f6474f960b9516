"""The programme office removes a text of a report to the department that should never have been written."""

from functools import partial

from django.urls import reverse

from accounts.removal import kinds as texts
from accounts.removal import redactions, removal_page
from improvement.govuk.pages import page_with_form
from notices import removals
from notices.views.shared import get_office_report


@page_with_form
def interim_redact(request, notice, reported_on):
    report = get_office_report(request, notice, reported_on)
    found = texts.of(report)
    chosen = found.get(request.GET.get("field", ""))
    return removal_page.show(
        request,
        texts=found,
        verb=partial(redactions.redact, thing=report),
        back=reverse("notices:interim_detail", args=[notice, reported_on]),
        about=f"Interim report of {report.label}",
        elsewhere=[
            (f"Interim report of {other.label}", reverse("notices:interim_redact", args=[notice, other.reported_on]))
            for other in (removals.recalled(report, chosen) if chosen else ())
        ],
        has_digest=report.is_issued,
    )
