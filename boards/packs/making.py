"""The pack of a meeting: its cover sheet is written, and the pack kept as it is handed out."""

import hashlib
import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q

from accounts.audit import events
from accounts.models import User
from accounts.removal import kinds
from boards import telling
from boards.locking import locked
from boards.models import CoverSheet, Meeting, Pack, PackFile, PackOrder
from boards.packs import contents, kept_packs, pack_document
from boards.packs.enclosed import Enclosed, Shelf
from boards.packs.kept_packs import Kept
from boards.packs.pack_files import Making, with_papers, written
from improvement.documents import pdf
from improvement.files import Damaged, opened
from improvement.records.refusals import Conflict, Incomplete, Refused
from improvement.records.writes import holds, write

NO_MONTH = "Choose a published month for the meeting first. The pack is made from it."
NOT_PUBLISHED = "Publish the agenda before you save the pack."
MEANWHILE = "Someone else has saved or removed the pack. The current version is shown below."
DAMAGED = "A file in an earlier pack is damaged. Have it restored from a backup, then save the pack."
CHANGED = "The pack has been saved or removed since you opened the page. Check it again, then remove it."
_REQUIRED = {
    "originator": "Enter who prepared the pack.",
    "report_of": "Enter who issues the pack.",
    "subject": "Enter the subject.",
    "executive_summary": "Write the executive summary.",
    "recommendations": "Enter what the Board is asked to do.",
}
Form = PackFile.Form


@transaction.atomic
def write_cover(*, meeting: Meeting, version: int, by: User, at: datetime, **said) -> CoverSheet:
    """Write the cover sheet of a meeting's pack, over the draft or over what stands; return it.

    A kept pack holds it as it was then; a change goes into the next supplement.
    """
    meeting = locked(meeting)
    said = {field: value.strip() if isinstance(value, str) else value for field, value in said.items()}
    row = CoverSheet.objects.filter(meeting=meeting).first()
    if row and holds(row, said):
        return row
    if errors := {field: sentence for field, sentence in _REQUIRED.items() if not said[field]}:
        raise Incomplete(errors)
    if row:
        row = write(row, version, written_at=at, written_by=by, **said)
    elif version:
        raise Conflict(CoverSheet(meeting=meeting, **said))
    else:
        row = CoverSheet.objects.create(meeting=meeting, version=1, written_at=at, written_by=by, **said)
    events.record(by=by, at=at, what="pack.cover_written", on=row)
    return row


def keep(*, meeting: Meeting, by: User, at: datetime) -> list[Pack]:
    """Keep the pack of a meeting for each audience, or a supplement with what is new; return what was kept.

    Where nothing is new, nothing is kept. The files are made first and written then, so that nobody waits for them.
    """
    # Known before anything is read, the meeting's own row included: what is removed from now on counts as later.
    known = sorted(kept_packs.removals_of(meeting, list(meeting.packs.all())))
    meeting = _read_again(meeting)
    require_ready(meeting)
    made = [(found, dict(_files(found))) for found in news(meeting, at=at).values() if found.making.shown]
    with transaction.atomic():
        meeting = locked(meeting)
        kept = [_kept(*one, known, by=by, at=at) for one in made]
        PackOrder.objects.filter(meeting=meeting).delete()
        if kept:
            digests = [hashlib.sha256(files[Form.PDF]).hexdigest() for _, files in made]
            events.record(by=by, at=at, what="pack.kept", on=meeting, sha256=digests)
            telling.of_meeting(meeting, "The pack can be read", publisher=by, at=at)
        return kept


def require_ready(meeting: Meeting) -> None:
    """Raise Refused unless a pack of `meeting` can be made."""
    if meeting.month is None:
        raise Refused(NO_MONTH)
    if not meeting.is_announced:
        raise Refused(NOT_PUBLISHED)


def _read_again(meeting):
    row = Meeting.objects.whole().get(pk=meeting.pk)
    if row.month:
        row.month.plan.board = row.board
    return row


@transaction.atomic
def remove(*, meeting: Meeting, reason: str, by: User, at: datetime, seen: str | None = None) -> int:
    """Take away for good the files of all that was kept for a meeting, since a text in them could identify someone.

    Return how many packs and supplements those were. They stay, with hashes and reason; what is kept next holds
    everything anew. `seen` is what `removing(meeting)` returned when it was looked at; raises Refused.
    """
    reason = kinds.checked(reason)
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    there = meeting.packs.filter(removed_at=None)
    if seen is not None and seen != removing(meeting):
        if not there and meeting.packs.filter(removed_by=by, removed_because=reason).exists():
            return 0  # A second click.
        raise Refused(CHANGED)
    files = PackFile.objects.filter(pack__in=list(there))
    names = list(files.values_list("file", flat=True))
    if not (count := there.update(removed_because=reason, removed_at=at, removed_by=by)):
        raise Refused("No pack has been saved for this meeting.")
    for name in names:
        transaction.on_commit(partial(default_storage.delete, name))
    files.update(file="")
    events.record(by=by, at=at, what="pack.removed", on=meeting, packs=count, reason=reason)
    return count


