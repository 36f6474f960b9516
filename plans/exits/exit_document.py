"""The exit view as a document, as PDF or Word: in the order of its page, and in its words."""

from improvement.documents.blocks import Bullets, Document, Facts, Heading, Paragraph, Table
from improvement.texts.cutting import cut
from plans.exits import exit_words as words


def build(notice, leaving, *, term, on):
    """Return the exit view `leaving` (a plans.exits.Exit) as a document of the day `on`."""
    return Document(
        title="The exit view: can the Notice be lifted?",
        lines=(notice.title, f"As of {on:%-d %B %Y}"),
        blocks=tuple(_blocks(notice, leaving, term, on)),
        on=on,
        caveat=" ".join(leaving.caveats),
        has_contents=False,
    )


def _blocks(notice, leaving, term, on):
    yield Heading(1, "Well on the way, or not met")
    yield from _leading(leaving)
    yield Heading(1, "Status of the Notice")
    yield Facts((("Issued by", notice.issuer), ("Term", words.term(term)), *_ratings(leaving)))
    if said := words.recommendation(notice, on):
        yield Paragraph(said, "lead")
    for how, _, counts in leaving.counts:
        yield Paragraph(words.counts(how, counts))
    for sentence in leaving.limits:
        yield Paragraph(sentence, "note")
    yield Heading(1, "Still open")
    yield from _open(notice, leaving)
    yield Heading(1, "Factors of sustainability")
    for row in leaving.factors:
        yield from _factor(row)
    yield Heading(1, "Targets: how long they have held, and what continues")
    yield _targets(leaving)
    yield Heading(1, "What continues after the Notice")
    if leaving.continuations:
        yield Bullets([_numbered(item) for item in leaving.continuations])
    else:
        yield Paragraph("No source says what continues yet.")


def _ratings(leaving):
    return [("Ratings", f"those of {month.label}") for month in leaving.months]


def _leading(leaving):
    yield from _listed("Not met", [_named(row, words.verdict(row)) for row in leaving.not_met])
    yield from _listed("Well on the way", [_named(row, words.verdict(row)) for row in leaving.on_the_way])


def _open(notice, leaving):
    yield from _listed(
        "Not stated, and its milestone is undecided",
        [_named(row, words.verdict(row)) for row in leaving.undecided],
    )
    if said := words.to_do(notice, leaving.undecided, words.DECIDE):
        yield Paragraph(said)
    yield Heading(2, f"Not stated, and judged in words: {len(leaving.unspoken)}")
    if leaving.unspoken:
        yield Paragraph(", ".join(row.target.reference for row in leaving.unspoken))
        yield Paragraph(words.to_do(notice, leaving.unspoken, words.ASK))
    yield from _listed(
        "Not answered by any live recommendation", [_named(row, row.target.note) for row in leaving.unanswered]
    )
    yield from _listed(
        "Inspection findings not answered by any live recommendation",
        [f"{finding.reference} {finding.wording}" for finding in leaving.findings],
    )


def _listed(heading, items):
    yield Heading(2, f"{heading}: {len(items)}")
    if items:
        yield Bullets(items)


def _named(row, remark=""):
    """Return a target by its first words: the table holds the whole."""
    return f"{row.target.reference} {cut(row.target.wording, 100)}" + (f" ({remark})" if remark else "")


def _factor(row):
    yield Heading(2, f"{row.factor.position}. “{row.factor.wording}” {row.factor.source}")
    for stage, items in (("At the beginning", row.then), ("Now", row.now)):
        if items:
            yield Paragraph(f"{stage}:")
            yield Bullets([words.quoted(item) for item in items])
    if row.judged:
        yield Paragraph("Inspection judgements:")
        yield Bullets([words.judged(line) for line in row.judged])
    if row.endings:
        yield Paragraph("Related targets:")
        yield Bullets([_named(ending, words.verdict(ending)) for ending in row.endings])
    if row.factor.note:
        yield Paragraph(row.factor.note, "note")


def _targets(leaving):
    rows = [
        (
            f"{row.target.reference} {row.target.wording}",
            "\n".join(words.end(row)),
            "\n".join(words.held(row.held)),
            "\n".join([*(words.owned(item) for item in row.live), *map(_afterwards, row.continuations)]) or "None",
        )
        for row in leaving.endings
    ]
    headers = ("Target", "Final verdict", "Held", "What continues, and its owner")
    return Table("Targets in the Notice’s order", headers, rows, widths=(31, 18, 20, 31))


def _afterwards(item):
    return f"Afterwards, {item.position}: {item.owner or 'owner not stated'}"


def _numbered(item):
    carried = ", ".join(target.reference for target in item.targets.all())
    remarks = " ".join(
        remark
        for remark in (
            f"Owner: {item.owner}." if item.owner else "Owner not stated.",
            f"Continues {carried}." if carried else "Covers the whole Notice.",
            item.note,
        )
        if remark
    )
    return f"{item.position}. “{item.wording}” {item.source}\n{remarks}"
