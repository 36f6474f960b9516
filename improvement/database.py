"""What `manage.py verify` checks of the database itself. Each problem is one sentence. It knows no domain."""

from collections.abc import Iterator

from django.db import connection

from improvement import triggers


def problems() -> Iterator[str]:
    """Yield every guard that is missing and, on SQLite, what is damaged or points at nothing."""
    for name in triggers.missing():
        yield f"The guard {name} is missing. Run migrate to install it."
    if connection.vendor == "sqlite":
        yield from _sqlite()


def _sqlite():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        damage = [text for (text,) in cursor.fetchall() if text != "ok"]
        cursor.execute("PRAGMA foreign_key_check")
        astray = cursor.fetchall()
    for text in damage:
        yield f"The database file is damaged: {text}"
    for table, row, other, _ in astray:
        yield f"Row {row} of {table} points at a row of {other} that is not there."
