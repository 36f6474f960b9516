"""The audit trail as pages tell it: who did what, when, to one thing and what belongs to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from accounts.models import Event

# What an update's own page shows to whom it may, and the trail to nobody.
_UNTOLD = {"comment"}


@dataclass(frozen=True)
class Line:
    """One event, or several in a row that say the same: a draft is saved many times. `event` is the last of them."""

    event: Event
    times: int = 1

    @property
    def words(self) -> str:
        return words(self.event) + (f", {self.times} times" if self.times > 1 else "")


def lines(events: Iterable[Event]) -> list[Line]:
    """Return a line for each of `events`, those that say the same of the same thing in a row as one."""
    runs = groupby(events, key=lambda event: (event.what, event.by_id, event.on_type, event.on_id))
    return [Line(run[0], len(run)) for run in (list(run) for _, run in runs)]


def words(event: Event) -> str:
    """Return what was done in words: “Update signed off”."""
    return event.what.replace(".", " ").replace("_", " ").capitalize()


def details(event: Event) -> str:
    """Return what is recorded beside it, such as “reason: A slip.”; what changed in the administration by its name."""
    told = {**event.detail, "changes": "; ".join(_changes(event.detail.get("changes", ())))}
    return "; ".join(
        f"{key.replace('_', ' ')}: {_plain(value)}" for key, value in sorted(told.items()) if _is_told(key, value)
    )


def _changes(messages):
    for message in messages:
        for way, change in message.items():
            name = f"{change['name']} “{change['object']}”" if "name" in change else ""
            fields = ", ".join(change.get("fields", ()))
            yield " ".join(filter(None, (name, way if name else "", fields)))


def _is_told(key, value):
    return key not in _UNTOLD and value not in ("", None, [], {})


def _plain(value):
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
