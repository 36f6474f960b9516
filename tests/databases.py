"""Whole databases for the tests that need all of Leeds.

The demonstration takes half a minute to play, far too long for each test. It is played once, into a copy of the empty
test database, and again only after the code or the fixtures behind it have changed; every worker copies that one, and
so does every test that commits. A copy is a file's copy on SQLite and CREATE DATABASE … TEMPLATE on PostgreSQL, and
nothing is ever flushed.
"""

import fcntl
import hashlib
import json
import shutil
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import override_settings

# What the pages are made of, on which no row of the demonstration depends.
PAGES = {"admin.py", "checks.py", "filters.py", "forms", "forms.py", "tables.py", "urls.py", "views", "views.py"}


@contextmanager
def one_at_a_time(lock):
    """Let the other workers and sessions wait until the block is done."""
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


@contextmanager
def pointed_at(name):
    """Let this thread, and every thread begun meanwhile, find the database `name` behind the default connection."""
    its_settings, before = connections.settings["default"], connections["default"]
    its_settings["NAME"], name_before = name, its_settings["NAME"]
    del connections["default"]
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = before
        its_settings["NAME"] = name_before


def copy_of(name, suffix):
    """Copy the database `name`, to which nobody may be connected, and return the copy's name."""
    with pointed_at(name):
        copy = connection.creation.get_test_db_clone_settings(suffix)["NAME"]
        drop(copy)  # with the journal that a killed run leaves beside it, which would spoil the new copy
        connection.creation.clone_test_db(suffix, verbosity=0, autoclobber=True)
        return copy


def drop(name):
    """Drop the database `name`, whoever is connected to it."""
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)} WITH (FORCE)")
    else:
        for path in (name, f"{name}-wal", f"{name}-shm"):
            Path(path).unlink(missing_ok=True)


def copy_of_leeds(suffix, evidence):
    """Copy the database in which the demonstration was played, and its evidence; return the database's name."""
    folder = settings.DATA_DIR / f"test-leeds-{connection.vendor}"
    folder.mkdir(exist_ok=True)
    with one_at_a_time(folder / "lock"):
        name = _played(folder)
        shutil.copytree(folder / "evidence", evidence)
        return copy_of(name, suffix)


def _played(folder):
    note, fingerprint = folder / "note.json", _fingerprint()
    kept = json.loads(note.read_text()) if note.exists() else {}
    if kept.get("fingerprint") == fingerprint and _exists(kept["name"]):
        return kept["name"]
    note.unlink(missing_ok=True)
    shutil.rmtree(folder / "evidence", ignore_errors=True)
    (folder / "evidence").mkdir()
    connection.close()
    name = copy_of(connection.settings_dict["NAME"], "leeds")
    with pointed_at(name), override_settings(MEDIA_ROOT=folder / "evidence"):
        call_command("load_demonstration", verbosity=0)
    note.write_text(json.dumps({"fingerprint": fingerprint, "name": name}))
    return name


def _fingerprint():
    """Return a text that changes with whatever the demonstration's rows depend on."""
    root = settings.BASE_DIR
    files = [root / "requirements.txt", *root.glob("fixtures/**/*.*")]
    for app in ("improvement", "accounts", "notices", "plans", "boards"):
        files += [path for path in root.glob(f"{app}/**/*.py") if not PAGES & set(path.relative_to(root).parts)]
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _exists(name):
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            return cursor.fetchone() is not None
    return Path(name).exists()
