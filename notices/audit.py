"""What of results and of reports to the department is matched with the audit trail (`accounts.audit.matching`)."""

from accounts.audit.matching import Told, heard, said
from notices.models import InterimReport, ProgressReview

_TAKEN_BACK = ("report.taken_back", "report.discarded")


def _name(report):
    return f"{report.notice.slug}, interim report of {report.reported_on:%Y-%m-%d}"


def _day(day):
    return day.isoformat() if day else ""


def _step(label, step, undone_by=_TAKEN_BACK, facts=lambda row: {}):
    """Return how one step of a report is told, for which it has the columns `…_by` and `…_at`."""
    rows = InterimReport.objects.select_related("notice").exclude(**{f"{step}_at": None})
    return Told(
        label,
        said(rows.all, f"{step}_by", f"{step}_at", name=_name, facts=facts),
        heard(f"report.{step}", on=InterimReport, undone_by=undone_by),
    )


TOLD = (
    _step("its beginning", "started", ("report.discarded",), lambda row: {"reported_on": _day(row.reported_on)}),
    _step("its tabling", "tabled", facts=lambda row: {"tabled_on": _day(row.tabled_on)}),
    _step("its agreement", "agreed", facts=lambda row: {"agreed_on": _day(row.agreed_on)}),
    _step("its issue", "issued", (), lambda row: {"digest": row.digest}),
    Told(
        "a progress review meeting",
        said(
            lambda: ProgressReview.objects.select_related("report__notice"),
            "recorded_by",
            "recorded_at",
            name=lambda row: _name(row.report),
            on="report",
            facts=lambda row: {"held_on": _day(row.held_on), "said": row.said},
        ),
        heard("report.reviewed", on=InterimReport),
    ),
)
