"""A meeting before it is held: planned from the last one, its day and place, the month that it receives."""

from django.db import transaction

from accounts.audit import events
from boards.locking import locked, reopen
from boards.models import AgendaItem, Board, Meeting, Paper
from boards.models.access import as_recorded
from improvement.records.refusals import Refused
from improvement.records.writes import holds, write
from improvement.texts import days

# What follows from the last meeting, whatever stood on its agenda.
FOLLOWING = ((Paper.Page.MINUTES, "Minutes of the last meeting"), (Paper.Page.ACTIONS, "Action log"))
# What a first meeting begins with: (title, what the Board is asked to do, the page that is its paper, is standing).
STANDARD = (
    ("Welcome and apologies", "", "", True),
    ("Declarations of interest", "To declare", "", True),
    ("Terms of reference and membership", "To agree", "", False),
    ("Progress against the improvement plan", "To challenge", Paper.Page.DASHBOARD, True),
    ("Any other business", "", "", True),
    ("Date of the next meeting", "To note", "", True),
)
TAKEN = "The Board already has a meeting on that day."


@transaction.atomic
def plan_meeting(*, board, held_on, by, at, starts_at=None, place="", source="", note="", begins_as_standard=False):
    """Plan a meeting of `board`, its agenda begun from that of the last one before it; return it.

    Standing items are carried over, with those of their papers that are pages of this product, as drafts. After a
    last meeting its minutes and the action log are on the agenda. One without any before it begins with an empty agenda
    or, if it `begins_as_standard`, with STANDARD.
    """
    board = Board.objects.select_for_update().get(pk=board.pk)
    facts = {"starts_at": starts_at, "place": place.strip(), "source": source, "note": note.strip()}
    if days.is_outside(held_on):
        raise Refused(days.OUTSIDE, "held_on")
    if there := board.meetings.filter(held_on=held_on).first():
        if holds(there, facts) and there.version == 0:
            return there
        raise Refused(TAKEN, "held_on")
    last = board.meetings.filter(held_on__lt=held_on).last()
    meeting = Meeting.objects.create(board=board, held_on=held_on, **facts)
    if last:
        _carry_over(last, meeting, by, at)
    elif begins_as_standard:
        _begin(meeting, by, at)
    access = [as_recorded(item) for item in meeting.items.all() if item.is_restricted]
    events.record(by=by, at=at, what="meeting.planned", on=meeting, held_on=held_on.isoformat(), access=access)
    return meeting


@transaction.atomic
def change_details(*, meeting, version, held_on, starts_at, place, note, by, at):
    """Change when and where a meeting is, and the note beside it; its day only while nobody was told of it."""
    row = locked(meeting)
    details = {"held_on": held_on, "starts_at": starts_at, "place": place.strip(), "note": note.strip()}
    if holds(row, details):
        return row
    if held_on != row.held_on and row.is_announced:
        raise Refused(
            "The agenda has been published for that day. Explain the change in the note, and plan another meeting.",
            "held_on",
        )
    if days.is_outside(held_on):
        raise Refused(days.OUTSIDE, "held_on")
    if row.board.meetings.filter(held_on=held_on).exclude(pk=row.pk).exists():
        raise Refused(TAKEN, "held_on")
    before = row.held_on
    # The note is no part of the minutes.
    if not holds(row, {"starts_at": starts_at, "place": details["place"]}):
        reopen(row)
    row = write(row, version, **details)
    events.record(by=by, at=at, what="meeting.changed", on=row, was_on=before.isoformat())
    return row


@transaction.atomic
def receive_month(*, meeting, month, by, at):
    """Lay a published month before the meeting; return the meeting. Publishing a month is not possible from here."""
    row = locked(meeting)
    if row.month_id == month.pk:
        return row
    if month.plan_id != row.board.plan_id or not month.is_published or month.published_at > at:
        raise Refused("Choose a published month of the Board’s plan.", "month")
    row = write(row, row.version, month=month)
    events.record(by=by, at=at, what="meeting.received_month", on=row, month=month.address)
    return row


def _carry_over(last, meeting, by, at):
    """Give `meeting` the standing items of `last`, before them what follows from it."""
    carried = list(last.items.filter(is_standing=True).prefetch_related("papers"))
    pages = {item.pk: [paper for paper in item.papers.all() if paper.page] for item in carried}
    there = {paper.page for papers in pages.values() for paper in papers}
    following = [(page, title) for page, title in FOLLOWING if page not in there]
    for position, (page, title) in enumerate(following, 1):
        item = AgendaItem.objects.create(meeting=meeting, position=position, title=title, is_standing=True)
        _draft(item, page, page.label, by, at)
    for position, before in enumerate(carried, len(following) + 1):
        item = AgendaItem.objects.create(
            meeting=meeting,
            position=position,
            title=before.title,
            purpose=before.purpose,
            presented_by=before.presented_by,
            is_standing=True,
            source=before.source,
            public_title=before.public_title,
            restricted_because=before.restricted_because,
            excludes_observers=before.excludes_observers,
        )
        for paper in pages[before.pk]:
            _draft(item, paper.page, paper.title, by, at)


def _begin(meeting, by, at):
    for position, (title, purpose, page, is_standing) in enumerate(STANDARD, 1):
        item = AgendaItem.objects.create(
            meeting=meeting, position=position, title=title, purpose=purpose, is_standing=is_standing
        )
        if page:
            _draft(item, page, Paper.Page(page).label, by, at)


def _draft(item, page, title, by, at):
    position = item.meeting.papers.count() + 1
    Paper.objects.create(
        meeting=item.meeting, item=item, position=position, page=page, title=title, added_by=by, added_at=at
    )
