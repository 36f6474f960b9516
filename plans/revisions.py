"""What changes a recommendation itself: its due date, its leaving the plan, and its coming back."""

from django.db import transaction
from django.utils import timezone

from accounts import events
from plans.models import Closure, DueDateChange, Recommendation


class RevisionRefused(Exception):
    """A rule forbids the change; the text is the user's sentence, `field` the answer that it is about, if any."""

    def __init__(self, sentence, field=None):
        self.field = field
        super().__init__(sentence)


@transaction.atomic
def change_due_date(*, recommendation, due_on, reason, by, at, revision=None):
    """Give `recommendation` a new due date and keep the slip with its reason; return the DueDateChange or None."""
    change = slip(recommendation=recommendation, due_on=due_on, reason=reason, by=by, at=at, revision=revision)
    if change:
        days = {"before": str(change.before), "after": str(change.after)}
        events.record(by=by, at=at, what="recommendation.due_date_changed", on=recommendation, **days)
    return change


def slip(*, recommendation, due_on, reason, by, at, revision=None):
    """Do the same as part of another write, which leaves the event."""
    row = Recommendation.objects.select_for_update().get(pk=recommendation.pk)
    if row.due_on == due_on:
        return None
    if not reason.strip():
        raise RevisionRefused("Give the reason for the new date.", "reason")
    change = DueDateChange.objects.create(
        recommendation=row, before=row.due_on, after=due_on, reason=reason.strip(), by=by, at=at, revision=revision
    )
    row.due_on = due_on
    row._change_reason = reason.strip()[:100]  # type: ignore[attr-defined]
    row._history_date, row._history_user = at, by  # type: ignore[attr-defined]
    row.save(update_fields=("due_on",))
    recommendation.due_on = due_on
    return change


def refuse_to_close(*, recommendation, closure, reason, at, revision=None, successors=()):
    """Raise RevisionRefused where `close` would of the same; write nothing."""
    row = recommendation
    if row.closed_on:
        raise RevisionRefused(f"{row.reference} was closed on {row.closed_on:%-d %B %Y} already.")
    today = timezone.localdate(at)
    if row.opened_on > today:
        raise RevisionRefused(
            f"{row.reference} joins the plan on {row.opened_on:%-d %B %Y}. Close it from that day on."
        )
    if closure not in Closure.values:
        raise RevisionRefused("Choose how the recommendation is closed.", "closure")
    if not reason.strip():
        raise RevisionRefused("Give the reason for closing the recommendation.", "reason")
    if closure in {Closure.MERGED, Closure.SPLIT, Closure.SUPERSEDED} and not successors:
        raise RevisionRefused("Name the recommendation that continues this one.", "successors")
    if any(successor.pk == row.pk or successor.plan_id != row.plan_id for successor in successors):
        raise RevisionRefused(
            "Choose another recommendation of the same plan as the one that continues it.", "successors"
        )


@transaction.atomic
def close(*, recommendation, closure, reason, by, at, revision=None, successors=()):
    """Close `recommendation` from the day of `at`, linked to what follows it; return it.

    It leaves the plan from the next month. A row that it has in an open month stays, unless nobody has written in it
    and the programme office refreshes the scope.
    """
    row = Recommendation.objects.select_for_update().get(pk=recommendation.pk)
    if row.closed_on and (row.closure, row.closure_reason) == (closure, reason.strip()):
        return row
    refuse_to_close(recommendation=row, closure=closure, reason=reason, at=at, revision=revision, successors=successors)
    today = timezone.localdate(at)
    row.closed_on, row.closure, row.closure_reason = today, closure, reason.strip()
    row.revision = revision
    row._history_date, row._history_user = at, by  # type: ignore[attr-defined]
    row.save(update_fields=("closed_on", "closure", "closure_reason", "revision"))
    for successor in successors:
        successor.predecessors.add(row)
    events.record(
        by=by,
        at=at,
        what="recommendation.closed",
        on=row,
        closure=closure,
        reason=reason.strip(),
        successors=[successor.reference for successor in successors],
    )
    return row


@transaction.atomic
def reopen(*, recommendation, reason, by, at):
    """Bring a closed `recommendation` back into the plan; return it.

    What was named as continuing it when it was closed does so no longer. It joins the next month, or the open one
    once its scope is refreshed. The closure stays in the audit trail and in the story.
    """
    row = Recommendation.objects.select_for_update().get(pk=recommendation.pk)
    reason, last = reason.strip(), events.last_on(row)
    done = (last.what, last.by_id, last.detail.get("reason")) if last else ()
    if not row.closed_on and done == ("recommendation.reopened", by.pk, reason):
        return row
    if not row.closed_on:
        raise RevisionRefused(f"{row.reference} is not closed.")
    if not reason:
        raise RevisionRefused("Give the reason for reopening the recommendation.", "reason")
    continued = continuing(row)
    told = {"closed_on": str(row.closed_on), "closure": row.closure, "closed_because": row.closure_reason}
    row.closed_on, row.closure, row.closure_reason, row.revision = None, "", "", None
    row._change_reason = reason[:100]  # type: ignore[attr-defined]
    row._history_date, row._history_user = at, by  # type: ignore[attr-defined]
    row.save(update_fields=("closed_on", "closure", "closure_reason", "revision"))
    for successor in continued:
        successor.predecessors.remove(row)
    references = [successor.reference for successor in continued]
    events.record(by=by, at=at, what="recommendation.reopened", on=row, **told, successors=references, reason=reason)
    return row


def continuing(recommendation):
    """Return the recommendations that were named as continuing this one when it was last closed."""
    closed = events.on([recommendation]).filter(what="recommendation.closed").first()
    named = closed.detail["successors"] if closed else ()
    return list(
        recommendation.successors.filter(plan=recommendation.plan_id, reference__in=named).order_by("reference")
    )
