"""The Board's lists as files: actions, advice, meetings, reports and what was sent to whom."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from boards.action_log import SETS, Entry, Log
from boards.models import Advice, Board, Meeting, Report
from boards.reports.bodies import Standing
from improvement.workbooks.sheets import Column, Sheet


def action_sheet(board: Board, log: Log, rows: list[Entry], *, chosen: str, words: str, on: date) -> Sheet:
    """Return those `rows` of the log that are in the set `chosen` and hold the `words`, in the order of the page."""
    lines = [f"As on {on:%-d %B %Y}", f"{SETS[chosen]}: {len(rows)} of {len(log.entries)} actions"]
    lines += [words] if words else []
    return Sheet(
        title=f"{board.name}: action log",
        lines=[*lines, board.plan.caveat] if board.plan.caveat else lines,
        columns=COLUMNS,
        rows=rows,
        on=on,
    )


def _reports(entry: Entry):
    return "\n".join(f"{note.meeting.held_on:%-d %B %Y}: {note.text}{_slip(note)}" for note in entry.notes)


def _slip(note):
    return f" (new date: {note.due_on:%-d %B %Y})" if note.due_on else ""


COLUMNS = (
    Column("Number", lambda entry: entry.action.number, 10),
    Column("Action", lambda entry: entry.action.wording, 50),
    Column("Who", lambda entry: entry.action.owner, 30),
    Column("Recommendation", lambda entry: str(entry.action.recommendation or ""), 30),
    Column("Raised at the meeting of", lambda entry: entry.action.raised_at.held_on),
    Column("Originally due", lambda entry: entry.action.original_due_on),
    Column("Due", lambda entry: entry.due_on),
    Column("Status", lambda entry: entry.status, 12),
    Column("Reports since", _reports, 50),
    Column("Closed at the meeting of", lambda entry: entry.action.closed_at and entry.action.closed_at.held_on),
    Column("Closing note", lambda entry: entry.action.outcome, 50),
    Column("Source", lambda entry: entry.action.source, 30),
)


def circulation_sheet(board: Board, standings: list[Standing], *, on: date) -> Sheet:
    """Return what was sent to whom, latest first."""
    rows = sorted((row for item in standings for row in item.sent), key=lambda row: row.sent_on, reverse=True)
    lines = [board.plan.caveat] if board.plan.caveat else []
    return Sheet(f"Circulation, {board.name}", lines, _CIRCULATION, rows, on)


_CIRCULATION = (
    Column("Recipient", lambda row: row.body.name, 32),
    Column("What was sent", lambda row: row.what, 50),
    Column("When", lambda row: f"{row.sent_on:%B %Y}" if row.is_month_only else row.sent_on, 16),
    Column("Asked to decide", lambda row: row.asked, 40),
    Column("Decided", lambda row: row.decided, 30),
    Column("Note", lambda row: row.note, 40),
    Column("Source", lambda row: row.source, 24),
)


def advice_sheet(board: Board, rows: Iterable[Advice], *, on: date) -> Sheet:
    """Return the `rows` of advice, as the page lists them, with the council's responses."""
    return _sheet(board, "advice", _ADVICE, rows, on)


def meeting_sheet(board: Board, rows: Iterable[Meeting], *, on: date) -> Sheet:
    """Return the meetings as everybody who sees the Board sees them listed on the day `on`."""
    rows = list(rows)
    for row in rows:
        row.state = _state(row, on)
    return _sheet(board, "meetings", _MEETINGS, rows, on)


def report_sheet(board: Board, rows: Iterable[Report], *, on: date) -> Sheet:
    """Return the reports and letters of the Board."""
    return _sheet(board, "reports and letters", _REPORTS, rows, on)


def _sheet(board, what, columns, rows, on):
    lines = [f"As on {on:%-d %B %Y}", *([board.plan.caveat] if board.plan.caveat else [])]
    return Sheet(f"{board.name}: {what}", lines, columns, rows, on)


def _state(meeting, on):
    if meeting.is_agreed:
        return "Minutes agreed"
    if not meeting.is_announced:
        return "Planned"
    return "Held" if meeting.held_on < on else "Agenda published"


_ADVICE = (
    Column("Number", lambda row: row.number, 10),
    Column("Advice", lambda row: row.wording, 60),
    Column("Recommended by", lambda row: row.body and row.body.name, 30),
    Column("Given on", lambda row: row.given_on or (row.meeting and row.meeting.held_on)),
    Column("The council’s response", lambda row: row.response, 60),
    Column("Responding post", lambda row: row.responding_post and row.responding_post.title, 30),
    Column("Responded on", lambda row: row.responded_on),
    Column("Conclusion", lambda row: row.result, 50),
    Column("Source", lambda row: row.source, 30),
)
_MEETINGS = (
    Column("Date", lambda row: row.held_on),
    Column("Begins at", lambda row: row.starts_at and f"{row.starts_at:%H:%M}", 12),
    Column("Place", lambda row: row.place, 30),
    Column("Month", lambda row: row.month.label if row.is_announced and row.month else "", 20),
    Column("State", lambda row: row.state, 20),
)
_REPORTS = (
    Column("Date", lambda row: row.dated_on),
    Column("Title", lambda row: row.title, 60),
    Column("Kind", lambda row: row.get_kind_display(), 40),
    Column("State", lambda row: "Issued" if row.is_issued else "Draft", 12),
    Column("Issued on", lambda row: row.issued_at and timezone.localdate(row.issued_at)),
)
