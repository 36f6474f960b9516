"""What can be removed from a report to the department because it could identify someone: what its authors wrote."""

from collections.abc import Iterator

from accounts.removal.kinds import Kind, Place, Text, register, text
from improvement.texts import prose
from notices import guards
from notices.interim import digests
from notices.models import SECTIONS, InterimEntry, InterimReport

_ENTRY = {"recap": "recap", "narrative": "narrative", "note": "note"}


def install():
    """Register the kind; called when the app is ready."""
    tables = frozenset({guards.REPORTS, guards.ENTRIES, guards.REVIEWS})
    register(InterimReport, Kind("report", _of_report, tables, digest=digests.digest))


def recalled(report: InterimReport, places: list[Place]) -> list[InterimReport]:
    """Return the other reports on the Notice that hold a text, or how it begins: they recall what was last reported."""
    texts = {words for place in places for words in (place.text, prose.opening(place.text))}
    others = InterimEntry.objects.filter(report__notice=report.notice_id).exclude(report=report)
    told = {row.report_id for row in others for words in texts if words in row.recap or words in row.narrative}
    return list(InterimReport.objects.filter(pk__in=told).order_by("reported_on"))


def _of_report(report) -> Iterator[tuple[str, Text]]:
    for field in ("title", *SECTIONS, "note"):
        yield field, text(field.replace("_", " ").capitalize(), report, field)
    for entry in report.entries.order_by("position", "pk"):
        for field, label in _ENTRY.items():
            yield f"{field}-{entry.pk}", text(f"{entry.reference}, {label}", entry, field)
    for number, review in enumerate(report.reviews.order_by("recorded_at", "pk"), 1):
        yield f"review-{review.pk}", text(f"Progress review meeting {number}", review, "said")
