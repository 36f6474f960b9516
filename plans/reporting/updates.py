"""The way of one update: drafted, submitted, signed off or returned."""

from django.db import transaction
from django.utils import timezone

from accounts import events
from notices import results
from notices.models import Target
from plans import contradictions, revisions
from plans.models import MonthlyUpdate, ReportingMonth, ReviewComment
from plans.months import OWED, RECEIVED, UpdateStatus
from plans.ratings import STUCK_AFTER_MONTHS, Direction, Rating, is_stuck, movement
from plans.reporting.answers import ANSWERS, REPEATED, handed_in, missing, settled
from plans.reporting.errors import Conflict, Contradicted, Incomplete, MonthPublished, Refused

NOBODY_SIGNS_OFF_THEIR_OWN = "You entered this update yourself. Somebody else must sign it off."


def locked(update):
    """Lock the month and then the update, in that order everywhere; return the update as it now stands."""
    ReportingMonth.objects.select_for_update().values_list("pk").get(pk=update.month_id)
    return (
        MonthlyUpdate.objects.select_for_update(of=("self",))
        .select_related("month", "lead_post__holder", "accountable_post__holder")
        .get(pk=update.pk)
    )


@transaction.atomic
def save_draft(*, update, version, by, at, **answers):
    """Keep `answers` as a draft, whole or not; a returned update stays marked as returned. Return the update."""
    row = locked(update)
    if row.status in OWED and row.saved_by_id == by.pk and _holds(row, answers):
        return row
    _check(row, version)
    _require(row, OWED, "This update has been submitted. Take it back before you change it.")
    status = UpdateStatus.RETURNED if row.status == UpdateStatus.RETURNED else UpdateStatus.DRAFT
    row = _write(row, **settled(row, _known(answers)), status=status, saved_at=at, saved_by=by)
    events.record(by=by, at=at, what="update.saved", on=row)
    return row


@transaction.atomic
def repeat_last(*, update, version, reason, by, at):
    """Draft the update "same as last month": the last published answers, with the `reason`. Return the update."""
    row = locked(update)
    previous = last_published([row]).get(row.pk)
    if previous is None:
        raise Refused("There is no published update to repeat.")
    if not reason.strip():
        raise Incomplete({"reason": "Say why it is the same as last month."})
    answers = {field: getattr(previous, field) for field in REPEATED}
    return save_draft(update=row, version=version, by=by, at=at, **answers, unchanged_reason=reason.strip())


@transaction.atomic
def submit(*, update, version, by, at, override_reasons=None, **answers):
    """Hand the update in for sign-off, with `answers` over what is drafted; return the update.

    `override_reasons` maps the code of a contradiction to the reason for letting it stand.
    Raises Incomplete, Contradicted, Conflict, MonthPublished or Refused.
    """
    row = locked(update)
    answers = handed_in(row, _known(answers))
    if row.status == UpdateStatus.SUBMITTED and row.submitted_by_id == by.pk and _holds(row, answers):
        return row
    _check(row, version)
    _require(row, OWED, "This update has been submitted already.")
    for field, value in answers.items():
        setattr(row, field, value)
    if errors := missing(row, on=timezone.localdate(at)):
        raise Incomplete(errors)
    found = contradictions_of(row, at, last_published([row], "progress").get(row.pk))
    reasons = {code: reason.strip() for code, reason in (override_reasons or {}).items() if reason.strip()}
    if unexplained := [item for item in found if item.code not in reasons]:
        raise Contradicted(unexplained)
    row = _write(
        row,
        **{field: getattr(row, field) for field in ANSWERS},
        **stamps(row),
        contradictions=[{"code": item.code, "sentence": item.sentence, "reason": reasons[item.code]} for item in found],
        status=UpdateStatus.SUBMITTED,
        is_late=timezone.localdate(at) > row.month.due_on,
        saved_at=at,
        saved_by=by,
        submitted_at=at,
        submitted_by=by,
        submitted_name=by.name,
        entered_for=row.lead_post.acts_for(by),
    )
    events.record(by=by, at=at, what="update.submitted", on=row, rating=row.rating, entered_for=row.entered_for)
    return row


@transaction.atomic
def take_back(*, update, version, by, at):
    """Take a submitted update back to change it, or reopen one carried on as complete; return the update."""
    row = locked(update)
    if (row.status, row.saved_by_id, row.submitted_by_id, row.version) == (
        UpdateStatus.DRAFT,
        by.pk,
        None,
        version + 1,
    ):
        return row
    _check(row, version)
    _require(
        row,
        {UpdateStatus.SUBMITTED, UpdateStatus.CARRIED},
        "Only an update that waits for sign-off, or that is carried on as complete, can be taken back.",
    )
    what = "update.reopened" if row.status == UpdateStatus.CARRIED else "update.taken_back"
    row = _write(
        row, status=UpdateStatus.DRAFT, saved_at=at, saved_by=by, verified_month=None, **_UNSTAMPED, **_UNSUBMITTED
    )
    events.record(by=by, at=at, what=what, on=row)
    return row


