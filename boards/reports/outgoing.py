"""Reports and letters of the chair and the council: drafted from the record, edited, issued and then frozen."""

from django.db import transaction

from accounts.audit import events
from boards.locking import number
from boards.models import Board, Report, ReportSection
from boards.reports import digests, drafting, letterhead
from improvement.records.refusals import Conflict, Incomplete, Refused
from improvement.records.writes import holds, write
from improvement.texts import days

ISSUED = "This report has been issued, so it cannot be changed. Draft another."
NOTHING_NEW = "No month has been published since the last report of this kind. Wait for the next one."


@transaction.atomic
def start(*, board, kind, dated_on, by, at, title="", addressed_to="", author="", source="", sections=None):
    """Start a report of `kind`, drafted from the months published since the last one; return it.

    `sections` are (heading, text), perhaps with a table, where the words stand already, as in a letter that is entered
    afterwards. The same start again finds the report. Raises Refused.
    """
    board = Board.objects.select_for_update(of=("self",)).select_related("plan").get(pk=board.pk)
    if days.is_outside(dated_on):
        raise Refused(days.OUTSIDE, "dated_on")
    if there := board.reports.filter(kind=kind, dated_on=dated_on).first():
        if there.started_by_id == by.pk and not there.is_issued:
            return there
        raise Refused("There is already a report of that kind and date. Choose another date.", "dated_on")
    draft = drafting.of_kind(kind, board, dated_on) if sections is None else drafting.Draft(sections=tuple(sections))
    if draft is None:
        raise Refused(NOTHING_NEW)
    row = Report.objects.create(
        board=board,
        kind=kind,
        dated_on=dated_on,
        title=title or drafting.title(kind, board),
        addressed_to=addressed_to or drafting.ADDRESSED_TO[kind],
        author=author or drafting.AUTHORS[kind],
        from_month=draft.from_month,
        to_month=draft.to_month,
        caveat=board.plan.caveat if draft.from_month else "",
        started_at=at,
        started_by=by,
        source=source,
    )
    ReportSection.objects.bulk_create(
        ReportSection(report=row, position=position, heading=heading, text=text, table=table[0] if table else {})
        for position, (heading, text, *table) in enumerate(draft.sections, 1)
    )
    events.record(by=by, at=at, what="report.started", on=row)
    return row


@transaction.atomic
def write_heading(*, report, version, title, addressed_to, author, by, at):
    """Write what stands above the text: title, addressee and in whose name; return the report."""
    row = _open(report)
    wanted = {"title": title.strip(), "addressed_to": addressed_to.strip(), "author": author.strip()}
    if holds(row, wanted):
        return row
    if errors := {field: "This cannot be empty." for field in ("title", "author") if not wanted[field]}:
        raise Incomplete(errors)
    row = write(row, version, **wanted)
    events.record(by=by, at=at, what="report.headed", on=row)
    return row


@transaction.atomic
def write_section(*, section, version, heading, text, by, at):
    """Write one section of a report that is not issued yet; return it."""
    report = _open(section.report)
    row = ReportSection.objects.get(pk=section.pk)
    wanted = {"heading": heading.strip(), "text": text.strip()}
    if holds(row, wanted):
        return row
    row = write(row, version, **wanted)
    events.record(by=by, at=at, what="report.written", on=report, section=row.heading)
    return row


@transaction.atomic
def add_section(*, report, heading, text, by, at):
    """Add a section at the end; return it. The same section again is found, not added twice."""
    row = _open(report)
    heading, text = heading.strip(), text.strip()
    if not heading and not text:
        raise Incomplete({"text": "Enter a heading, a text, or both."})
    last = row.sections.order_by("-position").first()
    if last and (last.heading, last.text) == (heading, text):
        return last
    position = last.position + 1 if last else 1
    made = ReportSection.objects.create(report=row, position=position, heading=heading, text=text)
    events.record(by=by, at=at, what="report.written", on=row, section=heading)
    return made


@transaction.atomic
def remove_section(*, section, version, by, at):
    """Remove a section of a report that is not issued yet."""
    report = _open(section.report)
    row = ReportSection.objects.filter(pk=section.pk).first()
    if row is None:
        return
    if row.version != version:
        raise Conflict(row)
    row.delete()
    number(report.sections.all())
    events.record(by=by, at=at, what="report.shortened", on=report, section=row.heading)


@transaction.atomic
def issue(*, report, by, at, seen=None):
    """Issue the report: from now on it is frozen, with its digest; return it.

    `seen` is what `records.seen(report)` gave when it was checked; raises Refused where that has changed since.
    """
    row = Report.objects.select_for_update(of=("self",)).select_related("board").get(pk=report.pk)
    if row.is_issued:
        if row.issued_by_id == by.pk:
            return row
        raise Refused(ISSUED)
    if seen is not None and seen != digests.seen(row):
        raise Refused("The report has changed since you checked it. Read it again below, then issue it.")
    if not row.sections.exclude(text="").exists():
        raise Refused("The report is empty. Write it before you issue it.")
    row.issued_at, row.issued_by, row.issued_name, row.digest_format = at, by, by.name, digests.FORMAT
    if row.is_chairs and (used := letterhead.of_board(row.board)):
        row.letterhead = letterhead.locked(used)
    row.digest = digests.digest(row)
    row.save(update_fields=("issued_at", "issued_by", "issued_name", "letterhead", "digest", "digest_format"))
    events.record(by=by, at=at, what="report.issued", on=row, digest=row.digest)
    return row


def _open(report):
    """Lock the report and return it as it now stands; raises Refused once it is issued."""
    row = Report.objects.select_for_update(of=("self",)).select_related("board").get(pk=report.pk)
    if row.is_issued:
        raise Refused(ISSUED)
    return row
