"""Rows as a file that a spreadsheet opens, CSV or XLSX: lines of heading, then one table. It knows no domain.

A workbook may hold several such sheets, each with its name.

No text ever becomes a formula. Numbers and dates stay numbers and dates in XLSX; CSV writes dates as 2011-12-09.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.http import HttpResponse

# What a spreadsheet would run: a formula may begin with any of these, wide ones too; a number alone may not.
_FORMULA = re.compile(r"[\t\r\n]|\s*[=+@＝＋－＠]|\s*-(?!\d+([.,]\d+)*%?\s*\Z)")
_CELL_HOLDS = 32_767
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True)
class Column:
    heading: str
    value: Callable[[Any], str | Decimal | int | date | None]
    width: int = 16


@dataclass(frozen=True)
class Sheet:
    """What a file holds: `title` and further lines of heading above the table, made on the day `on`."""

    title: str
    lines: Sequence[str]
    columns: Sequence[Column]
    rows: Iterable[Any]
    on: date


def response(sheet: Sheet, name: str, kind: str) -> HttpResponse:
    """Return the download `name`.`kind` of the sheet; `kind` is one of FORMATS."""
    content_type, write = FORMATS[kind]
    made = HttpResponse(write(sheet), content_type=content_type)
    made["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return made


def _csv(sheet):
    """Return UTF-8 with the mark that Excel knows it by."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([harmless(line)] for line in (sheet.title, *sheet.lines))
    writer.writerow([])
    writer.writerow([column.heading for column in sheet.columns])
    writer.writerows([harmless(_written(column.value(row))) for column in sheet.columns] for row in sheet.rows)
    return text.getvalue().encode("utf-8-sig")


def _written(value):
    if value is None:
        return ""
    if isinstance(value, Decimal):
        # Without the noughts that its column adds: 80.5, not 80.500.
        return f"{value:f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def harmless(text):
    """Return `text` so that a spreadsheet takes it for a text, or for a number, and never for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def fitting(text):
    """Return `text` if a cell of a workbook can hold it, else its beginning and a word that says so."""
    return text if len(text) <= _CELL_HOLDS else text[:32_700] + " … (cut: the CSV file has the whole)"


def workbook(sheets: Mapping[str, Sheet]) -> bytes:
    """Return a workbook of the named sheets, whose bytes depend on nothing but them; its title is that of the first."""
    import xlsxwriter  # loaded when it is used

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, _OPTIONS)
    first = next(iter(sheets.values()))
    book.set_properties({"title": first.title, "created": datetime.combine(first.on, time())})
    for name, sheet in sheets.items():
        page = book.add_worksheet(name)
        for place, line in enumerate((sheet.title, *sheet.lines)):
            page.write_string(place, 0, fitting(line), book.add_format({"bold": place == 0}))
        _table(book, page, len(sheet.lines) + 2, sheet.columns, list(sheet.rows))
    book.close()
    return file.getvalue()


def _xlsx(sheet):
    return workbook({"Sheet1": sheet})


def _table(book, page, top, columns, rows):
    text, day = (
        book.add_format({"valign": "top", "text_wrap": True, "align": "left"} | more)
        for more in ({}, {"num_format": "d mmm yyyy"})
    )
    for place, column in enumerate(columns):
        page.set_column(place, place, column.width)
    # A table without a row cannot be; it then has an empty one.
    headers = [{"header": column.heading} for column in columns]
    page.add_table(top, 0, top + max(len(rows), 1), len(columns) - 1, {"columns": headers})
    page.freeze_panes(top + 1, 1)
    for line, row in enumerate(rows, top + 1):
        for place, column in enumerate(columns):
            value = column.value(row)
            if isinstance(value, date):
                page.write_datetime(line, place, value, day)
            elif isinstance(value, Decimal | int):
                page.write_number(line, place, value, text)
            else:
                page.write_string(line, place, fitting(value or ""), text)


NAMES = {"csv": "CSV file", "xlsx": "Excel workbook"}
FORMATS = {
    "csv": ("text/csv; charset=utf-8", _csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
}
