"""Workbooks made for tests, by openpyxl and by hand."""

import io
import zipfile

import openpyxl


def workbook(sheets, change=None):
    """Return the bytes of a workbook of {name: rows}; `change` gets openpyxl's book before it is saved."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    if change:
        change(book)
    return saved(book)


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def repacked(content, parts=(), *, without=(), compression=zipfile.ZIP_DEFLATED):
    """Return the workbook with other or further parts of the archive, {name: bytes}."""
    parts = dict(parts)
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", compression) as new:
        for name in old.namelist():
            if name not in parts and name not in without:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            new.writestr(name, part)
    return file.getvalue()


def part(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)
