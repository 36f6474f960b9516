"""The order of references: as people count, R2 before R10 and 1.2 before 1.10, and the same on every database.

`order` is the only key. Python sorts by it, and a column that keeps it (`OrderField`) lets the database sort, filter
and cut into pages without asking its collation.
"""

import re

from django.db import models

_NUMBER = re.compile("([0-9]+)")


def order(reference: str) -> bytes:
    """Return the key of `reference`: its numbers count as numbers, and its letters whatever their case."""
    parts = _NUMBER.split(reference.casefold())
    parts[1::2] = [_counted(number) for number in parts[1::2]]
    return "".join(parts).encode() + b"\0" + reference.encode()


def _counted(number):
    digits = number.lstrip("0")
    return f"0{len(digits):03}{digits}"


class OrderField(models.BinaryField):
    """Keeps the `order` of the row's `reference`, as bytes, which every database compares alike."""

    def __init__(self, **options):
        super().__init__(**{"default": b"", **options})

    def from_db_value(self, value, expression, connection):
        return None if value is None else bytes(value)  # None: no row was joined.

    def pre_save(self, row, add):
        kept = order(row.reference)
        setattr(row, self.attname, kept)
        return kept
