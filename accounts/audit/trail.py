"""The audit trail as pages tell it: who did what, when, to one thing and what belongs to it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils import timezone

from accounts.models import Event

# How many lines a page shows of a trail, and how many events it reads for them, unless all are asked for.
LATEST, MOST = 50, 500
# What an update's own page shows to whom it may, and the trail to nobody; and what `manage.py verify` alone reads.
_UNTOLD = {"access", "comment", "month_id", "reply", "revision_id", "texts"}
_DAY = re.compile(r"\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d)?)?", re.ASCII)
# Where the name of a field says too little.
_NAMES = {
    "body": "sent to",
    "is_met": "met",
    "parts": "parts written",
    "provisional": "still provisional",
    "scope": "recommendations in scope",
    "sha256": "SHA-256",
    "to": "new place",
    "was_on": "day before",
}


# What the code calls otherwise than pages do.
_WORDS = {
    "action.noted": "Action reported on",
    "advice.responded": "Advice responded to",
    "board.carried_over": "Board carried over to the new plan",
    "challenge.answered": "Question answered",
    "challenge.asked": "Question asked",
    "challenge.assigned": "Question assigned",
    "areaoffocus.added": "Area of focus added",
    "areaoffocus.changed": "Area of focus changed",
    "challenge.concluded": "Question concluded",
    "challenge.restricted": "Question restricted",
    "meeting.decided": "Decision recorded",
    "meeting.minuted": "Minute written",
    "meeting.received_month": "Meeting month chosen",
    "month.commented": "Commentary written",
    "pack.kept": "Pack saved",
    "pack.ordered": "Pack ordered",
    "pack.sections_chosen": "Sections of the pack chosen",
    "plan.refresh_discarded": "Draft revision discarded",
    "plan.succeeded": "Taken over by a new plan",
    "recommendation.action_done": "Action done",
    "recommendation.action_reopened": "Action reopened",
    "refresh.applied": "Revision applied",
    "refresh.change_taken_back": "Change taken out of the draft revision",
    "refresh.changed": "Draft revision changed",
    "refresh.drafted": "Draft revision filled from a file",
    "refresh.started": "Draft revision started",
    "user.added": "Account added",
    "user.calendar_made": "Calendar address made",
    "user.calendar_stopped": "Calendar stopped",
    "user.filter_followed": "Saved filter followed",
    "user.filter_removed": "Saved filter removed",
    "user.filter_renamed": "Saved filter renamed",
    "user.filter_saved": "Filter saved",
    "user.filter_unfollowed": "Saved filter no longer followed",
    "user.invited": "Invited",
    "user.invited_again": "Sent a new invitation",
    "user.invitation_accepted": "Invitation accepted",
    "user.invitation_withdrawn": "Invitation withdrawn",
    "user.second_factor_removed": "Second factor removed",
}


@dataclass(frozen=True)
class Line:
    """One event, or several in a row that say the same: a draft is saved many times. `event` is the last of them."""

    event: Event
    times: int = 1

    @property
    def moment(self) -> str:
        return moment(self.event.at)

    @property
    def words(self) -> str:
        return words(self.event) + (f", {self.times} times" if self.times > 1 else "")


@dataclass(frozen=True)
class Trail:
    """The lines that a page shows, latest first; it `is_cut` where there are more, `is_whole` where all are shown."""

    lines: Sequence[Line] = ()
    is_cut: bool = False
    is_whole: bool = False


NO_TRAIL = Trail()


@dataclass(frozen=True)
class Rewording:
    """That a text was put in other words: when, by whom, which, what it said before, and of what it is, if asked."""

    at: datetime
    by: str
    label: str
    before: str
    of: str = ""


def lines(events: Iterable[Event]) -> list[Line]:
    """Return a line for each of `events`, those that say the same of the same thing in a row as one."""
    runs = groupby(events, key=lambda event: (event.what, event.by_id, event.on_type, event.on_id))
    return [Line(run[0], len(run)) for run in (list(run) for _, run in runs)]


def latest(events: Iterable[Event], *, is_cut: bool = False, is_whole: bool = False) -> Trail:
    """Return the Trail of the latest lines of `events`, or of all if it `is_whole`; it `is_cut` if there are more."""
    every = lines(events)
    return Trail(every, is_whole=True) if is_whole else Trail(every[:LATEST], is_cut or len(every) > LATEST)


def words(event: Event) -> str:
    """Return what was done in words: “Update signed off”."""
    return _WORDS.get(event.what) or event.what.replace(".", " ").replace("_", " ").capitalize()


def moment(at: datetime) -> str:
    """Return the moment as pages write it: “8 December 2011, 6:00pm”."""
    here = timezone.localtime(at) if timezone.is_aware(at) else at
    return f"{here:%-d %B %Y, %-I:%M}{'am' if here.hour < 12 else 'pm'}"


def facts(event: Event) -> list[str]:
    """Return what is recorded beside it, such as “reason: A slip.”; what changed in the administration by its name."""
    told = {**event.detail, "changes": "; ".join(_changes(event.detail.get("changes", ())))}
    found = [f"{_name(key)}: {_plain(value)}" for key, value in sorted(told.items()) if _is_told(key, value)]
    return [*found, *_texts(event.detail.get("texts", ()))]


def reworded(events: Iterable[Event], *fields: str, of: dict[tuple[str, int], str] | None = None) -> list[Rewording]:
    """Return each time that one of the `fields` of a thing itself was put in other words, latest first.

    `of` says by (kind, number) how things are called where more than one is told of.
    """
    names = of or {}
    return [
        Rewording(event.at, event.by.name, text["label"], text["before"], names.get((event.on_type, event.on_id), ""))
        for event in events
        for text in event.detail.get("texts", ())
        if text["field"] in fields and not text["of"]
    ]


def texts(event: Event) -> list[str]:
    """Return everything that a line of the trail says."""
    return [moment(event.at), str(event.by), words(event), event.on_text, *facts(event)]


def details(event: Event) -> str:
    """Return the facts in one line."""
    return "; ".join(facts(event))


def _texts(texts):
    for text in texts:
        label = f"{text['of']}, {text['label']}" if text["of"] else text["label"]
        yield f"{label} before: {_in_words(text['before']) or 'nothing'}"
        yield f"{label} now: {_in_words(text['after']) or 'nothing'}"


def _changes(messages):
    for message in messages:
        for way, change in message.items():
            name = f"{change['name']} “{change['object']}”" if "name" in change else ""
            fields = ", ".join(change.get("fields", ()))
            yield " ".join(filter(None, (name, way if name else "", fields)))


def _is_told(key, value):
    return key not in _UNTOLD and value not in ("", None, [], {})


def _name(key):
    return _NAMES.get(key) or key.replace("_", " ")


def _plain(value):
    if isinstance(value, list | tuple):
        return ", ".join(map(_plain, value))
    if isinstance(value, dict):
        return ", ".join(f"{_name(key)}: {_plain(one)}" for key, one in value.items())
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _in_words(str(value))


def _in_words(text):
    """Return `text`, a day or a moment in the words that a page uses."""
    if not _DAY.fullmatch(text):
        return text
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    return moment(at) if "T" in text else f"{at:%-d %B %Y}"
