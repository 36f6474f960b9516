"""Whole databases, empty or with all of Leeds.

The migrations take some seconds, and the demonstration half a minute to play: far too long for each worker, let alone
each test. Both are done once and kept, until the code or the fixtures behind them change; every worker copies what was
kept, and so does every test that commits. A copy is a file's copy on SQLite and CREATE DATABASE … TEMPLATE on
PostgreSQL, and nothing is ever flushed.
"""

import fcntl
import hashlib
import json
import shutil
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection, connections
from django.test import override_settings

# What the tables and their guards are made of.
SCHEMA = (
    "*/migrations/*.py",
    "*/guards.py",
    "*/searched.py",
    "improvement/searching/*.py",
    "improvement/texts/words.py",
    "improvement/apps.py",
    "improvement/records/create_models.py",
    "improvement/groups.py",
    "improvement/records/references.py",
    "improvement/settings.py",
    "improvement/records/triggers.py",
    "tests/databases.py",
)
# PostgreSQL's tests have a natural-language collation, so that whatever rests on the order of code points fails there;
# SQLite, which knows no other order, shows the opposite.
COLLATION = "LOCALE_PROVIDER icu ICU_LOCALE 'en-GB'"
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


def copy_of_empty(suffix):
    """Copy the database with the tables and nothing in them; return the copy's name."""
    with one_at_a_time(_folder("empty") / "lock"):
        return copy_of(_kept("empty", _fingerprint(_files(*SCHEMA)), _migrated), suffix)


def copy_of_leeds(suffix, evidence):
    """Copy the database in which the demonstration was played, and its evidence; return the database's name."""
    folder = _folder("leeds")
    with one_at_a_time(folder / "lock"):
        code = [f"{app}/**/*.py" for app in ("improvement", "accounts", "notices", "plans", "boards")]
        code.append("tests/databases.py")
        files = [path for path in _files(*code) if not PAGES & set(path.relative_to(settings.BASE_DIR).parts)]
        name = _kept("leeds", _fingerprint([*files, *_files("fixtures/**/*.*")]), _played)
        shutil.copytree(folder / "evidence", evidence)
        return copy_of(name, suffix)


def _folder(kind):
    folder = settings.DATA_DIR / f"test-{kind}-{connection.vendor}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _kept(kind, fingerprint, make):
    """Return the name of the database that was kept, made anew where what it depends on has changed."""
    note = _folder(kind) / "note.json"
    kept = json.loads(note.read_text()) if note.exists() else {}
    if kept.get("fingerprint") == fingerprint and _exists(kept["name"]):
        return kept["name"]
    note.unlink(missing_ok=True)
    name = make()
    note.write_text(json.dumps({"fingerprint": fingerprint, "name": name}))
    return name


def _migrated():
    with pointed_at(connection.settings_dict["NAME"]), _collated():
        return connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)


@contextmanager
def _collated():
    """Let a test database that is created in the block have the natural-language collation."""
    if connection.vendor != "postgresql":
        yield
        return
    template = connection.ops.quote_name(f"{connection.settings_dict['NAME']}_collation")
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {template}")
        try:
            cursor.execute(f"CREATE DATABASE {template} TEMPLATE template0 {COLLATION}")
        except OperationalError as fault:
            raise RuntimeError("The tests need PostgreSQL 15 or newer, built with ICU.") from fault
    connection.settings_dict["TEST"]["TEMPLATE"] = template.strip('"')
    try:
        yield
    finally:
        connection.settings_dict["TEST"]["TEMPLATE"] = None
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {template}")


def _played():
    evidence = _folder("leeds") / "evidence"
    shutil.rmtree(evidence, ignore_errors=True)
    evidence.mkdir()
    connection.close()
    name = copy_of(connection.settings_dict["NAME"], "leeds")
    with pointed_at(name), override_settings(MEDIA_ROOT=evidence), _said().open("w") as said:
        call_command("load_demonstration", stdout=said)
    return name


def said():
    """Return the lines that were told while the demonstration was loaded."""
    return _said().read_text().splitlines()


def _said():
    return _folder("leeds") / "said.txt"


def _files(*patterns):
    return [path for pattern in patterns for path in settings.BASE_DIR.glob(pattern)]


def _fingerprint(files):
    """Return a text that changes with whatever one of the `files`, or a library, says."""
    digest = hashlib.sha256()
    for path in sorted([*files, settings.BASE_DIR / "requirements.txt"]):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _exists(name):
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            return cursor.fetchone() is not None
    return Path(name).exists()
