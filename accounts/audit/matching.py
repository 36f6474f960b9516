"""Rows held against their events, in both directions: each has exactly one, and each event has its row.

An app lists in its `told.py` what is matched. Who, when and on what have to be the same, and so has whatever the event
says of the row's own facts: an older event that says less is not held against it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from accounts.audit import trail
from accounts.models import REMOVED, Event

Thing = tuple[str, int]


@dataclass(frozen=True)
class Said:
    """What a row says of a write: on what it was, by whom, when, and what it should have told the trail."""

    name: str
    on: Thing
    by: int
    at: Any
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Heard:
    """What an event says of the same. One that `may_lack` its row has none where nothing had to change."""

    event: Event
    on: Thing
    facts: dict[str, Any]
    may_lack: bool = False


@dataclass(frozen=True)
class Told:
    """A kind of write: its words within a sentence, what the rows say of it, and what the events do."""

    label: str
    said: Callable[[], Iterable[Said]]
    heard: Callable[[], Iterable[Heard]]


def problems(kinds: Iterable[Told]) -> Iterator[str]:
    """Yield a sentence for every row that has no event as it should, and for every event that has no row."""
    for kind in kinds:
        said, heard = _unmatched(kind)
        for row in said:
            other = next((one for one in heard if one.on == row.on), None)
            if other:
                heard.remove(other)
                yield f"{row.name}: {kind.label} is different in the audit trail."
            else:
                yield f"{row.name}: {kind.label} is not in the audit trail."
        for one in heard:
            event = one.event
            yield (
                f"{event.on_text}: the audit trail has “{trail.words(event)}” by {event.by} on"
                f" {trail.moment(event.at)}, but the record does not."
            )


def heard(
    *verbs: str,
    on: type[Model] | None = None,
    undone_by: Iterable[str] = (),
    as_told: Callable[[Event], Iterable[dict[str, Any]]] = lambda event: [event.detail],
    may_lack: bool = False,
) -> Callable[[], Iterator[Heard]]:
    """Return what gives every event of one of the `verbs` that still holds, once for each of the facts in `as_told`.

    It holds until a later event on the same thing is one of `undone_by`.
    """

    def events():
        undoing = frozenset(undone_by)
        rows = Event.objects.filter(what__in={*verbs, *undoing}).select_related("by").order_by("pk")
        holding: dict[Thing, list[Event]] = defaultdict(list)
        for event in rows.filter(on_type=on._meta.label_lower) if on else rows:
            thing = (event.on_type, event.on_id)
            if event.what in undoing:
                holding[thing].clear()
            if event.what in verbs:
                holding[thing].append(event)
        for thing, left in holding.items():
            for event in left:
                for facts in as_told(event):
                    yield Heard(event, thing, facts, may_lack)

    return events


def said(
    rows: Callable[[], Iterable[Any]],
    by: str,
    at: str,
    *,
    name: Callable[[Any], str] = str,
    on: str = "",
    facts: Callable[[Any], dict[str, Any]] = lambda row: {},
) -> Callable[[], Iterator[Said]]:
    """Return what gives for each of `rows` what it says of a write `by` and `at`, `on` itself or what it belongs to."""

    def claims():
        for row in rows():
            yield Said(
                name(row),
                (_kind(row, on)._meta.label_lower, getattr(row, f"{on}_id") if on else row.pk),
                getattr(row, f"{by}_id"),
                getattr(row, at),
                facts(row),
            )

    return claims


def _kind(row, on):
    return type(row)._meta.get_field(on).related_model if on else type(row)


def _unmatched(kind):
    """Return the rows and the events of a kind that are left when each has been given the other."""
    open_to = defaultdict(list)
    for one in kind.heard():
        open_to[one.on, one.event.by_id, one.event.at].append(one)
    # Those that say most come first: what an older one leaves open must not take the place of another.
    for there in open_to.values():
        there.sort(key=lambda one: -len(one.facts))
    alone = []
    for row in kind.said():
        there = open_to[row.on, row.by, row.at]
        match = next((one for one in there if _agree(row.facts, one.facts)), None)
        if match:
            there.remove(match)
        else:
            alone.append(row)
    return alone, [one for there in open_to.values() for one in there if not one.may_lack]


def _agree(facts, told):
    """Whether an event tells no other of a row's facts; what was removed from it could have been any text."""
    return all(_is_removed(told[name]) or told[name] == value for name, value in facts.items() if name in told)


def _is_removed(value):
    return isinstance(value, str) and value.startswith(REMOVED)
