"""The month itself: opened with its scope, commented, published and frozen."""

import hashlib
import json

from django.db import transaction
from django.utils import timezone

from accounts import events
from plans import records
from plans.models import AreaOfFocus, AreaUpdate, MonthlyUpdate, Plan, Recommendation, ReportingMonth
from plans.months import RECEIVED, UpdateStatus
from plans.ratings import DEFAULT_WORDING, Movement, Rating
from plans.reporting.errors import Conflict, MonthPublished, Refused


@transaction.atomic
def open_month(*, plan, month, due_on, by, at, sign_off_due_on=None, data_as_at=None):
    """Open `month` (its first day) and create an awaited update for everything in scope on the day of `at`.

    Sign-off is due, and the data are as at, the day on which updates are due where nothing else is said.
    Raises Refused: one month is open at a time, and months are opened in order.
    """
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    days = {"due_on": due_on, "sign_off_due_on": sign_off_due_on or due_on, "data_as_at": data_as_at or due_on}
    refuse_to_open(plan=plan, month=month, **days)
    row = ReportingMonth.objects.create(
        plan=plan,
        month=month,
        **days,
        plan_title=plan.title,
        caveat=plan.caveat,
        wording=offered(plan),
        opened_at=at,
        opened_by=by,
        opened_name=by.name,
    )
    _add_missing(row, at)
    events.record(by=by, at=at, what="month.opened", on=row, scope=row.updates.count())
    return row


@transaction.atomic
def refresh_scope(*, month, by, at):
    """Bring the rows of an open month up to today's plan; return how many were added and how many removed.

    What joined the plan gets a row. What left it loses its row, unless somebody wrote in it already.
    """
    month = locked(month)
    removed, _ = removable(month, timezone.localdate(at)).delete()
    added = _add_missing(month, at)
    if added or removed:
        events.record(by=by, at=at, what="month.scope_refreshed", on=month, added=added, removed=removed)
    return added, removed


@transaction.atomic
def write_commentary(*, month, version, text, by, at):
    """Write the programme office's overall commentary on an open month; return the month."""
    row = locked(month)
    if row.commentary == text:
        return row
    if not ReportingMonth.objects.filter(pk=row.pk, version=version).update(commentary=text, version=version + 1):
        raise Conflict(row)
    row.commentary, row.version = text, version + 1
    events.record(by=by, at=at, what="month.commented", on=row)
    return row


@transaction.atomic
def write_area_update(*, area_update, version, text, by, at):
    """Write the short update on one area of focus [001] 3.3.5; return it."""
    locked(area_update.month)
    row = (
        AreaUpdate.objects.select_for_update(of=("self",))
        .select_related("leading_post__holder", "month")
        .get(pk=area_update.pk)
    )
    if row.text == text and row.written_by_id == by.pk:
        return row
    changes = {
        "text": text,
        "written_at": at,
        "written_by": by,
        "written_name": by.name,
        "entered_for": row.leading_post.acts_for(by),
    }
    if not AreaUpdate.objects.filter(pk=row.pk, version=version).update(version=version + 1, **changes):
        raise Conflict(row)
    for field, value in {**changes, "version": version + 1}.items():
        setattr(row, field, value)
    events.record(by=by, at=at, what="area.updated", on=row)
    return row


@transaction.atomic
def publish_month(*, month, by, at, seen=None):
    """Freeze `month` as it stands, with the digest of everything in it; return it.

    Signed off and submitted updates count under their rating; all others count as no update received. A second
    publication raises MonthPublished. `seen` is what `freezing(month)` returned when it was checked; raises Refused
    where that has changed since.
    """
    row = locked(month)
    if seen is not None and seen != freezing(row):
        raise Refused(f"{row.label} has changed since you checked it. Check it again below, then publish it.")
    row.published_at, row.published_by, row.published_name = at, by, by.name
    row.digest_format = records.FORMAT
    row.digest = records.digest(row)
    row.save(update_fields=("published_at", "published_by", "published_name", "digest", "digest_format"))
    received = row.updates.filter(status__in=RECEIVED).count()
    events.record(by=by, at=at, what="month.published", on=row, received=received, digest=row.digest)
    return row


def freezing(month):
    """Return a SHA-256 that changes with whatever the pages of `month` would show if it were published now."""
    updates = month.updates.order_by("reference").values_list("reference", "status", "version")
    areas = month.area_updates.order_by("letter").values_list("letter", "version")
    shown = [
        month.commentary,
        [(reference, status, version if status in RECEIVED else 0) for reference, status, version in updates],
        list(areas),
    ]
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()


def joining(month, on):
    """Return what stands in the plan on the day `on` and has no row in `month`."""
    return Recommendation.objects.filter(plan=month.plan_id).live(on).exclude(updates__month=month)


