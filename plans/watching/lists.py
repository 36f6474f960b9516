"""Saved filters as pages show them, and what changed in each when a month was published."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.urls import reverse

from accounts.models import User
from improvement.records.statements import Statement
from improvement.texts import words
from plans.calendar import UpdateStatus
from plans.models import MonthlyUpdate, Plan, ReportingMonth, SavedFilter
from plans.months import searching, sets
from plans.ratings import Movement
from plans.watching import changes, keys
from plans.watching.changes import Change, Place, Seen

_OVERDUE = ("overdue", sets.YES)  # what a search for words reads of a row


@dataclass(frozen=True)
class Shown:
    """A saved filter in words, with how the list is asked for it, and the labels of what of it no longer exists."""

    saved: SavedFilter
    words: str
    asked: Mapping[str, list[str]]
    lost: tuple[str, ...]
    month: str = ""

    @property
    def address(self) -> str:
        """The list of exactly the rows that it selects, in its month if it was shown for one."""
        month = [("month", self.month)] if self.month else []
        query = urlencode([*month, *((name, value) for name, values in self.asked.items() for value in values)])
        return f"{reverse('plans:recommendation_list', args=[self.saved.plan.slug])}?{query}"

    @property
    def sentence(self) -> str:
        """What is to be said of what no longer exists; empty where everything does."""
        if not self.lost:
            return ""
        named = " and ".join(f"“{label}”" for label in self.lost)
        return f"Part of this filter is no longer in the plan, so it was left out: {named}."

    def is_asked(self, query) -> bool:
        """Whether a list is asked, by the QueryDict `query`, for just what the filter selects."""
        found = {name: sorted(values) for name, values in query.lists() if name in keys.NAMES and any(values)}
        return found == {name: sorted(values) for name, values in self.asked.items()}


@dataclass(frozen=True)
class Line:
    """A recommendation that is on the list, or was, with what changed; its dates before and now.

    One `without_update` is in the month, which received none: it left a list of ratings without a new one.
    """

    reference: str
    title: str
    change: Change | None
    due_before: date | None
    due_on: date | None
    without_update: bool = False

    @property
    def words(self) -> list[str]:
        """What changed, each in words; no rating."""
        if self.change is None:
            return []
        told = {
            "Joined the list": self.change.place is Place.JOINED,
            "Left the list": self.change.place is Place.LEFT,
            "Rating changed": self.change.has_other_rating,
            f"New due date: {due(self.due_on)} (was {due(self.due_before)})": self.change.has_new_date,
            "New update received": self.change.has_update,
            "No update received": self.without_update and self.change.is_more_than_an_update,
        }
        return [said for said, is_so in told.items() if is_so]

    @property
    def is_listed(self) -> bool:
        return self.change is None or self.change.place is not Place.LEFT


@dataclass(frozen=True)
class WatchList:
    """What a saved filter selects in a published month, and what changed since the one `before`, if there is one."""

    shown: Shown
    month: ReportingMonth
    before: ReportingMonth | None
    lines: tuple[Line, ...]

    @property
    def listed(self) -> list[Line]:
        return [line for line in self.lines if line.is_listed]

    @property
    def joined(self) -> list[Line]:
        return self._of(lambda change: change.place is Place.JOINED)

    @property
    def left(self) -> list[Line]:
        return self._of(lambda change: change.place is Place.LEFT)

    @property
    def with_new_date(self) -> list[Line]:
        return self._of(lambda change: change.has_new_date)

    @property
    def with_update(self) -> list[Line]:
        return self._of(lambda change: change.has_update)

    @property
    def changed_without_update(self) -> list[Line]:
        return [line for line in self.changed if line.without_update]

    @property
    def with_other_rating(self) -> list[Line]:
        return self._of(lambda change: change.has_other_rating)

    @property
    def changed(self) -> list[Line]:
        return self._of(lambda change: change.is_more_than_an_update)

    @property
    def updated(self) -> list[Line]:
        """Those on the list that got a new update, and of which nothing else changed."""
        return self._of(lambda change: change.has_update and not change.is_more_than_an_update)

    @property
    def same(self) -> list[Line]:
        """Those on the list of which nothing changed, or nothing can be compared."""
        known = {line.reference for line in (*self.changed, *self.updated)}
        return [line for line in self.listed if line.reference not in known]

    def _of(self, is_so):
        return [line for line in self.lines if line.change is not None and is_so(line.change)]


def of_person(user: User, plans: Iterable[int]) -> list[SavedFilter]:
    """Return the filters that the person saved in the plans of these ids."""
    return _OWN.objects(person=user.pk, plans=plans)


def _own(person, plans):
    return SavedFilter.objects.filter(person=person, plan__in=[plans]).select_related("plan")


# Every list of recommendations asks it.
_OWN = Statement(_own, person=-1, plans=-2)


def shown(filters: Iterable[SavedFilter], plan: Plan, month: ReportingMonth | None, *, in_month=False) -> list[Shown]:
    """Return `filters` of `plan` by their names, as `month` is asked for them; six queries if there are any.

    With `in_month` their addresses name that month; without, the list shows the latest.
    """
    filters = in_order(filters)
    if not filters:
        return []
    known = keys.of(plan)
    asked = known.of_month(month) if month else known
    return [_shown(saved, asked, month.address if month and in_month else "") for saved in filters]


def by_plan(user: User, plans: Iterable[int]) -> list[tuple[Plan, list[Shown], ReportingMonth | None]]:
    """Return the filters that the person saved in the plans of these ids, plan by plan, in at most eight queries.

    With each plan comes its latest published month, if there is one and one of the plan's filters is followed.
    """
    own = in_order(of_person(user, plans))
    if not own:
        return []
    known = {saved.plan_id: saved.plan for saved in own}
    published = ReportingMonth.objects.filter(published_at__isnull=False)
    later = published.filter(plan=OuterRef("plan"), month__gt=OuterRef("month"))
    latest = {month.plan_id: month for month in published.filter(~Exists(later), plan__in=known)}
    asked = keys.of_months(keys.of_plans(known), list(latest.values()))
    found = []
    for pk, plan in sorted(known.items(), key=lambda item: (item[1].title, item[0])):
        filters = [saved for saved in own if saved.plan_id == pk]
        is_watched = any(saved.is_followed for saved in filters)
        found.append(
            (plan, [_shown(saved, asked[pk], "") for saved in filters], latest.get(pk) if is_watched else None)
        )
    return found


def build(month: ReportingMonth, filters: Iterable[SavedFilter]) -> list[WatchList]:
    """Return what changed with the published `month` in each of `filters`, by their names.

    As many queries however many the filters, and some more where one of them searches for words. What it says is the
    same for everybody who sees the plan.
    """
    filters = in_order(filters)
    if not filters:
        return []
    before = (
        ReportingMonth.objects.filter(plan=month.plan_id, published_at__isnull=False, month__lt=month.month)
        .order_by("-month")
        .first()
    )
    known = keys.of(month.plan)
    now = _select(month, filters, known)
    then = _select(before, filters, known) if before else None
    return [
        WatchList(_shown(saved, now.keys, month.address), month, before, tuple(_lines(saved, then, now)))
        for saved in filters
    ]


def words_of(asked: Mapping[str, list[str]], month: ReportingMonth) -> str:
    """Return in words what a filter would keep of the values `asked` of the list of `month`."""
    known = keys.of(month.plan).of_month(month)
    return known.words(known.keep(asked))


def in_order(filters: Iterable[SavedFilter]) -> list[SavedFilter]:
    """Return the filters by their names, whatever a database makes of their order."""
    return sorted(filters, key=lambda saved: (saved.name_key, saved.pk))


@dataclass(frozen=True)
class _Selection:
    """The rows of a month by recommendation, those among them that each filter lists, and the keys of the month."""

    keys: keys.Keys
    rows: Mapping[int, MonthlyUpdate]
    listed: Mapping[int, frozenset[int]]

    def seen(self, saved: SavedFilter, recommendation: int) -> Seen | None:
        """Return what the month says of the recommendation; None where it is not in it."""
        if (row := self.rows.get(recommendation)) is None:
            return None
        return Seen(
            recommendation in self.listed[saved.pk],
            row.due_on,
            is_new=row.is_received and row.status != UpdateStatus.CARRIED,
            movement=Movement(row.movement) if row.movement else None,
        )


def _select(month, filters, known):
    """Return what each of `filters` lists in a published month: one query for the rows, more only to seek words."""
    asked = known.of_month(month)
    wanted = {saved.pk: asked.values(saved.query) for saved in filters}
    pairs = {(name, value) for each in wanted.values() for name in each.keys() - {keys.WORDS} for value in each[name]}
    is_sought = any(keys.WORDS in each for each in wanted.values())
    flagged = sorted(pairs | ({_OVERDUE} if is_sought else set()))
    rows = sets.without_drafts(sets.with_sets(month, flagged, now=month.published_at))
    texts = _texts(month, rows) if is_sought else {}
    listed = {
        pk: frozenset(row.recommendation_id for row in rows if _fits(row, each, texts)) for pk, each in wanted.items()
    }
    return _Selection(asked, {row.recommendation_id: row for row in rows}, listed)


def _texts(month, rows):
    for row in rows:
        row.is_overdue = _OVERDUE in row.sets
    return {row.pk: list(texts) for row, texts in searching.read(month, rows)}


def _fits(row, wanted, texts):
    return all(
        words.hold(" ".join(values), texts[row.pk])
        if name == keys.WORDS
        else any((name, value) in row.sets for value in values)
        for name, values in wanted.items()
    )


def _lines(saved, then, now):
    """Yield what stands on the list or stood there, in the order of the plan."""
    rows = {**(then.rows if then else {}), **now.rows}
    for pk, row in sorted(rows.items(), key=lambda item: (bytes(item[1].reference_order), item[0])):
        before, seen = then and then.seen(saved, pk), now.seen(saved, pk)
        change = changes.compare(before, seen) if then else None
        if change or (seen and seen.is_listed):
            is_missing = pk in now.rows and not now.rows[pk].is_received
            yield Line(row.reference, row.title, change, before and before.due_on, seen and seen.due_on, is_missing)


def _shown(saved, asked, month):
    query = saved.query
    return Shown(saved, asked.words(query), asked.values(query), tuple(asked.lost(query)), month)


def due(on: date | None) -> str:
    """Return a due date in words."""
    return f"{on:%-d %B %Y}" if on else "no date"
