"""Changes a plan without a draft: one new recommendation, or another lead for one that is there.

Either takes effect with the next month. An open month keeps its rows, and what was published is not touched.
"""

from django.db import transaction
from django.utils import timezone

from accounts.audit import events
from improvement.records.refusals import Incomplete
from plans import revisions
from plans.models import Plan, Recommendation, RefreshChange
from plans.refresh import checks, proposals
from plans.refresh.applying import added, reworded

ADDED, GIVEN = "recommendation.added", "recommendation.given_to_another_lead"
WHY_ADDED = "Enter a reason for adding the recommendation."
WHY_ANOTHER_LEAD = "Enter a reason for the new lead."


@transaction.atomic
def add_alone(*, plan, reference, reason, by, at, revision=None, **proposed):
    """Add one recommendation to `plan`, which may have been agreed in a `revision`; return it.

    `proposed` is what it says, by field of `proposals.LABELS`. It joins the next month, or the open one once its scope
    is refreshed. Raises Incomplete or RevisionRefused.
    """
    plan, reference, reason = Plan.objects.select_for_update().get(pk=plan.pk), reference.strip(), reason.strip()
    kept = proposals.kept(**proposed)
    if done := _just_added(plan, reference, kept, reason, by):
        return done
    _require_own(revision, plan.pk)
    change = RefreshChange(reference=reference, fate=RefreshChange.Fate.ADD, proposed=kept)
    here = checks.of_plan(plan, on=timezone.localdate(at))
    if errors := checks.errors(change, here) | ({} if reason else {"reason": WHY_ADDED}):
        raise Incomplete(errors)
    return added(plan, change, here, by, at, reason=reason, **_named(revision))


@transaction.atomic
def give_to(*, recommendation, lead_post, lead_wording, reason, by, at, revision=None):
    """Give `recommendation` to another lead, as printed if the plan names more than one; return it.

    The lead of the month that is open can still report on it, and so can the new one. Raises RevisionRefused.
    """
    row = Recommendation.objects.select_for_update(of=("self",)).select_related("lead_post").get(pk=recommendation.pk)
    wording, reason = lead_wording.strip(), reason.strip()
    if (row.lead_post_id, row.lead_wording) == (lead_post.pk, wording):
        last = events.last_on(row)
        if last and (last.what, last.by_id, last.detail.get("reason")) == (GIVEN, by.pk, reason):
            return row
        raise revisions.RevisionRefused(f"{lead_post} already leads it. Choose another post.", "lead_post")
    if row.closed_on:
        raise revisions.RevisionRefused(f"{row.reference} was closed on {row.closed_on:%-d %B %Y}.")
    if not reason:
        raise revisions.RevisionRefused(WHY_ANOTHER_LEAD, "reason")
    _require_own(revision, row.plan_id)
    told = {"reason": reason, "before": str(row.lead_post), "after": str(lead_post), **_named(revision)}
    if texts := reworded(row, {"lead_wording": wording}):
        told["texts"] = texts
    row.lead_post, row.lead_wording = lead_post, wording
    row._change_reason = reason[:100]  # type: ignore[attr-defined]
    row._history_date, row._history_user = at, by  # type: ignore[attr-defined]
    row.save(update_fields=("lead_post", "lead_wording"))
    events.record(by=by, at=at, what=GIVEN, on=row, **told)
    return row


def _named(revision):
    """Return what an event keeps of the revision, by which its change log finds it."""
    return {"revision": revision.title, "revision_id": revision.pk} if revision else {}


def _require_own(revision, plan):
    if revision and revision.plan_id != plan:
        raise revisions.RevisionRefused(revisions.OF_ANOTHER_PLAN, "revision")


def _just_added(plan, reference, proposed, reason, by):
    """Return the recommendation that the same person has added with the same answers: the button was pressed twice."""
    row = plan.recommendations.filter(reference=reference).first()
    last = events.last_on(row) if row else None
    if last is None or (last.what, last.by_id, last.detail.get("reason")) != (ADDED, by.pk, reason):
        return None
    return None if proposals.difference(proposals.facts(row), proposed) else row
