"""What a person with a seat on the Board comes to: the next meeting, the latest month, their questions."""

from dataclasses import dataclass
from datetime import date, datetime

from boards import challenge_log, dashboard
from boards.dashboard import MonthTotals, Number
from boards.models import Challenge, Meeting, Paper
from plans import standing
from plans.ratings import Movement

# What is told of the latest month beside its ratings.
_COUNTED = (
    ("better", ("moved", Movement.BETTER)),
    ("worse", ("moved", Movement.WORSE)),
    ("stuck", ("stuck", standing.YES)),
    ("overdue", ("overdue", standing.YES)),
    ("asking for a decision of the Board", ("decision", standing.YES)),
)


@dataclass(frozen=True)
class Latest:
    """The latest published month: its ratings beside those of the month before, and what stands out."""

    totals: MonthTotals
    previous: MonthTotals | None
    counts: tuple[Number, ...]

    @property
    def month(self):
        return self.totals.month

    @property
    def ratings(self):
        if self.previous is None:
            return self.totals.ratings
        return dashboard.with_before(self.totals.ratings, self.previous.ratings)


@dataclass(frozen=True)
class Home:
    """`asked` is what was asked from the person's seats, `to_settle` what waits for the chair."""

    meeting: Meeting | None
    papers: tuple[Paper, ...]
    latest: Latest | None
    asked: tuple[Challenge, ...]
    to_settle: tuple[Challenge, ...]


def build(user, board, *, on: date, at: datetime, is_observer: bool, is_chair: bool) -> Home:
    """Return what the person finds on the day `on`; papers as they may read them at the moment `at`."""
    announced = board.meetings.filter(agenda_published_at__isnull=False, held_on__gte=on)
    meeting = announced.order_by("held_on").first()
    papers = meeting.papers.for_board(at, is_observer=is_observer) if meeting else ()
    return Home(
        meeting=meeting,
        papers=tuple(papers),
        latest=_latest(board.plan, at),
        asked=tuple(challenge_log.asked_from(user, board, on=on)),
        to_settle=tuple(challenge_log.to_settle(board, on=on)) if is_chair else (),
    )


def _latest(plan, now):
    shown = list(plan.months.filter(published_at__isnull=False).select_related("plan").order_by("-month")[:2])
    if not shown:
        return None
    latest, *before = dashboard.totals(shown)
    rows = standing.with_sets(latest.month, [pair for _, pair in _COUNTED], now=now)
    counts = tuple(
        Number(label, label, standing.count(rows, pair), standing.link(latest.month, pair)) for label, pair in _COUNTED
    )
    return Latest(latest, before[0] if before else None, counts)
