"""The files that rows keep, of whatever app: every row has its file, and every file its row.

A row that keeps a file names it in a FileField and has its `sha256` beside it, and `original_name` where it had one.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.apps import apps
from django.core.files.storage import default_storage
from django.db.models import FileField
from django.http import FileResponse

from improvement.files import content
from improvement.files.storage import UNSETTLED

# A younger file may be that of an upload which is still to be committed.
_YOUNG = 3600
_ALONE = "default-src 'none'; frame-ancestors 'none'; sandbox"


def sha256(file):
    """Return the SHA-256, in hexadecimal, of an open file, which is left at its start."""
    file.seek(0)
    digest = hashlib.sha256()
    while block := file.read(1 << 20):
        digest.update(block)
    file.seek(0)
    return digest.hexdigest()


class Damaged(Exception):
    """A file is not what was stored; `sha256` is that of what stands there."""

    def __init__(self, sha256):
        self.sha256 = sha256
        super().__init__(f"A file is not what was stored; its SHA-256 is {sha256}.")


def opened(row):
    """Return the file of `row`, open at its start; raises Damaged where it is not what was stored."""
    stream = row.file.open()
    digest = sha256(stream)
    if digest != row.sha256:
        stream.close()
        raise Damaged(digest)
    return stream


def download(row, name):
    """Return the response that hands the file of `row` out as the download `name`, never to be opened within the site.

    Raises Damaged where it is not what was stored.
    """
    made = FileResponse(
        opened(row),
        as_attachment=True,
        filename=name,
        content_type=content.TYPES.get(content.extension(name), "application/octet-stream"),
    )
    made["Content-Security-Policy"] = _ALONE
    return made


def fields():
    """Yield every (model, field) whose rows keep files."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, FileField):
                yield model, field


def names():
    """Return the names of all files that rows keep."""
    return {name for model, field in fields() for name in _rows(model, field).values_list(field.name, flat=True)}


def on_disk():
    """Yield the name of every file that has got its name."""
    return (name for name in _on_disk() if not name.endswith(UNSETTLED))


def problems() -> Iterator[str]:
    """Yield a sentence for every file that is missing, is not what it was, or belongs to nothing."""
    found = _with_ages()
    for model, field in fields():
        for row in _rows(model, field).iterator():
            if complaint := _complaint(row, getattr(row, field.name)):
                yield f"{model._meta.verbose_name.capitalize()} {row.pk} “{row}”: {complaint}"
    kept = names()
    for name, age in found:
        is_left = name.removesuffix(UNSETTLED) not in kept and (age > _YOUNG or not name.endswith(UNSETTLED))
        if is_left and default_storage.exists(name):
            yield f"The file {name} does not belong to any row. Run sweep to remove it."


def sweep() -> Iterator[str]:
    """Remove what belongs to no row, finish what was cut short, and yield what was done; uploads under way stay."""
    found = _with_ages()
    kept = names()
    for name, age in found:
        settled = name.removesuffix(UNSETTLED)
        if settled in kept and settled != name:
            default_storage.settle(settled)
            yield f"{settled} was given its name."
        elif settled not in kept and age > _YOUNG:
            default_storage.delete(name)
            yield f"{name} was removed."


def _rows(model, field):
    return model._base_manager.exclude(**{field.name: ""})


def _complaint(row, file):
    name = f"its file “{getattr(row, 'original_name', '') or file.name}”"
    try:
        with file.open() as stream:
            return (
                "" if sha256(stream) == row.sha256 else f"{name} has changed since it was stored; its SHA-256 differs."
            )
    except FileNotFoundError:
        return f"{name} is missing."
    except OSError as fault:
        return f"{name} cannot be read: {fault.strerror}."


def _on_disk():
    top = Path(default_storage.location)
    for path in sorted(top.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            yield path.relative_to(top).as_posix()


def _with_ages():
    """Return every (name, age in seconds) by the disk's own clock."""
    top = Path(default_storage.location)
    if not top.exists():
        return []
    found = []
    with tempfile.NamedTemporaryFile(dir=top, prefix=".") as probe:
        now = os.stat(probe.name).st_mtime
        for name in _on_disk():
            with suppress(FileNotFoundError):
                found.append((name, now - (top / name).stat().st_mtime))
    return found
