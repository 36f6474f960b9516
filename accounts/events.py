"""The audit trail: one event for each accepted write."""

from accounts.models import Event


def record(*, by, at, what, on, **detail):
    """Append an `Event`; called inside the transaction of the write that it records."""
    return Event.objects.create(
        by=by,
        at=at,
        what=what,
        on_type=on._meta.label_lower,
        on_id=on.pk,
        on_text=str(on)[:200],
        detail=detail,
    )


def last_on(thing):
    """Return the last event on `thing`, or None."""
    return Event.objects.filter(on_type=thing._meta.label_lower, on_id=thing.pk).select_related("by").first()
