"""Who reads an agenda item, an action, a question or advice: restricted for a reason, or opened again.

That may change once the minutes are agreed and a question is concluded: what was open by mistake is restricted.
"""

from django.db import transaction

from accounts.audit import events
from boards.models import AgendaItem
from boards.models.access import WITHOUT_OBSERVERS, as_recorded
from improvement.records.refusals import Incomplete, Refused
from improvement.records.writes import holds, write

NAMES = {"agendaitem": "item", "boardaction": "action", "challenge": "challenge", "advice": "advice"}


def checked(*, restricted_because="", excludes_observers=False, **named):
    """Return the facts of access as they are kept, with a `public_title` where one is named; raises Incomplete."""
    facts = {"restricted_because": restricted_because.strip(), "excludes_observers": excludes_observers}
    if excludes_observers and not facts["restricted_because"]:
        raise Incomplete({"restricted_because": WITHOUT_OBSERVERS})
    return facts | {name: text.strip() for name, text in named.items()}


def require_item_of(meeting, item):
    """Refuse an `item` of another meeting's agenda, of one that is not published, or any without a `meeting`."""
    if item is None:
        return
    if meeting is None or item.meeting_id != meeting.pk:
        raise Refused("Choose an item on this meeting’s agenda.", "item")
    if not meeting.is_announced:
        raise Refused("The agenda of this meeting has not been published yet. Publish it, then choose an item.", "item")


@transaction.atomic
def restrict(*, thing, version, by, at, **access):
    """Say who reads `thing`, an agenda item, action, question or advice, and under which item it belongs; return it."""
    row = type(thing).objects.select_for_update(of=("self",)).get(pk=thing.pk)
    item = {"item": access.pop("item")} if "item" in access else {}
    facts = item | checked(**access)
    if holds(row, facts):
        return row
    if item:
        require_item_of(meeting_of(row), item["item"])
    before = {f"{name}_before": getattr(row, name) for name in facts if name != "item"}
    earlier = as_recorded(row)
    row = write(row, version, **facts)
    told = {name: value for name, value in facts.items() if name != "item"}
    is_item = isinstance(row, AgendaItem)
    if item:
        told["item"] = item["item"] and item["item"].position
    if is_item:
        told["item"] = row.position
    what = "meeting.item_restricted" if is_item else f"{NAMES[row._meta.model_name]}.restricted"
    told["access"] = [as_recorded(row, earlier)]
    events.record(by=by, at=at, what=what, on=row.meeting if is_item else row, **before, **told)
    return row


def stands(thing):
    """Return who reads `thing` now, as its form begins."""
    names = [name for name in ("item", "public_title") if hasattr(thing, name)]
    return {name: getattr(thing, name) for name in (*names, "restricted_because", "excludes_observers", "version")}


def meeting_of(thing):
    """Return the meeting among whose items an action, a question or advice may belong, or None."""
    return getattr(thing, "raised_at", None) or getattr(thing, "meeting", None)
