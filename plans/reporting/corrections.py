"""What is put right after publication: a correction stands beside the original, which never changes."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_date

from accounts.audit import events
from accounts.models import Tenure
from improvement.texts import days
from plans.answers import CORRECTABLE, PATH_TO_GREEN
from plans.models import Correction, MonthlyUpdate, ProposedRating, ReportingMonth
from plans.ratings import NEEDS_PATH_TO_GREEN, Direction
from plans.reporting.errors import Conflict, Incomplete, Refused

RECORDED_SINCE = "The programme office has recorded something for this update. Tell them what to add."


@transaction.atomic
def correct(*, update, reason, by, at, agreed_by=None, agreed_on=None, agreed_how="", seen=None, **changed):
    """Put `changed` answers beside a published update, each with who, when and why; return the corrections.

    On an update that was not received this records what came too late. What is the same as what stands is left out.
    A rating needs the accountable lead's agreement: `agreed_by`, who held or deputised for the post on the day
    `agreed_on`, told the office so (`agreed_how`). Where none of the three is given, it waits as a ProposedRating until
    they agree it on a page of their own; one that waited before is withdrawn.
    `seen` is what `corrections_seen` returned when `changed` was written: where that differs now, it is a Conflict.
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
    agreed = {"agreed_by": agreed_by, "agreed_on": agreed_on, "agreed_how": agreed_how.strip()}
    waits = "rating" in changed and not any(agreed.values())
    said = {"by": by, "reason": reason.strip()}
    same = list(row.corrections.filter(**said))
    if waits and changed.keys() == {"rating"} and waiting(row).filter(**said, rating=changed["rating"]).exists():
        return same
    if not changed and same:
        return same
    if seen is not None and seen != corrections_seen(row):
        raise Conflict(row)
    if errors := _errors(row, month, changed, reason, by, at, agreed, waits):
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
            **({**agreed, "agreed_name": agreed_by.name} if field == "rating" else {}),
        )
        for field in CORRECTABLE
        if field in changed and not (waits and field == "rating")
    ]
    told = {"reason": reason.strip(), **_propose(row, changed, said, by, at, waits)}
    if corrections:
        told["fields"] = sorted(item.field for item in corrections)
        told["before"] = {item.field: item.before for item in corrections}
        told["after"] = {item.field: item.after for item in corrections}
        if "rating" in told["after"]:
            told |= {
                "agreed_by": agreed_by.name,
                "agreed_on": agreed_on.isoformat(),
                "agreed_how": agreed["agreed_how"],
            }
    events.record(by=by, at=at, what="update.corrected" if corrections else "update.rating_proposed", on=row, **told)
    return corrections


@transaction.atomic
def hand_in_late(*, update, reason, by, at, seen=None):
    """Put the draft of `update`, which was not received, beside its month as received after publication.

    Return the corrections. Its rating waits until the accountable lead agrees it. It is handed in once, and only where
    nothing was recorded since the month was published: what came later is for the programme office to correct.
    """
    ReportingMonth.objects.select_for_update().get(pk=update.month_id)
    row = MonthlyUpdate.objects.select_related("month").get(pk=update.pk)
    if not row.is_left_draft:
        raise Refused("There is no draft to hand in.")
    corrections, proposals = list(row.corrections.all()), list(row.proposed_ratings.all())
    if corrections or proposals:
        said = {(item.by_id, item.reason) for item in corrections} | {(item.by_id, item.reason) for item in proposals}
        if said == {(by.pk, reason.strip())} and not any(item.decided_at for item in proposals):
            return corrections
        raise Refused(RECORDED_SINCE)
    return correct(update=row, reason=reason, by=by, at=at, seen=seen, **late_answers(row))


def late_answers(row):
    """Return what `hand_in_late` takes from the draft of `row`, by field: a path to green only where it needs one."""
    left_out = set() if row.rating in {"", *NEEDS_PATH_TO_GREEN} else set(PATH_TO_GREEN)
    return {field: value for field in CORRECTABLE if field not in left_out and (value := getattr(row, field))}


def _propose(row, changed, said, by, at, waits):
    """Let the rating of `changed` wait where it `waits`, in the place of one that waited; return what to record."""
    if "rating" not in changed:
        return {}
    earlier = waiting(row).first()
    told = {"rating_withdrawn": earlier.rating} if earlier else {}
    if earlier:
        _decide(earlier, by, at, decision="withdrawn")
    if waits:
        ProposedRating.objects.create(update=row, rating=changed["rating"], **said, by_name=by.name, at=at)
        told["rating_proposed"] = changed["rating"]
    return told


