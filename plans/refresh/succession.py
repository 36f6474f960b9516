"""Lets a new plan take over what is outstanding in another, each recommendation linked with its history [002] 5.

The old plan stays as it was published. Its Board keeps its record, and is carried over on the next page
(`boards.meetings.succession`).
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.audit import events
from improvement.records.refusals import Incomplete, Refused
from plans import revisions
from plans.models import (
    Action,
    AreaOfFocus,
    Closure,
    Outcome,
    Plan,
    PlanSource,
    RatingDefinition,
    Recommendation,
    Theme,
)

# What a recommendation says in the new plan as it did in the old one.
_COPIED = (
    *("reference", "title", "wording", "success", "lead_post", "lead_wording"),
    *("timescale", "original_due_on", "due_on", "source", "note"),
)


@dataclass(frozen=True)
class Estate:
    """What a new plan would take over from `plan`."""

    plan: Plan
    themes: list[Theme]
    areas: list[AreaOfFocus]
    recommendations: list[Recommendation]


def estate(plan: Plan, *, on: date) -> Estate:
    """Return what stands in `plan` on the day `on`, in a constant number of queries."""
    begins = _begins(plan, on)
    rows = plan.recommendations.live(on).select_related("lead_post", "outcome__theme")
    return Estate(
        plan=plan,
        themes=list(plan.themes.prefetch_related("outcomes")),
        areas=list(plan.areas.in_month(begins)),
        recommendations=list(
            rows.prefetch_related("targets", "findings", "areas", "actions").order_by("reference_order")
        ),
    )


def refuse_to_succeed(*, plan: Plan, on: date) -> None:
    """Raise Refused where `succeed` would whatever the new plan is called; write nothing."""
    if taken_over := Plan.objects.filter(predecessor=plan).first():
        raise Refused(f"“{taken_over.title}” has taken over this plan already.")
    if month := plan.months.filter(published_at=None).first():
        raise Refused(f"{month.label} is still open. Publish or discard it first.")
    if draft := plan.refreshes.filter(applied_at=None).first():
        raise Refused(f"“{draft.title}” is still a draft. Apply or discard it first.")
    if row := plan.recommendations.filter(opened_on__gt=on, closed_on=None).first():
        raise Refused(f"{row.reference} joins the plan on {row.opened_on:%-d %B %Y}. Wait until then.")
    if not plan.recommendations.live(on).exists():
        raise Refused("The plan has no live recommendation that a new plan could take over.")


@transaction.atomic
def succeed(*, plan, title, slug, by, at):
    """Let a new plan take over every live recommendation of `plan`; return the new plan.

    Each goes on with its dates, what it answers and its open actions, and is closed in the old plan as superseded.
    Raises Incomplete or Refused.
    """
    plan, on, title = Plan.objects.select_for_update().get(pk=plan.pk), timezone.localdate(at), title.strip()
    if done := Plan.objects.filter(predecessor=plan, slug=slug, title=title).first():
        return done
    refuse_to_succeed(plan=plan, on=on)
    if not title:
        raise Incomplete({"title": "Enter a title for the new plan."})
    if Plan.objects.filter(slug=slug).exists():
        raise Incomplete({"slug": f"Another plan is called “{slug}” in web addresses. Enter another name."})
    left = estate(plan, on=on)
    new = Plan(slug=slug, title=title, council=plan.council, notice=plan.notice, caveat=plan.caveat, predecessor=plan)
    _saved(new, by, at)
    new.programme_office.set(plan.programme_office.all())
    _copy_parts(plan, new, by, at)
    outcomes = _copy_outcomes(left, new, by, at)
    areas = _copy_areas(left, new, _begins(plan, on), by, at)
    for row in left.recommendations:
        taken = _take_over(row, new, outcomes, areas, on, by, at)
        revisions.close(
            recommendation=row,
            closure=Closure.SUPERSEDED,
            reason=f"Taken over by “{title}”.",
            by=by,
            at=at,
            successors=[taken],
            successor_plan=new,
        )
    told = {"title": title, "recommendations": len(left.recommendations)}
    events.record(by=by, at=at, what="plan.succeeded", on=plan, **told)
    return new


def _begins(plan, on):
    return revisions.next_month(plan) or on.replace(day=1)


def _saved(row, by, at):
    row._history_date, row._history_user = at, by
    row.save()
    return row


def _copy_parts(plan, new, by, at):
    for one in plan.rating_definitions.all():
        _saved(RatingDefinition(plan=new, rating=one.rating, wording=one.wording), by, at)
    for one in plan.sources.all():
        said = {"position": one.position, "title": one.title, "content": one.content, "source": one.source}
        PlanSource.objects.create(plan=new, **said)


def _copy_outcomes(left, new, by, at):
    """Return the new outcome by the number of the old one."""
    found = {}
    for theme in left.themes:
        said = {"number": theme.number, "title": theme.title, "source": theme.source, "note": theme.note}
        copy = _saved(Theme(plan=new, **said), by, at)
        for one in theme.outcomes.all():
            said = {"number": one.number, "title": one.title, "source": one.source}
            said["accountable_post_id"] = one.accountable_post_id
            found[one.pk] = _saved(Outcome(theme=copy, **said), by, at)
    return found


def _copy_areas(left, new, begins, by, at):
    """Return the new area of focus by the number of the old one."""
    found = {}
    for one in left.areas:
        said = {"letter": one.letter, "title": one.title, "source": one.source}
        said |= {"leading_post_id": one.leading_post_id, "from_on": begins, "to_on": one.to_on}
        found[one.pk] = _saved(AreaOfFocus(plan=new, **said), by, at)
    return found


def _take_over(row, new, outcomes, areas, on, by, at):
    """Return the recommendation that continues `row` in the new plan."""
    said = {field: getattr(row, field) for field in _COPIED}
    taken = Recommendation(plan=new, outcome=outcomes[row.outcome_id], opened_on=on, **said)
    taken.skip_history_when_saving = True
    taken.save()
    taken.targets.set(row.targets.all())
    taken.findings.set(row.findings.all())
    taken.areas.set([areas[area.pk] for area in row.areas.all() if area.pk in areas])
    del taken.skip_history_when_saving
    _saved(taken, by, at)
    for one in row.actions.all():
        if one.done_on is None:
            said = {"title": one.title, "owner_post_id": one.owner_post_id, "due_on": one.due_on}
            said |= {"timescale": one.timescale, "source": one.source}
            _saved(Action(recommendation=taken, **said), by, at)
    return taken
