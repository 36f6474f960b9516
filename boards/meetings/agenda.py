"""The agenda: its items in their order, and its publication, from which the Board reads it with its papers."""

from django.db import transaction

from accounts.audit import events
from boards import access as access_of
from boards import papers as papers_of
from boards import telling
from boards.locking import locked, number, reopen
from boards.models import AgendaItem
from boards.models.access import as_recorded
from improvement.records import writes
from improvement.records.refusals import Incomplete, Refused
from improvement.records.writes import holds, write

ANNOUNCED = "The agenda has been published, so items keep their numbers. You can add items at the end."


@transaction.atomic
def add_item(*, meeting, title, by, at, purpose="", presented_by="", is_standing=False, source="", **access):
    """Add an item at the end of the agenda, after its publication too; return it.

    Before its publication it goes before the item that closes the meeting, if one does (`is_closing`). `access` is
    `restricted_because`, `excludes_observers` and `public_title`.
    """
    meeting = locked(meeting)
    facts = _facts(title, purpose, presented_by, is_standing) | {"source": source} | access_of.checked(**access)
    if same := meeting.items.filter(**facts).first():
        return same
    reopen(meeting)
    last = meeting.items.last()
    item = AgendaItem.objects.create(meeting=meeting, position=last.position + 1 if last else 1, **facts)
    if last and is_closing(last.title) and not meeting.is_announced:
        items = list(meeting.items.all())
        number([*items[:-2], item, last])
        item.refresh_from_db()
    events.record(by=by, at=at, what="meeting.item_added", on=meeting, item=item.title, access=[as_recorded(item)])
    return item


@transaction.atomic
def change_item(*, item, version, title, purpose, presented_by, is_standing, by, at):
    """Change the words of an item; return it."""
    meeting = locked(item.meeting)
    row = meeting.items.get(pk=item.pk)
    facts = _facts(title, purpose, presented_by, is_standing)
    if holds(row, facts):
        return row
    before = row.title
    reopen(meeting)
    row = write(row, version, **facts)
    events.record(by=by, at=at, what="meeting.item_changed", on=meeting, item=row.title, before=before)
    return row


@transaction.atomic
def move_item(*, item, position, by, at):
    """Move an item of an agenda that is not published yet to `position`; return it."""
    meeting = _planned(item)
    items = list(meeting.items.all())
    row = next(other for other in items if other.pk == item.pk)
    place = min(max(position, 1), len(items))
    if items.index(row) == place - 1:
        return row
    items.remove(row)
    items.insert(place - 1, row)
    number(items)
    events.record(by=by, at=at, what="meeting.item_moved", on=meeting, item=row.title, to=place)
    return row


@transaction.atomic
def remove_item(*, item, by, at):
    """Remove an item of an agenda that is not published yet; its papers stay with the meeting, under no item."""
    meeting = _planned(item)
    row = meeting.items.filter(pk=item.pk).first()
    if row is None:
        return
    if sentence := kept_because(row):
        raise Refused(sentence)
    row.papers.update(item=None)
    row.delete()
    number(meeting.items.all())
    events.record(by=by, at=at, what="meeting.item_removed", on=meeting, item=row.title)


def kept_because(item):
    """Return the sentence that says why `item` cannot be removed as it stands; empty where it can."""
    if item.meeting.is_announced:
        return ANNOUNCED
    if any(things.exists() for things in (item.challenges, item.advice, item.actions, item.decisions)):
        return "A question, advice, an action or a decision is linked to this item. Remove the link first."
    if bared := [paper.title for paper in item.papers.all() if _is_wider(paper, item)]:
        return (
            "This item is restricted, and more people could read its papers without it. Restrict these papers as the "
            f"item is, or move them to another item, before you remove it: {'; '.join(bared)}."
        )
    return ""


@transaction.atomic
def publish_agenda(*, meeting, by, at, papers=(), seen=None):
    """Let the Board read the agenda from now on, and those `papers` that are tabled with it; return the meeting.

    `seen` is what `publishing(meeting)` returned when it was checked; Refused where that has changed since.
    """
    row = locked(meeting)
    if row.is_announced:
        return row
    if not row.items.exists():
        raise Refused("Add an item to the agenda first.")
    if seen is not None and seen != publishing(row):
        raise Refused("The agenda has changed since you checked it. Check it again below, then publish it.")
    if any(paper.meeting_id != row.pk for paper in papers):
        raise Refused("Choose papers of this meeting.", "papers")
    row = write(row, row.version, agenda_published_at=at, agenda_published_by=by)
    events.record(by=by, at=at, what="meeting.agenda_published", on=row, items=row.items.count())
    telling.of_meeting(row, "The agenda is published", publisher=by, at=at)
    for paper in papers:
        papers_of.table(paper=paper, by=by, at=at, with_agenda=True)
    return row


def is_closing(title):
    """Whether an item of that title closes a meeting, as “Date of the next meeting” does: nothing comes after it."""
    words = title.casefold()
    return "next meeting" in words and words.startswith(("date", "next meeting"))


def publishing(meeting):
    """Return a SHA-256 that changes with whatever would be published with the agenda now."""
    return writes.seen(
        meeting.version,
        list(meeting.items.order_by("position").values_list("pk", "version")),
        list(meeting.papers.order_by("pk").values_list("pk", "version", "item")),
    )


def _planned(item):
    meeting = locked(item.meeting)
    if meeting.is_announced:
        raise Refused(ANNOUNCED)
    return meeting


def _is_wider(paper, item):
    """Whether `paper` would be read by more people if it did not belong to `item`."""
    return any(item.is_closed(to_observers=to) and not paper.is_closed(to_observers=to) for to in (False, True))


def _facts(title, purpose, presented_by, is_standing):
    if not title.strip():
        raise Incomplete({"title": "Enter a title for the item."})
    return {
        "title": title.strip(),
        "purpose": purpose.strip(),
        "presented_by": presented_by.strip(),
        "is_standing": is_standing,
    }
