"""The audit trail: one event for each accepted write."""

from collections.abc import Iterable

from django.db.models import Model, Q

from accounts.audit import subjects
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
        about=subjects.of(on),
        detail=detail,
    )


def record_changes(*, by, at, changed):
    """Append an event for each of `changed`: a thing of one and the same subject with the texts that it had and has."""
    about = subjects.of(changed[0][0]) if changed else ""
    Event.objects.bulk_create(
        [
            Event(
                by=by,
                at=at,
                what=f"{on._meta.model_name}.changed",
                on_type=on._meta.label_lower,
                on_id=on.pk,
                on_text=str(on)[:200],
                about=about,
                detail={"texts": texts},
            )
            for on, texts in changed
        ],
        batch_size=500,
    )


def last_on(thing):
    """Return the last event on `thing`, or None."""
    return Event.objects.filter(on_type=thing._meta.label_lower, on_id=thing.pk).select_related("by").first()


def on(things: Iterable[Model]):
    """Return the events on `things`, latest first; one query."""
    by_kind: dict[str, list] = {}
    for thing in things:
        by_kind.setdefault(thing._meta.label_lower, []).append(thing.pk)
    asked = Q(*(Q(on_type=kind, on_id__in=pks) for kind, pks in by_kind.items()), _connector=Q.OR)
    return Event.objects.filter(asked).select_related("by") if by_kind else Event.objects.none()
