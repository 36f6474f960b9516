"""A file of a Notice against what stands of it: pure, given both; nothing is asked of the database here."""

from collections import defaultdict

from django.db.models import UniqueConstraint

from improvement.records.constraints import broken, holds
from notices.loading.cells import tidy
from notices.loading.layout import Sheet
from notices.loading.reading import Typed, near, values_of
from notices.loading.rows import Comparison, Detail, Problem, Row, Status, Write
from notices.loading.standing import Standing

_NAMED = 10


def compare(sheets: tuple[Sheet, ...], typed: dict[str, list[Typed]], standing: Standing) -> Comparison:
    """Return what each row of the file is, and what writing it comes to."""
    found, known = Comparison(), {}
    for sheet in sheets:
        told = _Told(sheet, standing.of(sheet), known)
        for row in typed[sheet.name]:
            told.read(row)
        known[sheet.name] = told.to_be()
        for row, write in told.outcomes():
            found.rows.append(row)
            found.writes += [write] if write else []
        found.remarks += told.left_alone()
        found.pks[sheet.name] = {key: row["id"] for key, row in told.standing.items()}
    return found


def name_of(sheet, values):
    """Return what a row is called, as far as its key could be read."""
    words = (sheet.readers[path].words(values.get(path)) for path in sheet.key)
    return ", ".join(filter(None, words))


def unknown(sheet, link, named, known, sentence):
    """Return the problem of a row that names what nobody knows, beside the part of the name that is at fault."""
    alike, place = list(known), 0
    while further := [key for key in alike if key[place] == named[place]]:
        alike, place = further, place + 1
    hint = near(", ".join(named), [", ".join(map(str, key)) for key in alike])
    return Problem(sheet.readers[link.by[place]].heading, named[place], sentence + hint)


class _Told:
    """What the file tells in one sheet. `known` holds the rows of the sheets before it, as they are to be."""

    def __init__(self, sheet, standing, known):
        self.sheet, self.standing, self.known = sheet, standing, known
        self.rows, self.keyed = [], {}

    def read(self, typed):
        values, problems, unit = values_of(self.sheet, typed, self._unit)
        key = tuple(values.get(path) for path in self.sheet.key)
        if None not in key:
            if key in self.keyed:
                problems.append(self._repeated(key, values))
            self.keyed.setdefault(key, (typed.number, values))
            problems += self._unlinked(values)
        self.rows.append((typed.number, key, values, problems, unit))

    def to_be(self):
        """Return every row as it will be once the file is loaded."""
        told = {key: self.standing.get(key, {}) | values for key, (_, values) in self.keyed.items()}
        return self.standing | told

    def outcomes(self):
        crowded = self._crowded()
        for number, key, values, problems, unit in self.rows:
            found = problems or [*self._broken(key, values), *crowded.get(key, ())]
            yield self._outcome(number, key, values, found, unit)

    def left_alone(self):
        """Return a sentence on what stands and is not in the file."""
        rest = [", ".join(map(str, key)) for key in self.standing if key not in self.keyed]
        if not rest or not self.sheet.within:
            return []
        more = f" and {len(rest) - _NAMED} more" if len(rest) > _NAMED else ""
        names = "; ".join(rest[:_NAMED])
        return [f"{self.sheet.name}: {len(rest)} not in the file and unchanged ({names}{more})."]

    def _outcome(self, number, key, values, problems, unit):
        name = name_of(self.sheet, values) or "The row"
        if problems:
            return Row(self.sheet.name, number, name, Status.WRONG, (), tuple(problems)), None
        before = self.standing.get(key)
        write = Write(self.sheet, key, values, before and before["id"])
        if before is None:
            return Row(self.sheet.name, number, name, Status.NEW, tuple(self._details(values, unit))), write
        if not (details := tuple(self._changes(before, values, unit))):
            return Row(self.sheet.name, number, name, Status.SAME), None
        return Row(self.sheet.name, number, name, Status.CHANGED, details), write

    def _details(self, values, unit):
        for path, reader in self.sheet.readers.items():
            if words := reader.words(values[path], unit):
                yield Detail(reader.heading, words)

    def _changes(self, before, values, unit):
        for path, reader in self.sheet.readers.items():
            # A foreign key that leads nowhere has no name, which is an empty cell.
            then = "" if before[path] is None and "__" in path else before[path]
            if (tidy(then) if isinstance(then, str) else then) != values[path]:
                yield Detail(reader.heading, *(reader.words(each, unit) or "empty" for each in (values[path], then)))

    def _unit(self, values):
        """Return the unit of the row's measures: that of the indicator that it names."""
        link = next(link for link in self.sheet.links if link.field == self.sheet.unit)
        indicator = self.known[link.to].get(tuple(values.get(path) for path in link.by), {})
        return indicator.get("unit", "")

    def _repeated(self, key, values):
        name = name_of(self.sheet, values)
        column = self.sheet.readers[self.sheet.key[-1]].heading
        return Problem(column, name, f"Row {self.keyed[key][0]} already has {name}. Remove one of the two rows.")

    def _unlinked(self, values):
        """Return what the row names and nobody knows."""
        for link in self.sheet.links:
            named, known = tuple(values.get(path) for path in link.by), self.known[link.to]
            if None not in named and any(named) and named not in known:
                name = ", ".join(filter(None, named))
                sentence = f"“{name}” is not in the {link.to} of this file or of the tracker."
                yield unknown(self.sheet, link, named, known, sentence)

    def _broken(self, key, values):
        """Return which check constraints of the model the row breaks, as it will be once the file is loaded."""
        before = self.standing.get(key, {})
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
