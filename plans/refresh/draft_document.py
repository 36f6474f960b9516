"""A draft revision as a document for the Board that is to agree it: what would change, before and after."""

from collections.abc import Iterator

from improvement.documents.blocks import Block, Bullets, Document, Facts, Heading, Paragraph, Table
from plans.refresh.preview import Line, Preview


def build(preview: Preview) -> Document:
    """Return the draft as `preview` shows it on its day `on`."""
    draft = preview.refresh
    return Document(
        title=draft.title,
        lines=("Draft revision, for agreement", draft.plan.title, f"As on {preview.on:%-d %B %Y}"),
        blocks=tuple(_blocks(preview)),
        on=preview.on,
        caveat=draft.plan.caveat,
        has_contents=False,
    )


def _blocks(preview) -> Iterator[Block]:
    yield Heading(1, "Summary")
    if preview.refresh.summary:
        yield Paragraph(preview.refresh.summary, "lead")
    begins = (
        f"If it is agreed, {preview.begins:%B %Y} is the first month that shows it. Published months stay as they are."
    )
    yield Paragraph(begins)
    yield Facts([(label, str(number)) for label, number in preview.counts])
    if preview.problems:
        yield Heading(1, "To be settled before it can be applied")
        yield Bullets(preview.problems)
    yield Heading(1, "What would remain unanswered")
    if preview.unanswered:
        yield Bullets([*_unanswered("Target", preview.targets), *_unanswered("Finding", preview.findings)])
    else:
        yield Paragraph("Nothing: every target and finding would have a recommendation.")
    yield Heading(1, "Areas of focus")
    yield _changes("Areas of focus that would change", preview.changed_areas, "No area of focus would change.")
    yield Heading(1, "Recommendations")
    yield _changes("Recommendations that would change", preview.changed, "No recommendation would change.")


def _unanswered(kind, found) -> Iterator[str]:
    for one in found:
        now = ", ".join(row.reference for row in one.now)
        today = f"answered today by {now}" if now else "unanswered today too"
        yield f"{kind} {one.demand.reference}: {one.demand.wording} ({today})"


def _changes(caption, lines: list[Line], none: str) -> Block:
    if not lines:
        return Paragraph(none)
    headers = ("No.", "Title", "What would happen", "Before and after", "Reason")
    rows = [
        (line.reference, line.title, line.words, "\n".join(map(_in_words, line.lines)), line.reason) for line in lines
    ]
    return Table(caption, headers, rows, widths=(7, 22, 20, 33, 18))


def _in_words(line):
    if not line["before"]:
        return f"{line['label']}: {line['after']}"
    return f"{line['label']}: {line['before']} → {line['after'] or 'not in the plan'}"
