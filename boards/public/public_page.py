"""What everyone reads of a Board on its public page: nothing but what `permissions.for_everyone` gives.

Of a meeting its agenda, its open papers, the public pack, and the minutes once they are agreed; of a month its totals.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from boards import dashboard, permissions
from boards.dashboard import MonthTotals
from boards.meetings import proceedings
from boards.meetings.proceedings import Item, ListedPaper, Proceedings
from boards.models import Board, Meeting, Paper
from boards.packs import kept_packs
from boards.packs.kept_packs import Kept
from boards.permissions import Readership
from plans.models import ReportingMonth

PUBLIC = Readership.PUBLIC


@dataclass(frozen=True)
class PublicBoard:
    """The meetings whose agenda is published, those to come first, and the totals of the last month before one."""

    board: Board
    to_come: tuple[Meeting, ...]
    past: tuple[Meeting, ...]
    totals: MonthTotals | None


@dataclass(frozen=True)
class PublicMeeting:
    """One meeting; `files` are the ids of its papers that are handed out."""

    meeting: Meeting
    items: tuple[Item, ...]
    other_papers: tuple[ListedPaper, ...]
    files: frozenset[int]
    packs: tuple[Kept, ...]
    totals: MonthTotals | None
    has_minutes: bool


def of_board(board: Board, *, now: datetime) -> PublicBoard:
    """Return what the public page of `board` lists, in a constant number of queries."""
    meetings = permissions.for_everyone(Meeting.objects.whole(), board, at=now).order_by("held_on")
    on = timezone.localdate(now)
    rows = list(meetings)
    months = permissions.for_everyone(ReportingMonth.objects.select_related("plan"), board, at=now)
    return PublicBoard(
        board=board,
        to_come=tuple(row for row in rows if row.held_on >= on),
        past=tuple(row for row in reversed(rows) if row.held_on < on),
        totals=_totals(months.order_by("-month").first(), board),
    )


def of_meeting(meeting: Meeting, *, now: datetime) -> PublicMeeting:
    """Return what the public page of `meeting`, which is one for everyone, shows; in a constant number of queries."""
    listed = proceedings.papers_of(meeting, PUBLIC, now=now)
    items = tuple(proceedings.items_of(meeting, PUBLIC, listed, reads_minutes=meeting.is_agreed))
    months = permissions.for_everyone(ReportingMonth.objects.filter(pk=meeting.month_id), meeting.board, at=now)
    return PublicMeeting(
        meeting=meeting,
        items=items,
        other_papers=tuple(one for one in listed if one.paper.item_id is None),
        files=frozenset(_papers(meeting, now).values_list("pk", flat=True)),
        packs=tuple(_packs(meeting, now)),
        totals=_totals(months.select_related("plan").first(), meeting.board),
        has_minutes=any(item.minute for item in items),
    )


def paper(meeting: Meeting, pk: int, *, now: datetime) -> Paper | None:
    """Return the paper with that id, if everyone reads it and it is a file."""
    return _papers(meeting, now).filter(pk=pk).first()


def pack(meeting: Meeting, number: int, *, now: datetime) -> Kept | None:
    """Return the public pack or supplement of that number, if it is handed out now."""
    return next((kept for kept in _packs(meeting, now) if kept.pack.number == number), None)


def minutes(meeting: Meeting, *, now: datetime) -> Proceedings | None:
    """Return what the agreed minutes are made of, as far as everyone reads it; None until they are agreed."""
    told = proceedings.build(meeting, PUBLIC, now=now) if meeting.is_agreed else None
    return told if told and told.has_minutes else None


def _papers(meeting, now):
    return permissions.for_everyone(Paper.objects.filter(meeting=meeting), meeting.board, at=now).exclude(file="")


def _packs(meeting, now):
    own = permissions.own_audience(PUBLIC)
    read = kept_packs.read_by(meeting, PUBLIC, at=now)
    return [kept for kept in read if kept.pack.audience == own and kept.is_handed_out and _is_chosen(kept.pack)]


def _is_chosen(pack):
    """Whether its sections were chosen for the public: one of before that names people and holds every question."""
    return "enclosed" in pack.contents


def _totals(month, board):
    if month is None:
        return None
    month.plan.board = board
    return dashboard.totals([month])[0]
