"""Writes what a file holds: what is new and what is changed, sheet by sheet, each row with its history."""

from collections.abc import Callable, Mapping
from typing import Any

from simple_history.utils import get_history_manager_for_model

from accounts.audit import events
from notices.loading.layout import Sheet
from notices.loading.rows import Comparison, Status
from notices.models import Indicator

_BATCH = 500

# Writes of the rows of a sheet what is left to a verb: called with their values by key in the database, `by` and `at`.
Verb = Callable[..., None]


def write(
    sheets: tuple[Sheet, ...],
    comparison: Comparison,
    *,
    by,
    at,
    what: str,
    verbs: Mapping[str, Verb] | None = None,
    **detail,
) -> int:
    """Write what is new and what is changed, and the event `what`; return how many rows.

    What stands is locked by now, and every rule has been asked; the database's constraints ask once more.
    """
    if not comparison.writes:
        return 0
    writer = _Writer(sheets, comparison.pks, by, at, f"Loaded from {detail['file']}"[:100])
    by_sheet = {sheet.name: [each for each in comparison.writes if each.sheet is sheet] for sheet in sheets}
    for sheet in sheets:
        writer.write(sheet, by_sheet[sheet.name])
    for sheet in sheets:
        writer.finish(sheet, by_sheet[sheet.name])
    for name, verb in (verbs or {}).items():
        verb(rows={writer.pk_of(each): each.values for each in by_sheet[name]}, by=by, at=at)
    counts = {status: count for status, count in comparison.counts.items() if status in {Status.NEW, Status.CHANGED}}
    writer.tell()
    events.record(by=by, at=at, what=what, on=writer.root, **counts, **detail)
    return len(comparison.writes)


