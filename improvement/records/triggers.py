"""Database triggers that refuse a write, that of a superuser's queryset and of raw SQL as much as any other.

An app names its guards in its `guards.py` and registers them when it is ready. They are installed after every migrate
and dropped before it, never inside a migration: SQLite rebuilds a table that is altered and silently loses its
triggers. It knows no domain.
"""

from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate

PREFIX = "guard_"
_REGISTERED: list["Guard"] = []


@dataclass(frozen=True)
class Guard:
    """Refuses `operation` on `table`, with `sentence`, wherever the SQL `condition` holds of its NEW or OLD row.

    `record` is a FROM and WHERE of the rows on which the condition rests. A write locks them first on PostgreSQL, so
    that one which races with their freezing waits for it and is then refused; SQLite has one writer at a time.
    """

    table: str
    operation: str
    condition: str
    sentence: str
    record: str = ""
    about: str = ""  # what tells it from another guard of the same operation

    @property
    def name(self):
        return "_".join(filter(None, (f"{PREFIX}{self.table}_{self.operation}", self.about)))


def append_only(table, sentence):
    """Return the guards of a table whose rows are added and then stay as they are."""
    return tuple(Guard(table, operation, "TRUE", sentence) for operation in ("update", "delete"))


def register(config, guards: Iterable[Guard]):
    """Count `guards` among those that belong in the database; called by the app `config` when it is ready."""
    guards = tuple(guards)
    tables = {guard.table for guard in guards}
    _REGISTERED.extend(guards)

    def leave(using, **kwargs):
        _drop(using, _standing_on(tables, using))

    def come_back(using, **kwargs):
        _drop(using, _standing_on(tables, using))
        # Whoever goes back to before a table was made has none to guard.
        there = set(connections[using].introspection.table_names())
        _create(using, [guard for guard in guards if guard.table in there])

    pre_migrate.connect(leave, sender=config, weak=False)
    post_migrate.connect(come_back, sender=config, weak=False)


def install(using="default"):
    """Create every registered guard; those that are there are made anew."""
    drop(using)
    _create(using, _REGISTERED)


def drop(using="default"):
    """Remove every guard, for a migration, a restore or a flush."""
    _drop(using, installed(using))


def installed(using="default"):
    """Return the (name, table) of every guard that the database holds."""
    connection = connections[using]
    pattern = PREFIX.replace("_", r"\_") + "%"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
                " WHERE tgname LIKE %s AND pg_table_is_visible(tgrelid) ORDER BY 1",
                [pattern],
            )
        else:
            cursor.execute(
                "SELECT name, tbl_name FROM sqlite_master"
                r" WHERE type = 'trigger' AND name LIKE %s ESCAPE '\' ORDER BY 1",
                [pattern],
            )
        return cursor.fetchall()


def missing(using="default"):
    """Return the names of the guards that should stand in the database and do not, or are switched off."""
    expected = {guard.name for guard in _REGISTERED}
    if connections[using].vendor == "postgresql":
        expected |= {_truncation(table) for table in _sentences(_REGISTERED)}
    return sorted(expected - {name for name, _ in installed(using)} | expected & _disabled(using))


@contextmanager
def lifted(tables, using="default", *, behind=None):
    """Let the block write to `tables` as no other may; for a lawful exit, inside its transaction.

    On PostgreSQL the guards are switched off rather than dropped: readers go on meanwhile. `behind` is the table of
    which every writer locks a row first; it is locked whole, so that no writer is met half way.
    """
    connection = connections[using]
    guards = _standing_on(tables, using)
    if connection.vendor != "postgresql":
        _drop(using, guards)
        yield
        _create(using, [guard for guard in _REGISTERED if guard.table in tables])
        return
    _run(connection, [f"LOCK TABLE {behind} IN EXCLUSIVE MODE"] if behind else [])
    _switch(connection, "DISABLE", guards)
    yield
    _switch(connection, "ENABLE", guards)


def _switch(connection, way, guards):
    # What is still to be checked at the end of the transaction would forbid it.
    connection.check_constraints()
    _run(connection, [f"ALTER TABLE {table} {way} TRIGGER {name}" for name, table in guards])


def _run(connection, statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _standing_on(tables, using):
    return [(name, table) for name, table in installed(using) if table in tables]


def _disabled(using):
    """Return the names of the triggers that PostgreSQL holds and does not fire; SQLite has no such thing."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgenabled NOT IN ('O', 'A')")
        return {name for (name,) in cursor.fetchall()}


def _create(using, guards):
    connection = connections[using]
    write = _postgresql if connection.vendor == "postgresql" else _sqlite
    _run(connection, write(guards))


def _drop(using, named):
    connection = connections[using]
    is_named = connection.vendor == "postgresql"
    _run(connection, [f"DROP TRIGGER {name}{f' ON {table}' if is_named else ''}" for name, table in named])


def _sqlite(guards):
    for guard in guards:
        yield (
            f"CREATE TRIGGER {guard.name} BEFORE {guard.operation.upper()} ON {guard.table} WHEN {guard.condition}"
            f" BEGIN SELECT RAISE(ABORT, '{guard.sentence}'); END"
        )


def _postgresql(guards):
    yield (
        "CREATE OR REPLACE FUNCTION guard_truncate() RETURNS trigger LANGUAGE plpgsql AS $$"
        " BEGIN RAISE EXCEPTION USING ERRCODE = 'restrict_violation', MESSAGE = TG_ARGV[0]; END $$"
    )
    # A WHEN condition cannot hold a subquery, so each guard is a function of its own.
    for guard in guards:
        back = "OLD" if guard.operation == "delete" else "NEW"
        wait = f" PERFORM 1 FROM {guard.record} FOR SHARE;" if guard.record else ""
        yield (
            f"CREATE OR REPLACE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN{wait}"
            f" IF {guard.condition} THEN"
            f" RAISE EXCEPTION USING ERRCODE = 'restrict_violation', MESSAGE = '{guard.sentence}';"
            f" END IF; RETURN {back}; END $$"
        )
        yield (
            f"CREATE TRIGGER {guard.name} BEFORE {guard.operation.upper()} ON {guard.table}"
            f" FOR EACH ROW EXECUTE FUNCTION {guard.name}()"
        )
    for table, sentence in _sentences(guards).items():
        yield (
            f"CREATE TRIGGER {_truncation(table)} BEFORE TRUNCATE ON {table}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION guard_truncate('{sentence}')"
        )


def _sentences(guards):
    """Return, by table, the sentence with which emptying it is refused: that of its last guard."""
    return {guard.table: guard.sentence for guard in guards}


def _truncation(table):
    return f"{PREFIX}{table}_truncate"
