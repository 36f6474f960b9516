"""The ways past every verb in which rows might be changed or deleted: a guard of the database refuses all four."""

from django.db import connection


def by_queryset_update(rows, changes):
    rows.update(**changes)


def by_queryset_delete(rows, changes):
    rows._raw_delete("default")


def by_raw_update(rows, changes):
    field, value = next(iter(changes.items()))
    _run(f"UPDATE {rows.model._meta.db_table} SET {field} = %s WHERE id = %s", [(value, row.pk) for row in rows])


def by_raw_delete(rows, changes):
    _run(f"DELETE FROM {rows.model._meta.db_table} WHERE id = %s", [(row.pk,) for row in rows])


def _run(sql, parameters):
    with connection.cursor() as cursor:
        cursor.executemany(sql, parameters)


UPDATES = (by_queryset_update, by_raw_update)
DELETIONS = (by_queryset_delete, by_raw_delete)
WAYS = (*UPDATES, *DELETIONS)
