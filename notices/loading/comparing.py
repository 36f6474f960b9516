"""A file of a Notice or a plan against what stands of it: pure, given both; nothing is asked of the database here."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping

from django.db.models import UniqueConstraint

from improvement.records.constraints import broken, holds
from improvement.workbooks.names import Names, meant
from notices.loading.cells import tidy
from notices.loading.layout import Link, Sheet
from notices.loading.reading import Typed, values_of
from notices.loading.rows import Comparison, Detail, Problem, Row, Status, Write
from notices.loading.standing import Standing, numbered

_NAMED, _SHOWN = 10, 100

# Asks of a row's values, and of what stands in its place if anything does, what else is wrong: paths and sentences.
Check = Callable[[dict, dict | None], Iterable[tuple[str, str]]]


def compare(
    sheets: tuple[Sheet, ...],
    typed: dict[str, list[Typed]],
    standing: Standing,
    checks: Mapping[str, Check] | None = None,
) -> Comparison:
    """Return what each row of the file is, and what writing it comes to; `checks` are more of them, by sheet."""
    found, read, known = Comparison(), {}, _Known()
    for name in standing.rows.keys() - typed.keys():
        known.put(name, standing.rows[name])
    for sheet in sheets:
        told = read[sheet.name] = _Told(sheet, standing.of(sheet), known, (checks or {}).get(sheet.name))
        for row in typed[sheet.name]:
            told.read(row)
        known.put(sheet.name, told.to_be(), told.keyed)
    for sheet in sheets:
        told = read[sheet.name]
        for row, write in told.outcomes():
            found.rows.append(row)
            if write:
                (found.same if row.status is Status.SAME else found.writes).append(write)
        found.remarks += told.left_alone()
    found.pks = {name: {key: row["id"] for key, row in rows.items()} for name, rows in standing.rows.items()}
    return found


def root_of(sheets: tuple[Sheet, ...], typed: dict[str, list[Typed]]) -> str:
    """Return what the file calls the one row of its first sheet, or nothing."""
    rows = typed[sheets[0].name]
    return str(values_of(sheets[0], rows[0], None)[0].get("slug", "")) if rows else ""


def require_one(sheet: Sheet, typed: dict[str, list[Typed]], standing: Standing, found: Comparison) -> None:
    """Say so where the file's first sheet has another number of rows than one, or a name that is nearly another's."""
    if (count := len(typed[sheet.name])) != 1:
        refuse(found, sheet, f"This sheet must have one row, for the {sheet.name}. It has {count}.")
    elif standing.twin:
        name = root_of((sheet,), typed)
        refuse(found, sheet, f"“{standing.twin}” and “{name}” differ only in case. Write “{standing.twin}”.")


def refuse(found: Comparison, sheet: Sheet, sentence: str) -> None:
    """Put what is wrong with a whole sheet before its rows."""
    found.rows.insert(0, Row(sheet.name, None, "The sheet", Status.WRONG, (), (Problem("", "", sentence),)))


def name_of(sheet, values):
    """Return what a row is called, as far as its key could be read."""
    named = (sheet.readers[path].words(values.get(path)) for path in sheet.key)
    return ", ".join(filter(None, named))


def unknown(sheet: Sheet, link: Link, named: tuple, known, sentence: str) -> Problem:
    """Return the problem of a row that names what nobody knows, beside the part of the name that is at fault."""
    alike, place = list(known), 0
    while place < len(named) - 1 and (further := [key for key in alike if key[place] == named[place]]):
        alike, place = further, place + 1
    called = ", ".join(map(str, named))
    hint = meant(called, [", ".join(map(str, key)) for key in alike])
    return Problem(sheet.readers[link.by[place]].heading, str(named[place]), sentence + hint)


class _Known:
    """The rows that others may name, by sheet: as they are to be once the file is loaded, the file's own first."""

    def __init__(self):
        self._rows, self._names = {}, {}

    def put(self, name, rows, first=()):
        self._rows[name], self._names[name] = rows, Names(rows, first)

    def rows(self, link):
        return self._rows[link.to]

    def names(self, link):
        return self._names.get(link.to)


