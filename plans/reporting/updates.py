"""The way of one update: drafted, submitted, signed off or returned."""

from django.db import transaction
from django.utils import timezone

from accounts.audit import events
from accounts.models import REMOVED
from accounts.posts import acts_for
from improvement.records.statements import Statement
from improvement.records.writes import holds, write
from notices.models import Target
from notices.targets import results
from plans import calendar, contradictions, revisions
from plans.answers import ANSWERS, as_returned, handed_in, missing, settled
from plans.calendar import OWED, UpdateStatus
from plans.models import MonthlyUpdate, ReportingMonth, ReviewComment
from plans.months.published import last_published
from plans.months.stamps import stamps
from plans.ratings import Direction, Rating, movement
from plans.reporting import telling
from plans.reporting.errors import Conflict, Contradicted, Incomplete, MonthDiscarded, MonthPublished, Refused

PASSED = (
    "{0:%-d %B %Y}, the proposed due date, has passed and cannot be agreed. "
    "Return the update to the lead officer for a new date."
)
CARRIED_INTO = frozenset({UpdateStatus.AWAITED, UpdateStatus.DRAFT})
NOBODY_SIGNS_OFF_THEIR_OWN = "You entered this update, so someone else must sign it off."


def locked(update):
    """Lock the month and then the update, in that order everywhere; return the update as it now stands."""
    months = _MONTH_LOCKED.objects(pk=update.month_id)
    if not months:
        raise MonthDiscarded(update.month)
    rows = _UPDATE_LOCKED.objects(pk=update.pk)
    if not rows:
        raise Refused(
            f"{update.reference} has left the plan, and the programme office has removed it from {update.month.label}."
        )
    rows[0].month = months[0]
    return rows[0]


def _locking(model):
    return Statement(lambda pk: model.objects.select_for_update().order_by().filter(pk=pk), pk=-1)


_MONTH_LOCKED, _UPDATE_LOCKED = _locking(ReportingMonth), _locking(MonthlyUpdate)


@transaction.atomic
def save_draft(*, update, version, by, at, reasons=None, **answers):
    """Keep `answers` as a draft, whole or not; a returned update stays marked as returned. Return the update.

    `reasons` are those for contradictions, by code, as far as they are typed.
    """
    row = locked(update)
    kept = {code: reason for code, reason in (row.override_reasons | (reasons or {})).items() if reason}
    if row.status in OWED and row.saved_by_id == by.pk and holds(row, answers | {"override_reasons": kept}):
        return row
    _check(row, version)
    _require(row, OWED, "This update has been submitted. Take it back before you change it.")
    status = UpdateStatus.RETURNED if row.status == UpdateStatus.RETURNED else UpdateStatus.DRAFT
    row = write(
        row,
        row.version,
        **settled(row, _known(answers)),
        override_reasons=kept,
        status=status,
        saved_at=at,
        saved_by=by,
    )
    events.record(by=by, at=at, what="update.saved", on=row)
    return row


@transaction.atomic
def carry_draft(*, update, version, by, at, replace=()):
    """Take the draft that was not received in the month before into that of an open month; return the update.

    What its draft holds already stays, but for the fields in `replace`.
    """
    row = locked(update)
    earlier = draft_before(row)
    if earlier is None:
        raise Refused("There is no earlier draft to carry forward.")
    empty, different = carrying(row, earlier)
    answers = empty | {field: value for field, value in different.items() if field in replace}
    if row.saved_by_id == by.pk and not answers:
        return row
    _check(row, version)
    _require(row, CARRIED_INTO, "This update has been submitted. Take it back before you carry a draft into it.")
    row = write(row, row.version, **settled(row, answers), status=UpdateStatus.DRAFT, saved_at=at, saved_by=by)
    events.record(by=by, at=at, what="update.draft_carried", on=row, drafted_for=earlier.month.label)
    return row


def draft_before(row):
    """Return the last published update of the same recommendation where it is a draft that was not received.

    Every month before that of `row` is published, for one is open at a time.
    """
    earlier = MonthlyUpdate.objects.filter(recommendation=row.recommendation_id, month__month__lt=row.month.month)
    rows = earlier.select_related("month__plan", "recommendation").order_by("-month__month")
    last = rows.first()
    return last if last and last.is_left_draft else None


def carried_into(row):
    """Return the update of the open month into which the left draft `row` can be carried, or None."""
    rows = MonthlyUpdate.objects.filter(
        recommendation=row.recommendation_id, month__published_at=None, status__in=sorted(CARRIED_INTO)
    )
    following = rows.select_related("month__plan").first()
    return following if following and draft_before(following) == row else None


def carrying(row, earlier):
    """Return the answers of `earlier` that `row` has none for, and those for which it has another, by field."""
    drafted = {field: getattr(earlier, field) for field in sorted(ANSWERS - {"reply", "unchanged_reason"})}
    drafted = {field: value for field, value in drafted.items() if value not in ("", None)}
    empty = {field: value for field, value in drafted.items() if getattr(row, field) in ("", None)}
    different = {field: value for field, value in drafted.items() if getattr(row, field) not in ("", None, value)}
    return empty, different


