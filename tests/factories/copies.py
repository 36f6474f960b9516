"""What hundreds of tests begin with is written once by each worker, and copied into the empty tables from then on.

Writing a plan with its people takes a tenth of a second, for the guards, the history and the trail are asked for every
row; that was half the time of a test. The copy holds the same rows, to the key.
"""

from contextlib import nullcontext
from functools import cache, wraps
from pathlib import Path

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.db.models.sql import InsertQuery

from improvement.records import triggers
from tests.factories import counting

APPS = ("boards", "plans", "notices", "accounts")
_kept = {}  # by database, what made it and of what


def once(make):
    """Let a fixture that begins with nothing and returns a row be made once; the row comes fresh from the database."""

    @wraps(make)
    def made(**fixtures):
        model, pk = made_once(make, **fixtures)
        return model._base_manager.get(pk=pk)

    return made


def made_once(make, *args, **fixtures):
    """Return the model and the key of the row that `make` returns."""
    if not _is_empty():
        return _named(make(*args, **fixtures))
    name = connection.settings_dict["NAME"], make.__module__, make.__qualname__, args
    if name not in _kept:
        made = _named(make(*args, **fixtures))
        _kept[name] = made, counting.numbers(), _files(), _insertions(), set()
        return made
    made, numbers, files, insertions, guarded = _kept[name]
    while not _are_written(insertions, guarded):
        pass
    _put_back(files)
    counting.go_on_from(numbers)
    return made


def _are_written(insertions, guarded):
    """Write the rows, or add to `guarded` the table of the first that a guard refuses, such as a month that is out."""
    try:
        # At once: what refers to a row further down is checked at the end.
        with transaction.atomic(), triggers.lifted(guarded) if guarded else nullcontext():
            for table, sql, values in insertions:
                _write(table, sql, values, guarded)
    except _Refused:
        return False
    return True


class _Refused(Exception):
    """A guard stands before the table."""


def _write(table, sql, values, guarded):
    with connection.cursor() as cursor:
        try:
            cursor.execute(sql, values)
        except IntegrityError as fault:
            if table in guarded:
                raise
            guarded.add(table)
            raise _Refused from fault


def _named(row):
    return type(row), row.pk


def _files():
    """Return what stands in the folder of the uploaded files, by path, those among them that wait for the commit."""
    folder = Path(default_storage.location)
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _put_back(files):
    for path, content in files.items():
        place = Path(default_storage.location) / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


@cache
def _models():
    """Return every model, those first that refer to others: a guard refuses a row only below one that is closed."""
    return [
        model for app in APPS for model in reversed([*apps.get_app_config(app).get_models(include_auto_created=True)])
    ]


@cache
def _any_row():
    name = connection.ops.quote_name
    return " OR ".join(f"EXISTS (SELECT 1 FROM {name(model._meta.db_table)})" for model in _models())


def _is_empty():
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_any_row()}")
        return not cursor.fetchone()[0]


def _insertions():
    """Return what writes the rows that stand in the tables: (table, statement, values)."""
    found = []
    for model in _models():
        if rows := list(model._base_manager.order_by("pk")):
            query = InsertQuery(model)
            fields = [field for field in model._meta.concrete_fields if not field.generated]
            query.insert_values(fields, rows, raw=True)
            found += [(model._meta.db_table, *each) for each in query.get_compiler(connection=connection).as_sql()]
    return found
