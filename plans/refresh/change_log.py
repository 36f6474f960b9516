"""What a revision changed, as its own page, the Board's paper and the pack say it."""

from collections.abc import Iterator
from dataclasses import dataclass

from accounts.models import Event
from plans.models import AreaOfFocus, Closure, Plan, Recommendation, Refresh, RefreshChange, Revision
from plans.refresh import preview, singly
from plans.refresh.proposals import LABELS


@dataclass(frozen=True)
class Entry:
    """One recommendation or area of focus, and what the revision did to it, with before and after in its `lines`."""

    reference: str
    title: str
    words: str
    lines: list[dict[str, str]]
    reason: str = ""
    successors: tuple[str, ...] = ()

    @property
    def is_date_only(self) -> bool:
        return [line["label"] for line in self.lines] == [LABELS["due_on"]]


@dataclass(frozen=True)
class ChangeLog:
    """A revision with what it changed; recommendations of which only the due date changed stand in `dates`.

    `refresh` is None where it was not drafted here but recorded afterwards.
    """

    revision: Revision
    refresh: Refresh | None
    areas: list[Entry]
    recommendations: list[Entry]
    dates: list[Entry]
    carried_on: int


def of_plan(plan: Plan) -> list[Revision]:
    """Return the revisions of `plan`, latest first."""
    return list(plan.revisions.order_by("-agreed_on", "-pk"))


def build(revision: Revision) -> ChangeLog:
    """Return what `revision` changed, in a constant number of queries.

    What a draft changed is told as it was when it was applied. Closures, dates and areas of focus that were recorded
    with the revision by themselves are added to it.
    """
    refresh = getattr(revision, "refresh", None)
    drafted = list(refresh.changes.all()) if refresh else []
    told = {change.reference: _told(change) for change in drafted}
    alone = _alone(revision, set(told))
    entries = [*told.values(), *alone]
    in_plan = revision.plan.recommendations.filter(opened_on__lte=revision.agreed_on)
    lasting = in_plan.exclude(closed_on__lt=revision.agreed_on)
    changed = {entry.reference for entry in entries}
    return ChangeLog(
        revision=revision,
        refresh=refresh,
        areas=_areas(revision, refresh),
        recommendations=[entry for entry in entries if not entry.is_date_only],
        dates=[entry for entry in entries if entry.is_date_only],
        carried_on=refresh.carried_on if refresh else lasting.exclude(reference__in=changed).count(),
    )


def _told(change: RefreshChange) -> Entry:
    closed = f"Closed: {Closure(change.closure).label.lower()}" if change.closure else ""
    words = closed or preview.words(change)
    return Entry(change.reference, change.title, words, change.log, change.reason, tuple(change.successors))


def _alone(revision, told) -> Iterator[Entry]:
    """Yield what was recorded with the revision of recommendations that its draft does not name."""
    closed: dict[Recommendation, Entry] = {}
    for row in revision.closed.prefetch_related("successors").order_by("reference_order"):
        successors = tuple(one.reference for one in row.successors.all())
        words = f"Closed: {Closure(row.closure).label.lower()}"
        closed[row] = Entry(row.reference, row.title, words, [], row.closure_reason, successors)
    dates = revision.due_date_changes.filter(withdrawn_at=None).select_related("recommendation")
    for change in dates.order_by("recommendation__reference_order", "pk"):
        row = change.recommendation
        before = f"{change.before:%-d %B %Y}" if change.before else "No date"
        line = {"label": LABELS["due_on"], "before": before, "after": f"{change.after:%-d %B %Y}"}
        if row.reference not in told:
            yield Entry(row.reference, row.title, "Given another date", [line], change.reason)
    yield from (entry for entry in closed.values() if entry.reference not in told)
    yield from (entry for entry in _singly(revision) if entry.reference not in told)


def _singly(revision) -> Iterator[Entry]:
    """Yield what was added or given to another lead by itself, as the audit trail holds it."""
    of_plan = {"on_type": Recommendation._meta.label_lower, "on_id__in": revision.plan.recommendations.values("pk")}
    named = Event.objects.filter(**of_plan, what__in=(singly.ADDED, singly.GIVEN), detail__revision_id=revision.pk)
    made = list(named.order_by("pk"))
    rows = Recommendation.objects.in_bulk([event.on_id for event in made])
    for event in made:
        row, told = rows[event.on_id], event.detail
        is_new = event.what == singly.ADDED
        lines = [{"label": LABELS["wording"], "before": "", "after": row.wording}] if is_new else _of_lead(told)
        yield Entry(row.reference, row.title, "New" if is_new else "Given to another lead", lines, told["reason"])


def _of_lead(told) -> list[dict[str, str]]:
    lines = [{"label": LABELS["lead_post"], "before": told["before"], "after": told["after"]}]
    lines += [{side: text[side] for side in ("label", "before", "after")} for text in told.get("texts", ())]
    return [line for line in lines if line["before"] != line["after"]]


def _areas(revision, refresh) -> list[Entry]:
    found = {}
    for change in refresh.area_changes.all() if refresh else ():
        title = next((line["before"] or line["after"] for line in change.log if line["label"] == "Title"), change.title)
        found[change.letter] = Entry(change.letter, title, preview.area_words(change), change.log)
    for area in AreaOfFocus.objects.filter(revision=revision).select_related("leading_post"):
        if area.letter not in found:
            line = {"label": "Leading post", "before": "", "after": str(area.leading_post)}
            found[area.letter] = Entry(area.letter, area.title, "New", [line])
    return [found[letter] for letter in sorted(found)]