class _Told:
    """What the file tells in one sheet."""

    def __init__(self, sheet, standing, known, check):
        self.sheet, self.standing, self.known, self.check = sheet, standing, known, check
        self.rows, self.keyed, self.seen = [], {}, Counter()
        self.parts = len(sheet.key)
        self.names = Names(key[: self.parts] for key in standing)

    def read(self, typed):
        values, problems, unit = values_of(self.sheet, typed, self._unit)
        self._spell(values)
        key = None
        if all(path in values for path in self.sheet.key):
            key = self._key(values)
            if key in self.keyed:
                problems.append(self._repeated(key, values))
            elif key not in self.standing and not self.sheet.repeats and (twin := self.names.twin(key)):
                problems.append(self._cased(key, twin))
            self.keyed.setdefault(key, (typed.number, values))
        self.rows.append((typed.number, key, values, problems, unit))

    def to_be(self):
        """Return every row as it will be once the file is loaded."""
        told = {key: self.standing.get(key, {}) | values for key, (_, values) in self.keyed.items()}
        return self.standing | told

    def outcomes(self):
        crowded = self._crowded()
        for number, key, values, problems, unit in self.rows:
            found = [*problems, *self._unlinked(values), *self._several(values)]
            if not found:
                # What a file may not do is told alone: the constraints would only say it in other words.
                found = [*self._checked(key, values)] or [*self._broken(key, values), *crowded.get(key, ())]
            yield self._outcome(number, key, values, found, unit)

    def left_alone(self):
        """Return a sentence on what stands and is not in the file."""
        rest = [", ".join(map(str, key[: self.parts])) for key in self.standing if key not in self.keyed]
        if not rest or not self.sheet.within:
            return []
        more = f" and {len(rest) - _NAMED} more" if len(rest) > _NAMED else ""
        names = "; ".join(rest[:_NAMED])
        return [f"{self.sheet.name}: {len(rest)} not in the file and unchanged ({names}{more})."]

    def _spell(self, values):
        """Write what the row names as it is known: an apostrophe or an odd space makes no other thing."""
        for link in self.sheet.links:
            named = tuple(values.get(path) for path in link.by)
            names = self.known.names(link)
            if names and None not in named and (same := names.spelled(named)):
                values |= zip(link.by, same, strict=True)

    def _key(self, values):
        """Return the row's key as what stands, or an earlier row, writes it; the row's values say the same."""
        typed = tuple(values[path] for path in self.sheet.key)
        key = self.names.spelled(typed) or typed
        self.names.add(key)
        values |= zip(self.sheet.key, key, strict=True)
        return numbered(self.sheet, key, self.seen)

    def _outcome(self, number, key, values, problems, unit):
        name = name_of(self.sheet, values) or "The row"
        if problems:
            return Row(self.sheet.name, number, name, Status.WRONG, (), tuple(problems)), None
        before = self.standing.get(key)
        write = Write(self.sheet, key, values, before and before["id"])
        if before is None:
            return Row(self.sheet.name, number, name, Status.NEW, tuple(self._details(values, unit))), write
        if not (details := tuple(self._changes(before, values, unit))):
            return Row(self.sheet.name, number, name, Status.SAME), write
        return Row(self.sheet.name, number, name, Status.CHANGED, details), write

    def _details(self, values, unit):
        for path, reader in self.sheet.readers.items():
            if shown := self._words(reader, values[path], unit):
                yield Detail(reader.heading, shown)

    def _changes(self, before, values, unit):
        for path, reader in self.sheet.readers.items():
            # A foreign key that leads nowhere has no name, which is an empty cell.
            then = "" if before[path] is None and "__" in path else before[path]
            now = values[path]
            if reader.column.keeps and now == "":
                values[path] = then
            elif (tidy(then) if isinstance(then, str) else then) != now:
                yield Detail(reader.heading, *(self._words(reader, each, unit) or "empty" for each in (now, then)))

    def _words(self, reader, value, unit):
        link = next((link for link in self.sheet.many if link.field == reader.path), None)
        if link is None:
            return reader.words(value, unit)
        return reader.kind.words(self.known.names(link).called(value))

    def _unit(self, values):
        """Return the unit of the row's measures: that of the indicator that it names, or its own."""
        if not self.sheet.unit:
            return values.get("unit", "")
        link = next(link for link in self.sheet.links if link.field == self.sheet.unit)
        indicator = self.known.rows(link).get(tuple(values.get(path) for path in link.by), {})
        return indicator.get("unit", "")

    def _repeated(self, key, values):
        name = name_of(self.sheet, values)
        column = self.sheet.readers[self.sheet.key[-1]].heading
        return Problem(column, name, f"Row {self.keyed[key][0]} already has {name}. Remove one of the two rows.")

    def _cased(self, key, twin):
        this, other = (", ".join(map(str, each)) for each in (key, twin))
        column = self.sheet.readers[self.sheet.key[-1]].heading
        return Problem(column, this, f"“{other}” and “{this}” differ only in case. Write “{other}”, or rename one.")

    def _unlinked(self, values):
        """Return what the row names and nobody knows."""
        for link in self.sheet.links:
            named, known = tuple(values.get(path) for path in link.by), self.known.rows(link)
            if None not in named and link.is_named(values) and named not in known:
                name = ", ".join(str(part) for part in named if part != "")
                sentence = f"“{name}” is not in the {link.to} of this file or of the tracker."
                yield unknown(self.sheet, link, named, known, sentence)

    def _several(self, values):
        """Put the keys of the rows that a cell names in the place of what it calls them; return what nobody knows."""
        for link in self.sheet.many:
            names, keys, unclear = self.known.names(link), [], []
            for called in values.get(link.field, ()):
                found = names.named(called)
                keys += found[:1]
                if len(found) != 1 and len(unclear) < _NAMED:
                    unclear.append(self._unclear(link, called, [names.called([key])[0] for key in found]))
            if link.field in values:
                values[link.field] = names.ordered(keys)
            yield from unclear

    def _unclear(self, link, called, found):
        heading, called = self.sheet.readers[link.field].heading, called[:_SHOWN]
        if found:
            either = " or ".join(f"“{name}”" for name in found)
            return Problem(heading, called, f"“{called}” is more than one of the {link.to}. Write {either}.")
        sentence = f"“{called}” is not in the {link.to} of this file or of the tracker."
        return Problem(heading, called, sentence + self.known.names(link).meant(called))

    def _checked(self, key, values):
        """Return what a file may not change of what stands, and what the file's own check says of the row."""
        before = self.standing.get(key, {})
        for path, reader in self.sheet.readers.items():
            then, now = before.get(path), values[path]
            if reader.column.fixed and then not in (None, "", now) and not (reader.column.keeps and now == ""):
                sentence = f"This is “{reader.words(then)}” already. {reader.column.fixed}"
                yield Problem(reader.heading, reader.words(now), sentence)
        for path, sentence in self.check(values, self.standing.get(key)) if self.check else ():
            reader = self.sheet.readers[path]
            yield Problem(reader.heading, self._words(reader, values[path], ""), sentence)

    def _broken(self, key, values):
        """Return which check constraints of the model the row breaks, as it will be once the file is loaded."""
        before = self.standing.get(key) or {field: values[path] for field, path in self.sheet.copied.items()}
        fields = {
            each.name: values.get(each.name, before.get(each.name, each.get_default()))
            for each in self.sheet.model._meta.concrete_fields
        }
        return [self._problem(check, values) for check in broken(self.sheet.model, fields)]

    def _crowded(self):
        """Return, by key, what is wrong with rows of the file where only one of several may meet a condition."""
        found = defaultdict(list)
        for constraint in self.sheet.model._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and (paths := self.sheet.alone.get(constraint.name)):
                groups = defaultdict(list)
                for key, row in self.to_be().items():
                    if holds(constraint.condition, defaultdict(lambda: None, row)):
                        groups[tuple(row[path] for path in paths)].append(key)
                for key in [key for group in groups.values() if len(group) > 1 for key in group]:
                    if key in self.keyed:
                        found[key].append(self._problem(constraint, self.keyed[key][1]))
        return found

    def _problem(self, constraint, values):
        heading = self.sheet.rules[constraint.name]
        reader = next(reader for reader in self.sheet.readers.values() if reader.heading == heading)
        return Problem(heading, reader.words(values[reader.path]), str(constraint.violation_error_message))
