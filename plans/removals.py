"""What can be removed from a month, an update or a plan because it could identify someone, and where each text stands.

Of a plan, its Notice and its inspections that is what was put in other words since.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts.audit import events, subjects
from accounts.models import Event
from accounts.removal.kinds import Kind, Place, Text, register, text
from accounts.removal.redactions import clean
from notices.models import Area, Finding, Indicator, Inspection, Milestone, Notice, Target
from plans import audit, guards, revisions
from plans.models import (
    AreaChange,
    AreaOfFocus,
    Evidence,
    MonthlyUpdate,
    Outcome,
    Plan,
    Recommendation,
    RefreshChange,
    ReportingMonth,
    Revision,
    Theme,
)
from plans.months import digests, narrative

TEXTS = (
    "progress",
    "impact",
    "next_steps",
    "cause",
    "remedy",
    "remedy_owner",
    "decision_sought",
    "proposed_due_reason",
    "unchanged_reason",
    "reply",
)
_OF_A_CORRECTION = ("before", "after")
_MONTH = frozenset(
    {
        guards.MONTHS,
        *guards.OF_A_MONTH,
        *guards.OF_AN_UPDATE,
        guards.CORRECTIONS,
        guards.PROPOSED,
        guards.DUE_DATE_CHANGES,
        guards.DATE_CHANGES,
    }
)
_TAMPERED = "The record of this month has changed since it was published. Run verify before you remove anything."
# What the administration words, and the reasons that events alone keep.
_WORDED = (
    *(Plan, Theme, Outcome, Recommendation, AreaOfFocus, Revision),
    *(Notice, Area, Target, Indicator, Milestone, Inspection, Finding),
)
_REWORDED = {
    "title",
    "wording",
    "name",
    "note",
    "summary",
    "caveat",
    "source",
    "timescale",
    "condition",
    "success",
    "lead_wording",
}
_REASONS = {
    ("recommendation.added", "reason"),
    ("recommendation.given_to_another_lead", "reason"),
    ("recommendation.closed", "reason"),
    ("recommendation.reopened", "reason"),
    ("recommendation.reopened", "closed_because"),
    ("month.discarded", "reason"),
    ("month.chased", "note"),
}


def install():
    """Register the months, their updates and the plan with its Notice and inspections; called when the app is ready."""
    tables = frozenset(model._meta.db_table for model in _WORDED)
    earlier, reworded = frozenset(_REASONS), frozenset(_REWORDED)
    told: dict[str, Any] = {"reworded": reworded, "trail": _told_of, "copies": _remove_from_revisions}
    register(Plan, Kind("plan", _of_plan, tables, earlier, **told))
    frozen: dict[str, Any] = {
        "tables": _MONTH,
        "anew": frozenset(_OF_A_CORRECTION),
        "titled": frozenset({Evidence._meta.label_lower}),
        "digest": digests.digest,
        "tampered": _TAMPERED,
    }
    whole = {"removals": lambda month: narrative.removals([month.pk]), "called": audit.month_name}
    register(ReportingMonth, Kind("month", _of_month, **whole, **frozen))
    part = {"record": lambda update: update.month, "copies": _remove_copies, "called": audit.update_name}
    register(MonthlyUpdate, Kind("update", _of_update, **part, **frozen))


def elsewhere(update: MonthlyUpdate, places: list[Place]) -> list[MonthlyUpdate]:
    """Return the other months of the recommendation that hold one of these texts: they are not removed with it."""
    texts = {place.text for place in places}
    others = MonthlyUpdate.objects.filter(recommendation=update.recommendation_id).exclude(pk=update.pk)
    rows = others.select_related("month__plan").order_by("month__month")
    return [row for row in rows if texts & {*(getattr(row, field) for field in TEXTS), *_reasons(row)}]


def packed(month: ReportingMonth) -> QuerySet:
    """Return the meetings whose kept packs may hold a text of the month: laid before them, or what they are made of."""
    made = Q(month=month) | Q(packs__contents__month=month.pk)
    meetings = month.meetings.model.objects.select_related("board")
    return meetings.filter(made, packs__isnull=False, packs__removed_at=None).distinct()


@dataclass(frozen=True)
class Stood:
    """From which day on, and until which, a text stood that pages and packs printed; None where it always did."""

    since: date | None = None
    until: date | None = None

    def may_be_in(self, pack) -> bool:
        """Whether the kept `pack` may hold it: made while it stood, or from a month that was opened then."""
        made = timezone.localdate(pack.made_at)
        began = min(made, pack.opened_on or made)
        return (self.since is None or self.since <= made) and (self.until is None or began <= self.until)


def stood(plan: Plan, words: Iterable[str]) -> dict[str, Stood]:
    """Return for each of `words`, which the audit trail of the plan alone still holds, when it stood; one query."""
    told = [(timezone.localdate(event.at), event.detail) for event in _told_of(plan).order_by("pk")]
    return {one: _stood(told, one) for one in words}


def _stood(told, words):
    """Return when `words` stood, as far as the events say: from the first that put them there to the last after it."""
    texts = [(on, one) for on, detail in told for one in detail.get("texts", ())]
    came = [on for on, one in texts if one["after"] == words]
    went = [on for on, one in texts if one["before"] == words]
    reasons = [on for on, detail in told if words in [value for key, value in detail.items() if key != "texts"]]
    if not (came or went):
        return Stood(since=min(reasons, default=None))
    since = None if not came or (went and went[0] < came[0]) else came[0]
    return Stood(since=since, until=went[-1] if went and not reasons else None)


def packed_with(plan: Plan, places: list[Place]) -> list:
    """Return the meetings whose kept packs may hold one of the texts in `places`, which the plan no longer says."""
    board = getattr(plan, "board", None)
    periods = stood(plan, {place.text for place in places}).values()
    if board is None or not places:
        return []
    opened = opened_on(plan)
    found = []
    for meeting in board.meetings.prefetch_related("packs").select_related("board"):
        packs = [pack for pack in meeting.packs.all() if pack.removed_at is None]
        for pack in packs:
            pack.opened_on = opened.get(pack.contents.get("month"))
        if any(period.may_be_in(pack) for pack in packs for period in periods):
            found.append(meeting)
    return found


def opened_on(plan: Plan) -> dict[int, date]:
    """Return the day on which each month of the plan was opened: its rows hold what was said then."""
    return {pk: timezone.localdate(at) for pk, at in plan.months.values_list("pk", "opened_at")}


def _of_update(update) -> Iterator[tuple[str, Text]]:
    corrections = list(update.corrections.all())
    for field in TEXTS:
        beside = [
            Place(row, side, getattr(row, side))
            for row in corrections
            if row.field == field
            for side in _OF_A_CORRECTION
        ]
        places = [Place(update, field, getattr(update, field)), *_as_returned(update, field), *beside]
        yield field, Text(narrative.LABELS.get(field, narrative.REPLY), places)
    reasons = [item["reason"] for item in update.contradictions]
    given = [Place(update, "contradictions", reason) for reason in reasons]
    given += [Place(update, "override_reasons", one) for one in update.override_reasons.values() if one not in reasons]
    yield "contradictions", Text("Reasons for contradictions", given)
    yield "date_changes", Text("Reasons for changing the due date", list(_of_dates(update)))
    yield from _of_corrections(update, corrections)
    for row in update.comments.all():
        yield f"comment-{row.pk}", text("A review comment", row, "text")
    for row in update.evidence.all():
        yield f"evidence-{row.pk}", text("A piece of evidence", row, "title", "original_name", "url")
    for event in events.on([update]).filter(what="evidence.removed").order_by("pk"):
        label = "A piece of evidence that was taken off again, in the audit trail"
        yield f"event-{event.pk}", Text(label, [Place(event, "detail", event.detail["title"])])


def _of_corrections(update, corrections) -> Iterator[tuple[str, Text]]:
    """Yield the reason of each correction, with that of the rating that it came of, and of each other such rating."""
    proposed = {row.correction_id or f"proposal-{row.pk}": row for row in update.proposed_ratings.all()}
    for row in corrections:
        found = text("The reason for a correction", row, "reason", "agreed_how")
        if (proposal := proposed.pop(row.pk, None)) is not None:
            found.places.append(Place(proposal, "reason", proposal.reason))
        yield f"correction-{row.pk}", found
    for name, row in proposed.items():
        label = "The reasons beside a corrected rating that was proposed"
        yield str(name), text(label, row, "reason", "decision_reason")


def _as_returned(update, field) -> Iterator[Place]:
    """Yield what an answer said when the update was last returned, where it says something else now."""
    text = update.returned.get("answers", {}).get(field, "")
    if text != getattr(update, field):
        yield Place(update, "returned", text)


def _of_dates(update) -> Iterator[Place]:
    """Yield the reason of each date of its month, withdrawn or not; one that the update itself gives goes with it."""
    given = update.proposed_due_reason.strip()
    changes = [row for row in revisions.of_month(update.month, [update.recommendation_id]) if row.reason != given]
    known = {given, *(row.reason for row in changes)}
    for item in update.date_changes:
        if item["reason"] not in known:
            yield Place(update, "date_changes", item["reason"])
    for row in changes:
        yield Place(row, "reason", row.reason)


def _reasons(update) -> set[str]:
    return {*(item["reason"] for item in update.contradictions), *update.override_reasons.values()}


def _remove_copies(update, places, words):
    """Remove what stands beside the rows that hold it: with the due date, in the former states and in the trail."""
    texts = [place.text for place in places]
    recommendation = update.recommendation
    clean(events.on([recommendation]), ("detail",), texts, words)
    clean(recommendation.due_date_changes.all(), ("reason",), texts, words)
    _clean_changes(recommendation.refresh_changes.all(), texts, words)
    clean(Recommendation.history.filter(id=recommendation.pk), ("history_change_reason",), texts, words)
    clean(MonthlyUpdate.objects.filter(pk=update.pk), ("date_changes", "returned"), texts, words)
    if any(place.field in {"contradictions", "override_reasons"} for place in places):
        found = [item | {"reason": words} for item in update.contradictions]
        changes = {"contradictions": found, "override_reasons": {}, "version": F("version") + 1}
        MonthlyUpdate.objects.filter(pk=update.pk).update(**changes)
    # What was taken off is named, with its file, in events alone.
    titles = [place.text for place in places if isinstance(place.row, Event)]
    told = Event.objects.filter(on_type=Evidence._meta.label_lower, on_text__in=titles, detail__has_key="file")
    gone = told.exclude(on_id__in=Evidence.objects.values("pk"))
    clean(gone, ("detail",), [event.detail["file"] for event in gone], words)


def _of_month(month) -> Iterator[tuple[str, Text]]:
    yield "headline", text("The month in a sentence or two", month, "headline")
    yield "commentary", text("Overall commentary", month, "commentary")
    for row in month.area_updates.all():
        yield f"area-{row.letter}", text(f"Update on area of focus {row.letter}", row, "text")
    for row in month.date_changes.all():
        yield f"dates-{row.pk}", text("The reason for changing the dates", row, "reason")


def _of_plan(plan) -> Iterator[tuple[str, Text]]:
    for row in plan.recommendations.exclude(closure_reason=""):
        yield f"closure-{row.pk}", text(f"{row.reference}, why it is closed", row, "closure_reason")
    # The reason for a new date goes with the update that shows it.
    changes = RefreshChange.objects.filter(refresh__plan=plan, refresh__applied_at__isnull=False, fate="change")
    for change in changes.exclude(proposed__has_key="due_on").exclude(reason="").select_related("refresh"):
        label = f"{change.reference}, why it was changed in “{change.refresh}”"
        yield f"change-{change.pk}", text(label, change, "reason")


def _remove_from_revisions(plan, places, words):
    """Remove what drafts of revisions say, and what those that were applied changed."""
    texts = [place.text for place in places]
    clean(plan.refreshes.all(), ("title", "summary"), texts, words)
    _clean_changes(RefreshChange.objects.filter(refresh__plan=plan), texts, words)
    clean(AreaChange.objects.filter(refresh__plan=plan), ("title", "log"), texts, words)


def _clean_changes(changes, texts, words):
    clean(changes, ("title", "proposed", "reason", "log"), texts, words)


def _told_of(plan) -> QuerySet[Event]:
    """Return the events on the plan, its Notice and the inspections of it that may keep a text that stood before."""
    notice = plan.notice
    inspections = Inspection.objects.beside(notice, [plan]) if notice else ()
    subjects_of_it = [plan, *([notice] if notice else ()), *inspections]
    about = Q(*(Q(about__contains=subjects.key(one)) for one in subjects_of_it), _connector=Q.OR)
    on = Q(on_type__in=[model._meta.label_lower for model in _WORDED])
    return Event.objects.filter(about, on, Q(what__endswith=".changed") | Q(what__in={what for what, _ in _REASONS}))
