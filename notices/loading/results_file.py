"""A file of results against what is recorded, and its recording through `notices.targets.results`."""

from notices.loading import comparing, layout
from notices.loading.reading import values_of
from notices.loading.rows import Comparison, Detail, Problem, Row, Status, Write
from notices.loading.sheets import RESULTS
from notices.models import Indicator, Notice, Upload
from notices.targets import results

(SHEET,) = SHEETS = RESULTS
_LINK = SHEET.links[0]
_COMPARED = [path for path in SHEET.readers if "__" not in path]


def compare(typed, *, at, is_locked=False):
    """Return what each row is: new, recorded already, or wrong. Two queries.

    The rows are not locked here: `notices.targets.results` locks the indicators when it adds to them, and weighs again.
    """
    indicators = _indicators()
    told = [_Told(row, indicators) for row in typed[SHEET.name]]
    _mark_repeated(told)
    sound = [row for row in told if not row.problems]
    for row, weighed in zip(sound, results.weigh([row.facts for row in sound], at), strict=True):
        row.weighed = weighed
    found = Comparison()
    for row in told:
        found.rows.append(row.outcome())
        if found.rows[-1].status is Status.NEW:
            found.writes.append(Write(SHEET, row.key, row.facts))
    return found


def write(comparison, *, by, at, **detail):
    """Record what is new; return how many rows."""
    return len(results.record_all(reported=[each.values for each in comparison.writes], by=by, at=at, **detail))


def install():
    """Let files of this kind be loaded; called by the app when it is ready."""
    layout.register(Upload.Kind.RESULTS, layout.File("Results", SHEETS, Notice, compare, write, _guide))


def _guide():
    """Return every indicator as a table of the guide, to be found when a value is typed."""
    rows = Indicator.objects.select_related("target__notice").order_by("target__notice", "target__position", "position")
    known = [
        (row.target.notice.slug, row.target.reference, row.reference, f"{row.name}{_subgroup(row)} ({row.unit})")
        for row in rows
    ]
    return [("Known indicators", ("Notice", "Target", "Indicator", "What is counted"), known)]


def _subgroup(indicator):
    return f", {indicator.subgroup}" if indicator.subgroup else ""


def _indicators():
    rows = Indicator.objects.select_related("target__notice")
    return {(row.target.notice.slug, row.target.reference, row.reference): row for row in rows}


def _mark_repeated(told):
    seen = {}
    for row in told:
        if None in row.key:
            continue
        if row.key in seen:
            sentence = f"Row {seen[row.key]} already has this value. Remove one of the two rows."
            row.problems.append(Problem(SHEET.readers["indicator__reference"].heading, row.name, sentence))
        seen.setdefault(row.key, row.number)


class _Told:
    """One row of the file."""

    def __init__(self, typed, indicators):
        self.number, self.weighed = typed.number, None
        self._indicators = indicators
        self.values, self.problems, self.unit = values_of(SHEET, typed, self._unit)
        self.key = tuple(self.values.get(path) for path in SHEET.key)
        self._named = tuple(self.values.get(path) for path in _LINK.by)
        self.problems += self._unlinked()

    @property
    def name(self):
        return comparing.name_of(SHEET, self.values)

    @property
    def facts(self):
        """Return the row as `notices.targets.results.record` takes it."""
        facts = {path: self.values[path] for path in _COMPARED}
        return facts | {"indicator": self._indicators[self._named]}

    def outcome(self):
        name = self.name or "The row"
        if self.problems or self.weighed.errors:
            problems = self.problems or [self._problem(*each) for each in self.weighed.errors.items()]
            return Row(SHEET.name, self.number, name, Status.WRONG, (), tuple(problems))
        if self.weighed.same is not None:
            return Row(SHEET.name, self.number, name, Status.SAME)
        details = [Detail(SHEET.readers[path].heading, words) for path in SHEET.readers if (words := self._words(path))]
        if confirmed := self.weighed.row.confirms:
            details.append(Detail("Confirms", f"the provisional {confirmed.words} of {confirmed.source}"))
        return Row(SHEET.name, self.number, name, Status.NEW, tuple(details))

    def _unit(self, values):
        indicator = self._indicators.get(tuple(values.get(path) for path in _LINK.by))
        return indicator.unit if indicator else ""

    def _unlinked(self):
        if None in self._named or self._named in self._indicators:
            return []
        sentence = f"There is no indicator {', '.join(self._named)}. Load the Notice with its indicators first."
        return [comparing.unknown(SHEET, _LINK, self._named, self._indicators, sentence)]

    def _words(self, path):
        return SHEET.readers[path].words(self.values[path], self.unit)

    def _problem(self, path, sentence):
        """Return what `notices.targets.results` refuses, and how the rival that is recorded differs."""
        if rival := self.weighed.rival:
            recorded, told = results.said(rival), results.said(self.weighed.row)
            differing = [
                f"{reader.heading} is {reader.words(getattr(rival, path), self.unit) or 'empty'} there"
                for path, reader in SHEET.readers.items()
                if path in told and recorded[path] != told[path]
            ]
            sentence += f" A result cannot be changed: {'; '.join(differing)}."
        return Problem(SHEET.readers[path].heading, self._words(path), sentence)
