"""A report to the department as a document, in the same format every time [002] 1.

The progress review meeting that follows is no part of it: what was issued stays as it was.
"""

from django.utils import timezone

from improvement.documents import prose
from improvement.documents.blocks import Document, Facts, Heading, Paragraph, Table
from notices.interim.reported import Line, Reported

_GLANCE = ("Reference", "Target", "Status", "Computed verdict")
_STEPS = ("Milestone", "Period", "To reach", "Value", "Verdict")
_VALUES = ("Indicator", "Period", "Value", "Whose value", "Source and remarks")


def build(reported: Reported) -> Document:
    report = reported.report
    return Document(
        title=report.title,
        lines=(report.notice_title, f"Report of {report.label}", *_stages(report)),
        blocks=(*_cover(reported), *_glance(reported), *_targets(reported)),
        on=report.reported_on,
        caveat=report.caveat,
    )


def _stages(report):
    """Yield how far the report had come, each stage with its day as far as it is known."""
    if report.is_draft:
        yield "Draft: not yet tabled at the Board"
        return
    yield f"Tabled at the Board: {_day(report.tabled_on)}"
    if report.agreed_at:
        yield f"Agreed by the Board: {_day(report.agreed_on)}"
    yield f"Issued: {_day(timezone.localdate(report.issued_at))}" if report.is_issued else "Not yet issued"


def _cover(reported):
    for section in reported.sections:
        yield Heading(1, section.label)
        yield from prose.blocks(section.parts) if section.parts else [Paragraph("Not given.", "note")]
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
            (line.entry.reference, line.entry.wording, line.entry.get_status_display(), line.entry.verdict_words)
            for line in reported.lines
        ],
        widths=(2, 9, 3, 3),
    )


def _targets(reported):
    yield Heading(1, "Report on each target")
    for line in reported.lines:
        yield from _target(line)


def _target(line: Line):
    entry = line.entry
    yield Heading(2, entry.wording)
    facts = [("Reference", entry.reference), ("Status", entry.get_status_display())]
    facts.append(("Computed verdict", entry.verdict_words))
    if entry.source:
        facts.append(("Source", entry.source))
    yield Facts(facts)
    if entry.steps:
        yield Table(f"Milestones of {entry.reference}", _STEPS, [_step(step) for step in entry.steps], (6, 4, 3, 4, 7))
    if entry.values:
        rows = [_value(value) for value in entry.values]
        yield Table(f"Values of {entry.reference}", _VALUES, rows, (6, 4, 3, 3, 8))
    if entry.recap:
        yield Heading(3, "What was last reported")
        yield from prose.blocks(line.recap)
    yield Heading(3, "What is reported")
    yield from prose.blocks(line.narrative)
    if entry.note:
        yield Paragraph(f"Note: {entry.note}", "note")


def _step(step):
    what = _joined(step["wording"], step["indicator"])
    flag = "Discrepancy." if step["is_discrepant"] else ""
    value = _joined(_marked(step) if step["value"] else "None", step["gap"], flag)
    verdict = _joined(step["words"], step["remarks"])
    return what, _joined(step["period"], step["basis"]), step["to_reach"], value, verdict


def _value(value):
    named = _joined(value["subgroup"], f"{value['indicator']} {value['name']}")
    remarks = _joined(value["source"], "Discrepancy." if value["is_discrepant"] else "", value["remarks"])
    period = _joined(value["period"], value["basis"])
    return named, period, _joined(_marked(value), value["fraction"]), value["subject"], remarks


def _marked(row):
    return f"{row['value']} (provisional)" if row["is_provisional"] else row["value"]


def _joined(*texts):
    return "\n".join(filter(None, texts))


def _day(day):
    return f"{day:%-d %B %Y}" if day else "day not given"