@transaction.atomic
def agree_rating(*, proposal, by, at):
    """Agree the corrected rating that waits, for the accountable lead on their own page; return its correction."""
    row, proposal = _locked(proposal)
    if proposal.decision == "agreed" and proposal.decided_by_id == by.pk:
        return proposal.correction
    _require_waiting(proposal)
    agreed = {"agreed_by": by, "agreed_on": timezone.localdate(at)}
    if errors := _agreement_errors(row, proposal.by, at, **agreed, agreed_how="on their own page"):
        raise Refused(next(iter(errors.values())))
    correction = Correction.objects.create(
        update=row,
        field="rating",
        before=corrected_answers(row)["rating"],
        after=proposal.rating,
        reason=proposal.reason,
        by=proposal.by,
        by_name=proposal.by_name,
        at=at,
        **agreed,
        agreed_name=by.name,
        is_agreed_on_own_page=True,
    )
    _decide(proposal, by, at, decision="agreed", correction=correction)
    told = {"rating": proposal.rating, "proposed_by": proposal.by_name}
    events.record(by=by, at=at, what="update.rating_agreed", on=row, **told)
    return correction


@transaction.atomic
def decline_rating(*, proposal, reason, by, at):
    """Decline the corrected rating that waits, with a reason for the programme office; return the proposal."""
    row, proposal = _locked(proposal)
    reason = reason.strip()
    if (proposal.decision, proposal.decided_by_id, proposal.decision_reason) == ("declined", by.pk, reason):
        return proposal
    _require_waiting(proposal)
    if not reason:
        raise Incomplete({"reason": "Say why you decline this rating."})
    _decide(proposal, by, at, decision="declined", decision_reason=reason)
    events.record(by=by, at=at, what="update.rating_declined", on=row, rating=proposal.rating, reason=reason)
    return proposal


@transaction.atomic
def withdraw_rating(*, proposal, by, at):
    """Withdraw the corrected rating that waits; return the proposal."""
    row, proposal = _locked(proposal)
    if proposal.decision == "withdrawn":
        return proposal
    _require_waiting(proposal)
    _decide(proposal, by, at, decision="withdrawn")
    events.record(by=by, at=at, what="update.rating_withdrawn", on=row, rating=proposal.rating)
    return proposal


def waiting(row):
    """Return, as a queryset, the corrected rating of `row` that waits for the accountable lead, if any."""
    return row.proposed_ratings.filter(decided_at=None)


def open_proposal(row):
    """Return the last rating proposed for `row` while it waits or is declined, and none was agreed since; else None."""
    last = row.proposed_ratings.last()
    if last is None or last.decision in {"agreed", "withdrawn"}:
        return None
    is_settled = last.decided_at and row.corrections.filter(field="rating", at__gte=last.decided_at).exists()
    return None if is_settled else last


def corrections_seen(row):
    """Return a number that grows with every correction of `row`, and with every rating proposed for it."""
    return row.corrections.count() + row.proposed_ratings.count()


def _locked(proposal):
    ReportingMonth.objects.select_for_update().get(pk=proposal.update.month_id)
    row = MonthlyUpdate.objects.select_related("accountable_post").get(pk=proposal.update_id)
    return row, ProposedRating.objects.select_related("by").get(pk=proposal.pk)


def _require_waiting(proposal):
    if proposal.decision:
        made = f"{proposal.get_decision_display().lower()} by {proposal.decided_name}"
        raise Refused(f"This corrected rating was {made} on {timezone.localdate(proposal.decided_at):%-d %B %Y}.")


def _decide(proposal, by, at, **decision):
    for field, value in {**decision, "decided_by": by, "decided_name": by.name, "decided_at": at}.items():
        setattr(proposal, field, value)
    proposal.save()


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


def _errors(row, month, changed, reason, by, at, agreed, waits):
    errors = {}
    if not reason.strip():
        errors["reason"] = (
            "Enter a reason for the correction." if row.is_received else "Say why it was received after publication."
        )
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
    if "rating" not in changed and any(agreed.values()):
        errors["agreed_by"] = (
            "Only a corrected rating needs agreement. Clear who agreed, when and how, or change the rating."
        )
    if "rating" in changed and not waits:
        errors |= _agreement_errors(row, by, at, **agreed)
    return errors


def _agreement_errors(row, by, at, agreed_by, agreed_on, agreed_how):
    if not agreed_by:
        return {"agreed_by": "Say who agreed the rating. To ask the accountable lead, clear when and how."}
    if agreed_by == by:
        return {"agreed_by": "You cannot agree a rating that you entered. Choose someone else."}
    if not agreed_on:
        return {"agreed_on": "Enter the day the accountable lead agreed."}
    if not agreed_how:
        return {"agreed_how": "Say how they agreed, for example by e-mail or in a meeting."}
    if agreed_on > timezone.localdate(at):
        return {"agreed_on": "The day of agreement cannot be in the future."}
    held = Tenure.objects.filter(
        Q(to_on__isnull=True) | Q(to_on__gte=agreed_on),
        post=row.accountable_post_id,
        user=agreed_by,
        from_on__lte=agreed_on,
    )
    if not held.exists():
        return {"agreed_by": f"{agreed_by} was not {row.accountable_title} on that day."}
    return {}
