"""The rows of a plan as recommendations under their themes and outcomes, each knowing the cells it came from. Pure.

A theme or outcome goes on until another begins: its cell may be merged, repeated, empty beneath the first row, only its
number, or stand in a row of its own across the table. A row without an action of its own goes on with the one above.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from plans.importing import blocks
from plans.importing.cells import traffic_lights
from plans.importing.cells.fields import KEPT_AS_THEMSELVES, Field
from plans.importing.headings import Column, Shape
from plans.importing.lines import Line
from plans.importing.records import Entry, Plan, Record, Remark, Step, Titles
from plans.importing.sections import Label, Sections, is_labelled, labelled

_AS_ABOVE = re.compile(
    r"(?:the )?(?:same )?as (?:per )?above\.?|same as above\.?|ditto\.?|see above\.?|-do-|[\"“”″〃]|''|\" ?\"",
    re.IGNORECASE,
)


def read(shape: Shape, lines: list[Line], chosen: dict[int, Field], *, with_hidden: bool = False) -> Plan:
    """Return the recommendations of the rows beneath the headings."""
    return _Reader(shape, chosen).read(lines, with_hidden)


def has_sections(shape: Shape, lines: list[Line], chosen: dict[int, Field]) -> bool:
    """Whether rows across the table say where a theme begins."""
    reader = _Reader(shape, chosen)
    data = reader.rows_of([line for line in lines if line.number > shape.bottom])
    return any(reader.sections.holds(line) for line in data[:-1])


def remark(line: Line, sentence: str, is_understood: bool = False, places: Sequence[int] = ()) -> Remark:
    """Return what is said of a whole row, or of the cells at some `places` of it."""
    held = places or line.held or [0]
    first, last = line.name(held[0]), line.name(held[-1])
    cells = first if len(held) == 1 else f"{first}:{last.rpartition('!')[2]}"
    return Remark(cells, " | ".join(line.at(place).text for place in held), sentence, is_understood)


class _Reader:
    def __init__(self, shape: Shape, chosen: dict[int, Field]) -> None:
        self.shape, self.chosen, self.plan = shape, chosen, Plan()
        self.columns: dict[int, Column] = {column.place: column for column in shape.columns}
        self.place = {each: place for place, each in sorted(chosen.items(), reverse=True)}
        self.rated = self.place.get(Field.RECOMMENDATION, -1)
        self.above: dict[int, str] = {}
        self.theme = self.outcome = ""
        self.titles = Titles()
        self.under: dict[str, Titles] = {}
        self.beneath: list[tuple[Field, Entry]] = []
        self.headings: set[int] = set()
        self.left_out: list[tuple[Line, str]] = []
        self.sections = Sections(chosen, [], ())

    def read(self, lines: list[Line], with_hidden: bool) -> Plan:
        data = [line for line in lines if line.number > self.shape.bottom]
        for line in data if not with_hidden else ():
            if line.is_hidden:
                self._say_all(line, "The row is hidden. You chose not to load hidden rows.")
        data = self.rows_of([line for line in data if with_hidden or not line.is_hidden])
        self._begin_above([line for line in lines if line.number < self.shape.top])
        below = self._below(data)
        for line in data[: len(data) - below]:
            self._line(line)
        ends = [(line, blocks.BELOW) for line in data[len(data) - below :]]
        for line, sentence in sorted([*self.left_out, *ends], key=lambda each: each[0].number):
            self._say_all(line, sentence)
        return self.plan

    def rows_of(self, data: list[Line]) -> list[Line]:
        """Return the rows that belong to the plan, with the headings among them, and note all others."""
        found = blocks.split(data, {place: column.heading for place, column in self.columns.items()})
        self.headings, self.left_out = {line.number for line in found.repeated}, found.left_out
        above = {
            found.rows[place - 1].number for place, line in enumerate(found.rows) if place and self._is_heading(line)
        }
        self.sections = Sections(self.chosen, found.rows, above)
        return found.rows

    def _begin_above(self, above: list[Line]) -> None:
        """Read what stands right above the headings as a section where it is one: there may be several tables."""
        begins = self._begins(above)
        for place, line in enumerate(above):
            if place < begins:
                self._say_all(line, "This is above the headings and was not loaded.")
            elif label := self._labelled(line):
                self._label(line, label)
            else:
                self._section(line)

    def _begins(self, above: list[Line]) -> int:
        """Return from where on the rows above the headings are a section."""
        first = len(above)
        for place in range(len(above) - 1, -1, -1):
            line, next_one = above[place], above[place + 1].number if place + 1 < len(above) else self.shape.top
            label = labelled(line, self.chosen)
            if line.number != next_one - 1 or not (label or len(line.held) == 1):
                break
            is_titled = label.level if label else is_labelled(line.at(line.held[0]).text)
            if is_titled or (place == len(above) - 1 and self.sections.has_headings and not label):
                first = place
        return first

    def _below(self, data: list[Line]) -> int:
        """Return how many rows at the end are no part of the table: after an empty row, or headings of nothing."""
        count = 0
        for line in reversed(data):
            if len(line.held) != 1:
                break
            count += 1
        ends = data[len(data) - count :]
        for place, line in enumerate(ends):
            before = data[len(data) - count + place - 1] if len(data) > count - place else None
            is_apart = before is not None and line.number > before.number + 1
            if is_apart and not line.repeated:
                return count - place
        loose = 0
        for line in reversed(ends):
            if not self._is_loose(line):
                break
            loose += 1
        return loose

    def _is_loose(self, line: Line) -> bool:
        """Whether a row is the heading of nothing and is not called a level."""
        return self.is_section(line) and not is_labelled(line.at(line.held[0]).text)

    def _line(self, line: Line) -> None:
        if self._is_heading(line):
            self._say_all(line, "The headings are repeated here.", is_understood=True)
        elif self._is_total(line):
            self._say_all(line, "This row of totals was not loaded.")
        elif label := self._labelled(line):
            self._label(line, label)
        elif self.is_section(line):
            self._section(line)
        else:
            self._row(line)
            self.sections.go_on()

    def _is_total(self, line: Line) -> bool:
        """Whether the row counts what is above it, and holds no action."""
        texts = [line.at(place).text for place in line.held]
        return len(texts) > 1 and bool(_TOTAL.match(texts[0])) and self.rated not in line.held

    def is_section(self, line: Line) -> bool:
        """Whether the row is the heading of those beneath it, and not the theme of its own column."""
        return self.sections.holds(line) and self.chosen.get(line.held[0]) is not Field.THEME

    def _is_heading(self, line: Line) -> bool:
        """Whether the row repeats the headings."""
        return line.number in self.headings

    # Sections

    def _section(self, line: Line) -> None:
        (place,) = line.held
        text, level = line.at(place).text, self.sections.level(line)
        self._head(level, " ".join(text.split()), line, place, text)

    def _head(self, level: Field, title: str, line: Line, place: int, text: str) -> None:
        if level in self.place:
            entry = Entry(line.name(place), "Section", text, Field.NOTE, line.number, place)
            self.beneath = [(Field.THEME, entry)]
            self._say_all(line, "A row across the table. It was kept in the note of each row beneath it.")
        elif level is Field.THEME:
            self._begin_theme(title)
            self._say_all(line, "Read as the heading of a theme.", True)
        else:
            self._begin_outcome(title)
            self._say_all(line, "Read as the heading of an outcome.", True)

    def _labelled(self, line: Line) -> Label | None:
        """Return what the row says of those beneath it, by a label; of a heading, anything, of all else its level."""
        label = labelled(line, self.chosen)
        return label if label and (label.level or self.sections.is_beneath) else None

    def _label(self, line: Line, label: Label) -> None:
        if label.level:
            self.sections.note(label.level)
            self._head(label.level, label.title, line, label.place, f"{label.label}: {label.text}")
            return
        entry = Entry(line.name(label.place), label.label, label.text, label.field, line.number, label.place)
        self.beneath.append((Field.OUTCOME if self.outcome else Field.THEME, entry))
        sentence = f"Read as “{label.label}” of each row beneath it."
        self._say_all(line, sentence, True)

    # Rows

    def _row(self, line: Line) -> None:
        if struck := [place for place in line.held if line.at(place).is_struck]:
            said = remark(line, "This is struck through. It was loaded all the same.", places=struck)
            self.plan.remarks.append(said)
        entries = [entry for place in self.chosen if (entry := self._entry(line, place))]
        for place in [place for place in line.held if place not in self.chosen]:
            entries.append(self._plain_entry(line, place, Field.NOTE))
        self._levels(entries)
        own = [each for each in entries if each.field not in {Field.THEME, Field.OUTCOME}]
        wording = next((each for each in own if each.field is Field.RECOMMENDATION), None)
        current = self.plan.records[-1] if self.plan.records else None
        if current and (current.theme, current.outcome) != (self.theme, self.outcome):
            current = None
        if wording and not (current and self._goes_on(wording, current)):
            self._begin(line, wording, own)
        elif not any(each.text and not each.is_repeated for each in own):
            return
        elif current:
            self._go_on(current, own)
        else:
            best = max((each for each in own if not each.is_repeated), key=lambda each: len(each.text))
            self._say(
                best.cell,
                best.text,
                f"The row has no text in column “{self._name(self.rated)}”. This was used instead.",
            )
            self._begin(line, replace(best, field=Field.RECOMMENDATION), own)

    def _goes_on(self, wording: Entry, current: Record) -> bool:
        """Whether the row's recommendation is the one above: its cell is merged, or it is repeated for each step."""
        if wording.is_repeated:
            return True
        return Field.ACTION in self.place and wording.text == current.wording.text

    def _begin(self, line: Line, wording: Entry, own: list[Entry]) -> None:
        self._begin_outcome(self.outcome)
        record = Record(line.where, self.theme, self.outcome, wording)
        self.plan.records.append(record)
        self._add(record, [each for each in own if each is not wording])
        for _, entry in self.beneath:
            if entry.field in KEPT_AS_THEMSELVES and not record.of(entry.field):
                record.add(entry)
            else:
                record.extras.append(entry)

    def _go_on(self, record: Record, own: list[Entry]) -> None:
        with_step = any(each.field is Field.ACTION and each.text and not each.is_repeated for each in own)
        new = [each for each in own if not each.is_repeated or (with_step and _is_of_a_step(each))]
        self._add(record, [each for each in new if with_step or not record.says(each)], is_more=True)
        for each in own:
            if not each.is_repeated and not with_step and each.field is not Field.RECOMMENDATION:
                self._say(
                    each.cell, each.text, "The row has no action of its own. This was added to the row above.", True
                )

    def _add(self, record: Record, entries: list[Entry], is_more: bool = False) -> None:
        """Add what a row says: its steps with their own lead and dates, the rest to the recommendation.

        What is kept in the note is that of the step of its row, so it is added for each.
        """
        texts = [each for each in entries if each.field is Field.ACTION and each.text and not each.is_repeated]
        beside = [each for each in entries if each.field in _OF_A_STEP]
        record.steps += [Step(each, beside) for each in texts]
        for each in entries:
            if each.field is Field.ACTION:
                continue
            if each.field is Field.RECOMMENDATION and (each.text == record.wording.text or each.is_repeated):
                continue
            if texts and is_more and each.field in _OF_A_STEP:
                continue
            record.add(each, is_again=bool(texts) and is_more and each.field not in KEPT_AS_THEMSELVES)

    def _levels(self, entries: list[Entry]) -> None:
        for each in entries:
            if each.field is Field.THEME:
                title = self.titles.meant(each.text)
                if title != self.theme:
                    self._begin_theme(title)
        for each in entries:
            if each.field is Field.OUTCOME:
                self._begin_outcome(self.under.setdefault(self.theme, Titles()).meant(each.text))

    def _begin_theme(self, title: str) -> None:
        self.theme, self.outcome, self.beneath = title, "", []
        if self.titles.add(title):
            self.plan.themes.append(title)

    def _begin_outcome(self, title: str) -> None:
        if not self.theme:
            self._begin_theme("")
        if title != self.outcome:
            self.beneath = [each for each in self.beneath if each[0] is Field.THEME]
        self.outcome = title
        if self.under.setdefault(self.theme, Titles()).add(title):
            self.plan.outcomes.append((self.theme, title))

    def _entry(self, line: Line, place: int) -> Entry | None:
        cell, chosen = line.at(place), self.chosen[place]
        if chosen is Field.UNUSED:
            if cell.text and place not in line.repeated:
                self._say(line.name(place), cell.text, "You chose not to load this column.", True)
            return None
        colour = traffic_lights.word(cell.colour) if self._tells(place) else ""
        if not cell.text:
            # A colour alone is no action, no lead and no date, whatever its column holds.
            return self._plain_entry(line, place, Field.NOTE, colour=colour) if colour else None
        text = cell.text
        if _AS_ABOVE.fullmatch(text) and chosen not in {Field.RECOMMENDATION}:
            if not self.above.get(place):
                self._say(line.name(place), text, "Nothing is above it in this column.")
            else:
                text = self.above[place]
                self._say(line.name(place), cell.text, f"Read as “{_cut(text)}”.", True)
        self.above[place] = text
        if cell.formula and text == cell.formula:
            self._say(
                line.name(place),
                text,
                "This formula has no value. Open the file in your spreadsheet program and save it.",
            )
        return self._plain_entry(line, place, chosen, text, colour)

    def _plain_entry(self, line: Line, place: int, chosen: Field, text: str | None = None, colour: str = "") -> Entry:
        text = line.at(place).text if text is None else text
        name, is_repeated = line.name(place), place in line.repeated
        return Entry(name, self._name(place), text, chosen, line.number, place, colour, is_repeated)

    def _tells(self, place: int) -> bool:
        """Whether the colours of a column say something: they differ, or it holds nothing else."""
        column = self.columns.get(place)
        if column is None or not column.colours:
            return False
        return self.chosen[place] is Field.RATING or len(set(column.colours)) > 1 or not column.values

    def _name(self, place: int) -> str:
        column = self.columns.get(place)
        return column.name if column else "Other"

    def _say(self, cell: str, text: str, sentence: str, is_understood: bool = False) -> None:
        self.plan.remarks.append(Remark(cell, text, sentence, is_understood))

    def _say_all(self, line: Line, sentence: str, is_understood: bool = False) -> None:
        self.plan.remarks.append(remark(line, sentence, is_understood))


_TOTAL = re.compile(r"(?:grand )?totals?\b", re.IGNORECASE)
_OF_A_STEP = frozenset({Field.LEAD, Field.DUE, Field.COMPLETED})


def _is_of_a_step(entry: Entry) -> bool:
    return entry.field in _OF_A_STEP or entry.field not in {*KEPT_AS_THEMSELVES, Field.RECOMMENDATION}


def _cut(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57].rstrip()}…"
