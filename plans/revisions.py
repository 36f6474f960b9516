"""What changes a recommendation itself: its due date, its leaving the plan, and its coming back.

Where a month is open it and the recommendation's update in it are locked before the recommendation.
"""

from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.audit import events
from improvement.records.refusals import Refused
from improvement.records.statements import Statement
from improvement.texts import days
from plans import calendar
from plans.calendar import UpdateStatus
from plans.models import Closure, DueDateChange, MonthlyUpdate, Plan, Recommendation, ReportingMonth

WHY_ANOTHER_DATE = "Enter a reason for the new date."
WHY_CLOSED = "Enter a reason for closing the recommendation."
HOW_CLOSED = "Choose how the recommendation is being closed."
WHAT_CONTINUES = "Enter the recommendation that continues this one."
# What is closed like this goes on in others.
CONTINUED = frozenset({Closure.MERGED, Closure.SPLIT, Closure.SUPERSEDED})
OF_ANOTHER_PLAN = "Choose a revision of the recommendation's own plan."


class RevisionRefused(Refused):
    """A rule forbids the change; the text is the user's sentence, `field` the answer that it is about, if any."""


def has_passed(due_on):
    """Return the sentence that refuses a due date in the past."""
    return f"{due_on:%-d %B %Y} has passed. Enter a future date."


@transaction.atomic
def change_due_date(*, recommendation, due_on, reason, by, at, revision=None, is_from_next_month=False):
    """Give `recommendation` a new due date and keep the slip with its reason; return the DueDateChange or None.

    Its update in an open month has the new date too, and the month counts the change, unless `is_from_next_month`.
    """
    if revision and revision.plan_id != recommendation.plan_id:
        raise RevisionRefused(OF_ANOTHER_PLAN, "revision")
    month = ReportingMonth.objects.select_for_update().filter(plan=recommendation.plan_id, published_at=None).first()
    updates = MonthlyUpdate.objects.select_for_update().filter(month=month, recommendation=recommendation)
    update = updates.first() if month and not is_from_next_month else None
    change = slip(
        recommendation=recommendation,
        due_on=due_on,
        reason=reason,
        by=by,
        at=at,
        revision=revision,
        is_from_next_month=is_from_next_month,
    )
    if change and update:
        # Whoever reviews the update just now is to see the date before deciding; an officer's draft is not disturbed.
        seen = 1 if update.status in {UpdateStatus.SUBMITTED, UpdateStatus.SIGNED_OFF} else 0
        updates.update(due_on=due_on, date_changes=counted(update), version=F("version") + seen)
    if change:
        dates = {"before": days.iso(change.before), "after": days.iso(change.after)}
        events.record(by=by, at=at, what="recommendation.due_date_changed", on=recommendation, **dates)
    return change


def slip(*, recommendation, due_on, reason, by, at, revision=None, is_of_update=False, is_from_next_month=False):
    """Do the same to the recommendation alone, as part of another write, which leaves the event."""
    row = Recommendation.objects.select_for_update().get(pk=recommendation.pk)
    if row.due_on == due_on:
        return None
    if row.closed_on:
        raise RevisionRefused(f"{row.reference} was closed on {row.closed_on:%-d %B %Y}.")
    if days.is_outside(due_on):
        raise RevisionRefused(days.OUTSIDE, "due_on")
    if due_on < max(timezone.localdate(at), row.opened_on):
        raise RevisionRefused(has_passed(due_on), "due_on")
    if not reason.strip():
        raise RevisionRefused(WHY_ANOTHER_DATE, "reason")
    change = DueDateChange.objects.create(
        recommendation=row,
        before=row.due_on,
        after=due_on,
        reason=reason.strip(),
        by=by,
        at=at,
        revision=revision,
        counted_in=next_month(row.plan_id) if is_from_next_month else _counted_in(row.plan_id),
        is_of_update=is_of_update,
    )
    _move(row, due_on, reason.strip(), by, at)
    recommendation.due_on = due_on
    return change


def withdraw(*, update, by, at):
    """Withdraw the date that was agreed with `update`, as part of another write, which leaves the event.

    The due date goes back to what it was, unless it has been changed again since. Return the change, or None.
    """
    row = Recommendation.objects.select_for_update().get(pk=update.recommendation_id)
    change = agreed_with(update)
    if change is None:
        return None
    due_on = due_once_withdrawn(change)
    change.withdrawn_at, change.withdrawn_by = at, by
    change.save(update_fields=("withdrawn_at", "withdrawn_by"))
    if due_on != row.due_on:
        _move(row, due_on, "The update with which the date was agreed was returned.", by, at)
    update.recommendation.due_on = due_on
    return change


def agreed_with(update):
    """Return the DueDateChange that was agreed by signing `update` off and is not withdrawn, or None."""
    return _of_update(update).filter(withdrawn_at=None).last()


def withdrawn_from(update):
    """Return the DueDateChange that was agreed with `update` and withdrawn when it was last returned, or None."""
    last = _of_update(update).last()
    return last if last and last.withdrawn_at else None


def due_once_withdrawn(change):
    """Return the due date that the recommendation of `change` has once it is withdrawn."""
    standing = change.recommendation.due_date_changes.filter(withdrawn_at=None).order_by("pk").last()
    return change.before if standing == change else change.recommendation.due_on


def counted(update):
    """Return the changes of the due date that the month of `update` counts, as its row keeps them."""
    return counted_in(update.month, [update.recommendation_id]).get(update.recommendation_id, [])


