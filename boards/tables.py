"""The dashboard's grid and charts, each drawn once, and the Board's lists as rows of a page and of a file."""

from dataclasses import dataclass
from functools import lru_cache

import django_tables2 as tables
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import Truncator

from boards.actions.action_log import SETS
from boards.dashboard import charts
from boards.models import Challenge
from improvement import govuk
from improvement.records import references
from improvement.workbooks import sheets
from plans import calendar

_STATES = {state.value: place for place, state in enumerate(Challenge.State)}


@dataclass(frozen=True)
class Grid:
    """The rows of a grid, each with its cells as HTML: those to look at are open, those rated on track are folded."""

    open: list
    folded: list


def drawn(grid):
    """Return the Grid of the rows `boards.dashboard.GridRow`.

    Each different cell is drawn once: a template for every recommendation and month would cost more than all the
    rest of the page.
    """
    kinds = {cell for row in grid for cell in row.cells}
    html = {cell: render_to_string("boards/dashboard/_cell.html", {"cell": cell}).strip() for cell in kinds}
    rows = [(row, mark_safe("".join(html[cell] for cell in row.cells))) for row in grid]
    folded = [pair for pair in rows if pair[0].is_on_track]
    return Grid([pair for pair in rows if not pair[0].is_on_track], folded)


def chart(dashboard):
    """Return the chart of a dashboard's months with its key and figures, as HTML.

    It is kept, as only the last of its months may change: the page of an open month takes a quarter less.
    """
    months = tuple(
        (totals.month.month, tuple(number.value for number in totals.ratings), totals.total.value)
        for totals in dashboard.history
    )
    return _chart(months, tuple((number.key, number.label) for number in dashboard.ratings))


@lru_cache(maxsize=50)
def _chart(months, ratings):
    keys = [key for key, _ in ratings]
    counted = [(month, dict(zip(keys, values, strict=True))) for month, values, _ in months]
    history = [(calendar.label(month), values, total) for month, values, total in months]
    context = {
        "chart": charts.by_month(counted, *charts.BESIDE),
        "ratings": ratings,
        "history": history,
        "first": history[0][0],
        "last": history[-1][0],
    }
    return render_to_string("boards/dashboard/_chart.html", context)


def bars(groups):
    """Return (group, its bar as HTML) for each of the dashboard's groups."""
    return [(bar.group, _bar(bar.pieces, bar.words)) for bar in charts.bars(groups)]


@lru_cache(maxsize=500)
def _bar(pieces, words):
    size = {"width": charts.BAR_WIDTH, "height": charts.BAR_HEIGHT}
    return render_to_string("boards/dashboard/_bar.html", {"pieces": pieces, "words": words, **size})


class ChallengeTable(govuk.Table):
    """The questions of `boards.filters.ChallengeFilter`, in the order that the reader chooses."""

    number = tables.Column(verbose_name="No.")
    question = tables.Column(orderable=False)
    state = tables.Column(order_by=("state_place", "number"))
    days = tables.Column(verbose_name="Age", order_by=("days", "number"))
    about = tables.Column(accessor="about__reference", order_by=("about_place", "number"))
    post = tables.Column(verbose_name="Answering post", accessor="answering_post__title", default="None yet")
    asked_name = tables.Column(verbose_name="Asked by", order_by=("asked_name", "number"))
    asked_at = tables.Column(verbose_name="Asked", order_by=("asked_at", "number"))

    caption = "Questions"
    caption_class = "govuk-visually-hidden"
    row_header = "question"

    class Meta:
        template_name = "improvement/table.html"
        empty_text = "No questions match your filters."

    def __init__(self, rows, **kwargs):
        for row in rows:
            row.state_place = _STATES[row.state]
            row.about_place = references.order(row.about.reference)
        super().__init__(rows, **kwargs)

    def render_question(self, record):
        address = reverse("boards:challenge_detail", args=[record.board.slug, record.number])
        return format_html('<a class="govuk-link" href="{}">{}</a>', address, Truncator(record.question).words(30))

    def render_asked_at(self, value):
        return f"{timezone.localtime(value):%-d\N{NO-BREAK SPACE}%b\N{NO-BREAK SPACE}%Y}"

    def render_days(self, record):
        return record.age_words

    def render_state(self, record):
        tag = render_to_string("boards/challenges/_challenge_state.html", {"challenge": record})
        return format_html('{}<span class="app-line">{}</span>', mark_safe(tag), record.get_outcome_display())


def _day(at):
    return timezone.localdate(at) if at else None


CHALLENGES = (
    sheets.Column("Number", lambda row: row.number, 8),
    sheets.Column("About", lambda row: row.about_reference, 10),
    sheets.Column("What it is about", lambda row: row.about_title, 40),
    sheets.Column("Month", lambda row: row.month and row.month.label, 16),
    sheets.Column("Meeting", lambda row: row.meeting and row.meeting.held_on, 14),
    sheets.Column("Question", lambda row: row.question, 60),
    sheets.Column("Asked by", lambda row: row.asked_name, 24),
    sheets.Column("Asked on", lambda row: _day(row.asked_at), 14),
    sheets.Column("Age in days", lambda row: row.days, 10),
    sheets.Column("State", lambda row: row.state.label, 20),
    sheets.Column("Answering post", lambda row: row.answering_post and row.answering_post.title, 28),
    sheets.Column("Answer", lambda row: row.answer, 60),
    sheets.Column("Answered by", lambda row: row.answered_name, 24),
    sheets.Column("Entered for", lambda row: row.answered_for, 28),
    sheets.Column("Answered on", lambda row: _day(row.answered_at), 14),
    sheets.Column("Conclusion", lambda row: row.outcome and row.get_outcome_display(), 28),
    sheets.Column("Conclusion in words", lambda row: row.outcome_text, 50),
    sheets.Column("Action", lambda row: row.action and f"{row.action.number}. {row.action.wording}", 50),
    sheets.Column("Concluded by", lambda row: row.concluded_name, 24),
    sheets.Column("Concluded on", lambda row: _day(row.concluded_at), 14),
    sheets.Column("Source", lambda row: row.source, 30),
)


