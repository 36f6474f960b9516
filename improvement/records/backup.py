"""A site in a folder, and back again: the database as lines of JSON, on whichever engine it is, and every file.

`backup` writes the lines within one snapshot, so a running site may go on being written to. `restore` fills an empty
database, of the same version of the code, and puts the guards back and the index of the search, which no backup holds.
Neither knows what the tables mean.
"""

import base64
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, time
from decimal import Decimal
from pathlib import Path

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from improvement import __version__, files
from improvement.records import triggers
from improvement.records.refusals import Refusal
from improvement.searching import index

FORMAT = 1
# Whoever is signed in signs in again.
LEFT_OUT = {"sessions.session"}
_ROWS_AT_ONCE = 500
_BLOCK = 1 << 20


class BackupRefused(Refusal):
    """The backup or the restore cannot be; the text says why in the operator's words."""


def backup(folder: Path) -> dict:
    """Write the site into `folder`, which must be empty or not there; return its manifest.

    The manifest is written last: a backup without one is not whole.
    """
    if folder.exists() and any(folder.iterdir()):
        raise BackupRefused(f"{folder} is not empty.")
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    copies, database = folder / "files", folder / "database.jsonl"
    # First what is there, lest one be missed that is removed meanwhile; then what came since.
    for name in files.on_disk():
        with suppress(FileNotFoundError):
            _copy(name, copies)
    with _snapshot():
        rows = _write(database)
        kept = files.names()
        for name in kept:
            if not (copies / name).exists():
                _copy(name, copies)
    for path in copies.rglob("*"):
        if path.is_file() and path.relative_to(copies).as_posix() not in kept:
            path.unlink()
    manifest = {
        "format": FORMAT,
        "version": __version__,
        "migrations": _migrations(),
        "rows": rows,
        "database": _sha256(database),
        "files": {name: _sha256(copies / name) for name in sorted(kept)},
    }
    os.sync()
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    os.sync()
    return manifest


def restore(folder: Path) -> dict:
    """Fill an empty database, and the folder of its files, from the backup in `folder`; return its manifest."""
    manifest = _manifest(folder)
    # Before the database is touched: the version that made the backup needs it as empty as this one.
    if manifest["migrations"] != _known_migrations():
        raise BackupRefused(
            f"The backup was made by version {manifest.get('version', '0.1.0')}, and this is {__version__} with other "
            "tables. Restore it with the version that made it, then update."
        )
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    if manifest["migrations"] != _migrations():
        raise BackupRefused("The database has tables of another version. Restore into an empty database.")
    if apps.get_model("accounts.user").objects.exists() or set(files.on_disk()) - manifest["files"].keys():
        raise BackupRefused("There is already a site here. Restore to an empty database and an empty DATA_DIR.")
    with transaction.atomic():
        triggers.drop()
        index.drop()
        _read(folder / "database.jsonl")
        for name in manifest["files"]:
            default_storage.delete(name)
            with (folder / "files" / name).open("rb") as stream:
                default_storage.save(name, File(stream))
        connection.check_constraints()
        triggers.install()
        index.install()
    return manifest


def _manifest(folder):
    """Return the manifest of the backup in `folder`, all of which must be as it was written."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BackupRefused(f"{folder} is not a complete backup: it has no manifest.") from None
    if manifest["format"] != FORMAT:
        raise BackupRefused(f"The backup has the unknown format {manifest['format']}.")
    expected = {folder / "database.jsonl": manifest["database"]}
    expected |= {folder / "files" / name: digest for name, digest in manifest["files"].items()}
    for path, digest in expected.items():
        if not path.is_file() or _sha256(path) != digest:
            raise BackupRefused(f"The backup is damaged: {path} has changed since it was written.")
    return manifest


@contextmanager
def _snapshot():
    """Read everything as it stands at one moment, without keeping anybody from writing meanwhile."""
    connection.ensure_connection()
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        # Django would begin with the lock of a writer.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def _tables():
    """Return every model that has a table, by its name. References are checked at the end, so any order does."""
    models = apps.get_models(include_auto_created=True)
    found = {model._meta.label_lower: model for model in models if model._meta.managed and not model._meta.proxy}
    return {label: found[label] for label in sorted(found.keys() - LEFT_OUT)}


def _migrations():
    return sorted(".".join(name) for name in MigrationRecorder(connection).applied_migrations())


def _known_migrations():
    """Return what this version records in a new database: its migrations, and those that they were squashed from."""
    found = MigrationLoader(None).disk_migrations
    replaced = {name for migration in found.values() for name in migration.replaces}
    return sorted(".".join(name) for name in found.keys() | replaced)


def _write(path):
    """Write a line for each table, that names its columns, and one for each of its rows; return how many rows."""
    count = 0
    with path.open("w", encoding="utf-8") as lines:
        for label, model in _tables().items():
            columns = [field.attname for field in model._meta.concrete_fields]
            lines.write(_line({"table": label, "columns": columns}))
            for row in model._base_manager.order_by("pk").values_list(*columns).iterator():
                lines.write(_line(row))
                count += 1
    return count


def _line(value):
    return json.dumps(value, ensure_ascii=False, default=_plain) + "\n"


def _plain(value):
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    raise TypeError(f"No line for {type(value).__name__}")


def _read(path):
    """Put the rows of a backup in place of whatever a fresh database holds."""
    tables = _tables()
    for model in tables.values():
        model._base_manager.all()._raw_delete(connection.alias)
    with path.open(encoding="utf-8") as lines:
        for head, rows in _batches(map(json.loads, lines)):
            _insert(tables[head["table"]], head["columns"], rows)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables.values()):
            cursor.execute(statement)
    ContentType.objects.clear_cache()


def _batches(values: Iterable) -> Iterator[tuple[dict, list]]:
    """Yield the rows that follow each line that names a table, with that line, so many at once."""
    head, rows = {}, []
    for value in values:
        if rows and (isinstance(value, dict) or len(rows) == _ROWS_AT_ONCE):
            yield head, rows
            rows = []
        if isinstance(value, dict):
            head = value
        else:
            rows.append(value)
    if rows:
        yield head, rows


def _insert(model, columns, rows):
    """Insert rows as they are: nothing is stamped, noted or checked but by the database."""
    by_column = {field.attname: field for field in model._meta.concrete_fields}
    fields = [by_column[column] for column in columns]
    made = [
        model(**{field.attname: field.to_python(value) for field, value in zip(fields, row, strict=True)})
        for row in rows
    ]
    at_once = connection.ops.bulk_batch_size(fields, made)
    for start in range(0, len(made), at_once):
        model._base_manager._insert(made[start : start + at_once], fields, using=connection.alias, raw=True)


def _copy(name, folder):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with default_storage.open(name) as file, path.open("wb") as copy:
        while block := file.read(_BLOCK):
            copy.write(block)


def _sha256(path):
    with path.open("rb") as file:
        return files.sha256(file)