class _Writer:
    def __init__(self, sheets, pks, by, at, reason):
        self._sheets, self._pks, self._by, self._at = sheets, pks, by, at
        self._changed, self._made = {}, {}
        self._history = {"default_user": by, "default_date": at, "default_change_reason": reason}

    @property
    def root(self):
        return self._sheets[0].model.objects.get(pk=self._root_pk)

    @property
    def _root_pk(self):
        (pk,) = self._pks[self._sheets[0].name].values()
        return pk

    def pk_of(self, each):
        return self._pks[each.sheet.name][each.key]

    def write(self, sheet, writes):
        """Add the sheet's new rows and change its changed ones."""
        new, changed = [each for each in writes if each.pk is None], [each for each in writes if each.pk]
        self._made[sheet.name] = []
        while new:
            # A line that stands under another of its sheet comes after it.
            ready = [each for each in new if self._has_all(sheet, each.values)]
            self._add(sheet, ready)
            new = [each for each in new if each.key not in self._pks[sheet.name]]
        stored = sheet.model.objects.in_bulk([each.pk for each in changed])
        for each in changed:
            row, texts = stored[each.pk], []
            for name, value in self._fields(sheet, each.values).items():
                texts += _text(row, name, value)
                setattr(row, name, value)
            if texts:
                self._changed.setdefault((sheet.within and self._root_pk) or (sheet.name, row.pk), []).append(
                    (row, texts)
                )
        self._change(sheet, list(stored.values()))

    def finish(self, sheet, writes):
        """Write which rows of other sheets the sheet's rows name, then the history of all of it."""
        for link in sheet.many:
            self._name(sheet, link, writes)
        if hasattr(sheet.model, "history") and writes:
            pks = [each.pk for each in writes if each.pk]
            self._remember(sheet, self._made[sheet.name], is_update=False)
            self._remember(sheet, list(sheet.model.objects.in_bulk(pks).values()), is_update=True)

    def tell(self):
        """Leave an event for each thing that says something else now; those of one call have one subject."""
        for changed in self._changed.values():
            events.record_changes(by=self._by, at=self._at, changed=changed)

    def _has_all(self, sheet, values):
        known = self._pks[sheet.name]
        own = (link for link in sheet.links if link.to == sheet.name and link.is_named(values))
        return all(tuple(values[path] for path in link.by) in known for link in own)

    def _fields(self, sheet, values):
        """Return the row's fields: its own, and the foreign keys that it names."""
        fields = {path: values[path] for path in sheet.own}
        for link in sheet.links:
            if link.is_written:
                named = tuple(values[path] for path in link.by)
                fields[f"{link.field}_id"] = self._pks[link.to][named] if link.is_named(values) else None
        if sheet.within and "__" not in sheet.within:
            fields[f"{sheet.within}_id"] = self._root_pk
        return fields

    def _add(self, sheet, new):
        rows = []
        for each in new:
            besides = sheet.new(self._at) if sheet.new else {}
            besides |= {field: each.values[path] for field, path in sheet.copied.items()}
            rows.append(sheet.model(**self._fields(sheet, each.values), **besides))
        made = sheet.model.objects.bulk_create(rows, batch_size=_BATCH)
        self._made[sheet.name] += made
        self._pks[sheet.name] |= {each.key: row.pk for each, row in zip(new, made, strict=True)}

    def _change(self, sheet, rows):
        if not rows:
            return
        fields = sorted({*sheet.own, *(link.field for link in sheet.links if link.is_written)})
        if sheet.model is Indicator:
            # One decides a target. That it is another one now is not seen in the middle of a statement.
            Indicator.objects.filter(pk__in=[row.pk for row in rows if not row.decides]).update(decides=False)
        # An INSERT that finds its row there and changes it: `bulk_update` takes a minute for 10,000 rows.
        sheet.model.objects.bulk_create(
            rows, batch_size=_BATCH, update_conflicts=True, unique_fields=("id",), update_fields=fields
        )

    def _name(self, sheet, link, writes):
        """Let the rows name those that their cells name, and no others."""
        its = sheet.model._meta.get_field(link.field)
        through, this, other = its.remote_field.through, its.m2m_field_name(), its.m2m_reverse_field_name()
        pks = [self.pk_of(each) for each in writes]
        held = {(one, two): pk for pk, one, two in _pairs(through, this, other, pks)}
        wanted = {(self.pk_of(each), self._pks[link.to][key]) for each in writes for key in each.values[link.field]}
        through.objects.filter(pk__in=[pk for pair, pk in held.items() if pair not in wanted]).delete()
        rows = [through(**{f"{this}_id": one, f"{other}_id": two}) for one, two in sorted(wanted - held.keys())]
        through.objects.bulk_create(rows, batch_size=_BATCH)

    def _remember(self, sheet, rows, *, is_update):
        manager = get_history_manager_for_model(sheet.model)
        made = manager.bulk_history_create(rows, batch_size=_BATCH, update=is_update, **self._history)
        told = {row.pk: history for row, history in zip(rows, made, strict=True)}
        for its in manager.model._history_m2m_fields:
            # `bulk_history_create` knows nothing of what a row names.
            through, this, other = its.remote_field.through, its.m2m_field_name(), its.m2m_reverse_field_name()
            past: Any = getattr(manager.model, its.name).model
            past.objects.bulk_create(
                [
                    past(id=pk, history=told[one], **{f"{this}_id": one, f"{other}_id": two})
                    for pk, one, two in _pairs(through, this, other, list(told))
                ],
                batch_size=_BATCH,
            )


def _pairs(through, this, other, pks):
    """Return the rows of the table between two models, with their own keys, of those with the `pks`."""
    return through.objects.filter(**{f"{this}__in": pks}).values_list("pk", f"{this}_id", f"{other}_id")


def _text(row, name, value):
    """Return what a field said and is to say, where it is a text or a number of the row's own and changes."""
    field, before = row._meta.get_field(name), getattr(row, name)
    if field.is_relation or before == value:
        return []
    texts = {side: "" if said is None else str(said) for side, said in (("before", before), ("after", value))}
    return [{"of": "", "field": name, "label": field.verbose_name.capitalize(), **texts}]