def challenge_sheet(board, rows, *, filters, on):
    """Return the challenge log's rows as a file's sheet."""
    lines = (
        f"As of {on:%-d %B %Y}",
        *_caveat(board),
        f"Filters: {filters.words or 'none'}. {len(rows)} of {len(filters.whole)} questions.",
    )
    return sheets.Sheet(f"{board.name}: challenge log", lines, CHALLENGES, rows, on)


def sheet(board, what, columns, rows, *, on):
    """Return `rows` of the Board's record, as the page lists them on the day `on`, as a file's sheet."""
    return sheets.Sheet(f"{board.name}: {what}", [f"As on {on:%-d %B %Y}", *_caveat(board)], columns, rows, on)


def _caveat(board):
    return [board.plan.caveat] if board.plan.caveat else []


def action_sheet(board, log, rows, *, chosen, words, on):
    """Return those `rows` of the log that are in the set `chosen` and hold the `words`, in the order of the page."""
    lines = [f"As on {on:%-d %B %Y}", f"{SETS[chosen]}: {len(rows)} of {len(log.entries)} actions"]
    lines += [*([words] if words else []), *_caveat(board)]
    return sheets.Sheet(f"{board.name}: action log", lines, ACTIONS, rows, on)


def _reports(entry):
    return "\n".join(f"{note.meeting.held_on:%-d %B %Y}: {note.text}{_slip(note)}" for note in entry.notes)


def _slip(note):
    return f" (new date: {note.due_on:%-d %B %Y})" if note.due_on else ""


ACTIONS = (
    sheets.Column("Number", lambda entry: entry.action.number, 10),
    sheets.Column("Action", lambda entry: entry.action.wording, 50),
    sheets.Column("Who", lambda entry: entry.action.owner, 30),
    sheets.Column("Recommendation", lambda entry: str(entry.action.recommendation or ""), 30),
    sheets.Column("Raised at the meeting of", lambda entry: entry.action.raised_at.held_on),
    sheets.Column("Originally due", lambda entry: entry.action.original_due_on),
    sheets.Column("Due", lambda entry: entry.due_on),
    sheets.Column("Status", lambda entry: entry.status, 12),
    sheets.Column("Reports since", _reports, 50),
    sheets.Column("Closed at the meeting of", lambda entry: entry.action.closed_at and entry.action.closed_at.held_on),
    sheets.Column("Closing note", lambda entry: entry.action.outcome, 50),
    sheets.Column("Source", lambda entry: entry.action.source, 30),
)


def circulation_sheet(board, standings, *, on):
    """Return what was sent to whom, latest first."""
    rows = sorted((row for item in standings for row in item.sent), key=lambda row: row.sent_on, reverse=True)
    return sheets.Sheet(f"Circulation, {board.name}", _caveat(board), CIRCULATION, rows, on)


CIRCULATION = (
    sheets.Column("Recipient", lambda row: row.body.name, 32),
    sheets.Column("What was sent", lambda row: row.what, 50),
    sheets.Column("When", lambda row: f"{row.sent_on:%B %Y}" if row.is_month_only else row.sent_on, 16),
    sheets.Column("Asked to decide", lambda row: row.asked, 40),
    sheets.Column("Decided", lambda row: row.decided, 30),
    sheets.Column("Note", lambda row: row.note, 40),
    sheets.Column("Source", lambda row: row.source, 24),
)


def meeting_sheet(board, rows, *, on):
    """Return the meetings as everybody who sees the Board sees them listed on the day `on`."""
    for row in rows:
        row.state = _state(row, on)
    return sheet(board, "meetings", MEETINGS, rows, on=on)


def _state(meeting, on):
    if meeting.is_agreed:
        return "Minutes agreed"
    if not meeting.is_announced:
        return "Planned"
    return "Held" if meeting.held_on < on else "Agenda published"


ADVICE = (
    sheets.Column("Number", lambda row: row.number, 10),
    sheets.Column("Advice", lambda row: row.wording, 60),
    sheets.Column("Recommended by", lambda row: row.body and row.body.name, 30),
    sheets.Column("Given on", lambda row: row.given_on or (row.meeting and row.meeting.held_on)),
    sheets.Column("The council’s response", lambda row: row.response, 60),
    sheets.Column("Responding post", lambda row: row.responding_post and row.responding_post.title, 30),
    sheets.Column("Responded on", lambda row: row.responded_on),
    sheets.Column("Conclusion", lambda row: row.result, 50),
    sheets.Column("Source", lambda row: row.source, 30),
)
MEETINGS = (
    sheets.Column("Date", lambda row: row.held_on),
    sheets.Column("Begins at", lambda row: row.starts_at and f"{row.starts_at:%H:%M}", 12),
    sheets.Column("Place", lambda row: row.place, 30),
    sheets.Column("Month", lambda row: row.month.label if row.is_announced and row.month else "", 20),
    sheets.Column("State", lambda row: row.state, 20),
)
REPORTS = (
    sheets.Column("Date", lambda row: row.dated_on),
    sheets.Column("Title", lambda row: row.title, 60),
    sheets.Column("Kind", lambda row: row.get_kind_display(), 40),
    sheets.Column("State", lambda row: "Issued" if row.is_issued else "Draft", 12),
    sheets.Column("Issued on", lambda row: row.issued_at and timezone.localdate(row.issued_at)),
)
