"""What is put right after publication: a correction stands beside the original, which never changes."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_date

from accounts import events
from accounts.models import Tenure
from improvement import days
from plans.models import Correction, MonthlyUpdate, ReportingMonth
from plans.ratings import Direction
from plans.reporting.errors import Conflict, Incomplete, Refused

CORRECTABLE = (
    "rating",
    "direction",
    "progress",
    "impact",
    "next_steps",
    "cause",
    "remedy",
    "remedy_owner",
    "green_by",
    "decision_sought",
)


@transaction.atomic
def correct(*, update, reason, by, at, agreed_by=None, agreed_on=None, seen=None, **changed):
    """Put `changed` answers beside a published update, each with who, when and why; return the corrections.

    On an update that was not received this records what came too late. A rating needs `agreed_by`, who held or
    deputised for the accountable post on the day `agreed_on`. What is the same as what stands is left out.
    `seen` is how many corrections stood when `changed` was written: where another came since, that is a Conflict.
    """
    month = ReportingMonth.objects.select_for_update().get(pk=update.month_id)
    row = MonthlyUpdate.objects.get(pk=update.pk)
    if not month.is_published:
        raise Refused(f"{month.label} is still open. Change the update itself.")
    if unknown := changed.keys() - set(CORRECTABLE):
        raise TypeError(f"Cannot be corrected: {', '.join(sorted(unknown))}")
    standing = corrected_answers(row)
    changed = {field: _text(value) for field, value in changed.items()}
    changed = {field: value for field, value in changed.items() if value != standing[field]}
    if not changed and (same := list(row.corrections.filter(by=by, reason=reason.strip()))):
        return same
    if seen is not None and seen != row.corrections.count():
        raise Conflict(row)
    if errors := _errors(row, month, changed, reason, by, at, agreed_by, agreed_on):
        raise Incomplete(errors)
    corrections = [
        Correction.objects.create(
            update=row,
            field=field,
            before=standing[field],
            after=changed[field],
            reason=reason.strip(),
            by=by,
            by_name=by.name,
            at=at,
            agreed_by=agreed_by,
            agreed_name=agreed_by.name if agreed_by else "",
            agreed_on=agreed_on if agreed_by else None,
        )
        for field in CORRECTABLE
        if field in changed
    ]
    events.record(by=by, at=at, what="update.corrected", on=row, fields=sorted(changed), reason=reason.strip())
    return corrections


def corrected_answers(row):
    """Return the answers of `row` as text with its corrections applied, by field.

    The text of an update that was not received is never shown, so it starts out empty.
    """
    answers = {field: _text(getattr(row, field)) if row.is_received else "" for field in CORRECTABLE}
    return answers | {item.field: item.after for item in row.corrections.all()}


def _text(value):
    if value is None:
        return ""
    return value.isoformat() if hasattr(value, "isoformat") else str(value).strip()


def _errors(row, month, changed, reason, by, at, agreed_by, agreed_on):
    errors = {}
    if not reason.strip():
        errors["reason"] = "Give the reason for the correction." if row.is_received else "Say why it came too late."
    if not changed:
        errors["__all__"] = "Change at least one answer." if row.is_received else "Enter at least one answer."
    if changed.get("rating", "") and changed["rating"] not in month.wording:
        errors["rating"] = "The plan does not offer this rating."
    if "rating" in changed and not changed["rating"]:
        errors["rating"] = "Choose a rating."
    if changed.get("direction", "") and changed["direction"] not in set(Direction):
        errors["direction"] = "Choose a direction of travel."
    if changed.get("green_by", ""):
        green_by = parse_date(changed["green_by"])
        errors |= days.outside(green_by=green_by) if green_by else {"green_by": "Enter a date."}
    if "rating" in changed or agreed_by:
        errors |= _agreement_errors(row, by, at, agreed_by, agreed_on)
    return errors


def _agreement_errors(row, by, at, agreed_by, agreed_on):
    if not agreed_by:
        return {"agreed_by": "A rating needs the accountable lead's agreement. Say who agreed."}
    if agreed_by == by:
        return {"agreed_by": "Nobody agrees a rating that they enter themselves."}
    if not agreed_on:
        return {"agreed_on": "Give the day on which the accountable lead agreed."}
    if agreed_on > timezone.localdate(at):
        return {"agreed_on": "The day of the agreement cannot be in the future."}
    held = Tenure.objects.filter(
        Q(to_on__isnull=True) | Q(to_on__gte=agreed_on),
        post=row.accountable_post_id,
        user=agreed_by,
        from_on__lte=agreed_on,
    )
    if not held.exists():
        return {"agreed_by": f"{agreed_by} did not hold the post {row.accountable_title} on that day."}
    return {}
