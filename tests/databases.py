"""Whole databases for the tests that need all of Leeds.

The demonstration takes a minute to play, far too long for each test. It is played once in a session, into a copy
of the empty test database; every worker copies that one, and so does every test that commits. A copy takes a file's
copying on SQLite and CREATE DATABASE … TEMPLATE on PostgreSQL, and nothing is ever flushed.
"""

import fcntl
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, connections


@contextmanager
def once_for_all_workers(folder, name):
    """Yield True to the first of pytest-xdist's workers, while the others wait, and False to the others."""
    done = folder / f"{name}.done"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield not done.exists()
        done.touch()


@contextmanager
def pointed_at(name):
    """Let this thread, and every thread begun meanwhile, find the database `name` behind the default connection."""
    settings, before = connections.settings["default"], connections["default"]
    settings["NAME"], name_before = name, settings["NAME"]
    del connections["default"]
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = before
        settings["NAME"] = name_before


def copy_of(name, suffix):
    """Copy the database `name`, to which nobody may be connected, and return the copy's name."""
    with pointed_at(name):
        connection.creation.clone_test_db(suffix, verbosity=0, autoclobber=True)
        return connection.creation.get_test_db_clone_settings(suffix)["NAME"]


def drop(name):
    """Drop the database `name`, whoever is connected to it."""
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)} WITH (FORCE)")
    else:
        for path in (name, f"{name}-wal", f"{name}-shm"):
            Path(path).unlink(missing_ok=True)
