"""The packs of a meeting that were kept, and which of them their readers may have now. A constant number of queries."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model, OuterRef, Subquery
from django.utils import timezone

from accounts.audit import events
from accounts.models import REMOVED, Event, Removal
from boards import permissions
from boards.models import AgendaItem, BoardAction, Challenge, Meeting, Pack, PackFile, Paper
from boards.permissions import Readership
from plans import removals as texts
from plans.models import MonthlyUpdate, Plan, ReportingMonth
from plans.removals import Stood

_OF_A_MONTH = {kind._meta.label_lower for kind in (ReportingMonth, MonthlyUpdate)}


@dataclass(frozen=True)
class Kept:
    """One pack or supplement, or what is left of one that was removed.

    It is withheld while it names a paper or an item that its audience does not read now, and for good once a text was
    removed that may stand in it.
    """

    pack: Pack
    files: tuple[PackFile, ...]
    is_withheld: bool

    @property
    def is_handed_out(self) -> bool:
        return not (self.is_withheld or self.pack.is_removed)

    @property
    def downloads(self) -> list[PackFile]:
        return [file for form in (PackFile.Form.FULL, *PackFile.HANDED_OUT) if (file := self.file(form))]

    @property
    def hashes(self) -> list[PackFile]:
        """What was handed out, of whatever is left of it."""
        return [file for file in self.files if file.form != PackFile.Form.DATA]

    @property
    def is_with_papers(self) -> bool:
        """Whether one of its files has the papers, and another has not."""
        return self.file(PackFile.Form.FULL) is not None

    @property
    def merged(self) -> PackFile | None:
        return self.file(PackFile.Form.MERGED)

    def file(self, form: str) -> PackFile | None:
        return next((file for file in self.files if file.form == form and file.file), None)


def of_meeting(meeting: Meeting, audiences: Sequence[str], *, at: datetime) -> list[Kept]:
    """Return what was kept for the `audiences`, in order; what is withheld too."""
    packs = list(meeting.packs.filter(audience__in=audiences).prefetch_related("files").order_by("number"))
    packs.sort(key=lambda pack: pack.audience)
    if not packs:
        return []
    withheld = {
        audience: _withheld(meeting.board, packs, audience, at) for audience in {pack.audience for pack in packs}
    }
    gone = _outdated(meeting, packs).union(*withheld.values())
    return [Kept(pack, tuple(pack.files.all()), pack.pk in gone) for pack in packs]


def read_by(meeting: Meeting, readership: Readership, *, at: datetime) -> list[Kept]:
    """Return what `readership` may download now: of the office's, what is withheld too."""
    found = of_meeting(meeting, permissions.readable_packs(readership), at=at)
    is_office = readership == Readership.OFFICE
    return [kept for kept in found if kept.is_handed_out or (is_office and not kept.pack.is_removed)]


def handed_to(meeting: Meeting, readership: Readership, *, at: datetime) -> list[Kept]:
    """Return what the readers themselves were handed out, removed since or not, as the page of the meeting lists it."""
    audience = permissions.own_audience(readership)
    return [kept for kept in of_meeting(meeting, [audience], at=at) if kept.is_handed_out or kept.pack.is_removed]


def meetings_holding(thing: Model) -> list[Meeting]:
    """Return the meetings whose kept packs may hold a text of `thing`: its own and the next, or any made since it was.

    What was removed already is left out.
    """
    packs = Pack.objects.filter(removed_at=None)
    if isinstance(thing, Meeting):
        later = thing.board.meetings.filter(held_on__gt=thing.held_on, agenda_published_at__isnull=False)
        packs = packs.filter(meeting__in=[thing, *later.order_by("held_on")[:1]])
    elif isinstance(thing, Challenge | BoardAction):
        first = events.on([thing]).last()
        since = {"made_at__date__gte": timezone.localdate(first.at)} if first else {}
        packs = packs.filter(meeting__board=thing.board_id, **since)
    else:
        return []
    return list(Meeting.objects.filter(packs__in=packs).select_related("board").distinct())


def told_in(meeting: Meeting) -> list[int]:
    """Return the ids of the meetings that a pack of this one tells of: itself and the one before."""
    announced = meeting.board.meetings.filter(held_on__lte=meeting.held_on, agenda_published_at__isnull=False)
    return list(announced.order_by("-held_on").values_list("pk", flat=True)[:2])


