"""What can be removed from a Board's record because it could identify someone: every text that somebody wrote."""

from collections.abc import Iterator
from functools import partial
from itertools import chain

from accounts.removal.kinds import Kind, Text, register, text
from boards import guards
from boards.models import Advice, BoardAction, Challenge, Letterhead, Meeting, Report
from boards.reports import digests

_WHY = {"restricted_because": "Why it is restricted"}
_CHALLENGE = {"question": "Question", "answer": "Answer", "outcome_text": "Conclusion"} | _WHY
_ADVICE = {"wording": "Advice", "response": "The council’s response", "result": "Conclusion"} | _WHY
_ACTION = {"wording": "What needs to be done", "owner": "Who will do it", "outcome": "Closing note"} | _WHY
_MEETING = {"note": "Note on the meeting", "place": "Place"}
_ITEM = {
    "title": "title",
    "public_title": "public title",
    "purpose": "what the Board is asked to do",
    "presented_by": "who presents it",
    "minute": "minute",
    "restricted_because": "why it is restricted",
}
_GUEST = {"name": "name", "organisation": "post or organisation"}
_DECLARATION = {"name": "who declared it", "interest": "interest", "done": "what was done"}
_REPORT = {"title": "Title", "addressed_to": "To", "author": "Author"}
_SECTION = {"heading": "heading", "text": "text"}
# Its picture is not among them: it is replaced, and stays above what was issued with it.
_LETTERHEAD = {"shows": "What the picture shows", "sender": "Sender"}


# What an event keeps of a text that was put in the place of another, or taken out again.
_ANSWERED = {("challenge.answered", "before"), ("challenge.restricted", "restricted_because_before")}
_RESPONDED = {("advice.responded", "before"), ("advice.restricted", "restricted_because_before")}
_RAISED = {("action.restricted", "restricted_because_before")}
_WRITTEN = {("report.written", "section"), ("report.shortened", "section")}
_MET = {
    ("meeting.item_added", "item"),
    ("meeting.item_changed", "before"),
    ("meeting.item_removed", "item"),
    ("meeting.decision_removed", "wording"),
    ("meeting.guest_removed", "guest"),
    ("meeting.declaration_removed", "name"),
    ("meeting.declaration_removed", "interest"),
    ("paper.removed", "title"),
    ("paper.changed", "restricted_because_before"),
    ("paper.changed", "public_title_before"),
    ("meeting.item_restricted", "restricted_because_before"),
    ("meeting.item_restricted", "public_title_before"),
}


def install():
    """Register each kind; called when the app is ready."""
    register(Challenge, _kind("challenge", partial(_fields, labels=_CHALLENGE), (guards.CHALLENGES,), _ANSWERED))
    register(Advice, _kind("advice", partial(_fields, labels=_ADVICE), (guards.ADVICE,), _RESPONDED))
    register(BoardAction, _kind("action", _of_action, (guards.ACTIONS, guards.NOTES), _RAISED))
    register(Meeting, _kind("meeting", _of_meeting, (guards.MEETINGS, *guards.OF_A_MEETING, guards.PAPERS), _MET))
    register(Letterhead, _kind("letterhead", partial(_fields, labels=_LETTERHEAD), (guards.LETTERHEADS,)))
    register(Report, _kind("report", _of_report, (guards.REPORTS, guards.SECTIONS), _WRITTEN, digests.digest))


def _kind(name, texts, tables, earlier=(), digest=None):
    return Kind(name, texts, frozenset(tables), frozenset(earlier), digest)


def has_digest(thing):
    """Whether a text of `thing` is in a digest: of a report that was issued, or issued with that letterhead."""
    return thing.reports.exists() if isinstance(thing, Letterhead) else bool(getattr(thing, "digest", ""))


def _of_action(row) -> Iterator[tuple[str, Text]]:
    notes = row.notes.select_related("meeting")
    reported = (
        (f"note-{note.pk}", text(f"Reported on {note.meeting.held_on:%-d %B %Y}", note, "text")) for note in notes
    )
    return chain(_fields(row, _ACTION), reported)


def _of_meeting(row) -> Iterator[tuple[str, Text]]:
    yield from _fields(row, _MEETING)
    for item in row.items.order_by("position"):
        yield from _fields(item, _ITEM, f"Item {item.position}, ", f"-{item.pk}")
    for decision in row.decisions.order_by("number"):
        yield f"decision-{decision.pk}", text(f"Decision {decision.number}", decision, "wording")
    for number, guest in enumerate(row.guests.order_by("pk"), 1):
        yield from _fields(guest, _GUEST, f"Guest {number}, ", f"-guest-{guest.pk}")
    for number, declared in enumerate(row.declarations.order_by("pk"), 1):
        yield from _fields(declared, _DECLARATION, f"Declaration of interest {number}, ", f"-declaration-{declared.pk}")
    for number, paper in enumerate(row.papers.order_by("position", "pk"), 1):
        what = "title and file" if paper.file else "title"
        fields = ("title", "original_name") if paper.file else ("title",)
        yield f"paper-{paper.pk}", text(f"Paper {number}, {what}", paper, *fields)
        yield f"public-{paper.pk}", text(f"Paper {number}, public title", paper, "public_title")
        yield f"restricted-{paper.pk}", text(f"Paper {number}, why it is restricted", paper, "restricted_because")


def _of_report(row) -> Iterator[tuple[str, Text]]:
    yield from _fields(row, _REPORT)
    for section in row.sections.order_by("position"):
        yield from _fields(section, _SECTION, f"Section {section.position}, ", f"-{section.pk}")


def _fields(row, labels, before="", after=""):
    """Yield a Text for each field of one row."""
    for field, label in labels.items():
        yield f"{field}{after}", text(f"{before}{label}", row, field)
