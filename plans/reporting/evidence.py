"""Files and links behind an update."""

import uuid
from datetime import timedelta
from functools import partial
from pathlib import PurePath

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from accounts.audit import events
from improvement.files import Damaged, content, opened, sha256
from plans.calendar import OWED
from plans.models import Evidence, HeldFile, MonthlyUpdate
from plans.reporting.errors import Incomplete, MonthPublished, Refused
from plans.reporting.updates import locked

HELD_FOR = timedelta(days=1)
HELD_AT_MOST = settings.EVIDENCE_MAX_COUNT  # by one person
NO_ROOM = "The file could not be saved. Try again in a few minutes."


@transaction.atomic
def add_all(*, update, kind, title, by, at, url="", files=()):
    """Add a link, or each of the uploaded `files`, to an update that is still to be submitted; return the Evidence.

    A file without a `title` has its own name as its title; of several files each has both. All are added, or none.
    Raises Incomplete, which names the files that are not accepted, MonthPublished, Refused.
    """
    given = {"update": update, "kind": kind, "by": by, "at": at}
    if url or not files:
        return [add(**given, title=title, url=url, file=next(iter(files), None))]
    faults = [(file, sentence) for file in files if (sentence := file_error(file))]
    if faults:
        said = (f"“{content.shown_name(file.name)}”: {sentence}" for file, sentence in faults)
        raise Incomplete({"file": " ".join(said)})
    return [add(**given, title=_title(title.strip(), file, len(files)), file=file) for file in files]


@transaction.atomic
def add(*, update, kind, title, by, at, url="", file=None):
    """Add a file or a link to an update that is still to be submitted; return the Evidence.

    `file` is an uploaded file; it is stored under a generated name. The same by the same user again is found, not
    added twice. Raises Incomplete, MonthPublished, Refused.
    """
    row = locked(update)
    _require_open(row)
    if errors := _errors(kind, title, url, file):
        raise Incomplete(errors)
    evidence = Evidence(update=row, kind=kind, title=title.strip(), url=url, added_at=at, added_by=by)
    if file:
        describe(evidence, file)
    if same := _same(evidence):
        return same
    if row.evidence.count() >= settings.EVIDENCE_MAX_COUNT:
        raise Refused(f"An update can have up to {settings.EVIDENCE_MAX_COUNT} pieces of evidence. Remove one first.")
    if file:
        keep(evidence, file)
    evidence.save()
    events.record(by=by, at=at, what="evidence.added", on=row, title=evidence.title)
    return evidence


@transaction.atomic
def remove(*, evidence, by, at):
    """Remove evidence from an update that is still to be submitted; its file goes once the removal is certain."""
    row = locked(MonthlyUpdate.objects.get(pk=evidence.update_id))
    _require_open(row)
    deleted, _ = Evidence.objects.filter(pk=evidence.pk).delete()
    if deleted:
        events.record(by=by, at=at, what="evidence.removed", on=row, title=evidence.title)
        if evidence.file:
            transaction.on_commit(lambda: evidence.file.storage.delete(evidence.file.name))


def hint(*, is_several=False):
    """Return what a page says of the file that it takes, or of several."""
    size = f"{settings.EVIDENCE_MAX_BYTES // 1024 // 1024} MB"
    if not is_several:
        return f"Up to {size}, one of: {content.accepted()}."
    together = f"{settings.REQUEST_MAX_BYTES // 1024 // 1024} MB"
    return f"You can choose several, each up to {size} and together up to {together}: {content.accepted()}."


@transaction.atomic
def hold(*, file, by, at):
    """Hold an uploaded file that is accepted, until the rest of its form is; return the HeldFile or None.

    A person's oldest go where there are more than a few.
    """
    expire(at=at)
    if file_error(file):
        return None
    row = HeldFile(held_at=at, held_by=by)
    describe(row, file)
    try:
        keep(row, file)
    except Refused:
        return None
    row.save()
    release(HeldFile.objects.filter(held_by=by).order_by("-held_at", "-pk")[HELD_AT_MOST:])
    return row


def expire(*, at):
    """Let go what has been held for too long; return the names of the files."""
    return release(HeldFile.objects.filter(held_at__lt=at - HELD_FOR))


@transaction.atomic
def release(rows):
    """Let held files go, each from the disk once that is certain; return their names."""
    names = []
    for row in rows.select_for_update():
        row.delete()
        names.append(row.file.name)
        transaction.on_commit(partial(row.file.storage.delete, row.file.name))
    return names


def uploaded(held):
    """Return a held file as it was uploaded; None where it is not that any more."""
    try:
        with opened(held) as stream:
            return ContentFile(stream.read(), name=held.original_name)
    except (Damaged, FileNotFoundError):
        return None


def file_error(file):
    """Return the sentence that says why the uploaded `file` is not accepted, empty if it is."""
    if not file.size:
        return "The file is empty."
    if file.size > settings.EVIDENCE_MAX_BYTES:
        return f"The file is larger than {settings.EVIDENCE_MAX_BYTES // 1024 // 1024} MB."
    try:
        content.require(file.name, file)
    except content.NotAccepted as refusal:
        return str(refusal)
    return ""


def describe(row, file):
    """Give `row` the name, the size and the SHA-256 of the uploaded `file`."""
    row.original_name, row.size, row.sha256 = content.shown_name(file.name), file.size, sha256(file)


def keep(row, file):
    """Store the uploaded `file` for `row` under a generated name; raises Refused where the disk has no room."""
    try:
        row.file.save(f"{uuid.uuid4().hex}.{content.extension(file.name)}", file, save=False)
    except OSError as fault:
        raise Refused(NO_ROOM, "file") from fault


def _title(title, file, count):
    name = PurePath(content.shown_name(file.name)).stem
    return (f"{title}: {name}" if title and count > 1 else title or name)[:200]


def _require_open(row):
    if row.month.is_published:
        raise MonthPublished(row.month)
    if row.status not in OWED:
        raise Refused("This update has been submitted. Take it back before you change its evidence.")


def _errors(kind, title, url, file):
    errors = {}
    if kind not in Evidence.Kind.values:
        errors["kind"] = "Choose whether the evidence is quantitative or qualitative."
    if not title.strip():
        errors["title"] = "Enter a title for the evidence."
    if bool(url) == bool(file):
        errors["file"] = "Choose a file or enter a link, not both."
    elif file and (sentence := file_error(file)):
        errors["file"] = sentence
    return errors


def _same(evidence):
    """Return what says just what `evidence` says and was added by the same person, or None."""
    said = ("update", "kind", "title", "url", "original_name", "sha256", "added_by")
    return Evidence.objects.filter(**{field: getattr(evidence, field) for field in said}).first()