@transaction.atomic
def sign_off(*, update, version, by, at):
    """Sign a submitted update off and agree the due date that it proposes; return the update."""
    row = locked(update)
    if row.status == UpdateStatus.SIGNED_OFF and row.signed_off_by_id == by.pk:
        return row
    _check(row, version)
    _require(row, {UpdateStatus.SUBMITTED}, "Only a submitted update can be signed off.")
    if row.submitted_by_id == by.pk:
        raise Refused(NOBODY_SIGNS_OFF_THEIR_OWN)
    changes = {}
    if row.proposed_due_on and row.proposed_due_on != row.due_on:
        revisions.slip(
            recommendation=row.recommendation,
            due_on=row.proposed_due_on,
            reason=row.proposed_due_reason,
            by=by,
            at=at,
        )
        changes["due_on"] = row.proposed_due_on
    row = _write(
        row,
        **changes,
        status=UpdateStatus.SIGNED_OFF,
        signed_off_at=at,
        signed_off_by=by,
        signed_off_name=by.name,
        signed_off_for=row.accountable_post.acts_for(by),
    )
    dates = {field: str(day) for field, day in changes.items()}
    events.record(by=by, at=at, what="update.signed_off", on=row, signed_off_for=row.signed_off_for, **dates)
    return row


@transaction.atomic
def return_for_changes(*, update, version, comment, by, at):
    """Return an update to its lead officer with `comment`; return the update. A due date agreed before stands."""
    row = locked(update)
    comment = comment.strip()
    if row.status == UpdateStatus.RETURNED and row.comments.filter(by=by, text=comment).exists():
        return row
    _check(row, version)
    _require(row, {UpdateStatus.SUBMITTED, UpdateStatus.SIGNED_OFF}, "Only a submitted update can be returned.")
    if not comment:
        raise Incomplete({"comment": "Say what should be changed."})
    ReviewComment.objects.create(update=row, by=by, by_name=by.name, at=at, text=comment)
    row = _write(
        row,
        status=UpdateStatus.RETURNED,
        signed_off_at=None,
        signed_off_by=None,
        signed_off_name="",
        signed_off_for="",
        **_UNSTAMPED,
    )
    events.record(by=by, at=at, what="update.returned", on=row, comment=comment)
    return row


def contradictions_of(row, at, previous):
    """Return what `row` contradicts at the moment `at`, beside `previous`, what `last_published` found for it."""
    as_of = timezone.localdate(at)
    answered = Target.objects.filter(recommendations=row.recommendation_id)
    facts = contradictions.Facts(
        rating=Rating(row.rating) if row.rating else None,
        direction=Direction(row.direction) if row.direction else None,
        progress=row.progress,
        previous_rating=Rating(row.previous_rating) if row.previous_rating else None,
        previous_progress=previous.progress if previous else "",
        due_on=row.due_on,
        as_of=as_of,
        has_evidence=row.evidence.exists(),
        missed_targets=tuple(results.missed(answered, as_of)) if row.rating == Rating.GREEN else (),
        is_unchanged_by_choice=bool(row.unchanged_reason),
        green_by=row.green_by,
        proposed_due_on=row.proposed_due_on,
    )
    return contradictions.find(facts)


def last_published(rows, *fields):
    """Return, by the pk of each of `rows` that has one, the last published update received; one query.

    `fields` are those that are asked for, where it is not all.
    """
    found = MonthlyUpdate.objects.filter(
        recommendation__in={row.recommendation_id for row in rows},
        month__month__in={row.previous_month for row in rows if row.previous_month},
    )
    found = found.select_related("month").order_by()
    if fields:
        found = found.only("recommendation", "month__month", *fields)
    published = {(update.recommendation_id, update.month.month): update for update in found}
    keys = {row.pk: (row.recommendation_id, row.previous_month) for row in rows}
    return {pk: published[key] for pk, key in keys.items() if key in published}


def stamps(row):
    """Return what follows from the answers of `row`: its movement, and whether it is stuck."""
    current = Rating(row.rating)
    earlier = list(
        ReportingMonth.objects.filter(plan=row.month.plan_id, month__lt=row.month.month)
        .order_by("-month")
        .values_list("pk", flat=True)[: STUCK_AFTER_MONTHS - 1]
    )
    received = MonthlyUpdate.objects.filter(
        recommendation=row.recommendation_id, month__in=earlier, status__in=RECEIVED
    ).exclude(direction="")
    reported = {
        month: (Rating(rating), Direction(direction))
        for month, rating, direction in received.order_by().values_list("month_id", "rating", "direction")
    }
    run = [reported.get(pk, (None, None)) for pk in reversed(earlier)] + [(current, Direction(row.direction))]
    moved = movement(Rating(row.previous_rating) if row.previous_rating else None, current)
    return {"movement": moved or "", "is_stuck": is_stuck(run)}


_UNSTAMPED = {"movement": "", "is_stuck": False, "contradictions": []}
_UNSUBMITTED = {
    "submitted_at": None,
    "submitted_by": None,
    "submitted_name": "",
    "entered_for": "",
    "is_late": False,
}


def _known(answers):
    if unknown := answers.keys() - ANSWERS:
        raise TypeError(f"Not an answer of an update: {', '.join(sorted(unknown))}")
    return answers


def _holds(row, answers):
    return all(getattr(row, field) == value for field, value in answers.items())


def _check(row, version):
    if row.month.is_published:
        raise MonthPublished(row.month)
    if row.version != version:
        raise Conflict(row)


def _require(row, statuses, sentence):
    if row.status not in statuses:
        raise Refused(sentence)


def _write(row, **changes):
    """Write `changes` to `row` if nobody did since it was read; the lock makes this certain, the test proves it."""
    written = MonthlyUpdate.objects.filter(pk=row.pk, version=row.version).update(version=row.version + 1, **changes)
    if not written:
        raise Conflict(MonthlyUpdate.objects.get(pk=row.pk))
    for field, value in {**changes, "version": row.version + 1}.items():
        setattr(row, field, value)
    return row
