"""A CSV file as tables: one table, or several, each under a line “Sheet: ” with its name."""

import csv
import io
import re

from improvement.workbooks.tables import MAX_COLUMNS, TOO_WIDE, Book, Cell, Unreadable, table

_MARK = re.compile(r"Sheet:\s*(.+)", re.IGNORECASE)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read(content: bytes, sheets: tuple[str, ...]) -> Book:
    """Return the `sheets` of a CSV file, and under no name what comes before the first line that names one.

    Raises Unreadable.
    """
    wanted = {name.casefold(): name for name in sheets}
    lines: dict[str, list[tuple[int, tuple[Cell, ...]]]] = {}
    others = []
    # A file of one table needs no line that names it.
    present = lines.setdefault(sheets[0] if len(sheets) == 1 else "", [])
    for number, row in enumerate(_rows(_decoded(content)), 1):
        if not any(row):
            continue
        if any(row[MAX_COLUMNS:]):
            raise Unreadable(TOO_WIDE)
        mark = _MARK.fullmatch(row[0].strip()) if not any(row[1:]) else None
        if mark and (name := wanted.get(mark[1].strip().casefold())):
            present = lines.setdefault(name, [])
        elif mark:
            others.append(mark[1].strip())
            present = []
        else:
            present.append((number, tuple(Cell(text.removeprefix("'") or None) for text in row[:MAX_COLUMNS])))
    unnamed = lines if lines.get("") else {name: rows for name, rows in lines.items() if name}
    return Book({name: table(name, rows) for name, rows in unnamed.items()}, tuple(others), len(sheets) > 1)


def _decoded(content):
    """Return the text of UTF-8 or, failing that, of Windows-1252, in which Excel writes plain CSV."""
    if content.startswith(_UTF_16):
        raise Unreadable("This file is Unicode text (UTF-16). Save it as “CSV UTF-8”.")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise Unreadable("This is not a text file. Save it as “CSV UTF-8”.")


def _rows(text):
    first = next((line for line in text.splitlines() if line.strip() and not _MARK.match(line)), "")
    if "," not in first and (";" in first or "\t" in first):
        raise Unreadable("The columns in this file are not separated by commas. Save it as “CSV UTF-8 (comma)”.")
    try:
        yield from csv.reader(io.StringIO(text, newline=""), strict=True)
    except csv.Error as error:
        raise Unreadable(
            "A quotation mark in this file is not closed, or a cell is too long. Save it again as “CSV UTF-8”."
        ) from error
