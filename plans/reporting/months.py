"""The month itself: opened with its scope, commented, published and frozen."""

from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.audit import events
from improvement.records import triggers, writes
from improvement.texts import days
from plans import calendar, guards
from plans.calendar import RECEIVED, UpdateStatus
from plans.models import (
    AreaUpdate,
    DateChange,
    Evidence,
    MonthlyUpdate,
    Plan,
    ReportingMonth,
    ReviewComment,
)
from plans.months import digests, narrative
from plans.months.stamps import FIELDS, stamp
from plans.reporting import telling
from plans.reporting.errors import Conflict, Incomplete, MonthDiscarded, MonthPublished, Refused
from plans.reporting.scope import add_missing, offered, removable

SIGN_OFF_FIRST = "Sign-off cannot be due before the updates are."


@transaction.atomic
def open_month(*, plan, month, due_on, by, at, sign_off_due_on=None, data_as_at=None):
    """Open `month` (its first day) and create an awaited update for everything in scope on the day of `at`.

    Sign-off is due, and the data are as at, the day on which updates are due where nothing else is said.
    Raises Refused: one month is open at a time, and months are opened in order.
    """
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    dates = {"due_on": due_on, "sign_off_due_on": sign_off_due_on or due_on, "data_as_at": data_as_at or due_on}
    refuse_to_open(plan=plan, month=month, **dates)
    row = ReportingMonth.objects.create(
        plan=plan,
        month=month,
        **dates,
        plan_title=plan.title,
        caveat=plan.caveat,
        wording=offered(plan),
        opened_at=at,
        opened_by=by,
        opened_name=by.name,
    )
    add_missing(row, at)
    events.record(by=by, at=at, what="month.opened", on=row, scope=row.updates.count())
    telling.of_opening(row, at=at)
    return row


@transaction.atomic
def refresh_scope(*, month, by, at):
    """Bring the rows of an open month up to today's plan; return how many were added and how many removed.

    What joined the plan gets a row. What left it loses its row, unless somebody wrote in it already.
    """
    month = locked(month)
    removed, _ = removable(month, timezone.localdate(at)).delete()
    added = add_missing(month, at)
    if added or removed:
        events.record(by=by, at=at, what="month.scope_refreshed", on=month, added=added, removed=removed)
    return added, removed


@transaction.atomic
def change_dates(*, month, reason, by, at, seen=None, **days):
    """Give an open month other dates, keep the earlier ones with the `reason`, and return the changes.

    Updates that were submitted already are late, or not, by the new date. `seen` is how many changes the month had
    when `days` were written: where another came since, that is a Conflict. Raises Incomplete or MonthPublished.
    """
    row, reason = locked(month), reason.strip()
    changed = {field: (getattr(row, field), day) for field, day in days.items() if day != getattr(row, field)}
    if not changed and (same := list(row.date_changes.filter(by=by, reason=reason))):
        return same
    if seen is not None and seen != row.date_changes.count():
        raise Conflict(row)
    for field, (_, day) in changed.items():
        setattr(row, field, day)
    if errors := _date_errors(row, changed, reason):
        raise Incomplete(errors)
    changes = [
        DateChange.objects.create(
            month=row, field=field, before=before, after=after, reason=reason, by=by, by_name=by.name, at=at
        )
        for field, (before, after) in changed.items()
    ]
    row.save(update_fields=tuple(changed))
    late, in_time = _judge_lateness(row)
    told = {field: str(after) for field, (_, after) in changed.items()}
    events.record(
        by=by,
        at=at,
        what="month.dates_changed",
        on=row,
        before={field: str(before) for field, (before, _) in changed.items()},
        after=told,
        reason=reason,
        now_late=late,
        no_longer_late=in_time,
    )
    telling.of_other_dates(row, reason, at=at)
    return changes


@transaction.atomic
def discard_month(*, month, reason, by, at, seen=None):
    """Remove an open month in which nothing is submitted, with its drafts; the same month can be opened again.

    `seen` is what `discarding(month)` returned when it was looked at; raises Refused where that has changed since,
    or something is submitted or was returned, Incomplete without a reason, MonthPublished or MonthDiscarded.
    """
    row = locked(month)
    refuse_to_discard(row)
    if seen is not None and seen != discarding(row):
        raise Refused(f"{row.label} has changed since you opened this page. Check again what will be lost.")
    if not reason.strip():
        raise Incomplete({"reason": "Say why you are discarding the month."})
    drafts = [f"{update.reference} by {update.saved_by.name}" for update in begun(row)]
    told = {
        "month": row.label,
        "month_id": row.pk,
        "opened_at": timezone.localtime(row.opened_at).isoformat(),
        "opened_by": row.opened_name,
        "scope": row.updates.count(),
        "drafts": drafts,
        "evidence": Evidence.objects.filter(update__month=row).count(),
        "commentary": bool(row.headline or row.commentary),
        "area_updates": sorted(row.area_updates.exclude(text="").values_list("letter", flat=True)),
        "date_changes": row.date_changes.count(),
        "reason": reason.strip(),
    }
    files = list(Evidence.objects.filter(update__month=row).exclude(file="").values_list("file", flat=True))
    for part in (Evidence, ReviewComment):
        part.objects.filter(update__month=row).delete()
    row.updates.all().delete()
    row.area_updates.all().delete()
    if told["date_changes"]:
        with triggers.lifted({guards.DATE_CHANGES}):
            row.date_changes.all().delete()
    plan = row.plan
    row.delete()
    events.record(by=by, at=at, what="month.discarded", on=plan, **told)
    for file in files:
        transaction.on_commit(partial(Evidence.file.field.storage.delete, file))


