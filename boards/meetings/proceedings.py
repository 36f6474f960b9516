"""One meeting as a reader reads it, before, while and after it is held, in a constant number of queries."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from boards import dashboard, papers, permissions
from boards.actions import action_log
from boards.actions.action_log import Entry
from boards.challenges import challenge_log
from boards.dashboard import MonthTotals
from boards.models import AgendaItem, Attendance, Challenge, Decision, Declaration, Guest, Meeting, Paper, Seat
from boards.permissions import Readership

Page = Paper.Page


@dataclass(frozen=True)
class ListedPaper:
    """A paper with where it leads to. What keeps others from reading it is told to whom it is told at all.

    Where it is `withheld` from the reader, that is the sentence which says why, and of the paper its title is left.
    """

    paper: Paper
    withheld: str
    address: str
    leads_to: str
    is_draft: bool
    is_under_embargo: bool
    is_late: bool


@dataclass(frozen=True)
class Item:
    """An item of the agenda with its papers and its minute, empty where the reader does not read it yet.

    `number` is its place, the same for every reader. Where it is `withheld`, that is the sentence which says why, and
    of the item its public title is left.
    """

    number: int
    item: AgendaItem
    withheld: str
    papers: tuple[ListedPaper, ...]
    minute: str


@dataclass(frozen=True)
class Silent:
    """A seat of which nothing is recorded, as it was named when the minutes were agreed."""

    name: str


@dataclass(frozen=True)
class Group:
    """Those of one presence, or the seats of which nothing is recorded."""

    label: str
    lines: tuple[Attendance | Seat | Silent, ...]


@dataclass(frozen=True)
class Neighbours:
    """The meetings before and after, and whether one after it has its agenda published: then minutes are tabled."""

    previous: Meeting | None
    following: Meeting | None
    has_tabled: bool


@dataclass(frozen=True)
class Proceedings:
    meeting: Meeting
    readership: Readership
    is_read: bool
    is_past: bool
    neighbours: Neighbours
    totals: MonthTotals | None
    items: tuple[Item, ...]
    listed: tuple[ListedPaper, ...]
    other_papers: tuple[ListedPaper, ...]
    attendance: tuple[Group, ...]
    guests: tuple[Guest, ...]
    declarations: tuple[Declaration, ...]
    decisions: tuple[Decision, ...]
    raised: tuple[Entry, ...]
    carried: tuple[Entry, ...]
    questions: tuple[Challenge, ...]

    @property
    def minutes_state(self):
        """How far the minutes are that the reader reads: none, draft (to the office alone), sent, tabled or agreed."""
        if not self.has_minutes:
            return "none"
        if self.meeting.is_agreed:
            return "agreed"
        if self.neighbours.has_tabled:
            return "tabled"
        return "sent" if self.meeting.is_with_chair else "draft"

    @property
    def has_minutes(self):
        """Whether the reader reads any minute."""
        return any(item.minute for item in self.items)

    @property
    def has_decided(self):
        """Whether the reader reads of a decision, or of an action that was raised."""
        return bool(self.decisions or self.raised)

    @property
    def is_office(self):
        return self.readership == Readership.OFFICE

    @property
    def papers(self):
        """The papers that the reader reads, of those that are listed."""
        return tuple(listed for listed in self.listed if not listed.withheld)

    @property
    def drafts(self):
        """The papers that are not tabled yet; only the office has any."""
        return [listed for listed in self.papers if listed.is_draft]


def build(meeting: Meeting, readership: Readership, *, now: datetime, is_chair: bool = False) -> Proceedings:
    """Return the Proceedings of `meeting`, whose board, plan and month are loaded, for a `readership`, as at `now`.

    Whoever `is_chair` reads draft minutes too that are with the chair.
    """
    on = timezone.localdate(now)
    is_read = permissions.can_read_agenda(readership, meeting)
    neighbours = _neighbours(meeting)
    listed = _papers(meeting, readership, neighbours, now) if is_read else []
    reads_minutes = permissions.can_read_minutes(
        readership, meeting, is_tabled=neighbours.has_tabled, is_chair=is_chair
    )
    items = tuple(items_of(meeting, readership, listed, reads_minutes)) if is_read else ()
    actions = permissions.readable(meeting.board.actions.all(), readership)
    raised, carried = action_log.of_meeting(meeting, actions, on=on) if is_read else ((), ())
    return Proceedings(
        meeting=meeting,
        readership=readership,
        is_read=is_read,
        is_past=meeting.held_on < on,
        neighbours=neighbours,
        totals=dashboard.totals([meeting.month])[0] if is_read and meeting.month else None,
        items=items,
        listed=tuple(listed),
        other_papers=tuple(one for one in listed if one.paper.item_id is None),
        attendance=attendance(meeting) if is_read else (),
        guests=of_items(meeting.guests, readership) if is_read else (),
        declarations=of_items(meeting.declarations, readership) if is_read else (),
        decisions=tuple(decisions(meeting, readership)) if is_read else (),
        raised=raised,
        carried=carried,
        questions=tuple(challenge_log.told(meeting.challenges.all(), readership)),
    )


def papers_of(meeting: Meeting, readership: Readership, *, now: datetime) -> list[ListedPaper]:
    """Return the papers of `meeting` that are listed, each with where it leads to or why it is withheld."""
    is_read = permissions.can_read_agenda(readership, meeting)
    return _papers(meeting, readership, _neighbours(meeting), now) if is_read else []


def attendance(meeting: Meeting) -> tuple[Group, ...]:
    """Return who came, sent a deputy or apologies, and the seats of which nothing is recorded where any is."""
    recorded = list(meeting.attendance.all())
    if not recorded:
        return ()
    known = {line.seat_id for line in recorded}
    groups = [
        Group(presence.label, tuple(line for line in recorded if line.presence == presence))
        for presence in Attendance.Presence
    ]
    if meeting.is_agreed:
        silent = [Silent(name) for name in meeting.stood["silent"]]
    else:
        silent = [seat for seat in meeting.board.seats.present(meeting.held_on) if seat.pk not in known]
    return tuple(group for group in (*groups, Group("Not recorded", tuple(silent))) if group.lines)


def items_of(meeting: Meeting, readership: Readership, listed=(), reads_minutes=True) -> Iterator[Item]:
    """Yield every item of the agenda, with no more of it than is read; one query."""
    for item in meeting.items.all():
        own = tuple(one for one in listed if one.paper.item_id == item.pk)
        if permissions.is_read(item, readership):
            yield Item(item.position, item, "", own, item.minute if reads_minutes else "")
        else:
            yield Item(item.position, _bare(item), item.withheld_words, (), "")


def listed_papers(
    meeting: Meeting, readership: Readership, *, at: datetime, with_drafts: bool = False
) -> Iterator[tuple[Paper, str]]:
    """Yield the papers that are listed, in their order, each with why it is withheld; empty where it is read."""
    papers = permissions.listed_papers(meeting.papers.all(), readership, with_drafts=with_drafts)
    for paper in papers.select_related("item").order_by("position", "pk"):
        if not permissions.is_read(paper, readership):
            yield _bare(paper), paper.withheld_words
        elif readership != Readership.OFFICE and paper.embargoed_until and paper.embargoed_until > at:
            yield _bare(paper), "To follow"
        else:
            yield paper, ""


def _bare(thing):
    """Return the item or paper with nothing left but its place and its public title."""
    kept = {"id", "meeting", "item", "position", "restricted_because", "excludes_observers"}
    title = thing.public_title or thing.title
    for field in thing._meta.concrete_fields:
        if field.name not in kept:
            setattr(thing, field.attname, field.get_default())
    thing.title = title
    return thing


def of_items(rows, readership):
    """Return guests or declarations, as far as they are read, each with its item; one query."""
    return tuple(permissions.readable(rows.select_related("item"), readership).order_by("pk"))


def _neighbours(meeting):
    """Return the meetings around it, in one query."""
    others = list(meeting.board.meetings.exclude(pk=meeting.pk).order_by("held_on").defer("note", "source"))
    before = [other for other in others if other.held_on < meeting.held_on]
    after = [other for other in others if other.held_on > meeting.held_on]
    return Neighbours(
        before[-1] if before else None, after[0] if after else None, any(other.is_announced for other in after)
    )


def _papers(meeting, readership, neighbours, now):
    rows = list(listed_papers(meeting, readership, at=now))
    pages = _pages(meeting, neighbours, {paper.page for paper, _ in rows})
    return [_listed(*row, meeting, pages, now) for row in rows]


def _listed(paper, withheld, meeting, pages, now):
    if withheld:
        address, leads_to = "", ""
    elif paper.page:
        address, leads_to = pages.get(paper.page, ("", "Not there yet"))
    else:
        address, leads_to = reverse("boards:paper_download", args=[meeting.board.slug, meeting.held_on, paper.pk]), ""
    return ListedPaper(
        paper=paper,
        withheld=withheld,
        address=address,
        leads_to=leads_to,
        is_draft=paper.tabled_at is None and not withheld,
        is_under_embargo=paper.embargoed_until is not None and paper.embargoed_until > now,
        is_late=paper.is_tabled_late,
    )


def _pages(meeting, neighbours, asked):
    """Return (address, what is there) of those pages in `asked` that are there; whoever sees the Board sees them."""
    board, last, month, notice = meeting.board, neighbours.previous, meeting.month, meeting.board.plan.notice
    found = {
        page: (reverse(f"boards:{name}", args=[board.slug]), "Today’s version")
        for page, name in ((Page.ACTIONS, "action_list"), (Page.CHALLENGES, "challenge_list"))
    }
    if last:
        address = reverse("boards:meeting_detail", args=[board.slug, last.held_on])
        found[Page.MINUTES] = (f"{address}#agenda", f"Meeting of {last.held_on:%-d %B %Y}")
    if month:
        found[Page.DASHBOARD] = (reverse("boards:dashboard", args=[board.slug, month.month]), month.label)
    if notice:
        found[Page.NOTICE] = (reverse("notices:notice_detail", args=[notice.slug]), "Today’s version")
    if notice and Page.INTERIM in asked and (report := papers.interim_report(meeting)):
        address = reverse("notices:interim_detail", args=[notice.slug, report.reported_on])
        found[Page.INTERIM] = (address, report.title)
    if Page.REVISION in asked and (revision := papers.revision(meeting)):
        found[Page.REVISION] = (reverse("plans:revision_detail", args=[board.plan.slug, revision.pk]), revision.title)
    for page, report in papers.reports(meeting, asked).items():
        found[page] = (reverse("boards:report_detail", args=[board.slug, report.kind, report.dated_on]), str(report))
    return found


def decisions(meeting: Meeting, readership: Readership) -> list[Decision]:
    """Return what was decided, as far as it is read, each knowing the `item_number` of its item."""
    found = permissions.readable(meeting.decisions.all(), readership)
    rows = list(found.select_related("revision", "recommendation", "item"))
    for row in rows:
        row.item_number = row.item and row.item.position
    return rows
