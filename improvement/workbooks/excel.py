"""An Excel workbook as tables, by openpyxl; hidden and merged cells, which it passes over, are looked for apart."""

import re
import warnings

from improvement.workbooks import archive, layout
from improvement.workbooks.tables import (
    EMPTY,
    MAX_COLUMNS,
    MAX_FAULTS,
    TOO_WIDE,
    Book,
    Cell,
    Fault,
    Unreadable,
    letter,
    table,
)

LAST_ROW = 1_048_576
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
DAMAGED = "This workbook could not be read. Open it in your spreadsheet program and save it again as .xlsx."


def read(content: bytes, sheets: tuple[str, ...]) -> Book:
    """Return the `sheets` of a workbook. Raises Unreadable."""
    try:
        with warnings.catch_warnings(), archive.opened(content) as copy:
            # openpyxl warns of styles and extensions that nobody asks for here.
            warnings.simplefilter("ignore")
            return _book(copy, sheets)
    except Unreadable:
        raise
    except Exception as error:
        # A file that was made by hand can be wrong in more ways than zipfile and openpyxl have names for.
        raise Unreadable(DAMAGED) from error


def _book(copy, sheets):
    # Loaded when it is used: it takes 10 MB, and few ever upload a workbook.
    import openpyxl
    from openpyxl.utils.datetime import WINDOWS_EPOCH

    book = openpyxl.load_workbook(copy.fp, read_only=True, keep_links=False)
    if book.epoch != WINDOWS_EPOCH:
        raise Unreadable("This workbook uses the 1904 date system. Change that in its options, and check its dates.")
    wanted = {name.casefold(): name for name in sheets}
    tables, others = {}, []
    for sheet in book.worksheets:
        name = wanted.get(sheet.title.strip().casefold())
        if name is None or name in tables:
            others.append(sheet.title)
        else:
            tables[name] = _table(name, sheet, copy)
    book.close()
    return Book(tables, tuple(others))


def _table(name, sheet, copy):
    # The size that a sheet states of itself may be anything.
    sheet.reset_dimensions()
    laid_out = layout.read(copy.read(sheet._worksheet_path))
    faults = _merged(laid_out)
    if sheet.sheet_state != "visible":
        sentence = f"The sheet “{name}” is hidden. Show it or delete it. Hidden content is not loaded."
        faults.append(Fault(None, "", "", sentence))
    return table(name, _lines(sheet, laid_out, faults), faults)


def _lines(sheet, laid_out, faults):
    """Give each row that holds anything with its number; what of it cannot be seen is added to `faults`."""
    for number, row in enumerate(sheet.iter_rows(), 1):
        if number > LAST_ROW:
            raise Unreadable(DAMAGED)
        width = max((place for place, cell in enumerate(row, 1) if cell.value is not None), default=0)
        if width > MAX_COLUMNS:
            raise Unreadable(TOO_WIDE)
        if width:
            cells = tuple(EMPTY if cell.value is None else _cell(cell) for cell in row[:width])
            if len(faults) < MAX_FAULTS:
                faults.extend(_unseen(laid_out, number, cells))
            yield number, cells


def _cell(cell):
    value = cell.value
    if cell.data_type == "f":
        text = getattr(value, "text", None) or str(value)
        return Cell(text, fault="The cell contains a formula. Replace it with its value (Paste special, Values).")
    if cell.data_type == "e":
        return Cell(value, fault=f"The cell contains the error {value}.")
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return Cell(value, is_percent=is_number and "%" in _QUOTED.sub("", cell.number_format))


def _merged(laid_out):
    """Return a fault for each range of merged cells."""
    return [
        Fault(each.top, each.name, "", f"The cells {each.name} are merged. Unmerge them and fill in each one.")
        for each in laid_out.merged[:MAX_FAULTS]
    ]


def _unseen(laid_out, number, cells):
    """Return the fault of a row that cannot be seen, and of each of its cells that cannot."""
    if number in laid_out.rows:
        yield Fault(number, "", "", "The row is hidden. Show it or delete it. Hidden content is not loaded.")
    for place in laid_out.columns:
        if place < len(cells) and not cells[place].is_empty:
            sentence = f"Column {letter(place)} is hidden. Show it. Hidden content is not loaded."
            yield Fault(number, letter(place), str(cells[place].value)[:100], sentence)
