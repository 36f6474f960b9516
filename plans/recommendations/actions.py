"""The dated actions of a recommendation: done, or open again where that was a mistake.

Their words, dates and owners are kept in the administration.
"""

from django.db import transaction
from django.utils import timezone

from accounts.audit import events
from improvement.records.refusals import Refused
from plans.models import Action, ReportingMonth


@transaction.atomic
def finish(*, action, by, at):
    """Mark an action as done on the day of `at`; return it. One that is done keeps its day."""
    row = Action.objects.select_for_update().get(pk=action.pk)
    if row.done_on:
        return row
    return _write(row, timezone.localdate(at), "recommendation.action_done", by, at)


@transaction.atomic
def reopen(*, action, by, at):
    """Take back that an action was done; return it. Raises Refused where it was done before the month was opened."""
    row = Action.objects.select_for_update(of=("self",)).select_related("recommendation").get(pk=action.pk)
    if row.done_on is None:
        return row
    months = ReportingMonth.objects.filter(plan=row.recommendation.plan_id, published_at=None)
    if any(row.done_on < timezone.localdate(month.opened_at) for month in months):
        raise Refused(
            f"This action was done on {row.done_on:%-d %B %Y}, before the month was opened. "
            "Ask your programme office to change it."
        )
    return _write(row, None, "recommendation.action_reopened", by, at)


def _write(row, done_on, what, by, at):
    row.done_on = done_on
    row._history_date, row._history_user = at, by
    row.save(update_fields=("done_on",))
    events.record(by=by, at=at, what=what, on=row)
    return row