@transaction.atomic
def submit(*, update, version, by, at, override_reasons=None, confirmed=(), **answers):
    """Hand the update in for sign-off, with `answers` over what is drafted; return the update.

    `override_reasons` maps the code of a contradiction to the reason for letting it stand; `confirmed` are the codes
    of those for which the reason given last time still holds.
    Raises Incomplete, Contradicted, Conflict, MonthPublished or Refused.
    """
    row = locked(update)
    answers = handed_in(row, _known(answers))
    sent = {field: value for field, value in answers.items() if field != "reply"}
    if row.status == UpdateStatus.SUBMITTED and row.submitted_by_id == by.pk and holds(row, sent):
        return row
    _check(row, version)
    _require(row, OWED, "This update has already been submitted.")
    for field, value in answers.items():
        setattr(row, field, value)
    if errors := missing(row, on=timezone.localdate(at)):
        raise Incomplete(errors)
    previous = last_published([row], "progress", "contradictions").get(row.pk)
    found = contradictions_of(row, at, previous, missed_targets([row], at))
    reasons = {item: _explained(item, override_reasons or {}, confirmed, previous) for item in found}
    if unexplained := [item for item in found if not reasons[item]]:
        raise Contradicted(unexplained)
    answers = {field: getattr(row, field) for field in ANSWERS}
    reply = _reply(row, by, at)
    row = write(
        row,
        row.version,
        **answers | {"reply": ""},
        **_stamped(row, UpdateStatus.SUBMITTED),
        contradictions=[{"code": item.key, "sentence": item.sentence} | reasons[item] for item in found],
        override_reasons={item.code: reasons[item]["reason"] for item in found},
        status=UpdateStatus.SUBMITTED,
        is_late=is_late(row, on=timezone.localdate(at)),
        saved_at=at,
        saved_by=by,
        first_submitted_at=row.first_submitted_at or at,
        is_resubmitted=row.first_submitted_at is not None,
        submitted_at=at,
        submitted_by=by,
        submitted_name=by.name,
        entered_for=acts_for(row.lead_post_id, by),
        returned=row.returned | {"is_answered": True} if reply else row.returned,
    )
    said = {"rating": row.rating, "entered_for": row.entered_for} | ({"reply": reply} if reply else {})
    events.record(by=by, at=at, what="update.submitted", on=row, **said)
    return row


@transaction.atomic
def take_back(*, update, version, by, at):
    """Take a submitted update back to change it, or reopen one carried on as complete; return the update.

    What was taken back was not submitted, so that the next submission is the first, unless the update was returned.
    """
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
        "You can take back only an update that is waiting for sign-off or carried forward as complete.",
    )
    what = "update.reopened" if row.status == UpdateStatus.CARRIED else "update.taken_back"
    row = write(
        row,
        row.version,
        status=UpdateStatus.DRAFT,
        saved_at=at,
        saved_by=by,
        verified_month=None,
        first_submitted_at=row.first_submitted_at if row.returned else None,
        **_stamped(row, UpdateStatus.DRAFT),
        **_UNSUBMITTED,
    )
    events.record(by=by, at=at, what=what, on=row)
    return row


@transaction.atomic
def sign_off(*, update, version, by, at):
    """Sign a submitted update off and agree the due date that it proposes; return the update."""
    row = locked(update)
    if row.signed_off_by_id == by.pk:
        return row
    _check(row, version)
    _require(row, {UpdateStatus.SUBMITTED}, "Only a submitted update can be signed off.")
    if row.submitted_by_id == by.pk:
        raise Refused(NOBODY_SIGNS_OFF_THEIR_OWN)
    changes = {}
    if row.proposed_due_on and row.proposed_due_on != row.due_on:
        if row.proposed_due_on < timezone.localdate(at):
            raise Refused(PASSED.format(row.proposed_due_on))
        revisions.slip(
            recommendation=row.recommendation,
            due_on=row.proposed_due_on,
            reason=row.proposed_due_reason,
            by=by,
            at=at,
            is_of_update=True,
        )
        changes["due_on"] = row.proposed_due_on
    row = write(
        row,
        row.version,
        **changes,
        date_changes=revisions.counted(row),
        returned={},
        status=UpdateStatus.SIGNED_OFF,
        signed_off_at=at,
        signed_off_by=by,
        signed_off_name=by.name,
        signed_off_for=acts_for(row.accountable_post_id, by),
    )
    dates = {field: str(day) for field, day in changes.items()}
    events.record(by=by, at=at, what="update.signed_off", on=row, signed_off_for=row.signed_off_for, **dates)
    return row


