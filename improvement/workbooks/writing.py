"""Workbooks and CSV files that people fill in: a guide, and tables that say what each column takes.

What is written here reads back as the same. No text ever becomes a formula.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from improvement.workbooks.sheets import harmless

# Beyond the last row that a table may have, nothing is checked while typing.
_CHECKED_TO = 15_000
_CELL_HOLDS = 32_767
_LIST_HOLDS = 255
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_FORMATS = {"text": {"num_format": "@"}, "day": {"num_format": "d mmm yyyy"}, "number": {}}


class TooLong(Exception):
    """A text is longer than a cell of a workbook can hold; the text is the user's sentence."""


@dataclass(frozen=True)
class Percent:
    """A number that is written with its sign: 80.5 as 80.5%."""

    number: Decimal


@dataclass(frozen=True)
class Column:
    """`kind` is "text", "day" or "number"; `choices` are what it takes, or where in the workbook they stand."""

    heading: str
    kind: str = "text"
    hint: str = ""
    choices: Sequence[str] | str = ()
    is_required: bool = False
    width: int = 16


@dataclass(frozen=True)
class Page:
    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str | Decimal | int | date | Percent | None]]


@dataclass(frozen=True)
class Guide:
    """The first sheet, which nobody reads back: lines of text, then tables of texts under their headings."""

    title: str
    lines: Sequence[str]
    tables: Sequence[tuple[str, Sequence[str], Sequence[Sequence[str]]]]


def write_csv(pages: Sequence[Page]) -> bytes:
    """Return the tables beneath each other, each after a line with its name; a single one needs none."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for page in pages:
        if len(pages) > 1:
            writer.writerow([f"Sheet: {page.name}"])
        writer.writerow([column.heading for column in page.columns])
        writer.writerows([_told(value) for value in row] for row in page.rows)
        if len(pages) > 1:
            writer.writerow([])
    return text.getvalue().encode("utf-8-sig")


def _told(value):
    if value is None:
        return ""
    if isinstance(value, Percent):
        return f"{value.number:f}%"
    if isinstance(value, date):
        return value.isoformat()
    # The apostrophe that a reader takes off again.
    return f"'{value}" if isinstance(value, str) and value.startswith("'") else harmless(str(value))


def write_xlsx(guide: Guide, pages: Sequence[Page], on: date) -> bytes:
    """Return a workbook whose bytes depend on nothing but what is given. Raises TooLong."""
    import xlsxwriter  # loaded when it is used

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, _OPTIONS)
    book.set_properties({"title": guide.title, "created": datetime.combine(on, time())})
    formats = {
        "title": book.add_format({"bold": True, "font_size": 16}),
        "heading": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#EEF4F5"}),
        "required": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#C9DEE3"}),
        "wrapped": book.add_format({"text_wrap": True, "valign": "top"}),
        **{f"percent {n}": book.add_format({"num_format": f"{'0.' if n else '0'}{'0' * n}%"}) for n in range(4)},
    } | {name: book.add_format({"valign": "top", "text_wrap": True} | more) for name, more in _FORMATS.items()}
    _write_guide(book.add_worksheet("Read me"), guide, formats)
    for page in pages:
        _write_page(book.add_worksheet(page.name), page, formats)
    book.close()
    return file.getvalue()


def _write_guide(sheet, guide, formats):
    sheet.set_column(0, 1, 24)
    sheet.set_column(2, 2, 14)
    sheet.set_column(3, 3, 90)
    sheet.write_string(0, 0, guide.title, formats["title"])
    line = 2
    for text in guide.lines:
        sheet.merge_range(line, 0, line, 3, text, formats["wrapped"])
        sheet.set_row(line, 15 * (1 + len(text) // 150))
        line += 1
    for title, headings, rows in guide.tables:
        line += 1
        sheet.write_string(line, 0, title, formats["title"])
        for number, cells in enumerate((headings, *rows), line + 1):
            for place, text in enumerate(cells):
                sheet.write_string(number, place, text, formats["wrapped" if number > line + 1 else "heading"])
        line += len(rows) + 2
    sheet.hide_gridlines(2)


def _write_page(sheet, page, formats):
    for place, column in enumerate(page.columns):
        sheet.set_column(place, place, column.width, formats[column.kind])
        sheet.write_string(0, place, column.heading, formats["required" if column.is_required else "heading"])
        _check_while_typing(sheet, place, column)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(page.rows, 1):
        for place, value in enumerate(row):
            _write(sheet, number, place, value, formats, page.columns[place])


def _write(sheet, number, place, value, formats, column):
    if isinstance(value, Percent):
        # A cell that shows 80.5% holds 0.805.
        places = max(0, -value.number.as_tuple().exponent)
        sheet.write_number(number, place, float(value.number / 100), formats[f"percent {min(places, 3)}"])
    elif isinstance(value, date):
        sheet.write_datetime(number, place, value, formats["day"])
    elif isinstance(value, Decimal | int):
        sheet.write_number(number, place, value, formats["number"])
    elif value:
        if len(value) > _CELL_HOLDS:
            raise TooLong(f"“{column.heading}” in row {number + 1} is longer than a cell can hold. Take the CSV file.")
        sheet.write_string(number, place, value, formats["text"])


def _check_while_typing(sheet, place, column):
    """Show the hint beside the cell, and offer the choices; what is typed is checked again when it is loaded."""
    options = {"validate": "any", "input_title": column.heading[:32], "input_message": column.hint[:255]}
    if column.choices:
        source = column.choices if isinstance(column.choices, str) else list(column.choices)
        if isinstance(source, str) or len(",".join(source)) <= _LIST_HOLDS:
            options |= {"validate": "list", "source": source, "error_type": "warning"}
            options |= {"error_title": column.heading[:32], "error_message": "This is not one of the choices."}
    sheet.data_validation(1, place, _CHECKED_TO, place, options)
