"""What stands in the database of a Notice or a plan, by sheet and key, for a file to be held against and written."""

from collections import Counter
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from notices.loading.layout import Sheet


@dataclass(frozen=True)
class Standing:
    """`rows` are all fields and paths of each row, by sheet and key; of what no sheet holds, by the name of its table.

    `twin` is the name of another root, where it differs only in case from the file's.
    """

    root: Any = None
    twin: str = ""
    rows: dict[str, dict[tuple, dict]] = field(default_factory=dict)

    def of(self, sheet: Sheet) -> dict[tuple, dict]:
        return self.rows.get(sheet.name, {})


def of_root(slug: str, sheets: tuple[Sheet, ...], *, is_locked: bool = False) -> Standing:
    """Return what stands of the Notice or plan of the first sheet; locked, nobody else changes it before the end.

    One query for each sheet and each column that names several rows. What belongs to none of them, as posts do, stands
    as a whole.
    """
    roots = sheets[0].model.objects
    alike = {row.slug: row for row in (roots.select_for_update() if is_locked else roots).filter(slug__iexact=slug)}
    root = alike.get(slug)
    twin = "" if root else next(iter(alike), "")
    return Standing(root, twin, {sheet.name: _rows(sheet, root, is_locked) for sheet in sheets})


def selected(sheet: Sheet, root, *, is_export: bool = False):
    """Return the queryset of the sheet's rows; of an export, of what belongs to no root only what it names."""
    rows = sheet.model.objects.all()
    if sheet.is_root:
        return rows.filter(pk=root.pk if root else None)
    if sheet.within:
        return rows.filter(**{sheet.within: root})
    if not is_export:
        return rows
    # Each way is asked alone: joined, each would multiply the others.
    ways = (Q(pk__in=sheet.model.objects.filter(**{path: root}).order_by().values("pk")) for path in sheet.named_by)
    return rows.filter(reduce(or_, ways))


def several(sheet: Sheet, rows) -> dict[str, dict[int, tuple[tuple, ...]]]:
    """Return, for each column that names several rows, the keys of those that each of `rows` names."""
    found: dict[str, dict[int, tuple[tuple, ...]]] = {}
    for link in sheet.many:
        named: dict[int, list[tuple]] = {}
        paths = [f"{link.field}__{path}" for path in link.by]
        held = rows.filter(**{f"{link.field}__isnull": False}).order_by("pk", f"{link.field}__pk")
        for pk, *key in held.values_list("pk", *paths):
            named.setdefault(pk, []).append(tuple(key))
        found[link.field] = {pk: tuple(keys) for pk, keys in named.items()}
    return found


def numbered(sheet: Sheet, key: tuple, seen: Counter) -> tuple:
    """Return the key of a row; where a sheet repeats keys, with how many of them were `seen` before."""
    seen[key] += 1
    return (*key, seen[key]) if sheet.repeats else key


def _rows(sheet, root, is_locked):
    if root is None and (sheet.within or sheet.is_root):
        return {}
    rows = selected(sheet, root)
    if is_locked and sheet.is_changed and not sheet.is_root:
        list(rows.order_by("pk").select_for_update(of=("self",)).only("pk"))
    # A password is nobody's to read, and new rows alone have one.
    fields = [each.name for each in sheet.model._meta.concrete_fields if each.name != "password"]
    paths = [column.path for column in sheet.columns if "__" in column.path]
    # In the order of an export where it counts which of several comes first.
    ordered = rows if sheet.repeats else rows.order_by("pk")
    named, seen = several(sheet, rows), Counter()
    # Dicts rather than objects: each of 10,000 rows is only looked at.
    found = ordered.values(*fields, *paths)
    return {
        numbered(sheet, tuple(row[path] for path in sheet.key), seen): row
        | {field: keys.get(row["id"], ()) for field, keys in named.items()}
        for row in found
    }
