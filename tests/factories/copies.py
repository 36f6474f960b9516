"""What hundreds of tests begin with is written once by each worker, and copied into the empty tables from then on.

Writing a plan with its people takes a tenth of a second, for the guards, the history and the trail are asked for every
row; that was half the time of a test. The copy holds the same rows, to the key.
"""

from functools import cache

from django.apps import apps
from django.db import connection, transaction
from django.db.models.sql import InsertQuery

from tests.factories import counting

APPS = ("accounts", "notices", "plans", "boards")
_kept = {}  # by database, what made it and of what


def made_once(make, *args):
    """Return the key of the row that `make` returns of the `args`."""
    if not _is_empty():
        return make(*args).pk
    name = connection.settings_dict["NAME"], make.__name__, args
    if name not in _kept:
        pk = make(*args).pk
        _kept[name] = pk, counting.numbers(), _insertions()
        return pk
    pk, numbers, insertions = _kept[name]
    # At once: what refers to a row further down is checked at the end.
    with transaction.atomic(), connection.cursor() as cursor:
        for sql, values in insertions:
            cursor.execute(sql, values)
    counting.go_on_from(numbers)
    return pk


@cache
def _models():
    return [model for app in APPS for model in apps.get_app_config(app).get_models(include_auto_created=True)]


@cache
def _any_row():
    name = connection.ops.quote_name
    return " OR ".join(f"EXISTS (SELECT 1 FROM {name(model._meta.db_table)})" for model in _models())


def _is_empty():
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_any_row()}")
        return not cursor.fetchone()[0]


def _insertions():
    """Return the statements that write what stands in the tables, each with its values."""
    found = []
    for model in _models():
        if rows := list(model._base_manager.order_by("pk")):
            query = InsertQuery(model)
            fields = [field for field in model._meta.concrete_fields if not field.generated]
            query.insert_values(fields, rows, raw=True)
            found += query.get_compiler(connection=connection).as_sql()
    return found
