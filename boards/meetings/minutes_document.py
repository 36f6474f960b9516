"""The minutes and the decision sheet of a meeting as documents. They withhold from each reader what the page withholds.

Once the minutes are agreed, both come out the same however late they are made.
"""

from collections.abc import Iterator

from boards.meetings.proceedings import Proceedings
from improvement.documents.blocks import Block, Document, Facts, Heading, Paragraph, Table
from improvement.documents.prose import together
from improvement.texts import prose

_ACTIONS = ("No.", "Action", "Who", "Due")
_DECISIONS = ("No.", "Decision", "Item", "About")


def minutes(told: Proceedings) -> Document:
    """Return the minutes: attendance, guests, declarations of interest, then what is minuted under each item."""
    return _document(told, "Minutes", _minutes(told))


def decision_sheet(told: Proceedings) -> Document:
    """Return what was decided and who is to do what by when, without the minutes."""
    return _document(told, "Decisions and actions", _decided(told))


def state(told: Proceedings) -> str:
    """Return how far the minutes are, as a sentence."""
    if agreed_in := told.meeting.minutes_agreed_in:
        return f"Agreed at the meeting of {_day(agreed_in.held_on)}."
    if told.minutes_state == "sent":
        return "Draft, sent to the chair. Not agreed yet."
    return "Draft. Not agreed yet."


def _document(told, title, blocks):
    meeting = told.meeting
    stood = meeting.stood if meeting.is_agreed else {}
    when = [f"{meeting.held_on:%A} {_day(meeting.held_on)}"]
    if meeting.starts_at:
        when.append(f"{meeting.starts_at:%H:%M}")
    return Document(
        title=f"{title}, {_day(meeting.held_on)}",
        lines=[stood.get("board", meeting.board.name), ", ".join(filter(None, (*when, meeting.place)))],
        blocks=tuple(blocks),
        on=meeting.held_on,
        author=stood.get("board", meeting.board.name),
        caveat=stood.get("caveat", meeting.board.plan.caveat),
        has_contents=False,
    )


def came(told, *, unrecorded=()) -> tuple[tuple[str, str], ...]:
    """Return who came to a meeting, by presence, and the guests; `unrecorded` where no attendance is known."""
    rows = tuple((group.label, "\n".join(map(_attended, group.lines))) for group in told.attendance) or unrecorded
    return (*rows, ("Guests", "\n".join(map(_guest, told.guests)))) if told.guests else rows


def declared(told, caption) -> Table:
    """Return the declarations of interest as a table."""
    rows = [(one.name, one.interest, _item(one), one.done) for one in told.declarations]
    return Table(caption, ("Who", "Interest", "Item", "What was done"), rows, widths=(24, 36, 8, 32))


def _minutes(told) -> Iterator[Block]:
    yield Paragraph(state(told), "lead")
    yield Heading(1, "Present")
    yield Facts(came(told, unrecorded=(("The Board", "Attendance has not been recorded."),)))
    yield Heading(1, "Declarations of interest")
    if told.declarations:
        yield declared(told, "")
    else:
        yield Paragraph("No declarations of interest are recorded.")
    yield Heading(1, "Minutes")
    for entry in told.items:
        yield from _minuted(told, entry)
    yield from _under(told, None)


def _minuted(told, entry) -> Iterator[Block]:
    yield Heading(2, f"{entry.number}. {entry.item.title}")
    if entry.withheld:
        yield Paragraph(f"Withheld. {entry.withheld}", "note")
        return
    if about := " · ".join(filter(None, (entry.item.purpose, entry.item.presented_by))):
        yield Paragraph(about, "note")
    yield from together(prose.parts(entry.minute))
    if not entry.minute:
        yield Paragraph("Nothing is minuted under this item.", "note")
    yield from _under(told, entry.item.pk)


def _under(told, item) -> Iterator[Block]:
    """Yield what was decided and raised under an item, or under none."""
    decisions = [one for one in told.decisions if one.item_id == item]
    actions = [entry.action for entry in told.raised if entry.action.item_id == item]
    if item is None and (decisions or actions):
        yield Heading(2, "Other decisions and actions")
    for one in decisions:
        yield Paragraph(f"Decision {one.number}: {one.wording}{_about(one)}", "caveat")
    for action in actions:
        due = f", by {_day(action.original_due_on)}" if action.original_due_on else ""
        yield Paragraph(f"Action {action.number}: {action.wording} ({action.owner}{due})", "caveat")


def _decided(told) -> Iterator[Block]:
    yield Heading(1, "Decisions")
    rows = [(str(one.number), one.wording, _item(one), _named(one)) for one in told.decisions]
    yield Table("", _DECISIONS, rows, widths=(7, 52, 8, 33), empty="No decisions are recorded.")
    yield Heading(1, "Actions raised")
    actions = [
        (
            str(entry.action.number),
            entry.action.wording,
            entry.action.owner,
            _day(entry.action.original_due_on) if entry.action.original_due_on else "Not stated",
        )
        for entry in told.raised
    ]
    yield Table("", _ACTIONS, actions, widths=(7, 48, 27, 18), empty="No actions were raised.")
    if withheld := [str(entry.number) for entry in told.items if entry.withheld]:
        yield Paragraph(f"Decisions and actions under these items are withheld: {', '.join(withheld)}.", "note")


def _about(decision):
    named = _named(decision)
    return f"\n({named})" if named else ""


def _named(decision):
    return "\n".join(filter(None, (decision.revision_title, decision.about)))


def _item(thing):
    return str(thing.item.position) if thing.item else ""


def _attended(line):
    deputy = getattr(line, "deputy_name", "")
    return f"{line.name} (deputy: {deputy})" if deputy else line.name


def _guest(guest):
    return f"{guest} (item {guest.item.position})" if guest.item else str(guest)


def _day(day):
    return f"{day:%-d %B %Y}"
