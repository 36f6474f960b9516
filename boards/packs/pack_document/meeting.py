"""What a meeting brings and asks: agenda, the last minutes, the action log, the challenge log."""

from collections.abc import Iterator

from django.utils import timezone

from boards.meetings import minutes_document
from boards.packs.contents import SECTION_OF, BoardPack
from boards.packs.pack_document.parts import listed
from improvement.documents.blocks import Block, Facts, Paragraph, Table


def agenda(pack: BoardPack) -> Iterator[Block]:
    yield Paragraph(_when(pack.meeting), "lead")
    rows = [
        (
            str(entry.number),
            entry.item.title,
            entry.withheld or "\n".join(filter(None, (entry.item.purpose, entry.item.presented_by))),
            "\n".join(_paper(pack, *row) for row in pack.papers_of(entry)),
        )
        for entry in pack.items
    ]
    headers = ("Item", "Title", "For, and presented by", "Papers")
    empty = "There is nothing on the agenda yet."
    yield listed(Table("Items and their papers", headers, rows, widths=(7, 33, 24, 36), empty=empty))
    if others := pack.papers_of(None):
        yield Table("Other papers", ("Paper",), [(_paper(pack, *row),) for row in others])
    if elsewhere := _elsewhere(pack):
        yield Paragraph(elsewhere)


def _when(meeting):
    parts = [f"{meeting.held_on:%A %-d %B %Y}"]
    if meeting.starts_at:
        parts.append(f"{meeting.starts_at:%H:%M}")
    return ", ".join(filter(None, (*parts, meeting.place)))


def _is_here(pack, paper):
    return SECTION_OF.get(paper.page) in pack.chosen


def _paper(pack, paper, withheld):
    if withheld:
        return f"{paper.title} ({withheld})"
    place = "file" if paper.file else ("in this pack" if _is_here(pack, paper) else "on the Board's pages")
    return f"{paper.title} ({place})"


def papers(pack: BoardPack) -> Iterator[Block]:
    """Say where the files are that go with the pack, each told apart by its hash."""
    yield Paragraph(
        "The PDF with the papers includes these files after this page: PDFs are bound in, and other files are "
        "attached to it. You can also download each file from the meeting’s page. To check that a file is the one "
        "that was tabled, compare its SHA-256 with the one below."
    )
    rows = [
        (
            str(one.item or "None"),
            one.paper.title,
            f"{one.paper.original_name}\n{_size(one.paper.size)}",
            one.paper.sha256,
        )
        for one in pack.enclosures
    ]
    yield Table("Files and their hashes", ("Item", "Paper", "File", "SHA-256"), rows, widths=(7, 28, 26, 39))


def _elsewhere(pack):
    """Return the sentence that names the papers which are neither in this document nor files; empty where none is."""
    numbers = {entry.item.pk: f" (item {entry.number})" for entry in pack.items}
    pages = [paper for paper in pack.papers if paper.page and not _is_here(pack, paper)]
    named = "; ".join(f"{paper.title}{numbers.get(paper.item_id, '')}" for paper in pages)
    return f"On the Board's pages only: {named}." if named else ""


def _size(size):
    if size < 1024:
        return f"{size} bytes"
    return f"{size / 1024:.0f} kB" if size < 1024 * 1024 else f"{size / 1024 / 1024:.1f} MB"


def minutes(pack: BoardPack) -> Iterator[Block]:
    told = pack.minutes
    if told is None:
        yield Paragraph("There was no earlier meeting.")
        return
    agreed = told.agreed_in
    state = f"Agreed at the meeting of {agreed.held_on:%-d %B %Y}." if agreed else "To be agreed."
    yield Paragraph(f"Meeting of {told.meeting.held_on:%-d %B %Y}. {state}", "lead")
    if came := minutes_document.came(told):
        yield Facts(came)
    if told.declarations:
        yield minutes_document.declared(told, "Declarations of interest")
    said = ((f"{entry.number}. {entry.item.title}", entry.withheld or entry.minute) for entry in told.items)
    minuted = [(title, text) for title, text in said if text]
    if minuted:
        yield Facts(tuple(minuted), caption="Minutes")
    else:
        yield Paragraph("No minutes have been written yet.")
    if told.decisions:
        rows = [(str(one.number), one.wording, str(one.item_number or "")) for one in told.decisions]
        yield Table("Decisions", ("No.", "Decision", "Item"), rows)


def actions(pack: BoardPack) -> Iterator[Block]:
    rows = [
        (
            str(entry.action.number),
            entry.action.wording,
            entry.action.owner,
            _due(entry),
            entry.status,
            "\n\n".join(f"{_day(note.meeting.held_on)}: {note.text}" for note in entry.notes) or "No reports yet",
        )
        for entry in pack.actions
    ]
    headers = ("No.", "Action", "Who", "Due", "Status", "Reports since")
    yield listed(Table("Actions open before the meeting", headers, rows, empty="No actions are open."))


def _due(entry):
    if entry.due_on is None:
        return "Not stated"
    first = entry.action.original_due_on
    slipped = f"\nfirst {_day(first)}" if first and first != entry.due_on else ""
    return f"{_day(entry.due_on)}{slipped}"


def changes(pack: BoardPack) -> Iterator[Block]:
    if pack.revision:
        yield from _changes(pack.revision)


def _changes(log):
    revision = log.revision
    yield Paragraph(f"{revision.title}, agreed on {revision.agreed_on:%-d %B %Y}.", "lead")
    if revision.summary:
        yield Paragraph(revision.summary)
    headers = ("No.", "Title", "What happened", "Before and after", "Reason")
    for caption, entries in (
        ("Areas of focus", log.areas),
        ("Recommendations", log.recommendations),
        ("Due dates", log.dates),
    ):
        rows = [
            (entry.reference, entry.title, _happened(entry), "\n".join(map(_line, entry.lines)), entry.reason)
            for entry in entries
        ]
        widths = (7, 22, 20, 33, 18)
        yield listed(Table(caption, headers, rows, widths=widths, empty=f"{caption}: nothing changed."))
    yield Paragraph(f"Recommendations carried on unchanged: {log.carried_on}.")


def _happened(entry):
    return f"{entry.words}. Continued by {', '.join(entry.successors)}" if entry.successors else entry.words


def _line(line):
    return f"{line['label']}: {line['before'] or 'not in the plan'} → {line['after'] or 'not in the plan'}"


def challenges(pack: BoardPack) -> Iterator[Block]:
    rows = [
        (
            str(one.number),
            f"{one.about_reference}\n{one.question}",
            f"{one.asked_name}\n{_day(timezone.localdate(one.asked_at))}",
            _answer(one),
            _outcome(one),
        )
        for one in pack.challenges
    ]
    headers = ("No.", "Question", "Asked by", "Answer", "Conclusion")
    empty = "No questions have been asked."
    yield listed(Table("Questions, newest first", headers, rows, widths=(5, 32, 12, 28, 23), empty=empty))


def _answer(one):
    if one.answered_at is None:
        return f"Waiting for {one.answering_post.title}" if one.answering_post else "Waiting for a post to answer"
    return f"{one.answer}\n({one.answered_name}, {_day(timezone.localdate(one.answered_at))})"


def _outcome(one):
    if one.concluded_at is None:
        return "Not concluded"
    action = f"Action {one.action.number}" if one.action else ""
    return "\n".join(filter(None, (one.get_outcome_display(), one.outcome_text, action, one.age_words)))


def _day(day):
    return f"{day:%-d %b %Y}"
