"""What `manage.py verify` checks of the database itself. Each problem is one sentence. It knows no domain."""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection
from django.db.models import BooleanField, CheckConstraint, ExpressionWrapper

from improvement.records import triggers
from improvement.searching import index


def problems() -> Iterator[str]:
    """Yield what guards and the search lack, every rule that rows break, and what SQLite says is damaged or astray."""
    for name in triggers.missing():
        yield f"The guard {name} is missing. Run migrate to install it."
    yield from index.problems()
    if connection.vendor == "sqlite":
        yield from _sqlite()
    yield from _broken_rules()


def _broken_rules():
    """Yield what the database refuses, should it have got in: a moment without its actor, a sign-off of one's own."""
    for model in apps.get_models():
        for rule in model._meta.constraints:
            if isinstance(rule, CheckConstraint):
                holds = ExpressionWrapper(rule.condition, output_field=BooleanField())
                rows = model._base_manager.annotate(holds=holds).filter(holds=False)
                for pk in rows.order_by("pk").values_list("pk", flat=True):
                    yield f"{model._meta.verbose_name.capitalize()} {pk} breaks a rule: {rule.name.replace('_', ' ')}."


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