def removing(meeting: Meeting) -> str:
    """Return a text that changes with whatever would be removed now."""
    kept = meeting.packs.filter(removed_at=None).order_by("pk").values_list("pk", flat=True)
    return ",".join(map(str, kept))


@dataclass(frozen=True)
class News:
    """What would be kept for one audience now: what is made, with which number, after what was handed out.

    Nothing is shown in it where nothing is new.
    """

    making: Making
    number: int
    served: tuple[Kept, ...]
    parts: dict[str, dict[str, str]]


def news(meeting: Meeting, *, at: datetime) -> dict[Pack.Audience, News]:
    """Return by audience what would be kept now.

    What is withheld or removed counts as not handed out: where all of it is, everything is handed out anew.
    """
    every, shelf = kept_packs.of_meeting(meeting, list(Pack.Audience), at=at), Shelf()
    return {
        audience: _news(built, [one for one in every if one.pack.audience == audience], shelf)
        for audience, built in contents.build(meeting, at=at).items()
    }


def _news(built, every, shelf):
    served = tuple(one for one in every if one.is_handed_out)
    known: dict[str, dict[str, str]] = {}
    for one in served:
        for key, digests in one.pack.contents["parts"].items():
            known[key] = known.get(key, {}) | digests
    sections = pack_document.sections(built)
    shown = tuple(new for section in sections if (new := section.since(known.get(section.key, {}))))
    number = every[-1].pack.number + 1 if every else 1
    parts = {section.key: section.changed(known.get(section.key, {})) for section in sections}
    numbered = {"name": f"Supplement {number - 1}", "first_page": served[-1].pack.last_page + 1} if served else {}
    had = {pk for one in served for pk in one.pack.contents["papers"]}
    enclosures = tuple(one for one in built.enclosures if one.paper.pk not in had)
    return News(Making(built, shown, enclosures, shelf, **numbered), number, served, parts)


def _files(found: News) -> Iterator[tuple[Form, bytes]]:
    making, served = found.making, found.served
    for form in making.forms:
        yield form, written(making, form)
    yield Form.DATA, json.dumps(making.data, ensure_ascii=False).encode()
    if served:
        before = [json.loads(_read(one.file(Form.DATA))) for one in served]
        papers = [*_papers_before(found), *making.papers]
        laid_out = partial(pdf.laid_out, [*before, making.data])
        yield Form.MERGED, with_papers(laid_out, papers) if papers else laid_out()


def _papers_before(found) -> Iterator[Enclosed]:
    """Yield the papers of what was handed out before, part by part, each in the order of its pages."""
    enclosures = {one.paper.pk: one for one in found.making.pack.enclosures}
    for one in found.served:
        for pk in one.pack.contents.get("enclosed", ()):
            yield found.making.shelf.take(enclosures[pk])


def _read(file):
    try:
        with opened(file) as stream:
            return stream.read()
    except Damaged:
        raise Refused(DAMAGED) from None


def _kept(found, files, known, *, by, at):
    built = found.making.pack
    there = built.meeting.packs.filter(audience=built.audience)
    served = {one.pack.pk for one in found.served}
    if there.filter(Q(number__gte=found.number) | Q(pk__in=served, removed_at__isnull=False)).exists():
        raise Refused(MEANWHILE)
    row = Pack.objects.create(
        meeting=built.meeting,
        audience=built.audience,
        number=found.number,
        first_page=found.making.first_page,
        pages=pdf.pages(files[Form.PDF]) + sum(len(paper.pages) for paper in found.making.document.papers),
        contents={
            "parts": found.parts,
            "papers": sorted(paper.pk for paper in built.papers),
            "enclosed": [one.paper.pk for one in found.making.enclosures],
            "items": sorted(_items(built)),
            "actions": sorted(_actions(built)),
            "challenges": sorted(one.pk for one in built.challenges),
            "month": built.meeting.month_id,
            "meetings": kept_packs.told_in(built.meeting),
            "removals": known,
        },
        made_at=at,
        made_by=by,
    )
    for form, content in files.items():
        file = PackFile(pack=row, form=form, size=len(content), sha256=hashlib.sha256(content).hexdigest())
        file.file.save(f"{uuid.uuid4().hex}.{file.extension}", ContentFile(content), save=False)
        file.save()
    return row


def _items(built) -> Iterator[int]:
    """Yield the id of every agenda item that is read in the pack, of this meeting and of the last."""
    for entry in (*built.items, *(built.minutes.items if built.minutes else ())):
        if not entry.withheld:
            yield entry.item.pk


def _actions(built) -> set[int]:
    """Return the id of every action that is read in the pack, those that came of questions among them."""
    return {entry.action.pk for entry in built.actions} | {one.action_id for one in built.challenges if one.action_id}
