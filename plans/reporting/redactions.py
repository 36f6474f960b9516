"""A text that could identify someone is removed from a month, as from any other record."""

from accounts.removal import redactions
from plans.models import ReportingMonth
from plans.reporting.errors import MonthDiscarded


def redact(*, update, field, reason, by, at, seen=None):
    """Remove the text `field` of `update`, in a published month or an open one; return the Removal.

    It goes as `accounts.removal.redactions.redact` says, from its corrections and the due date too; a piece of evidence
    goes whole. Counts, movement and stuck stay as they were. Raises Refused, or MonthDiscarded.
    """
    return _redact(update.month, thing=update, field=field, reason=reason, by=by, at=at, seen=seen)


def redact_month(*, month, field, reason, by, at, seen=None):
    """Remove the sentence or the commentary of `month`, or what it says on an area of focus, in the same way."""
    return _redact(month, thing=month, field=field, reason=reason, by=by, at=at, seen=seen)


def _redact(month, **what):
    try:
        return redactions.redact(**what)
    except ReportingMonth.DoesNotExist as gone:
        raise MonthDiscarded(month) from gone
