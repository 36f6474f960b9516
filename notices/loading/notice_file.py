"""A file of a Notice against what stands of it, and its writing: posts, areas, targets, indicators, milestones."""

from simple_history.utils import bulk_create_with_history, get_history_manager_for_model

from accounts.audit import events
from notices.loading import comparing, standing
from notices.loading.reading import values_of
from notices.loading.rows import Problem, Row, Status
from notices.loading.sheets import NOTICE as SHEETS
from notices.models import Indicator, Notice

_BATCH = 500


def compare(typed, *, at, is_locked=False):
    """Return what each row is: new, changed, the same or wrong. A query a sheet, and as many again where locked."""
    own = SHEETS[0]
    rows = typed[own.name]
    slug = values_of(own, rows[0], None)[0].get("slug", "") if rows else ""
    found = comparing.compare(SHEETS, typed, standing.of_notice(slug, SHEETS, is_locked=is_locked))
    if len(rows) != 1:
        problem = Problem("", "", f"This sheet must have one row, for the Notice. It has {len(rows)}.")
        found.rows.insert(0, Row(own.name, None, "The sheet", Status.WRONG, (), (problem,)))
    return found


def write(comparison, *, by, at, **detail):
    """Write what is new and what is changed, with its history; return how many rows.

    What stands is locked by now, and every rule has been asked; the database's constraints ask once more.
    """
    if not comparison.writes:
        return 0
    writer = _Writer(comparison.pks, by, at, f"Loaded from {detail['file']}"[:100])
    for sheet in SHEETS:
        writer.write(sheet, [each for each in comparison.writes if each.sheet is sheet])
    counts = {status: count for status, count in comparison.counts.items() if status in {Status.NEW, Status.CHANGED}}
    events.record_changes(by=by, at=at, changed=writer.changed)
    events.record(by=by, at=at, what="notice.loaded", on=writer.notice, **counts, **detail)
    return len(comparison.writes)


class _Writer:
    def __init__(self, pks, by, at, reason):
        self._pks = pks
        self.changed = []
        self._history = {"default_user": by, "default_date": at, "default_change_reason": reason}

    @property
    def notice(self):
        (pk,) = self._pks[SHEETS[0].name].values()
        return Notice.objects.get(pk=pk)

    def write(self, sheet, writes):
        """Add the sheet's new rows and change its changed ones."""
        new, changed = [each for each in writes if each.pk is None], [each for each in writes if each.pk]
        self._add(sheet, new, [sheet.model(**self._fields(sheet, each.values)) for each in new])
        stored = sheet.model.objects.in_bulk([each.pk for each in changed])
        for each in changed:
            row, texts = stored[each.pk], []
            for name, value in self._fields(sheet, each.values).items():
                texts += _text(row, name, value)
                setattr(row, name, value)
            if texts:
                self.changed.append((row, texts))
        self._change(sheet, list(stored.values()))

    def _fields(self, sheet, values):
        """Return the row's fields: its own, and the foreign keys that it names."""
        fields = {path: value for path, value in values.items() if "__" not in path}
        for link in sheet.links:
            named = tuple(values[path] for path in link.by)
            fields[f"{link.field}_id"] = self._pks[link.to][named] if any(named) else None
        if sheet.within == "notice":
            (fields["notice_id"],) = self._pks[SHEETS[0].name].values()
        return fields

    def _add(self, sheet, new, rows):
        if hasattr(sheet.model, "history"):
            made = bulk_create_with_history(rows, sheet.model, batch_size=_BATCH, **self._history)
        else:
            made = sheet.model.objects.bulk_create(rows, batch_size=_BATCH)
        self._pks[sheet.name] |= {each.key: row.pk for each, row in zip(new, made, strict=True)}

    def _change(self, sheet, rows):
        if not rows:
            return
        fields = sorted({path for path in sheet.readers if "__" not in path} | {link.field for link in sheet.links})
        if sheet.model is Indicator:
            # One decides a target. That it is another one now is not seen in the middle of a statement.
            Indicator.objects.filter(pk__in=[row.pk for row in rows if not row.decides]).update(decides=False)
        # An INSERT that finds its row there and changes it: `bulk_update` takes a minute for 10,000 rows.
        sheet.model.objects.bulk_create(
            rows, batch_size=_BATCH, update_conflicts=True, unique_fields=("id",), update_fields=fields
        )
        if hasattr(sheet.model, "history"):
            manager = get_history_manager_for_model(sheet.model)
            manager.bulk_history_create(rows, batch_size=_BATCH, update=True, **self._history)


def _text(row, name, value):
    """Return what a field said and is to say, where it is a text or a number of the row's own and changes."""
    field, before = row._meta.get_field(name), getattr(row, name)
    if field.is_relation or before == value:
        return []
    texts = {side: "" if said is None else str(said) for side, said in (("before", before), ("after", value))}
    return [{"of": "", "field": name, "label": field.verbose_name.capitalize(), **texts}]
