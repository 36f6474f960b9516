"""What `manage.py verify` checks of a Board's record. Every problem is one sentence."""

from boards import records
from boards.models import Report


def problems():
    """Yield every problem found; nothing when all is well."""
    for report in Report.objects.exclude(issued_at=None).select_related("board").order_by("board", "dated_on"):
        name = f"{report.board.slug} {report.kind} {report.dated_on.isoformat()}"
        if report.digest_format != records.FORMAT:
            yield f"{name}: its digest has the unknown format {report.digest_format}."
        elif records.digest(report) != report.digest:
            yield f"{name}: its text is not what was issued; the digest differs."
