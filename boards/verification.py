"""What `manage.py verify` checks of a Board's record. Every problem is one sentence."""

from accounts import matching
from accounts.removals import standing_digest
from boards import records, told
from boards.models import Pack, PackFile, Report


def problems():
    """Yield every problem found; nothing when all is well. Files are checked with all others (`improvement.files`)."""
    yield from _reports()
    yield from _packs()
    yield from matching.problems(told.TOLD)


def _reports():
    for report in Report.objects.exclude(issued_at=None).select_related("board").order_by("board", "dated_on"):
        name = f"{report.board.slug} {report.kind} {report.dated_on.isoformat()}"
        if not records.is_known(report.digest_format):
            yield f"{name}: its digest has the unknown format {report.digest_format}."
        elif records.digest(report) != standing_digest(report):
            yield f"{name}: its text is not what was issued; the digest differs."


def _packs():
    """Yield packs that lack a form or a file, or have one that was removed, and whose pages do not run on."""
    ends = {}
    for pack in Pack.objects.select_related("meeting__board").prefetch_related("files").order_by("pk"):
        forms = {file.form for file in pack.files.all()}
        for file in pack.files.all():
            if bool(file.file) == pack.is_removed:
                yield f"{file}: its file was removed and is there." if pack.is_removed else f"{file}: its file is gone."
        for form in (*PackFile.HANDED_OUT, PackFile.Form.DATA):
            if form not in forms:
                yield f"{pack}: its form “{form.label}” is missing."
        before = ends.setdefault((pack.meeting_id, pack.audience), {0})
        if pack.first_page - 1 not in before:
            yield f"{pack}: its pages do not run on from what was kept before."
        before.add(pack.last_page)
