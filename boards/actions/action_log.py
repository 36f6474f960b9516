"""The Board's action log: what was raised, what was reported on it since, and what is overdue. Two queries."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from boards.models import BoardAction, BoardActionNote, Meeting

# What can be asked of the log, in the words of its page; each is counted and listed by the same condition.
SETS = {"open": "Open", "overdue": "Overdue", "closed": "Closed", "all": "All"}


@dataclass(frozen=True)
class Entry:
    """One action as it stands, or as it stood at a meeting: only what was reported until then.

    `status_now` is its status today where it has another than at the meeting.
    """

    action: BoardAction
    notes: tuple[BoardActionNote, ...]
    due_on: date | None
    is_open: bool
    is_overdue: bool
    status_now: str = ""

    @property
    def last_note(self):
        return self.notes[-1] if self.notes else None

    @property
    def status(self):
        return "Overdue" if self.is_overdue else "Open" if self.is_open else "Closed"

    @property
    def slips(self):
        """The dates that were agreed after the first, each in the meeting of its note."""
        return [note for note in self.notes if note.due_on]

    def stands_in(self, name):
        """Whether the action is in the set `name` of SETS."""
        return {"open": self.is_open, "overdue": self.is_overdue, "closed": not self.is_open, "all": True}[name]


@dataclass(frozen=True)
class Log:
    """Every action of a Board as on a day."""

    entries: tuple[Entry, ...]

    def counts(self):
        """Return (name, label, how many) for each of SETS."""
        return [(name, label, len(self.of(name))) for name, label in SETS.items()]

    def of(self, name):
        """Return the entries in the set `name`."""
        return [item for item in self.entries if item.stands_in(name)]


def build(actions: QuerySet, *, on: date) -> Log:
    """Return the log of those `actions` of a Board that are read (permissions.readable) as on the day `on`."""
    return Log(tuple(entry(action, on=on) for action in rows(actions)))


def of_meeting(meeting: Meeting, actions: QuerySet, *, on: date) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """Return which of `actions` were raised at `meeting`, and carried into it, as they stood when it ended.

    Overdue is judged on its day, or on the day `on` where that comes before it; `status_now` is the one of `on`.
    """
    day = meeting.held_on
    at_or_before = Q(raised_at__held_on__lte=day)
    not_closed_before = Q(closed_at__isnull=True) | Q(closed_at__held_on__gte=day)
    carried = rows(actions.filter(at_or_before & not_closed_before))
    entries = [_at_meeting(action, day, on) for action in carried]
    return (
        tuple(item for item in entries if item.action.raised_at_id == meeting.pk),
        tuple(item for item in entries if item.action.raised_at_id != meeting.pk),
    )


def _at_meeting(action, day, on):
    then, now = entry(action, on=min(day, on), until=day), entry(action, on=on)
    return replace(then, status_now=now.status) if day < on and now.status != then.status else then


def before(meeting: Meeting, actions: QuerySet, *, on: date) -> tuple[Entry, ...]:
    """Return which of `actions` were carried into `meeting`, as before it, overdue judged as in `of_meeting`."""
    day = meeting.held_on
    not_closed_before = Q(closed_at__isnull=True) | Q(closed_at__held_on__gte=day)
    carried = rows(actions.filter(not_closed_before, raised_at__held_on__lt=day))
    return tuple(entry(action, on=min(day, on), until=day - timedelta(days=1)) for action in carried)


def entry(action: BoardAction, *, on: date, until: date | None = None) -> Entry:
    """Return one action, whose notes are prefetched with their meetings, as on the day `on`.

    With `until` only what was reported and closed up to that day counts.
    """
    notes = [note for note in action.notes.all() if until is None or note.meeting.held_on <= until]
    is_open = action.is_open or (until is not None and action.closed_at.held_on > until)
    due_on = next((note.due_on for note in reversed(notes) if note.due_on), action.original_due_on)
    return Entry(action, tuple(notes), due_on, is_open, is_open and due_on is not None and due_on < on)


def rows(actions):
    """Return the queryset `actions` in order, with what an Entry of each needs."""
    related = ("raised_at", "closed_at", "recommendation", "owner_post", "item")
    return actions.select_related(*related).prefetch_related("notes__meeting").order_by("number")
