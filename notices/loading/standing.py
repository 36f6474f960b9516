"""What stands in the database of a Notice, by sheet and key, for a file to be held against and to be written from."""

from dataclasses import dataclass, field

from notices.loading.layout import Sheet
from notices.models import Notice


@dataclass(frozen=True)
class Standing:
    """`rows` are all fields and paths of each row, by sheet and key."""

    notice: Notice | None = None
    rows: dict[str, dict[tuple, dict]] = field(default_factory=dict)

    def of(self, sheet: Sheet) -> dict[tuple, dict]:
        return self.rows.get(sheet.name, {})


def of_notice(slug: str, sheets: tuple[Sheet, ...], *, is_locked: bool = False) -> Standing:
    """Return what stands of the Notice, one query a sheet; locked, nobody else changes it before the end.

    Posts belong to no Notice: all of them stand.
    """
    notices = Notice.objects.select_for_update() if is_locked else Notice.objects
    notice = notices.filter(slug=slug).first()
    return Standing(notice, {sheet.name: _rows(sheet, notice, is_locked) for sheet in sheets})


def selected(sheet: Sheet, notice: Notice | None, *, is_export: bool = False):
    """Return the queryset of the sheet's rows; of an export, of what belongs to no Notice only what it names."""
    rows = sheet.model.objects.all()
    if sheet.model is Notice:
        return rows.filter(pk=notice.pk if notice else None)
    if sheet.within:
        return rows.filter(**{sheet.within: notice})
    return rows.filter(**{sheet.named_by[0]: notice}).distinct() if is_export else rows


def _rows(sheet, notice, is_locked):
    if notice is None and (sheet.within or sheet.model is Notice):
        return {}
    rows = selected(sheet, notice).order_by("pk")
    if is_locked and sheet.within:
        list(rows.select_for_update(of=("self",)).only("pk"))
    fields = [each.name for each in sheet.model._meta.concrete_fields]
    paths = [column.path for column in sheet.columns if "__" in column.path]
    # Dicts rather than objects: each of 10,000 rows is only looked at.
    found = rows.values(*fields, *paths)
    return {tuple(row[path] for path in sheet.key): row for row in found}