def removals_of(meeting: Meeting, packs: Sequence[Pack]) -> dict[str, Stood]:
    """Return by a name of its own each removal of a text that may stand in a pack of the meeting, and when that stood.

    They are those of the meeting as it stands, and as it stood when one of its `packs` was made, and those of what
    its plan, the Notice or an inspection said before.
    """
    months = {meeting.month_id, *(pack.contents.get("month") for pack in packs)}
    told = {*told_in(meeting), *(pk for pack in packs for pk in pack.contents.get("meetings", ()))}
    found = Removal.objects.among(
        Meeting.objects.filter(pk__in=told),
        meeting.board.challenges.all(),
        meeting.board.actions.all(),
        Plan.objects.filter(pk=meeting.board.plan_id),
        ReportingMonth.objects.filter(pk__in=months - {None}),
        MonthlyUpdate.objects.filter(month__in=months - {None}),
    )
    first = Event.objects.filter(on_type=OuterRef("on_type"), on_id=OuterRef("on_id")).order_by("at").values("at")[:1]
    of_plan, others = [], {}
    for row in found.annotate(since=Subquery(first)):
        if row.on_type == Plan._meta.label_lower:
            of_plan.append(row)
        else:
            # A pack that is made of a month holds what was written in it at any time.
            is_since = row.since and row.on_type not in _OF_A_MONTH
            others[f"removal-{row.pk}"] = Stood(timezone.localdate(row.since) if is_since else None)
    return others | _of_plan(meeting, of_plan)


def _of_plan(meeting, rows):
    """Return the same of what was removed from what the plan said before, by the words that now stand there."""
    if not rows:
        return {}
    words = {row.pk: f"{REMOVED}{row.reason}]" for row in rows}
    stood = texts.stood(meeting.board.plan, words.values())
    return {f"removal-{pk}": stood[said] for pk, said in words.items()}


def _outdated(meeting, packs) -> frozenset[int]:
    """Return the ids of those packs that may hold a text of which, when they were made, nothing was removed yet.

    A pack names the removals that it comes after, for neither moments nor ids tell which of two at once was first; one
    of before it did so comes after none. It holds what was asked up to its day.
    """
    removals = removals_of(meeting, packs).items()
    opened = texts.opened_on(meeting.board.plan) if any(stood.until for _, stood in removals) else {}
    for pack in packs:
        pack.opened_on = opened.get(pack.contents.get("month"))
    return frozenset(
        pack.pk
        for pack in packs
        for name, stood in removals
        if name not in pack.contents.get("removals", ()) and stood.may_be_in(pack)
    )


def _withheld(board, packs, audience, at) -> frozenset[int]:
    """Return the ids of those packs of one audience that name what it does not read at the moment `at`."""
    own = [pack for pack in packs if pack.audience == audience]
    papers, items = (set(_named(own, key)) for key in ("papers", "items"))
    readership = Readership(audience)
    readable = permissions.readable_papers(Paper.objects.filter(pk__in=papers), readership, at=at)
    gone = papers.difference(readable.values_list("pk", flat=True))
    closed = {
        "papers": gone,
        "items": _closed(AgendaItem.objects.filter(pk__in=items), readership),
        "actions": _closed(board.actions.all(), readership),
        "challenges": _closed(board.challenges.all(), readership),
    }
    return frozenset(pack.pk for pack in own if any(pks & _held(pack, key, pks) for key, pks in closed.items()))


def _closed(rows, readership) -> set[int]:
    """Return the ids of those of `rows` that are not read; one query."""
    if readership == Readership.BOARD:
        return set()
    return {
        *rows.exclude(pk__in=permissions.readable(rows, readership).order_by().values("pk")).values_list(
            "pk", flat=True
        )
    }


def _held(pack, key, closed) -> set[int]:
    """Return what a pack holds of `closed`; one of before it named its actions holds all that were there by then."""
    if key in pack.contents:
        return {*pack.contents[key]}
    kind = {"actions": BoardAction, "challenges": Challenge}[key]
    return {
        row.pk
        for row in kind.objects.filter(pk__in=closed)
        if (first := events.on([row]).last()) is None
        or timezone.localdate(first.at) <= timezone.localdate(pack.made_at)
    }


def _named(packs, key) -> Iterator[int]:
    for pack in packs:
        yield from pack.contents[key]
