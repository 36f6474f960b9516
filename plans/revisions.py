"""What changes a recommendation itself: its due date, and its leaving the plan."""

from django.db import transaction
from django.utils import timezone

from accounts import events
from plans.models import Closure, DueDateChange, Recommendation


class RevisionRefused(Exception):
    """A rule forbids the change; the text is the user's sentence."""


@transaction.atomic
def change_due_date(*, recommendation, due_on, reason, by, at, revision=None):
    """Give `recommendation` a new due date and keep the slip with its reason; return the DueDateChange or None."""
    row = Recommendation.objects.select_for_update().get(pk=recommendation.pk)
    if row.due_on == due_on:
        return None
    if not reason.strip():
        raise RevisionRefused("Give the reason for the new date.")
    change = DueDateChange.objects.create(
        recommendation=row, before=row.due_on, after=due_on, reason=reason.strip(), by=by, at=at, revision=revision
    )
    row.due_on = due_on
    row._change_reason = reason.strip()[:100]  # type: ignore[attr-defined]
    row._history_date, row._history_user = at, by  # type: ignore[attr-defined]
    row.save(update_fields=("due_on",))
    recommendation.due_on = due_on
    events.record(
        by=by, at=at, what="recommendation.due_date_changed", on=row, before=str(change.before), after=str(change.after)
    )
    return change


@transaction.atomic
def close(*, recommendation, closure, reason, by, at, revision=None, successors=()):
    """Close `recommendation` from the day of `at`, linked to what follows it; return it.

    A row that it has in an open month stays; it is in no month opened later.
    """
    row = Recommendation.objects.select_for_update().get(pk=recommendation.pk)
    if row.closed_on:
        raise RevisionRefused(f"{row.reference} was closed on {row.closed_on:%-d %B %Y} already.")
    if closure not in Closure.values:
        raise RevisionRefused("Choose how the recommendation is closed.")
    if not reason.strip():
        raise RevisionRefused("Give the reason for closing the recommendation.")
    if closure in {Closure.MERGED, Closure.SPLIT, Closure.SUPERSEDED} and not successors:
        raise RevisionRefused("Name the recommendation that continues this one.")
    if any(successor.pk == row.pk or successor.plan_id != row.plan_id for successor in successors):
        raise RevisionRefused("Choose another recommendation of the same plan as the one that continues it.")
    row.closed_on, row.closure, row.closure_reason = timezone.localdate(at), closure, reason.strip()
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
