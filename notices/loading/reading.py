"""The rows of a file's sheets as values: each cell under the column that its heading names. No database."""

from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError

from improvement.workbooks.names import meant
from improvement.workbooks.tables import EMPTY, Book, Cell, Unreadable
from notices.loading.cells import Wrong, shown
from notices.loading.layout import Sheet
from notices.loading.rows import Problem, Row, Status

GUIDE = "Read me"
_SHOWN = 100
# From which share of its headings on a row looks like those of a sheet, and how far down one is looked for.
_LOOKS_LIKE, _LOOKED_AT = 0.6, 20


@dataclass(frozen=True)
class Typed:
    """A row as typed, by path, with what is wrong with how it is laid out."""

    number: int
    cells: dict[str, Cell]
    problems: tuple[Problem, ...]


def named(book: Book, sheets: tuple[Sheet, ...]) -> Book:
    """Return the book with a table that no line names under the name of the first sheet, if it is that.

    Raises Unreadable, which says how the file must begin.
    """
    table = book.tables.get("")
    if table is None:
        return book
    root, best = sheets[0], max(sheets, key=lambda sheet: _alike(sheet, table.headings))
    if _alike(best, table.headings) < _LOOKS_LIKE:
        raise Unreadable(f"Row {table.top} is before the first table. Begin with a line “Sheet: {root.name}”.")
    if best is root and root.name not in book.tables:
        return replace(book, tables={root.name if name == "" else name: each for name, each in book.tables.items()})
    raise Unreadable(
        f"This looks like the sheet “{best.name}” alone. Put these lines before it: “Sheet: {root.name}”, the headings "
        f"and the row of that sheet, and “Sheet: {best.name}”. Or load the whole workbook."
    )


def rows_of(book: Book, sheets: tuple[Sheet, ...]) -> tuple[dict[str, list[Typed]], list[Row]]:
    """Return the rows of each sheet, and what is wrong with whole sheets."""
    typed, wrong = {}, []
    for sheet in sheets:
        table = book.tables.get(sheet.name)
        typed[sheet.name] = []
        if table is None:
            if sheet is sheets[0] or not book.may_lack or meant(sheet.name, book.others):
                wrong.append(_of_sheet(sheet, _missing(sheet, book.others)))
        elif not table.headings:
            wrong.append(_of_sheet(sheet, "The sheet is empty. It needs its headings even if it has no rows."))
        elif row := _headings_below(sheet, table):
            sentence = f"Headings are expected in row 1. Row {row} looks like headings. Delete the rows above it."
            wrong.append(_of_sheet(sheet, sentence))
        elif found := list(_heading_problems(sheet, table)):
            wrong += [Row(sheet.name, table.top, "Headings", Status.WRONG, (), (problem,)) for problem in found]
        else:
            typed[sheet.name] = _typed(sheet, table)
        if table is not None:
            wrong += _stray_faults(sheet, table)
    return typed, wrong


def remarks(book: Book, sheets: tuple[Sheet, ...]) -> list[str]:
    """Return a sentence for each sheet that is not loaded, and for those that a CSV file lacks."""
    unknown = [name for name in book.others if name != GUIDE]
    told = [f"The sheet “{name}” is not in the template, so it is not loaded." for name in unknown]
    if book.may_lack and (lacking := [sheet.name for sheet in sheets if sheet.name not in book.tables]):
        told.append(f"Not in the file and unchanged: {', '.join(lacking)}.")
    return told


def values_of(sheet: Sheet, typed: Typed, unit_of) -> tuple[dict, list[Problem], str]:
    """Return the row's values by path, what is wrong with its cells, and the unit of its measures.

    `unit_of` gives that unit once the other values are known. A cell that is wrong has no value.
    """
    values, problems, unit = {}, list(typed.problems), ""
    others, measures = sheet.in_reading_order
    _read(others, typed, unit, values, problems)
    if measures:
        unit = unit_of(values)
        _read(measures, typed, unit, values, problems)
    return values, problems, unit


def _read(readers, typed, unit, values, problems):
    for reader in readers:
        cell = typed.cells[reader.path]
        try:
            values[reader.path] = _value(reader, cell, unit)
        except Wrong as wrong:
            problems.append(Problem(reader.heading, shown(cell)[:_SHOWN], str(wrong)))


def _value(reader, cell, unit):
    if cell.fault:
        raise Wrong(cell.fault)
    if cell.is_empty:
        if reader.is_required:
            raise Wrong("Fill in this cell.")
        return reader.empty
    value = reader.kind.read(cell, unit)
    for validate in reader.validators if isinstance(value, str) else ():
        try:
            validate(value)
        except ValidationError as error:
            raise Wrong(" ".join(error.messages)) from None
    return value


def _typed(sheet, table):
    places = {heading.casefold(): place for place, heading in enumerate(table.headings) if heading}
    columns = [(column.path, places[column.heading.casefold()]) for column in sheet.columns]
    found = {}
    for fault in table.faults:
        found.setdefault(fault.row, []).append(Problem(fault.column, fault.value, fault.sentence))
    return [
        Typed(
            number,
            {path: cells[place] if place < len(cells) else EMPTY for path, place in columns},
            tuple(found.get(number, ())),
        )
        for number, cells in table.rows
    ]


def _stray_faults(sheet, table):
    """Return what is wrong outside the rows that hold something: merged headings, a hidden sheet."""
    numbers = {number for number, _ in table.rows}
    for fault in table.faults:
        if fault.row not in numbers:
            problem = Problem(fault.column, fault.value, fault.sentence)
            yield Row(sheet.name, fault.row, "The sheet", Status.WRONG, (), (problem,))


def _missing(sheet, others):
    sentence = f"The sheet “{sheet.name}” is missing. Keep every sheet of the template, even an empty one."
    return sentence + meant(sheet.name, others).replace("Did you mean", "Is it")


def _heading_problems(sheet, table):
    wanted = {column.heading.casefold(): column.heading for column in sheet.columns}
    there = {heading.casefold() for heading in table.headings}
    missing = [heading for folded, heading in wanted.items() if folded not in there]
    unknown = [heading for heading in table.headings if heading and heading.casefold() not in wanted]
    for heading in unknown:
        hint = meant(heading, missing) or " Take the column out."
        yield Problem(heading, heading, f"This column is not in the template.{hint}")
    for heading in missing:
        yield Problem(heading, "", "This column is missing. Keep every column of the template, even an empty one.")


def _headings_below(sheet, table):
    """Return the number of the row whose cells are headings of the sheet, where the first row's are not."""
    if _alike(sheet, table.headings) >= _LOOKS_LIKE:
        return None
    rows = ((number, [shown(cell) for cell in cells]) for number, cells in table.rows[:_LOOKED_AT])
    return next((number for number, texts in rows if _alike(sheet, texts) >= _LOOKS_LIKE), None)


def _alike(sheet, headings):
    """Return which share of the sheet's headings stands among these."""
    wanted = {column.heading.casefold() for column in sheet.columns}
    return len(wanted & {" ".join(heading.split()).casefold() for heading in headings}) / len(wanted)


def _of_sheet(sheet, sentence):
    return Row(sheet.name, None, "The sheet", Status.WRONG, (), (Problem("", "", sentence),))
