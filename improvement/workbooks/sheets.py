"""Rows as a file that a spreadsheet opens, CSV or XLSX: lines of heading, then one table. It knows no domain.

A workbook may hold several such sheets, each with its name.

No text ever becomes a formula. Numbers and dates stay numbers and dates in XLSX; CSV writes dates as 2011-12-09.
Whatever else writes a CSV file or a workbook begins from `csv_file` and `book`.
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
from django.utils import timezone

# What a spreadsheet would run: a formula may begin with any of these, wide ones too; a number alone may not.
_FORMULA = re.compile(r"[\t\r\n]|\s*[=+@＝＋－＠]|\s*-(?!\d+([.,]\d+)*%?\s*\Z)")
CELL_HOLDS = 32_767
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_FORMATS = {"text": {}, "number": {}, "day": {"num_format": "d mmm yyyy"}, "moment": {"num_format": "d mmm yyyy hh:mm"}}


@dataclass(frozen=True)
class Column:
    heading: str
    value: Callable[[Any], str | Decimal | int | date | datetime | None]
    width: int = 16


@dataclass(frozen=True)
class Sheet:
    """What a file holds: `title` and further lines of heading above the table, made on the day `on`.

    `name` is that of its table, `subject` what a workbook says of itself if that is not its title; its first columns
    stay in sight, as many as are `kept`.
    """

    title: str
    lines: Sequence[str]
    columns: Sequence[Column]
    rows: Iterable[Any]
    on: date
    name: str = ""
    subject: str = ""
    kept: int = 1


def response(sheet: Sheet, name: str, kind: str) -> HttpResponse:
    """Return the download `name`.`kind` of the sheet; `kind` is one of FORMATS."""
    content_type, write = FORMATS[kind]
    made = HttpResponse(write(sheet), content_type=content_type)
    made["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return made


def _csv(sheet):
    rows = ([as_text(column.value(row)) for column in sheet.columns] for row in sheet.rows)
    heading = ([line] for line in (sheet.title, *sheet.lines))
    return csv_file([*heading, [], [column.heading for column in sheet.columns], *rows])


def csv_file(lines: Iterable[Sequence[str]]) -> bytes:
    """Return UTF-8 with the mark that Excel knows it by."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([harmless(cell) for cell in line] for line in lines)
    return text.getvalue().encode("utf-8-sig")


def as_text(value: str | Decimal | int | date | datetime | None) -> str:
    """Return what stands in a cell as a CSV file writes it."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        # Without the noughts that its column adds: 80.5, not 80.500.
        return f"{value:f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    return value.isoformat() if isinstance(value, date) else str(value)


def harmless(text):
    """Return `text` so that a spreadsheet takes it for a text, or for a number, and never for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def fitting(text):
    """Return `text` if a cell of a workbook can hold it, else its beginning and a word that says so."""
    return text if len(text) <= CELL_HOLDS else text[:32_700] + " … (cut: the full text is in the CSV file)"


def workbook(sheets: Mapping[str, Sheet]) -> bytes:
    """Return a workbook of the named sheets; its title is that of the first."""

    def fill(file):
        for name, sheet in sheets.items():
            page = file.add_worksheet(name)
            for place, line in enumerate((sheet.title, *sheet.lines)):
                page.write_string(place, 0, fitting(line), file.add_format({"bold": place == 0}))
            _table(page, sheet, formats(file, valign="top", text_wrap=True, align="left"))

    first = next(iter(sheets.values()))
    return book(first.subject or first.title, first.on, fill)


def _xlsx(sheet):
    return workbook({sheet.name or "Sheet1": sheet})


def book(title: str, on: date, fill: Callable[[Any], None]) -> bytes:
    """Return the workbook that `fill` makes of an empty one, whose bytes depend on nothing but what it writes."""
    import xlsxwriter  # loaded when it is used

    content = io.BytesIO()
    file = xlsxwriter.Workbook(content, _OPTIONS)
    file.set_properties({"title": title, "created": datetime.combine(on, time())})
    fill(file)
    file.close()
    return content.getvalue()


def formats(file, **looks):
    """Return how `write` writes each kind of value."""
    return {kind: file.add_format(looks | more) for kind, more in _FORMATS.items()}


def write(page, line, place, value, formats):
    """Write a value into a cell, as one of its own kind."""
    if isinstance(value, datetime):
        page.write_datetime(line, place, timezone.localtime(value).replace(tzinfo=None), formats["moment"])
    elif isinstance(value, date):
        page.write_datetime(line, place, value, formats["day"])
    elif isinstance(value, Decimal | int):
        page.write_number(line, place, value, formats["number"])
    else:
        page.write_string(line, place, fitting(value or ""), formats["text"])


def _table(page, sheet, looks):
    top, rows = len(sheet.lines) + 2, list(sheet.rows)
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
    options = {"columns": [{"header": column.heading} for column in sheet.columns]}
    # A table without a row cannot be; it then has an empty one.
    last = (top + max(len(rows), 1), len(sheet.columns) - 1)
    page.add_table(top, 0, *last, options | ({"name": sheet.name} if sheet.name else {}))
    page.freeze_panes(top + 1, sheet.kept)
    for line, row in enumerate(rows, top + 1):
        for place, column in enumerate(sheet.columns):
            write(page, line, place, column.value(row), looks)


NAMES = {"csv": "CSV file", "xlsx": "Excel workbook"}
FORMATS = {
    "csv": ("text/csv; charset=utf-8", _csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
}
