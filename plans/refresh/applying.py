"""Applies a draft revision: every change in one transaction, from the next month on.

A month that is open keeps its rows, and what was published is not touched. Everyone who needs several of these locks
them in this order, so that nobody waits for one who waits: the plan, its open month, the draft, the recommendations.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.audit import events
from improvement.records.refusals import Conflict, Incomplete, Refused
from improvement.records.writes import write
from improvement.texts import days
from plans import revisions
from plans.models import AreaChange, AreaOfFocus, Plan, Recommendation, RefreshChange, ReportingMonth, Revision
from plans.refresh import checks, proposals
from plans.refresh.drafting import locked

Fate = RefreshChange.Fate
_TEXTS = ("title", "wording", "success", "lead_wording", "timescale", "source", "note")
_MANY = ("areas", "targets", "findings")


@transaction.atomic
def apply(*, refresh, version, title, agreed_on, by, at, summary="", meeting=None):
    """Apply a draft that was agreed on a day, at a Board's `meeting` if one is given; return the Revision.

    Each change leaves its own event, as if it were made alone, and the draft leaves one. `version` is that of the
    draft when it was looked at. Raises Refused with every reason why it cannot be applied, Incomplete or Conflict.
    """
    plan = Plan.objects.select_for_update().get(pk=refresh.plan_id)
    ReportingMonth.objects.select_for_update().filter(plan=plan, published_at=None).first()
    title, summary = title.strip(), summary.strip()
    if done := plan.revisions.filter(
        refresh=refresh.pk, refresh__applied_by=by, title=title, agreed_on=agreed_on
    ).first():
        return done
    draft = locked(refresh)
    if draft.version != version:
        raise Conflict(draft)
    here = checks.context(draft, on=timezone.localdate(at))
    _refuse(plan, title, agreed_on, meeting, here)
    revision = Revision(plan=plan, title=title, agreed_on=agreed_on, summary=summary)
    _saved(revision, by, at)
    for area in here.area_changes:
        _apply_area(area, revision, here, by, at)
    changes = sorted(here.changes, key=lambda change: [Fate.ADD, Fate.CHANGE, Fate.CLOSE].index(Fate(change.fate)))
    for change in changes:
        _APPLY[Fate(change.fate)](change, revision, here, by, at)
    write(
        draft,
        version,
        title=title,
        summary=summary,
        applied_at=at,
        applied_by=by,
        revision=revision,
        meeting_on=meeting.held_on if meeting else None,
        effective_from=here.begins,
        carried_on=len(set(here.live) - {change.reference for change in here.changes}),
    )
    told = {"agreed_on": days.iso(agreed_on), "recommendations": len(here.changes), "areas": len(here.area_changes)}
    events.record(by=by, at=at, what="refresh.applied", on=draft, **told, applies_from=days.iso(here.begins))
    return revision


def _refuse(plan, title, agreed_on, meeting, here):
    found = {} if title else {"title": "Enter a title for the revision."}
    if agreed_on is None:
        found["agreed_on"] = "Enter the day on which it was agreed, or choose the meeting."
    elif agreed_on > here.today:
        found["agreed_on"] = f"{agreed_on:%-d %B %Y} is in the future. Enter the day on which it was agreed."
    found |= days.outside(agreed_on=agreed_on)
    if meeting and meeting.board.plan_id != plan.pk:
        found["meeting"] = "Choose a meeting of the plan’s own Board."
    elif meeting and agreed_on and meeting.held_on != agreed_on:
        found["agreed_on"] = f"The meeting was on {meeting.held_on:%-d %B %Y}. Leave this empty, or choose no meeting."
    if found:
        raise Incomplete(found)
    if wrong := checks.problems(here):
        raise Refused(" ".join(wrong))


def _apply_area(change, revision, here, by, at):
    if change.fate == AreaChange.Fate.ADD:
        area = AreaOfFocus(plan=revision.plan, letter=change.letter, from_on=here.begins, revision=revision)
    else:
        area = here.areas[change.letter]
    change.log = area_lines(change)
    texts = []
    if change.fate == AreaChange.Fate.END:
        area.to_on = here.begins - timedelta(days=1)
    else:
        texts = reworded(area, {"title": change.title}) if area.pk else []
        area.title, area.leading_post = change.title, change.leading_post
    is_new = area.pk is None
    _saved(area, by, at)
    change.area = area
    change.save(update_fields=("area", "log"))
    told = {"texts": texts} if texts else {}
    what = "areaoffocus.added" if is_new else "areaoffocus.changed"
    events.record(by=by, at=at, what=what, on=area, revision=revision.title, **told)


def added(plan, change, here, by, at, **told):
    """Add what `change` proposes to `plan`, as part of another write, and leave its event; return the row."""
    proposed = change.proposed
    due_on = proposals.day(proposed)
    row = Recommendation(
        plan=plan,
        reference=change.reference,
        **{field: proposed.get(field, "") for field in _TEXTS},
        outcome=here.names.outcomes[proposed["outcome"]],
        lead_post=here.names.posts[proposed["lead_post"]],
        original_due_on=due_on,
        due_on=due_on,
        opened_on=here.today,
    )
    _saved_with(row, proposed, by, at)
    events.record(by=by, at=at, what="recommendation.added", on=row, **told)
    return row


def _add(change, revision, here, by, at):
    change.recommendation = added(revision.plan, change, here, by, at, revision=revision.title)
    _log(change, change.proposed["title"], here.names.lines({}, change.proposed))


def _change(change, revision, here, by, at):
    row = here.live[change.reference]
    present = proposals.facts(row)
    # What was changed alone since, to just that, is no part of the revision.
    proposed = {field: value for field, value in change.proposed.items() if value != present[field]}
    _log(change, row.title, here.names.lines(present, proposed))
    texts = reworded(row, {field: proposed[field] for field in _TEXTS if field in proposed})
    rest = {field: value for field, value in proposed.items() if field != "due_on"}
    for field in rest:
        if field in _TEXTS:
            setattr(row, field, rest[field])
        elif field not in _MANY:
            setattr(row, field, here.names.of(field)[rest[field]])
    if rest:
        _saved_with(row, rest, by, at)
        names = [proposals.LABELS[field] for field in rest]
        told = {"changes": [{"changed": {"fields": names}}]} | ({"texts": texts} if texts else {})
        events.record(by=by, at=at, what="recommendation.changed", on=row, revision=revision.title, **told)
    if due_on := proposals.day(proposed):
        revisions.change_due_date(
            recommendation=row,
            due_on=due_on,
            reason=change.reason,
            by=by,
            at=at,
            revision=revision,
            is_from_next_month=True,
        )


def _close(change, revision, here, by, at):
    row = here.live[change.reference]
    _log(change, row.title, [])
    revisions.close(
        recommendation=row,
        closure=change.closure,
        reason=change.reason,
        by=by,
        at=at,
        revision=revision,
        successors=list(revision.plan.recommendations.filter(reference__in=change.successors)),
    )


_APPLY = {Fate.ADD: _add, Fate.CHANGE: _change, Fate.CLOSE: _close}


def area_lines(change: AreaChange) -> list[dict[str, str]]:
    """Return before and after in words for what changes of an area of focus."""
    area = change.area
    before = (area.title, str(area.leading_post)) if area else ("", "")
    after = (change.title, str(change.leading_post or ""))
    if change.fate == AreaChange.Fate.END:
        return [{"label": "Title", "before": before[0], "after": ""}]
    both = zip(("Title", "Leading post"), before, after, strict=True)
    return [{"label": label, "before": was, "after": now} for label, was, now in both if was != now]


def _log(change, title, lines):
    change.title, change.log = title, lines
    change.save(update_fields=("title", "log", "recommendation"))


def reworded(row, texts):
    """Return what an event keeps of the `texts` of `row` that change, as the administration's own events do."""
    return [
        {
            "of": "",
            "field": field,
            "label": str(row._meta.get_field(field).verbose_name).capitalize(),
            "before": getattr(row, field),
            "after": text,
        }
        for field, text in texts.items()
        if getattr(row, field) != text
    ]


def _saved(row, by, at):
    row._history_date, row._history_user = at, by
    row.save()


def _saved_with(row, proposed, by, at):
    """Save `row` with its areas, targets and findings; its history gets one line."""
    row.skip_history_when_saving = True
    row.save()
    for field in _MANY:
        if field not in proposed:
            continue
        if field == "areas":
            row.areas.set(AreaOfFocus.objects.filter(plan=row.plan_id, letter__in=proposed["areas"]))
        else:
            getattr(row, field).set(proposed[field])
    del row.skip_history_when_saving
    _saved(row, by, at)
