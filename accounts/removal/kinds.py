"""What can be removed because it could identify someone, and where each text stands.

An app names its kinds of thing in its `removals.py` and registers them when it is ready. Read by
`accounts.removal.redactions.redact` and by the page that shows exactly what goes.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet
from django.utils import timezone

from accounts.audit import events
from accounts.models import LONGEST_REASON, REMOVED, Event, Removal
from improvement.records.refusals import Refused


@dataclass(frozen=True)
class Place:
    """A text that goes: where it stands, and what it says."""

    row: Model
    field: str
    text: str


@dataclass(frozen=True)
class Text:
    """What can be removed: its words on a page, and every place where it stands."""

    label: str
    places: list[Place]


@dataclass(frozen=True)
class Kind:
    """How texts go from one kind of thing: its name in the audit trail, its texts by name, and whose guards are lifted.

    `earlier` names what an event keeps of a text that was put in the place of another, as (what, key), `reworded` the
    fields of which the administration's events keep the words before. `trail` returns the events that are read for
    them, if those on the thing itself are too few. `anew` names the fields in which a text may be said anew once it was
    removed, `titled` the kinds of thing that are called by one, if not all whose guards are lifted. `copies` removes
    what is kept where no other kind keeps it.

    What is frozen with a digest says how that is taken, and what to say where it differs. What is frozen as a part of
    something else names that as its `record`, which says with `removals` what was removed from it and its parts.
    """

    name: str
    texts: Callable[[Any], Iterator[tuple[str, Text]]]
    tables: frozenset[str]
    earlier: frozenset[tuple[str, str]] = frozenset()
    digest: Callable[[Any], str] | None = None
    reworded: frozenset[str] = frozenset()
    trail: Callable[[Any], QuerySet[Event]] | None = None
    anew: frozenset[str] = frozenset()
    titled: frozenset[str] | None = None
    copies: Callable[[Any, list[Place], str], None] | None = None
    record: Callable[[Any], Any] = lambda thing: thing
    removals: Callable[[Any], QuerySet[Removal]] = Removal.objects.of
    tampered: str = "This has changed since it was issued. Run verify before you remove anything."
    called: Callable[[Any], str] = str


KINDS: dict[type[Model], Kind] = {}


def text(label: str, row: Model, *fields: str) -> Text:
    """Return the Text that stands in the `fields` of one row."""
    return Text(label, [Place(row, field, getattr(row, field)) for field in fields])


def of(thing: Model) -> dict[str, Text]:
    """Return what can be removed from `thing`, by the name of each. What was removed already is left out."""
    kind = KINDS[type(thing)]
    found = dict(kind.texts(thing))
    left = {
        name: Text(one.label, [place for place in one.places if is_left(place.text)]) for name, one in found.items()
    }
    rows = {place.row for one in found.values() for place in one.places} | {thing}
    known = {place.text for one in left.values() for place in one.places}
    told = kind.trail(thing) if kind.trail else events.on(rows)
    return {name: one for name, one in left.items() if one.places} | dict(
        _earlier(kind, list(told.order_by("pk")), known)
    )


def seen(places: Iterable[Place]) -> str:
    """Return a SHA-256 that changes with whatever stands in `places`."""
    shown = [(place.row._meta.label_lower, place.row.pk, place.field, place.text) for place in places]
    return hashlib.sha256(repr(shown).encode()).hexdigest()


def checked(reason: str) -> str:
    """Return the reason for a removal, which stands in the place of what goes; raises Refused."""
    reason = reason.strip()
    if not reason:
        raise Refused("Enter a reason for removing it.", "reason")
    if len(reason) > LONGEST_REASON:
        raise Refused(f"Enter a reason of {LONGEST_REASON} characters or fewer.", "reason")
    return reason


def standing_digest(record: Any) -> str:
    """Return the digest that `record` should have: that of its issue, or of what was last removed from it."""
    last = KINDS[type(record)].removals(record).exclude(digest_after="").last()
    return last.digest_after if last else record.digest


def is_left(words: str) -> bool:
    """Whether a text says something that was not removed."""
    return bool(words) and not words.startswith(REMOVED)


def _earlier(kind, told, known) -> Iterator[tuple[str, Text]]:
    """Yield what the audit trail alone still holds: each text that stood before, once."""
    said = (
        (f"{key}-{event.pk}", "An earlier text, kept in the audit trail", event, value)
        for event in told
        for key, value in event.detail.items()
        if (event.what, key) in kind.earlier and isinstance(value, str)
    )
    for name, label, event, value in chain(said, _reworded(kind, told)):
        if is_left(value) and value not in known:
            known.add(value)
            yield name, Text(label, [Place(event, "detail", value)])


def _reworded(kind, told):
    """Yield the words before of each field that was put in other words, but for those that stand there again.

    The label names no thing: what it was called may be what goes.
    """
    changed = [event for event in told if kind.reworded and event.detail.get("texts")]
    models = {on: apps.get_model(on) for on in {event.on_type for event in changed}}
    rows = {
        on: model._base_manager.in_bulk({event.on_id for event in changed if event.on_type == on})
        for on, model in models.items()
    }
    for event in changed:
        row, what = rows[event.on_type].get(event.on_id), models[event.on_type]._meta.verbose_name.capitalize()
        for number, one in enumerate(event.detail["texts"]):
            stands = "" if one["of"] else getattr(row, one["field"], "")
            if one["field"] in kind.reworded and one["before"] != stands:
                label = f"{what}, {one['label'].lower()} until {timezone.localdate(event.at):%-d %B %Y}"
                yield f"text-{event.pk}-{number}", label[:100], event, one["before"]


def register(model: type[Model], kind: Kind) -> None:
    """Let texts be removed from a kind of thing; called by its app when it is ready."""
    KINDS[model] = kind
