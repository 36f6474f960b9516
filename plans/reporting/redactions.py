"""A text that could identify someone is removed from a month, as from any other record."""

from accounts.removal import redactions
from plans.models import ReportingMonth
from plans.reporting.errors import MonthDiscarded


def redact(*, update, **what):
    """Remove the text `field` of `update`, in a published month or an open one; return the Removal.

    It goes as `accounts.removal.redactions.redact` says, from its corrections and the due date too; a piece of evidence
    goes whole. Counts, movement and stuck stay as they were. Raises Refused, or MonthDiscarded.
    """
    return _redact(update.month, update, what)


def redact_month(*, month, **what):
    """Remove the commentary of `month`, or what it says on an area of focus, in the same way."""
    return _redact(month, month, what)


def _redact(month, thing, what):
    try:
        return redactions.redact(thing=thing, **what)
    except ReportingMonth.DoesNotExist as gone:
        raise MonthDiscarded(month) from gone