@transaction.atomic
def return_for_changes(*, update, version, comment, by, at):
    """Return an update to its lead officer with `comment`; return the update.

    A due date that was agreed with it is withdrawn: it goes back to what it was, unless it was changed again since.
    """
    row = locked(update)
    comment = comment.strip()
    if row.status == UpdateStatus.RETURNED and row.comments.filter(by=by, text=comment, is_reply=False).exists():
        return row
    _check(row, version)
    _require(row, {UpdateStatus.SUBMITTED, UpdateStatus.SIGNED_OFF}, "Only a submitted update can be returned.")
    if not comment:
        raise Incomplete({"comment": "Say what should be changed."})
    ReviewComment.objects.create(update=row, by=by, by_name=by.name, at=at, text=comment)
    withdrawn = revisions.withdraw(update=row, by=by, at=at)
    dates = {"due_date_withdrawn": str(withdrawn.after), "due_on": str(row.recommendation.due_on)} if withdrawn else {}
    row = write(
        row,
        row.version,
        status=UpdateStatus.RETURNED,
        due_on=row.recommendation.due_on if withdrawn else row.due_on,
        date_changes=revisions.counted(row),
        returned=as_returned(row),
        signed_off_at=None,
        signed_off_by=None,
        signed_off_name="",
        signed_off_for="",
        **_stamped(row, UpdateStatus.RETURNED),
    )
    events.record(by=by, at=at, what="update.returned", on=row, comment=comment, **dates)
    telling.of_return(row, comment, reviewer=by, at=at)
    return row


def is_late(row, *, on):
    """Return whether `row` is late if it is submitted on the day `on`: its first submission decides."""
    first = timezone.localdate(row.first_submitted_at) if row.first_submitted_at else on
    return calendar.is_late(first, row.month.due_on)


def missed_targets(rows, at):
    """Return, by the recommendations of those of `rows` that are Green, which targets these answer and miss.

    Three queries for however many rows, and none without a Green one.
    """
    green = [row.recommendation_id for row in rows if row.rating == Rating.GREEN]
    if not green:
        return {}
    answered = set(_ANSWERED.rows(recommendations=green))
    missed = results.missed({target for _, target in answered}, timezone.localdate(at))
    return {pk: tuple(target.reference for target in missed if (pk, target.pk) in answered) for pk in green}


def _answered(recommendations):
    return Target.objects.filter(recommendations__in=[recommendations]).order_by().values_list("recommendations", "pk")


_ANSWERED = Statement(_answered, recommendations=-1)


def contradictions_of(row, at, previous, missed):
    """Return the questions that `row` raises at the moment `at`.

    `previous` is what `last_published` found of it, `missed` what `missed_targets` found of it and others.
    """
    as_of = timezone.localdate(at)
    facts = contradictions.Facts(
        rating=Rating(row.rating) if row.rating else None,
        direction=Direction(row.direction) if row.direction else None,
        progress=row.progress,
        previous_rating=Rating(row.previous_rating) if row.previous_rating else None,
        previous_progress=previous.progress if previous else "",
        due_on=row.due_on,
        as_of=as_of,
        has_evidence=row.evidence.exists(),
        missed_targets=missed.get(row.recommendation_id, ()),
        is_unchanged_by_choice=bool(row.unchanged_reason),
        green_by=row.green_by,
        proposed_due_on=row.proposed_due_on,
    )
    return contradictions.questions(contradictions.find(facts))


def reason_given(question, previous):
    """Return the reason that was given for the same in `previous`, and for which month; None if there is none."""
    for item in previous.contradictions if previous else ():
        if question.is_of(item["code"]) and not item["reason"].startswith(REMOVED):
            return {"reason": item["reason"], "confirmed": item.get("confirmed", previous.month.label)}
    return None


def _explained(question, typed, confirmed, previous):
    """Return the reason that was typed or, where that was confirmed, the one given last time; None without one."""
    if reason := question.reason(typed):
        return {"reason": reason}
    return reason_given(question, previous) if question.code in confirmed else None


def _stamped(row, status):
    """Return what follows from the answers of `row` in `status`: its movement, and how long it has had its rating."""
    row.status = status
    since = stamps(row.month, [row])[row.recommendation_id]
    if status in OWED:
        return since | {"movement": "", "contradictions": []}
    moved = movement(Rating(row.previous_rating) if row.previous_rating else None, Rating(row.rating))
    return since | {"movement": moved or ""}


_UNSUBMITTED = {
    "submitted_at": None,
    "is_resubmitted": False,
    "submitted_by": None,
    "submitted_name": "",
    "entered_for": "",
    "is_late": False,
}


def _reply(row, by, at):
    """Make the drafted reply of a returned update one of its comments; return it, empty where there is none."""
    text = row.reply.strip()
    if not text or not row.returned:
        return ""
    ReviewComment.objects.create(update=row, by=by, by_name=by.name, at=at, text=text, is_reply=True)
    return text


def _known(answers):
    if unknown := sorted(answers.keys() - ANSWERS):
        raise TypeError(f"Not an answer of an update: {', '.join(unknown)}")
    return answers


def _check(row, version):
    if row.month.is_published:
        raise MonthPublished(row.month)
    if row.version != version:
        raise Conflict(row)


def _require(row, statuses, sentence):
    if row.status not in statuses:
        raise Refused(sentence)
