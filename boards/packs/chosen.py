"""Which sections each audience finds in a pack, as the programme office chooses them."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.audit import events
from accounts.models import User
from boards.locking import locked
from boards.models import Meeting, Pack, PackChoice
from improvement.records.refusals import Conflict
from improvement.records.writes import holds, write

# What may be left out, in the order of the pack. The cover sheet, the agenda and the papers always are in it.
OFFERED = {
    "minutes": "Minutes of the last meeting",
    "actions": "Action log",
    "changes": "Changes to the plan",
    "summary": "Three-minute summary",
    "ratings": "Rating definitions",
    "exceptions": "Exceptions",
    "themes": "By theme",
    "recommendations": "All recommendations",
    "targets": "Notice targets",
    "challenges": "Challenge log",
}
# Not a section: the people who lead, submitted, signed off or corrected what stands in it.
NAMES = "names"
NAMES_TITLE = "Names of lead officers and of people who submitted updates"
# What the public finds only where it was chosen.
_NOT_FOR_THE_PUBLIC = {"challenges", NAMES}


def standard() -> dict[str, list[str]]:
    """Return by audience what is shown where nothing was chosen yet."""
    every = [*OFFERED, NAMES]
    public = [key for key in every if key not in _NOT_FOR_THE_PUBLIC]
    return {audience: public if audience == Pack.Audience.PUBLIC else every for audience in Pack.Audience}


def of(meeting: Meeting) -> dict[str, frozenset[str]]:
    """Return by audience what is shown in the pack of `meeting`: as last chosen for it or for one before; one query."""
    earlier = PackChoice.objects.filter(meeting__board=meeting.board_id, meeting__held_on__lte=meeting.held_on)
    row = earlier.order_by("meeting__held_on").last()
    shown = row.shown if row else standard()
    return {audience: frozenset(shown[audience]) for audience in Pack.Audience}


def version_of(meeting: Meeting) -> int:
    """Return the version of what was chosen for `meeting` itself; 0 where nothing was."""
    return PackChoice.objects.filter(meeting=meeting).values_list("version", flat=True).first() or 0


@transaction.atomic
def choose(*, meeting: Meeting, version: int, by: User, at: datetime, **shown: Iterable[str]) -> PackChoice:
    """Choose what each audience finds, by its value, in packs that are made from now on; return the choice."""
    meeting = locked(meeting)
    asked = {audience: set(shown[audience]) for audience in Pack.Audience}
    facts = {"shown": {str(one): [key for key in (*OFFERED, NAMES) if key in asked[one]] for one in Pack.Audience}}
    row = PackChoice.objects.filter(meeting=meeting).first()
    if row and holds(row, facts):
        return row
    if row:
        row = write(row, version, chosen_at=at, chosen_by=by, **facts)
    elif version:
        raise Conflict(PackChoice(meeting=meeting, **facts))
    else:
        row = PackChoice.objects.create(meeting=meeting, version=1, chosen_at=at, chosen_by=by, **facts)
    events.record(by=by, at=at, what="pack.sections_chosen", on=row, **facts)
    return row
