"""The draft of a revision: started, changed line by line, and discarded. The draft is locked before its lines."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.audit import events
from improvement.records.refusals import Conflict, Incomplete, Refused
from improvement.records.writes import holds
from plans.models import AreaChange, Plan, Refresh, RefreshChange
from plans.refresh import checks, proposals

CARRY_ON = "carry_on"
NOT_CHOSEN = "You changed something below. Choose “Changes”, or undo what you changed."
NOT_CLOSING = "You said below how it closes. Choose “Closes”, or undo what you said."
NO_REASON_TO_GIVE = "You gave a reason below. Choose what it is for, or remove it."
Fate = RefreshChange.Fate
_SAID = ("reference", "fate", "proposed", "closure", "reason", "successors")
_SAID_OF_AREA = ("letter", "fate", "title", "leading_post")


@transaction.atomic
def start(*, plan, title, by, at, summary=""):
    """Start a draft revision of `plan`; return it. Where one is open already, that is Refused."""
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    title, summary = title.strip(), summary.strip()
    if not title:
        raise Incomplete({"title": "Enter a title for the revision."})
    if draft := plan.refreshes.filter(applied_at=None).first():
        if (draft.title, draft.summary, draft.started_by_id) == (title, summary, by.pk):
            return draft
        raise Refused(f"“{draft.title}” is still a draft. Apply or discard it before you start another.")
    draft = Refresh.objects.create(plan=plan, title=title, summary=summary, started_at=at, started_by=by)
    events.record(by=by, at=at, what="refresh.started", on=draft)
    return draft


@transaction.atomic
def change(*, refresh, recommendation, version, fate, by, at, reason="", closure="", successors=(), **proposed):
    """Say in a draft what becomes of `recommendation`; return the RefreshChange, None where it carries on unchanged.

    `proposed` is what it will say, by field of `proposals.LABELS`; only what differs is kept. `version` is that of
    the change when the page was made, 0 where there was none. Raises Incomplete, Conflict or Refused.
    """
    draft = locked(refresh)
    row = draft.changes.filter(recommendation=recommendation).first()
    is_closing, stands = fate == Fate.CLOSE, draft.plan.recommendations.filter(pk=recommendation.pk).first()
    if stands is None:
        raise Refused("Choose a recommendation of the draft’s own plan.")
    present = proposals.facts(stands)
    # What the draft said of it is shown too, and is undone by this.
    said, shown = proposals.kept(**proposed), present | (row.proposed if row else {})
    closing = {"closure": closure, "successors": list(successors)}
    if fate != Fate.CHANGE and proposals.difference(shown, said) and proposals.difference(present, said):
        raise Refused(NOT_CHOSEN, "fate")
    if not is_closing and any(closing.values()) and not (row and holds(row, closing)):
        raise Refused(NOT_CLOSING, "fate")
    if fate == CARRY_ON:
        if reason.strip() and reason.strip() != (row.reason if row else ""):
            raise Refused(NO_REASON_TO_GIVE, "fate")
        return _removed(draft, row, version, by=by, at=at)
    wanted = RefreshChange(
        pk=row and row.pk,
        refresh=draft,
        recommendation=recommendation,
        reference=recommendation.reference,
        fate=fate,
        proposed={} if is_closing else proposals.difference(present, said),
        closure=closure if is_closing else "",
        reason=reason.strip(),
        successors=list(successors) if is_closing else [],
    )
    return _saved(draft, row, wanted, version, by=by, at=at)


@transaction.atomic
def add(*, refresh, version, reference, by, at, added=None, **proposed):
    """Add a recommendation to a draft, or change `added`, which was added to it before; return the RefreshChange."""
    draft, reference = locked(refresh), reference.strip()
    row = draft.changes.filter(pk=added.pk).first() if added else draft.changes.filter(reference=reference).first()
    if added and row is None:
        raise Refused("Someone else took this recommendation out of the draft.")
    kept = proposals.kept(**proposed)
    wanted = RefreshChange(pk=row and row.pk, refresh=draft, reference=reference, fate=Fate.ADD, proposed=kept)
    if row and not added and not holds(row, {field: getattr(wanted, field) for field in _SAID}):
        raise Incomplete({"reference": f"The draft already has a recommendation {reference}. Enter another reference."})
    return _saved(draft, row, wanted, version, by=by, at=at)


@transaction.atomic
def change_area(*, refresh, letter, version, fate, by, at, title="", leading_post=None):
    """Say in a draft what becomes of an area of focus, or add one; return the AreaChange, None where it carries on."""
    draft = locked(refresh)
    row = draft.area_changes.filter(letter=letter).first()
    area = draft.plan.areas.filter(letter=letter).first()
    is_ending = fate == AreaChange.Fate.END
    if is_ending or fate == CARRY_ON:
        shown = [(one.title, one.leading_post) for one in (row, area) if one]
        if (title or leading_post) and (title.strip(), leading_post) not in shown:
            raise Refused(NOT_CHOSEN, "fate")
    if fate == CARRY_ON:
        return _removed(draft, row, version, by=by, at=at)
    wanted = AreaChange(
        pk=row and row.pk,
        refresh=draft,
        area=None if fate == AreaChange.Fate.ADD else area,
        letter=letter,
        fate=fate,
        title="" if is_ending else title.strip(),
        leading_post=None if is_ending else leading_post,
    )
    return _saved(draft, row, wanted, version, by=by, at=at)


@transaction.atomic
def take_back(*, change, by, at):
    """Take one change out of its draft: a recommendation or an area carries on, what was added is not."""
    draft = locked(change.refresh)
    _removed(draft, type(change).objects.filter(pk=change.pk).first(), None, by=by, at=at)


@transaction.atomic
def discard(*, refresh, version, by, at):
    """Discard a draft with all its changes. Raises Conflict where it has changed since it was looked at."""
    draft = Refresh.objects.select_for_update(of=("self",)).select_related("plan").filter(pk=refresh.pk).first()
    if draft is None:
        return
    draft = locked(draft)
    if draft.version != version:
        raise Conflict(draft)
    told = {"title": draft.title, "recommendations": draft.changes.count(), "areas": draft.area_changes.count()}
    plan = draft.plan
    draft.delete()
    events.record(by=by, at=at, what="plan.refresh_discarded", on=plan, **told)


def locked(refresh) -> Any:
    """Lock a draft and return it as it now stands; raises Refused where it was applied or discarded."""
    rows = Refresh.objects.select_for_update(of=("self",)).select_related("plan")
    draft = rows.filter(pk=refresh.pk).first()
    if draft is None:
        raise Refused("The draft has been discarded.")
    if draft.applied_at:
        raise Refused(f"“{draft.title}” has been applied and can no longer be changed.")
    return draft


def touched(draft):
    """Count one version further, so that whoever looked at the whole draft before is told that it has changed."""
    Refresh.objects.filter(pk=draft.pk).update(version=F("version") + 1)


def _saved(draft, row, wanted, version, *, by, at):
    """Write `wanted`, which says what becomes of one thing, in the place of `row`; return it."""
    is_area = isinstance(wanted, AreaChange)
    said = {field: getattr(wanted, field) for field in (_SAID_OF_AREA if is_area else _SAID)}
    if row and holds(row, said):
        return row
    if (row.version if row else 0) != version:
        raise Conflict(row or type(wanted)())
    here = checks.context(draft, on=timezone.localdate(at))
    if errors := (checks.area_errors if is_area else checks.errors)(wanted, here):
        raise Incomplete(errors)
    wanted.saved_at, wanted.saved_by, wanted.version = at, by, version + 1
    wanted.save()
    touched(draft)
    place = {"area": wanted.letter} if is_area else {"recommendation": wanted.reference}
    events.record(by=by, at=at, what="refresh.changed", on=draft, fate=wanted.get_fate_display(), **place)
    return wanted


def _removed(draft, row, version, *, by, at):
    if row is None:
        return
    if version is not None and row.version != version:
        raise Conflict(row)
    place = {"area": row.letter} if isinstance(row, AreaChange) else {"recommendation": row.reference}
    row.delete()
    touched(draft)
    events.record(by=by, at=at, what="refresh.change_taken_back", on=draft, **place)
