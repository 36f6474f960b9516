"""An update with nothing new: the last published answers again, and why nothing has changed."""

from django.db import transaction

from plans.answers import REPEATED
from plans.calendar import UpdateStatus
from plans.contradictions import Code
from plans.months.published import last_published
from plans.reporting.errors import Incomplete, Refused
from plans.reporting.updates import locked, save_draft, submit

BEGUN = "Someone has started this update. Check their draft, and submit it on its own page."


@transaction.atomic
def repeat_last(*, update, version, reason, by, at):
    """Draft the update "same as last month": the last published answers, with the `reason`. Return the update."""
    row = locked(update)
    return save_draft(update=row, version=version, by=by, at=at, **_answers(row, reason))


@transaction.atomic
def submit_unchanged(*, update, version, reason, by, at, confirmed=()):
    """Hand in, for an update that nobody has started, the last published answers with the `reason`; return the update.

    The one reason explains what contradicts these answers as well, but for the codes in `confirmed`, for which the
    reason given last time still holds. One update is one transaction: one that is refused keeps back no other.
    Raises Incomplete, Contradicted, Conflict, MonthPublished or Refused.
    """
    row = locked(update)
    if row.status in {UpdateStatus.DRAFT, UpdateStatus.RETURNED}:
        raise Refused(BEGUN)
    answers = _answers(row, reason)
    explained = {Code(code).answer for code in confirmed}
    reasons = {code: reason.strip() for code in Code if code.answer not in explained}
    given = {"version": version, "override_reasons": reasons, "confirmed": confirmed}
    return submit(update=row, by=by, at=at, **given, **answers)


def _answers(row, reason):
    previous = last_published([row]).get(row.pk)
    if previous is None:
        raise Refused("There is no published update to reuse.")
    if not reason.strip():
        raise Incomplete({"reason": "Say why nothing has changed."})
    return {field: getattr(previous, field) for field in REPEATED} | {"unchanged_reason": reason.strip()}
