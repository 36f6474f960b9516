"""What stands in a meeting's pack for each audience, read in a constant number of queries.

Everything of a month is read from the dashboard's own rows, so that the pack's numbers are the page's; everything of
the meeting through `boards.permissions`, so that no audience finds here what it does not find elsewhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Prefetch, prefetch_related_objects
from django.utils import timezone

from boards import dashboard, papers, permissions
from boards.actions import action_log
from boards.actions.action_log import Entry
from boards.challenges import challenge_log
from boards.dashboard import SECTIONS, Dashboard, evidence
from boards.dashboard.evidence import Evidence as RatingEvidence
from boards.meetings import proceedings
from boards.meetings.proceedings import Group, Item
from boards.models import AgendaItem, Challenge, CoverSheet, Decision, Declaration, Guest, Meeting, Pack, Paper
from boards.packs import chosen, cover
from notices.targets import progress
from notices.targets.progress import Progress
from plans.models import Evidence, MonthlyUpdate
from plans.months import rating_evidence
from plans.refresh import change_log
from plans.refresh.change_log import ChangeLog

# What makes a recommendation an exception, the gravest first, in the words that say so.
EXCEPTIONS = {
    "red": "Red",
    "overdue": "Overdue",
    "stuck": "Stuck",
    "late": "Update was late",
    "missing": "No update received",
}

# The papers that are pages of this product, and the section of the pack where each is shown.
SECTION_OF = {
    Paper.Page.MINUTES: "minutes",
    Paper.Page.DASHBOARD: "summary",
    Paper.Page.NOTICE: "targets",
    Paper.Page.ACTIONS: "actions",
    Paper.Page.CHALLENGES: "challenges",
    Paper.Page.REVISION: "changes",
}

# What is not told of a question yet where it came later.
_LATER = {
    "concluded": ("concluded_at", "outcome", "outcome_text", "action"),
    "answered": ("answered_at", "answer", "answered_name"),
}


@dataclass(frozen=True)
class Enclosure:
    """An uploaded paper: a file that goes with the pack, named with its hash; `item` is its number on the agenda."""

    paper: Paper
    item: int | None


@dataclass(frozen=True)
class Minutes:
    """The minutes of the last meeting whose agenda was published, as they come to this one."""

    meeting: Meeting
    agreed_in: Meeting | None
    items: tuple[Item, ...]
    attendance: tuple[Group, ...]
    guests: tuple[Guest, ...]
    declarations: tuple[Declaration, ...]
    decisions: tuple[Decision, ...]


@dataclass(frozen=True)
class Exceptional:
    """A recommendation to look at, and why, in words."""

    row: MonthlyUpdate
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Theme:
    """A theme with its numbers, as the dashboard counts them, and its recommendations."""

    group: dashboard.Group
    rows: tuple[MonthlyUpdate, ...]


@dataclass(frozen=True)
class BoardPack:
    """All of it, as at a moment, though never later than the day of the meeting: targets, actions and questions are
    told as they stood then, however late it is made. Corrections stand beside what they correct whenever they came.

    A preview shows what would stand in it if every draft were tabled now.
    """

    meeting: Meeting
    audience: Pack.Audience
    at: datetime
    is_preview: bool
    cover: CoverSheet
    items: tuple[Item, ...]
    listed: tuple[tuple[Paper, str], ...]
    enclosures: tuple[Enclosure, ...]
    minutes: Minutes | None
    actions: tuple[Entry, ...]
    dashboard: Dashboard
    evidence: RatingEvidence
    exceptions: tuple[Exceptional, ...]
    themes: tuple[Theme, ...]
    targets: tuple[Progress, ...]
    challenges: tuple[Challenge, ...]
    revision: ChangeLog | None
    chosen: frozenset[str]

    @property
    def has_names(self) -> bool:
        """Whether the people are named who lead, submitted, signed off and corrected."""
        return chosen.NAMES in self.chosen

    @property
    def month(self):
        return self.dashboard.month

    @property
    def on(self) -> date:
        return _as_of(self.meeting, self.at)

    @property
    def papers(self) -> list[Paper]:
        """The papers that are read, of those that are listed."""
        return [paper for paper, withheld in self.listed if not withheld]

    @property
    def withheld(self) -> list[tuple[Paper, str]]:
        """The papers that are listed and not read, each with the reason."""
        return [(paper, withheld) for paper, withheld in self.listed if withheld]

    def papers_of(self, item: Item | None) -> list[tuple[Paper, str]]:
        """Return what is listed under an item, or under none, each paper with why it is withheld, if it is."""
        return [row for row in self.listed if row[0].item_id == (item and item.item.pk)]


def build(meeting: Meeting, *, at: datetime) -> dict[Pack.Audience, BoardPack]:
    """Return, by audience, the pack of `meeting`, whose board, plan, Notice and month are loaded, as at a moment."""
    notice = meeting.board.plan.notice
    on = _as_of(meeting, at)
    built = dashboard.build(meeting.month, now=at)
    _complete(built)
    exceptions = tuple(_exceptions(built))
    targets = tuple(progress.of_notice(notice, as_of=on, plans=[meeting.board.plan])) if notice else ()
    last = _last(meeting)
    shared = {
        "meeting": meeting,
        "at": at,
        "is_preview": not meeting.is_announced,
        "cover": cover.of(meeting, built, exceptions, targets, has_minutes=last is not None and last.has_minutes),
        "dashboard": built,
        "evidence": evidence.build(
            built.rows, rating_evidence.gather(meeting.month, now=at, notice=notice), notice=notice
        ),
        "exceptions": exceptions,
        "themes": tuple(_themes(built)),
        "targets": targets,
    }
    listed = {
        audience: tuple(
            proceedings.listed_papers(
                meeting, permissions.Readership(audience), at=at, with_drafts=not meeting.is_announced
            )
        )
        for audience in Pack.Audience
    }
    shown = _shown(chosen.of(meeting), listed)
    return {
        audience: BoardPack(
            audience=audience, **shared, **_for(audience, shown[audience], listed[audience], meeting, last, at)
        )
        for audience in Pack.Audience
    }


def _shown(asked, listed):
    """Return of the sections that are `asked` for each audience those that it reads.

    A page that lies before the Board as a paper is not shown to whom that paper is closed.
    """
    pages = {audience: {paper.page for paper, withheld in rows if not withheld} for audience, rows in listed.items()}
    return {
        audience: asked[audience] - {SECTION_OF.get(page) for page in pages[Pack.Audience.BOARD] - pages[audience]}
        for audience in listed
    }


def _as_of(meeting, at):
    return min(timezone.localdate(at), meeting.held_on)


def _for(audience, shown, listed, meeting, last, at):
    """Return what one audience reads and another may not; nothing is told anywhere of a section that is not `shown`."""
    readership = permissions.Readership(audience)
    on = _as_of(meeting, at)
    items = tuple(proceedings.items_of(meeting, readership))
    actions = permissions.readable(meeting.board.actions.all(), readership)
    return {
        "items": items,
        "listed": listed,
        "enclosures": tuple(_enclosures([paper for paper, withheld in listed if not withheld], items)),
        "minutes": _minutes(last, meeting, readership) if last and "minutes" in shown else None,
        "actions": action_log.before(meeting, actions, on=on) if "actions" in shown else (),
        "challenges": tuple(_challenges(meeting, readership, on)) if "challenges" in shown else (),
        "revision": _revision(meeting, [paper for paper, withheld in listed if not withheld])
        if "changes" in shown
        else None,
        "chosen": shown,
    }


def _revision(meeting, read):
    """Return the change log of the last revision, where it is a paper that is read."""
    is_asked = any(paper.page == Paper.Page.REVISION for paper in read)
    revision = papers.revision(meeting) if is_asked else None
    return change_log.build(revision) if revision else None


def _last(meeting):
    earlier = meeting.board.meetings.filter(held_on__lt=meeting.held_on, agenda_published_at__isnull=False)
    minuted = AgendaItem.objects.filter(meeting=OuterRef("pk")).exclude(minute="")
    earlier = earlier.annotate(has_minutes=Exists(minuted))
    return earlier.select_related("board", "minutes_agreed_in").order_by("held_on").last()


def _minutes(last, meeting, readership):
    agreed_in = last.minutes_agreed_in
    is_earlier = agreed_in is not None and agreed_in.held_on < meeting.held_on
    return Minutes(
        last,
        agreed_in if is_earlier else None,
        tuple(proceedings.items_of(last, readership)),
        proceedings.attendance(last),
        proceedings.of_items(last.guests, readership),
        proceedings.of_items(last.declarations, readership),
        tuple(proceedings.decisions(last, readership)),
    )


def _enclosures(papers, items) -> list[Enclosure]:
    """Return the papers that are files in the order of the agenda, and at the end those of no item."""
    numbers = {entry.item.pk: entry.number for entry in items}
    found = [Enclosure(paper, numbers.get(paper.item_id)) for paper in papers if paper.file]
    return sorted(found, key=lambda one: (one.item is None, one.item or 0))


def _complete(built):
    """Let each row know its month, and its evidence where it was received, in one query."""
    for row in built.rows:
        row.month = built.month
    received = [row for row in built.rows if row.is_received]
    prefetch_related_objects(received, Prefetch("evidence", Evidence.objects.order_by("added_at", "pk")))


def _exceptions(built) -> Iterator[Exceptional]:
    """Yield every red, overdue, stuck, late or missing recommendation once, the gravest first."""
    for name in EXCEPTIONS:
        for row in built.rows:
            reasons = tuple(word for other, word in EXCEPTIONS.items() if SECTIONS[other] in row.sets)
            if reasons and reasons[0] == EXCEPTIONS[name]:
                yield Exceptional(row, reasons)


def _themes(built) -> Iterator[Theme]:
    for group in built.themes:
        pair = ("theme", group.total.key)
        yield Theme(group, tuple(row for row in built.rows if pair in row.sets))


def _challenges(meeting, readership, on):
    """Return the questions asked by the day `on` that are read, as they stood on it, each knowing its age in `days`."""
    asked = meeting.board.challenges.filter(asked_at__date__lte=on).order_by("-number")
    rows = challenge_log.told(asked, readership)
    for row in rows:
        for stage, fields in _LATER.items():
            at = getattr(row, f"{stage}_at")
            if at and timezone.localdate(at) > on:
                for field in fields:
                    setattr(row, field, Challenge._meta.get_field(field).get_default())
        row.days = row.age(on)
    return rows
