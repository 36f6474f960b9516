"""The dated actions of a recommendation: done, or open again where that was a mistake.

Their words, dates and owners are kept in the administration.
"""

from django.db import transaction
from django.utils import timezone

from accounts.audit import events
from accounts.models import Event
from improvement.records.refusals import Refused
from plans.models import Action, ReportingMonth


@transaction.atomic
def finish(*, action, by, at, done_on=None):
    """Mark an action as done, on the day of `at` unless another is given; return it.

    One that is done keeps its day. Raises Refused for a day to come, and for one before its recommendation was there.
    """
    row = Action.objects.select_for_update(of=("self",)).select_related("recommendation").get(pk=action.pk)
    if row.done_on:
        return row
    today, opened_on = timezone.localdate(at), row.recommendation.opened_on
    done_on = done_on or today
    if done_on > today:
        raise Refused("Enter today’s date or an earlier one.", "done_on")
    if done_on < opened_on:
        raise Refused(f"Enter {opened_on:%-d %B %Y}, when it joined the plan, or a later date.", "done_on")
    return _write(row, done_on, "recommendation.action_done", by, at)


@transaction.atomic
def reopen(*, action, by, at):
    """Take back that an action was done; return it. Raises Refused where a month before reported it as done."""
    row = Action.objects.select_for_update(of=("self",)).select_related("recommendation").get(pk=action.pk)
    if row.done_on is None:
        return row
    months = ReportingMonth.objects.filter(plan=row.recommendation.plan_id, published_at=None)
    if any(is_settled(row.done_on, marked_at(row.pk), month.opened_at) for month in months):
        raise Refused(
            f"This action was done on {row.done_on:%-d %B %Y}, before the month was opened. "
            "Ask your programme office to change it."
        )
    return _write(row, None, "recommendation.action_reopened", by, at)


def is_settled(done_on, marked_at, opened_at) -> bool:
    """Whether an action was done, and said to be, before the month that was opened at that moment.

    `marked_at` is None where nobody marked it in the tracker.
    """
    return done_on < timezone.localdate(opened_at) and not (marked_at and marked_at >= opened_at)


def marked_at(pk):
    """Return when the action of that number was last marked as done, or None."""
    marked = Event.objects.filter(on_type=Action._meta.label_lower, on_id=pk, what="recommendation.action_done")
    return marked.order_by("-at").values_list("at", flat=True).first()


def _write(row, done_on, what, by, at):
    row.done_on = done_on
    row._history_date, row._history_user = at, by
    row.save(update_fields=("done_on",))
    events.record(by=by, at=at, what=what, on=row)
    return row
