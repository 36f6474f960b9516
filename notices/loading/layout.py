"""How a sheet of a file is described: its columns with the fields that they fill, and how its rows name others."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.core.validators import MaxLengthValidator
from django.db import models

from notices.loading import cells

_WIDTHS = {"day": 14, "number": 11}
_LONG = 150


@dataclass(frozen=True)
class Column:
    """A heading and the `path` of the field that it fills, which may lead through foreign keys.

    What the field says of itself holds: its help, its choices, whether it may be empty. `choices_in` names the sheet
    and heading where the values that it takes stand, for the template's list. An empty cell `keeps` what there is where
    others may rely on it. `fixed` says what to do instead where a file may fill the field in and never change it.
    """

    heading: str
    path: str
    hint: str = ""
    must: bool = False
    choices_in: tuple[str, str] | None = None
    keeps: bool = False
    fixed: str = ""


@dataclass(frozen=True)
class Link:
    """A foreign key, found by what the row of another sheet, or of the database, is called.

    One that is not `is_written` is left to a verb. Where a cell names several rows, `field` is the column's path, and
    `by` what such a row is called by, of which the last part will do where it is clear.
    """

    field: str
    to: str
    by: tuple[str, ...]
    is_written: bool = True

    def is_named(self, values: Mapping[str, Any]) -> bool:
        """Whether a row names anything here, beside what else of it stands in `by`."""
        own = (path for path in self.by if path.startswith(f"{self.field}__"))
        return any(values.get(path) not in {None, ""} for path in own)


@dataclass(frozen=True)
class Reader:
    """How the cells of one column are read."""

    column: Column
    kind: cells.Kind
    hint: str
    is_required: bool
    empty: Any
    validators: tuple[Callable[[str], None], ...]

    @property
    def path(self):
        return self.column.path

    @property
    def heading(self):
        return self.column.heading

    def words(self, value, unit=""):
        """Return a value as the dry run shows it; empty for none."""
        return "" if value in (None, "") else self.kind.words(value, unit)

    @property
    def width(self):
        if self.kind.excel != "text":
            return _WIDTHS[self.kind.excel]
        longest = self.kind.longest if isinstance(self.kind, cells.Text) else 20
        return 50 if longest is None or longest >= _LONG else 20


@dataclass(frozen=True)
class Sheet:
    """Rows of a model. `key` is what makes a row the same row, the nth of several of that key if it `repeats`.

    `within` leads from it to the Notice or plan of the file's first sheet, and `named_by` from those that belong to
    none to the ones that name it. `many` are the columns that name several rows of another sheet.

    `rules` says beside which column each constraint of the model is told, `alone` which paths make a group of the
    rows among which a unique constraint lets one meet its condition. `unit` is the link to the indicator that gives
    the row's measures their unit; without it that is in its own column. A new row has besides
    what `new` returns as of a moment, and in the fields `copied` what it has in others.
    """

    name: str
    model: type[models.Model]
    about: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    within: str = ""
    named_by: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    many: tuple[Link, ...] = ()
    repeats: bool = False
    rules: Mapping[str, str] = field(default_factory=dict)
    alone: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unit: str = ""
    new: Callable[[datetime], dict[str, Any]] | None = None
    copied: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_root(self) -> bool:
        """Whether its one row is what all other rows of the file belong to."""
        return not (self.within or self.named_by)

    @property
    def is_changed(self) -> bool:
        """Whether a file changes rows that stand, or only adds some."""
        return any(column.path not in self.key and not column.fixed for column in self.columns)

    @cached_property
    def own(self) -> tuple[str, ...]:
        """The fields of the model that the columns fill themselves."""
        several = {link.field for link in self.many}
        return tuple(path for path in self.readers if "__" not in path and path not in several)

    @cached_property
    def readers(self) -> dict[str, Reader]:
        """How each column is read, by path, in the order of the sheet."""
        return {column.path: self._reader(column) for column in self.columns}

    @cached_property
    def in_reading_order(self) -> tuple[tuple[Reader, ...], tuple[Reader, ...]]:
        """The measures are read last, once it is known what they are counted in."""
        is_measure = {reader.path: isinstance(reader.kind, cells.Measure) for reader in self.readers.values()}
        measures = tuple(reader for reader in self.readers.values() if is_measure[reader.path])
        return tuple(reader for reader in self.readers.values() if not is_measure[reader.path]), measures

    def _reader(self, column):
        its, is_own = self._field(column.path), "__" not in column.path
        kind = _kind(its)
        if isinstance(kind, cells.Number):
            headings = {each.path: each.heading for each in self.columns}
            kind = replace(
                kind, here=column.heading, **{name: headings.get(name, "") for name in ("low", "high", "note")}
            )
        return Reader(
            column,
            kind,
            f"{column.hint or its.help_text}{' An empty cell keeps the current value.' if column.keeps else ''}",
            column.must or (is_own and not its.blank and not its.has_default()),
            _empty(its) if is_own else "",
            tuple(each for each in its.validators if not isinstance(each, MaxLengthValidator)),
        )

    def _field(self, path):
        model, names = self.model, path.split("__")
        for name in names[:-1]:
            model = model._meta.get_field(name).related_model
        return model._meta.get_field(names[-1])


@dataclass(frozen=True)
class File:
    """What a file of one kind holds. `roots` are what it is exported for, one by one; `tables` go into its guide.

    `compare` and `write` hold it against what stands and load it, as `notices.loading.notice_file` does. `loaded` is
    called with the Upload in the transaction that loads it, for what is kept beside it.
    """

    title: str
    sheets: tuple[Sheet, ...]
    roots: type[models.Model]
    compare: Callable[..., Any]
    write: Callable[..., Any]
    tables: Callable[[], list[Any]] = list
    loaded: Callable[[Any], None] = lambda upload: None


FILES: dict[str, File] = {}


def register(kind: str, file: File) -> None:
    """Let files of a kind (`Upload.Kind`) be loaded; called by the app that knows all of it when it is ready."""
    FILES[kind] = file


def _empty(its):
    """Return what an empty cell means: the field's default, or nothing."""
    if its.has_default():
        return its.get_default()
    return () if its.many_to_many else None if its.null else ""


def _kind(its):
    if its.many_to_many:
        has_address = "email" in {each.name for each in its.related_model._meta.fields}
        return cells.Several(cells.Email() if has_address else cells.Text())
    if isinstance(its, models.EmailField):
        return cells.Email(its.max_length)
    if its.choices:
        return cells.Choice({str(value): str(label) for value, label in its.choices})
    if isinstance(its, models.DecimalField):
        return cells.Number() if its.name in {"numerator", "denominator"} else cells.Measure()
    if isinstance(its, models.DateField):
        return cells.Day()
    if isinstance(its, models.BooleanField):
        return cells.YesNo()
    return cells.Place() if isinstance(its, models.IntegerField) else cells.Text(its.max_length)
