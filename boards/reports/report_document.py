"""A report as a document: as PDF, as Word, and in the order of its page; on the letterhead where the chair signs it."""

from collections.abc import Iterator
from dataclasses import replace

from boards.models import Report
from boards.reports import digests, letterhead, report_tables
from improvement.documents.blocks import Block, Document, Facts, Heading, Paragraph
from improvement.documents.prose import blocks, together
from improvement.texts import prose


def build(report: Report) -> Document:
    """Return the report as a document; a draft says that it is one. Damaged where its letterhead is."""
    is_older = report.is_issued and report.digest_format < digests.LAID_OUT
    return _as_before(report) if is_older else _laid_out(report)


def _laid_out(report):
    sections = list(report.sections.all())
    return Document(
        title=report.title,
        lines=(),
        opening=tuple(_opening(report, sections)),
        blocks=tuple(_with_signature(list(_body(report, sections)))),
        on=report.dated_on,
        author=report.author,
        caveat=report.caveat,
        has_contents=False,
    )


def _opening(report, sections) -> Iterator[Block]:
    """Yield letterhead, sender, recipient and date; a letter that was typed whole has its sender and date already."""
    if used := letterhead.of_report(report):
        yield letterhead.figure(used)
        if used.sender:
            yield Paragraph(used.sender, "sender")
    if report.addressed_to:
        yield Paragraph(report.addressed_to)
    if not any(_day(report) in section.text for section in sections[:2]):
        yield Paragraph(_day(report))
    if not report.is_issued:
        yield Paragraph("Draft, not issued.", "note")


def _body(report, sections) -> Iterator[Block]:
    for section in sections:
        if section.heading and (section.text or section.table):
            yield Heading(1, section.heading)
        yield from together(prose.parts(section.text))
        yield from report_tables.blocks(section.table)
    if report.is_chairs and not _is_signed(report, sections):
        yield Paragraph(report.author, "signature")
    if report.source:
        yield Paragraph(f"Source: {report.source}", "note")


def _with_signature(found):
    """Return the blocks with the paragraph before the signature on its page: nobody signs an empty one."""
    for at, block in enumerate(found[1:]):
        before = found[at]
        is_signature = isinstance(block, Paragraph) and block.style == "signature"
        if is_signature and isinstance(before, Paragraph) and not before.style:
            found[at] = replace(before, style="kept")
    return found


def _is_signed(report, sections):
    """Whether the last section ends with the name of the author, as a letter that was typed whole does."""
    texts = [section.text for section in sections if section.text]
    return bool(texts) and report.author.split(",")[0] in texts[-1][-200:]


def _as_before(report):
    """Return a report that was issued before reports were laid out, as it has been handed out ever since."""
    dated = _day(report)
    facts = Facts((("In the name of", report.author), ("Date", dated)))
    found: list[Block] = [facts]
    for section in report.sections.all():
        if section.heading and section.text:
            found.append(Heading(1, section.heading))
        found += blocks(prose.parts(section.text))
    if report.source:
        found.append(Paragraph(f"Source: {report.source}", "note"))
    return Document(
        title=report.title,
        lines=[line for line in (*report.addressed_to.splitlines(), dated) if line],
        blocks=tuple(found),
        on=report.dated_on,
        author=report.author,
        caveat=report.caveat,
        has_contents=False,
    )


def _day(report):
    return f"{report.dated_on:%-d %B %Y}"
