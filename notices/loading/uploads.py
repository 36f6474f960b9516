"""Checks a file, keeps it until the person who handed it in confirms, and loads what was checked: all or nothing."""

import hashlib
from datetime import timedelta
from pathlib import PurePath

from django.db import IntegrityError, transaction
from django.db.models import Q

from improvement import workbooks
from improvement.records.refusals import Refusal
from notices.loading import reading
from notices.loading.layout import FILES
from notices.models import Upload

KEPT_FOR = timedelta(days=1)
# What was read once is a workbook or a CSV file, and is told from its content.
_CSV = "checked.csv"


class CheckedAgain(Exception):
    """What stands has changed since the file was checked, so nothing was loaded; the upload holds the new check.

    Or something that is the file's to name `refused` what it asks for.
    """

    def __init__(self, refused=None):
        super().__init__(
            f"Nothing was loaded. {refused}"
            if refused
            else "The tracker’s data has changed since this file was checked, so nothing was loaded. "
            "Check below what the file would do now."
        )


def check(*, kind, name, content, by, at, made_of=None):
    """Hold a file against what stands and return the Upload that keeps both. Raises `workbooks.Unreadable`.

    Where `content` is a CSV file that was made of another, `name` and `made_of` are the name and the bytes of that one,
    which people know it by.

    The person's last file of this kind that was not loaded, and whatever is too old, is swept away.
    """
    name = PurePath(name).name[-200:]
    book = _read(_CSV if made_of else name, content, FILES[kind].sheets)
    comparison = _compare(kind, book, at)
    upload = Upload(kind=kind, name=name, content=content, checked_at=at, checked_by=by)
    upload.sha256 = hashlib.sha256(made_of or content).hexdigest()
    upload.report, upload.digest = comparison.report()
    with transaction.atomic():
        waiting = Q(checked_by=by, kind=kind, loaded_at=None)
        _remove(waiting)
        sweep(at=at)
        upload.save()
    return upload


def load(*, upload, digest, by, at):
    """Load what the upload's dry run showed, whose `digest` the person confirms, in one transaction; return it.

    Raises CheckedAgain where the dry run would show something else by now. A second time changes nothing.
    """
    # The report of 10,000 rows is read by whoever shows it.
    upload = Upload.objects.defer("report").get(pk=upload.pk)
    if upload.loaded_at:
        return upload
    refused = None
    # Reading takes longest, and needs no lock.
    file = FILES[upload.kind]
    book = _read(_CSV, bytes(upload.content), file.sheets)
    try:
        with transaction.atomic():
            upload = Upload.objects.select_for_update().defer("content", "report").get(pk=upload.pk)
            if upload.loaded_at:
                return upload
            comparison = _compare(upload.kind, book, at, is_locked=True)
            if not comparison.is_wrong and comparison.report()[1] == digest:
                file.write(comparison, by=by, at=at, file=upload.name, sha256=upload.sha256)
                upload.content, upload.loaded_at = b"", at
                upload.save(update_fields=("content", "loaded_at"))
                file.loaded(upload)
                return upload
    except (IntegrityError, Refusal) as fault:
        # Somebody added the same in between. What was done here is undone; below it is looked at once more.
        refused = fault if isinstance(fault, Refusal) else None
    report, found = _compare(upload.kind, book, at).report()
    Upload.objects.filter(pk=upload.pk, loaded_at=None).update(report=report, digest=found)
    raise CheckedAgain(refused if found == digest else None)


def sweep(*, at):
    """Remove what is older than a day, with the texts in its report: also of what was loaded."""
    with transaction.atomic():
        _remove(Q(checked_at__lt=at - KEPT_FOR))


def _remove(which):
    # As when one is loaded, an upload is locked before what is kept beside it, which deleting alone does the other way.
    locked = Upload.objects.select_for_update().filter(which).order_by("pk").values_list("pk", flat=True)
    Upload.objects.filter(pk__in=list(locked)).delete()


def _read(name, content, sheets):
    return reading.named(workbooks.read(name, content, tuple(sheet.name for sheet in sheets)), sheets)


def _compare(kind, book, at, **options):
    """Return the comparison of every row, with what is wrong with whole sheets before it."""
    file = FILES[kind]
    typed, wrong = reading.rows_of(book, file.sheets)
    found = file.compare(typed, at=at, **options)
    found.rows[:0] = wrong
    found.remarks[:0] = reading.remarks(book, file.sheets)
    return found
