"""A report to the department as a document, in the same format every time [002] 1.

The progress review meeting that follows is no part of it: what was issued stays as it was, in its own layout too.
"""

from dataclasses import replace

from django.utils import timezone

from improvement.documents import prose
from improvement.documents.blocks import Beside, Document, Figure, Heading, Paragraph, Table
from improvement.texts.cutting import cut
from notices.interim import digests, former_document, values
from notices.interim.reported import Line, Reported

_GLANCE = ("Reference", "Target", "Status", "Computed verdict")
_STEPS = ("Milestone", "Period", "To reach", "Value", "Verdict")
# As much of a target's wording as one line of the summary holds; the whole stands as its heading.
_LETTERS = 62
# A table with up to so many rows and columns fits beside a chart.
_FEW = 4


def build(reported: Reported) -> Document:
    """Return the report as a document, in the layout of its format; a draft in the latest."""
    report = reported.report
    if report.is_issued and report.digest_format < digests.FORMAT:
        return former_document.build(reported)
    return Document(
        title=report.title,
        lines=(report.notice_title, f"Report of {report.label}, {'; '.join(_stages(report))}"),
        blocks=(*_cover(reported), *_glance(reported), *_targets(reported)),
        on=report.reported_on,
        caveat=report.caveat,
        has_contents=False,
        text_size=9.25,
    )


def _stages(report):
    """Yield how far the report had come, each stage with its day as far as it is known."""
    if report.is_draft:
        yield "draft: not yet tabled at the Board"
        return
    yield f"tabled at the Board: {_day(report.tabled_on)}"
    if report.agreed_at:
        yield f"agreed by the Board: {_day(report.agreed_on)}"
    yield f"issued: {_day(timezone.localdate(report.issued_at))}" if report.is_issued else "not yet issued"


def _cover(reported):
    for section in reported.sections:
        yield Heading(1, section.label)
        yield from prose.together(section.parts) if section.parts else [Paragraph("Not given.", "note")]
    if reported.report.note:
        yield Heading(1, "Note on this report")
        source = f"Source: {reported.report.source}" if reported.report.source else ""
        yield Paragraph(_joined(reported.report.note, source), "note")


def _glance(reported):
    yield Heading(1, "Summary of targets")
    yield Paragraph(f"{reported.counted}. {reported.explanation}")
    yield Table(
        caption="Targets in the Notice's order",
        headers=_GLANCE,
        rows=[
            (
                line.entry.reference,
                cut(line.entry.wording, _LETTERS),
                line.entry.get_status_display(),
                line.entry.verdict_words,
            )
            for line in reported.lines
        ],
        widths=(8, 60, 13, 19),
    )


def _targets(reported):
    yield Heading(1, "Report on each target")
    for line in reported.lines:
        yield from _target(line)


def _target(line: Line):
    """Yield what is reported of a target: where it stands, its figures with a note for each remark, the narrative."""
    entry = line.entry
    yield Heading(2, entry.wording)
    stands = f"{entry.reference}: {entry.get_status_display()}. Computed verdict: {entry.verdict_words}."
    recap = f"Last reported. {entry.recap}" if entry.recap else ""
    yield Paragraph(f"{stands}\n{recap}" if recap else stands)
    yield from prose.together(line.narrative)
    figures = values.build(entry.values, entry.steps, known=entry.source)
    if figures.steps:
        yield Table("Milestones", _STEPS, figures.steps, (34, 16, 16, 19, 15))
    yield from _drawn(line, [Table(grid.caption, grid.headers, grid.rows, _widths(grid)) for grid in figures.grids])
    note = f"Note: {entry.note}" if entry.note else ""
    source = f"Source: {entry.source}" if entry.source else ""
    if said := _joined(*figures.notes, note, source):
        yield Paragraph(said, "note")


def _drawn(line: Line, tables: list[Table]):
    """Yield the charts, two side by side, and the tables; what is short stands beside a chart that is alone."""
    charts = [Figure(one.svg, one.alt, one.caption) for one in line.drawings if one.chart]
    groups = [Figure(one.svg, one.alt, one.caption, share=0.78) for one in line.drawings if one.groups]
    while len(charts) > 1:
        yield Beside(charts[:2], (1, 1))
        charts = charts[2:]
    for chart in charts:
        if tables and len(tables[0].rows) <= _FEW and len(tables[0].headers) <= _FEW:
            yield Beside((chart, tables.pop(0)), (1, 1))
        else:
            yield replace(chart, share=0.5)
    yield from tables
    yield from groups


def _widths(grid):
    periods = len(grid.headers) - 1
    each = min(18, 60 // periods)
    return (100 - each * periods, *[each] * periods)


def _joined(*texts):
    return "\n".join(filter(None, texts))


def _day(day):
    return f"{day:%-d %B %Y}" if day else "day not given"