def counted_in(month, recommendations):
    """Return the changes that `month` counts, by recommendation, of those with the ids `recommendations`.

    They were agreed since the month before and not withdrawn.
    """
    found: dict[int, list[dict[str, str]]] = {}
    for row in _AGREED.objects(recommendations=recommendations, until=month.month, since=_since(month)):
        found.setdefault(row.recommendation_id, []).append(
            {"before": days.iso(row.before), "after": days.iso(row.after), "reason": row.reason, "by_name": row.by.name}
        )
    return found


def _since(month):
    """Return the month before `month`, whose changes it no longer counts; before the first one, the first of days."""
    return next((row.month for row in _BEFORE.objects(plan=month.plan_id, month=month.month)), date.min)


def _before(plan, month):
    return ReportingMonth.objects.filter(plan=plan, month__lt=month).order_by("-month").only("month")[:1]


def _agreed(recommendations, until, since):
    rows = DueDateChange.objects.filter(
        recommendation__in=[recommendations], counted_in__lte=until, counted_in__gt=since, withdrawn_at=None
    )
    return rows.order_by("pk").select_related("by")


# Whoever signs off waits for them.
_BEFORE = Statement(_before, plan=-1, month=date(1, 1, 1))
_AGREED = Statement(_agreed, recommendations=-1, until=date(1, 1, 1), since=date(1, 1, 2))


def of_month(month, recommendations):
    """Return the changes of `recommendations` that were agreed since the month before, those withdrawn as well."""
    return DueDateChange.objects.filter(
        recommendation__in=recommendations, counted_in__lte=month.month, counted_in__gt=_since(month)
    ).order_by("pk")


def _of_update(update):
    return (
        DueDateChange.objects.filter(
            recommendation=update.recommendation_id, counted_in=update.month.month, is_of_update=True
        )
        .order_by("pk")
        .select_related("recommendation", "withdrawn_by")
    )


def _counted_in(plan):
    """Return the month that counts what is agreed now: the open one, else the one after the last; None before any."""
    last = ReportingMonth.objects.filter(plan=plan).order_by("-month").first()
    if last is None:
        return None
    return calendar.after(last.month) if last.is_published else last.month


def next_month(plan):
    """Return the month after the last one, which has not been opened; None before any."""
    last = ReportingMonth.objects.filter(plan=plan).order_by("-month").first()
    return calendar.after(last.month) if last else None


def _ancestors(row):
    """Return the ids of all that `row` continues, however far back."""
    found: set[int] = set()
    newest = {row.pk}
    while newest:
        newest = set(Recommendation.objects.filter(successors__in=newest).values_list("pk", flat=True)) - found
        found |= newest
    return found


def _move(row, due_on, reason, by, at):
    row.due_on = due_on
    row._change_reason = reason[:100]
    row._history_date, row._history_user = at, by
    row.save(update_fields=("due_on",))


def refuse_to_close(*, recommendation, closure, reason, at, revision=None, successors=(), successor_plan=None):
    """Raise RevisionRefused where `close` would of the same; write nothing."""
    row = recommendation
    if row.closed_on:
        raise RevisionRefused(f"{row.reference} was already closed on {row.closed_on:%-d %B %Y}.")
    today = timezone.localdate(at)
    if row.opened_on > today:
        raise RevisionRefused(
            f"{row.reference} joins the plan on {row.opened_on:%-d %B %Y}. Close it from that day on."
        )
    if closure not in Closure.values:
        raise RevisionRefused(HOW_CLOSED, "closure")
    if not reason.strip():
        raise RevisionRefused(WHY_CLOSED, "reason")
    if closure in CONTINUED and not successors:
        raise RevisionRefused(WHAT_CONTINUES, "successors")
    if revision and revision.plan_id != row.plan_id:
        raise RevisionRefused(OF_ANOTHER_PLAN, "revision")
    continued_in = successor_plan.pk if successor_plan else row.plan_id
    if any(successor.pk == row.pk or successor.plan_id != continued_in for successor in successors):
        raise RevisionRefused(
            "Choose a different recommendation from the same plan to continue this one.", "successors"
        )
    if closed := [successor for successor in successors if successor.closed_on]:
        names = ", ".join(successor.reference for successor in closed)
        raise RevisionRefused(f"Only open recommendations can continue this one. Closed: {names}.", "successors")
    before = _ancestors(row)
    if names := ", ".join(successor.reference for successor in successors if successor.pk in before):
        raise RevisionRefused(f"{row.reference} itself continues {names}. Choose another.", "successors")


@transaction.atomic
def close(*, recommendation, closure, reason, by, at, revision=None, successors=(), successor_plan=None):
    """Close `recommendation` from the day of `at`, linked to what follows it; return it.

    What follows it is in its own plan, or in the `successor_plan` that takes over the whole plan.

    It leaves the plan from the next month. A row that it has in an open month stays, unless nobody has written in it
    and the programme office refreshes the scope.
    """
    locked = Recommendation.objects.select_for_update().filter(pk__in=[recommendation.pk, *(s.pk for s in successors)])
    rows = {row.pk: row for row in locked.order_by("pk")}
    row, successors = rows[recommendation.pk], [rows[successor.pk] for successor in successors]
    if row.closed_on and (row.closure, row.closure_reason) == (closure, reason.strip()):
        return row
    refuse_to_close(
        recommendation=row,
        closure=closure,
        reason=reason,
        at=at,
        revision=revision,
        successors=successors,
        successor_plan=successor_plan,
    )
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
    if taken_over := Plan.objects.filter(predecessor=row.plan_id).first():
        raise RevisionRefused(f"“{taken_over.title}” has taken over this plan. Add the recommendation to it instead.")
    if not reason:
        raise RevisionRefused("Enter a reason for reopening the recommendation.", "reason")
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
        recommendation.successors.filter(plan=recommendation.plan_id, reference__in=named).order_by("reference_order")
    )