@transaction.atomic
def write_commentary(*, month, version, text, by, at, headline=""):
    """Write what the programme office says of an open month, at length and in a sentence or two; return the month."""
    row = locked(month)
    said = {"headline": headline, "commentary": text}
    if writes.holds(row, said):
        return row
    if not ReportingMonth.objects.filter(pk=row.pk, version=version).update(**said, version=version + 1):
        raise Conflict(row)
    row.headline, row.commentary, row.version = headline, text, version + 1
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
    row.updates.exclude(returned={}).update(returned={})
    # A month opened before there were stamps gets them here; in every other they are there already.
    MonthlyUpdate.objects.bulk_update(stamp(row, list(row.updates.all())), FIELDS)
    row.published_at, row.published_by, row.published_name = at, by, by.name
    row.digest_format = digests.FORMAT
    row.digest = digests.digest(row)
    row.save(update_fields=("published_at", "published_by", "published_name", "digest", "digest_format"))
    received = row.updates.filter(status__in=RECEIVED).count()
    events.record(by=by, at=at, what="month.published", on=row, received=received, digest=row.digest)
    telling.of_publication(row, publisher=by, at=at)
    return row


def freezing(month):
    """Return a SHA-256 that changes with whatever the pages of `month` would show if it were published now."""
    updates = sorted(month.updates.values_list("reference", "status", "version", "due_on"))
    areas = sorted(month.area_updates.values_list("letter", "version"))
    return writes.seen(
        month.headline,
        month.commentary,
        [str(getattr(month, field)) for field in calendar.DATES],
        [
            (reference, status, version if status in RECEIVED else 0, str(due_on))
            for reference, status, version, due_on in updates
        ],
        areas,
    )


def locked(month):
    """Lock `month` and return it as it now stands; raises MonthPublished or MonthDiscarded."""
    row = ReportingMonth.objects.select_for_update().filter(pk=month.pk).first()
    if row is None:
        raise MonthDiscarded(month)
    if row.is_published:
        raise MonthPublished(row)
    return row


def refuse_to_open(*, plan, month, due_on, sign_off_due_on, data_as_at):
    """Raise Refused where `open_month` would of the same; write nothing."""
    if month.day != 1:
        raise Refused("A month is given by its first day.", "month")
    given = {"month": month, "due_on": due_on, "sign_off_due_on": sign_off_due_on, "data_as_at": data_as_at}
    for field in days.outside(**given):
        raise Refused(days.OUTSIDE, field)
    if taken_over := Plan.objects.filter(predecessor=plan.pk).first():
        raise Refused(f"“{taken_over.title}” has taken over this plan. Open its months instead.")
    last = plan.months.order_by("-month").first()
    if last and not last.is_published:
        raise Refused(f"{last.label} is still open. Publish it before you open another month.")
    if last and month <= last.month:
        raise Refused(f"{last.label} has been published. Choose a later month.", "month")
    if sign_off_due_on < due_on:
        raise Refused(SIGN_OFF_FIRST, "sign_off_due_on")


def warnings(*, plan, month, on, **days):
    """Return what is unusual about opening `month` with these days on the day `on`, each as a sentence."""
    last = plan.months.order_by("-month").first()
    published_on = timezone.localdate(last.published_at) if last and last.published_at else None
    found = calendar.warnings_of_opening(month, days["due_on"], on=on, last=last, last_published_on=published_on)
    return found + calendar.warnings(**days, on=on)


def begun(month):
    """Return the updates of `month` that somebody has begun and nobody has submitted, with who saved them last."""
    return month.updates.filter(saved_by__isnull=False, status=UpdateStatus.DRAFT).select_related("saved_by")


def discarding(month):
    """Return a SHA-256 that changes with whatever would be lost if `month` were discarded now."""
    updates = month.updates.values_list("reference", "status", "version", "evidence")
    areas = month.area_updates.order_by("letter").values_list("letter", "version")
    texts = (month.headline, month.commentary)
    return writes.seen(*texts, sorted(map(str, updates)), sorted(map(str, areas)), month.date_changes.count())


def refuse_to_discard(month):
    """Raise Refused where `discard_month` would of a month that is open."""
    kept = {UpdateStatus.AWAITED, UpdateStatus.DRAFT, UpdateStatus.CARRIED}
    ever = ~Q(status__in=kept) | Q(first_submitted_at__isnull=False)
    if submitted := list(month.updates.filter(ever).values_list("reference", flat=True)):
        names = ", ".join(submitted)
        raise Refused(f"{month.label} has submitted updates: {names}. It can no longer be discarded.")
    if narrative.removals([month.pk]).exists():
        raise Refused(
            f"A text was removed from {month.label} because it could identify someone. "
            "The record must stay, so the month can no longer be discarded."
        )


def _date_errors(month, changed, reason):
    errors = {}
    if not changed:
        errors["__all__"] = "Change at least one of the dates."
    if not reason:
        errors["reason"] = "Enter a reason for changing the dates."
    if month.sign_off_due_on < month.due_on:
        errors["sign_off_due_on"] = SIGN_OFF_FIRST
    return errors | days.outside(**{field: getattr(month, field) for field in changed})


def _judge_lateness(month):
    """Judge anew whether what was submitted in `month` is late; return the references now late, and no longer so."""
    found: dict[bool, list[str]] = {True: [], False: []}
    for row in month.updates.exclude(submitted_at=None).order_by("reference_order"):
        is_late = calendar.is_late(timezone.localdate(row.first_submitted_at), month.due_on)
        if is_late != row.is_late:
            MonthlyUpdate.objects.filter(pk=row.pk).update(is_late=is_late)
            found[is_late].append(row.reference)
    return found[True], found[False]
