"""What `manage.py verify` checks of the reports to the department. Every problem is one sentence."""

from collections.abc import Iterator

from accounts.audit import matching
from accounts.removal.kinds import standing_digest
from notices import audit
from notices.interim import digests
from notices.models import InterimReport


def problems() -> Iterator[str]:
    """Yield every problem found; nothing when all is well."""
    for report in InterimReport.objects.exclude(issued_at=None).select_related("notice"):
        name = f"{report.notice.slug}, interim report of {report.reported_on:%Y-%m-%d}"
        if report.digest_format not in digests.FORMATS:
            yield f"{name}: its digest has the unknown format {report.digest_format}."
        elif digests.digest(report) != standing_digest(report):
            yield f"{name}: its rows have changed since it was issued; the digest differs."
    yield from matching.problems(audit.TOLD)