def leaving(month, on):
    """Return the rows of `month` whose recommendation has left the plan by the day `on`."""
    return month.updates.exclude(recommendation__in=Recommendation.objects.filter(plan=month.plan_id).live(on))


def removable(month, on):
    """Return those of `leaving` in which nobody has written and to which no evidence was added."""
    return leaving(month, on).filter(status=UpdateStatus.AWAITED, version=0, evidence=None)


def joining_areas(month):
    """Return the areas of focus that `month` should report on and has no row for."""
    return AreaOfFocus.objects.filter(plan=month.plan_id).in_month(month.month).exclude(updates__month=month)


def locked(month):
    """Lock `month` and return it as it now stands; raises MonthPublished."""
    row = ReportingMonth.objects.select_for_update().get(pk=month.pk)
    if row.is_published:
        raise MonthPublished(row)
    return row


def offered(plan):
    """Return the wording of each rating that `plan` offers, worst first; Complete only where the plan defines it."""
    defined = {item.rating: item.wording for item in plan.rating_definitions.all()}
    wording = {rating.value: defined.get(rating, DEFAULT_WORDING[rating]) for rating in Rating}
    if Rating.COMPLETE not in defined:
        del wording[Rating.COMPLETE.value]
    return wording


def refuse_to_open(*, plan, month, due_on, sign_off_due_on, data_as_at):
    """Raise Refused where `open_month` would of the same; write nothing."""
    if month.day != 1:
        raise Refused("A month is given by its first day.", "month")
    last = plan.months.order_by("-month").first()
    if last and not last.is_published:
        raise Refused(f"{last.label} is still open. Publish it before you open another month.")
    if last and month <= last.month:
        raise Refused(f"{last.label} has been published. Choose a later month.", "month")
    if sign_off_due_on < due_on:
        raise Refused("Sign-off cannot be due before the updates are.", "sign_off_due_on")


def _add_missing(month, at):
    """Create the rows that `month` lacks for the plan as it stands on the day of `at`; return how many updates."""
    recommendations = list(
        joining(month, timezone.localdate(at))
        .select_related("outcome__theme", "outcome__accountable_post__holder", "lead_post__holder")
        .prefetch_related("areas")
    )
    areas = list(joining_areas(month).select_related("leading_post"))
    letters = set(AreaOfFocus.objects.filter(plan=month.plan_id).in_month(month.month).values_list("letter", flat=True))
    published = _last_published(month)
    MonthlyUpdate.objects.bulk_create(
        _awaited(month, recommendation, letters, published.get(recommendation.pk)) for recommendation in recommendations
    )
    AreaUpdate.objects.bulk_create(
        AreaUpdate(
            month=month,
            area=area,
            leading_post=area.leading_post,
            letter=area.letter,
            title=area.title,
            leading_title=area.leading_post.title,
        )
        for area in areas
    )
    return len(recommendations)


def _last_published(month):
    """Return by recommendation the latest published update that was received."""
    rows = MonthlyUpdate.objects.filter(
        month__plan=month.plan_id, month__published_at__isnull=False, status__in=RECEIVED
    ).select_related("month")
    rows = rows.only("recommendation_id", "rating", "direction", "status", "verified_month", "month__month")
    return {row.recommendation_id: row for row in rows.order_by("month__month")}


def _awaited(month, recommendation, letters, previous):
    outcome, lead = recommendation.outcome, recommendation.lead_post
    accountable = outcome.accountable_post
    areas = [area.letter for area in recommendation.areas.all() if area.letter in letters]
    row = MonthlyUpdate(
        month=month,
        recommendation=recommendation,
        theme=outcome.theme,
        outcome=outcome,
        lead_post=lead,
        accountable_post=accountable,
        reference=recommendation.reference,
        title=recommendation.title,
        wording=recommendation.wording,
        theme_number=outcome.theme.number,
        theme_title=outcome.theme.title,
        outcome_number=outcome.number,
        outcome_title=outcome.title,
        lead_title=lead.title,
        lead_name=lead.holder.name if lead.holder else "",
        accountable_title=accountable.title,
        accountable_name=accountable.holder.name if accountable.holder else "",
        original_due_on=recommendation.original_due_on,
        due_on=recommendation.due_on,
        areas=f" {' '.join(areas)} " if areas else "",
    )
    if previous:
        row.previous_rating, row.previous_direction = previous.rating, previous.direction
        row.previous_month = previous.month.month
        _carry(row, previous)
    return row


def _carry(row, previous):
    """Carry on what was verified as complete, with the month in which it was."""
    if previous.rating == Rating.COMPLETE and previous.status in {UpdateStatus.SIGNED_OFF, UpdateStatus.CARRIED}:
        row.status, row.rating, row.movement = UpdateStatus.CARRIED, Rating.COMPLETE, Movement.SAME
        row.verified_month = previous.verified_month or previous.month.month
