"""The index of a search, which triggers of the database keep: no write can go round it, nor be forgotten.

Neither a queryset nor raw SQL nor a removal leaves an entry behind. An entry holds the words of a text and its scopes,
tokens that say among what it may be found at all; who reads it is for the app's `permissions.py` to say of whatever was
found. It is no record: a backup leaves it out, and `rebuild` writes it anew from the rows. It knows no domain.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager

from django.db import connections, transaction
from django.db.models.expressions import RawSQL
from django.db.models.signals import post_migrate, pre_migrate

from improvement.searching import engines
from improvement.searching.kinds import Indexed

_REGISTERED: list[Indexed] = []


def register(config, kinds: Iterable[Indexed]) -> None:
    """Keep an index of `kinds`; called by the app `config`, whose migrations make their tables, when it is ready."""
    kinds = tuple(kinds)
    _REGISTERED.extend(kinds)

    def leave(using, plan=(), **signal):
        # SQLite rebuilds a table that is altered, and stumbles over triggers that name it.
        if plan:
            _drop(using, kinds)

    def come_back(using, plan=(), **signal):
        # Whoever goes back goes to tables of another version, which has an index of its own.
        if not any(is_backwards for _, is_backwards in plan):
            install(using, kinds)

    pre_migrate.connect(leave, sender=config, weak=False)
    post_migrate.connect(come_back, sender=config, weak=False)


def install(using="default", kinds: Iterable[Indexed] | None = None) -> None:
    """Create the index, and of each kind whose triggers are not those of this version the triggers and all entries."""
    engine = engines.of(connections[using])
    with transaction.atomic(using=using):
        _run(using, engine.setup)
        for kind in _REGISTERED if kinds is None else kinds:
            triggers = engine.triggers(kind)
            if {trigger.name for trigger in triggers} != {name for name, _ in _standing(using, [kind])}:
                _drop(using, [kind])
                _run(using, [engine.emptied(kind), engine.insert(kind)])
                _run(using, [sql for trigger in triggers for sql in engine.created(trigger)])


def drop(using="default") -> None:
    """Remove every trigger, for a restore; `install` brings them back and fills the index again."""
    _drop(using, _REGISTERED)


def rebuild(using="default") -> int:
    """Write every entry anew, in one transaction; return how many there are."""
    with transaction.atomic(using=using):
        drop(using)
        install(using)
        with connections[using].cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {engines.TABLE}")
            return cursor.fetchone()[0]


def problems(using="default") -> Iterator[str]:
    """Yield what is wrong with the index: triggers that are missing, entries that are not those of their rows."""
    engine = engines.of(connections[using])
    for kind in _REGISTERED:
        missing = {trigger.name for trigger in engine.triggers(kind)} - {name for name, _ in _standing(using, [kind])}
        for name in sorted(missing):
            yield f"The trigger {name} is missing. Run rebuild_search to bring it back."
        made, kept = (_entries(using, sql) for sql in engine.compared(kind))
        if made != kept:
            yield f"The search index differs from {kind.table}. Run rebuild_search to write it anew."


def matching(
    kind: Indexed, phrases: Iterable[tuple[str, ...]], scopes: Collection[str] = (), using="default"
) -> RawSQL:
    """Return the query of the keys of the rows in whose entries each of `phrases` stands, to be asked as `pk__in`.

    Given `scopes`, entries in none of them are left out, which saves reading most of many.
    """
    engine = engines.of(connections[using])
    return RawSQL(engine.matches, [engine.asked(kind.token, scopes, phrases)])


@contextmanager
def read(using="default"):
    """Let the queries of the block be answered from the index."""
    before = engines.of(connections[using]).before
    if not before:
        yield
        return
    with transaction.atomic(using=using):
        _run(using, [before])
        yield


def _standing(using, kinds):
    """Return the (name, table) of every trigger of `kinds` in the database."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(engines.of(connection).standing)
        rows = cursor.fetchall()
    beginnings = tuple(f"search_{kind.number}_" for kind in kinds)
    return [(name, table) for name, table in rows if name.startswith(beginnings)]


def _drop(using, kinds):
    engine = engines.of(connections[using])
    _run(using, [sql for name, table in _standing(using, kinds) for sql in engine.dropped(name, table)])


def _run(using, statements):
    with connections[using].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _entries(using, query):
    with connections[using].cursor() as cursor:
        cursor.execute(query)
        return {hash(row) for row in cursor}
