"""What a person with a seat on the Board comes to: the next meeting, the latest month, their questions."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from boards import dashboard, permissions
from boards.challenges import challenge_log
from boards.dashboard import MonthTotals, Number, evidence
from boards.meetings import proceedings
from boards.meetings.proceedings import ListedPaper
from boards.models import Challenge, Meeting, Report
from boards.permissions import Readership
from plans.models import MonthlyUpdate
from plans.months import sets
from plans.ratings import Movement

# What is told of the latest month beside its ratings.
_COUNTED = (
    ("better", ("moved", Movement.BETTER)),
    ("worse", ("moved", Movement.WORSE)),
    ("stuck", ("stuck", sets.YES)),
    ("long at one rating", ("long", sets.YES)),
    ("overdue", ("overdue", sets.YES)),
    ("asking for a decision of the Board", ("decision", sets.YES)),
)


@dataclass(frozen=True)
class Latest:
    """The latest published month: its ratings beside those of the month before, and what stands out."""

    totals: MonthTotals
    previous: MonthTotals | None
    counts: tuple[Number, ...]
    rows: tuple[MonthlyUpdate, ...]

    @property
    def month(self):
        return self.totals.month

    @property
    def ratings(self):
        if self.previous is None:
            return self.totals.ratings
        silent = dashboard.unreported(self.rows, self.previous.month)
        return dashboard.with_before(self.totals.ratings, self.previous.ratings, silent)

    @property
    def received(self):
        return len(self.rows) - len(self.missing)

    @property
    def missing(self):
        return [row for row in self.rows if not row.is_received]


@dataclass(frozen=True)
class Home:
    """`asked` is what was asked from the person's seats; `to_settle` and `drafts` wait for the chair."""

    meeting: Meeting | None
    papers: tuple[ListedPaper, ...]
    latest: Latest | None
    asked: tuple[Challenge, ...]
    to_settle: tuple[Challenge, ...]
    drafts: tuple[Report, ...]

    @property
    def waiting(self):
        return len(self.to_settle) + len(self.drafts)


def build(user, board, readership: Readership, *, now: datetime, is_chair: bool) -> Home:
    """Return what the person, of that `readership`, finds at the moment `now`."""
    on = timezone.localdate(now)
    meeting = _next_meeting(board, on)
    return Home(
        meeting=meeting,
        papers=tuple(proceedings.papers_of(meeting, readership, now=now)) if meeting else (),
        latest=_latest(board.plan, now),
        asked=tuple(challenge_log.asked_from(user, board, on=on)),
        to_settle=tuple(challenge_log.to_settle(board, on=on)) if is_chair else (),
        drafts=tuple(permissions.visible_reports(user, board, on=on).filter(issued_at=None)) if is_chair else (),
    )


def _next_meeting(board, on):
    meeting = board.meetings.filter(held_on__gte=on).select_related("month__plan").order_by("held_on").first()
    if meeting:
        meeting.board = board
    if meeting and meeting.month:
        meeting.month.plan.board = board
    return meeting


def _latest(plan, now):
    shown = list(plan.months.filter(published_at__isnull=False).select_related("plan").order_by("-month")[:2])
    if not shown:
        return None
    latest, *before = dashboard.totals(shown)
    rows = sets.with_sets(latest.month, [pair for _, pair in _COUNTED], now=now)
    counts = [Number(label, label, sets.count(rows, pair), sets.link(latest.month, pair)) for label, pair in _COUNTED]
    counts += _matched(plan.board, latest.month, rows, now)
    return Latest(latest, before[0] if before else None, tuple(counts), tuple(rows))


def _matched(board, month, rows, now):
    """Return how many ratings are better than the evidence, and how many worse, each with where they are listed."""
    page = reverse("boards:dashboard", args=[board.slug, month.month])
    found = evidence.build(rows, evidence.gather(month, now=now), notice=month.plan.notice)
    words = (("better", found.better), ("worse", found.worse))
    return [Number(word, f"rated {word} than the evidence", len(of), f"{page}#{word}") for word, of in words]
