"""A report as a document: as PDF, as Word, and in the order of its page."""

from collections.abc import Iterator

from boards.models import Report
from improvement.documents.blocks import Block, Document, Facts, Heading, Paragraph
from improvement.documents.prose import blocks
from improvement.texts import prose


def build(report: Report) -> Document:
    """Return the report as a document; a draft says that it is one."""
    dated = f"{report.dated_on:%-d %B %Y}"
    return Document(
        title=report.title,
        lines=[line for line in (*report.addressed_to.splitlines(), dated) if line],
        blocks=tuple(_blocks(report)),
        on=report.dated_on,
        author=report.author,
        caveat=report.caveat,
        has_contents=False,
    )


def _blocks(report) -> Iterator[Block]:
    if not report.is_issued:
        yield Paragraph("Draft, not issued.", "note")
    yield Facts((("In the name of", report.author), ("Date", f"{report.dated_on:%-d %B %Y}")))
    for section in report.sections.all():
        if section.heading and section.text:
            yield Heading(1, section.heading)
        yield from blocks(prose.parts(section.text))
    if report.source:
        yield Paragraph(f"Source: {report.source}", "note")
