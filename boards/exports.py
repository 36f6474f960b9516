"""The action log and the circulation as files."""

from datetime import date

from boards.action_log import SETS, Entry, Log
from boards.models import Board
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
