"""The hostile files of which a line of `inputs.toml` would be too long, and workbooks that are wrong in one place."""

import io
import struct
import zipfile
from functools import cache

from openpyxl.utils.datetime import MAC_EPOCH

from improvement.files.content import TYPES
from tests.boards.loading import files as plans
from tests.improvement.workbooks.books import part, repacked
from tests.notices.loading.files import BARNMOUTH, typed

SHEET = "xl/worksheets/sheet5.xml"
BOMB = b"\0" * (60 << 20)


def archive(kind, parts, compression=zipfile.ZIP_DEFLATED):
    """Return an office document of the kind, with further parts."""
    said = f'<Types><Override ContentType="{TYPES[kind]}.main+xml"/></Types>'.encode()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as made:
        for name, content in {"[Content_Types].xml": said, "xl/workbook.xml": b"<x/>"}.items():
            made.writestr(name, content)
        for name, content in parts:
            made.writestr(name, content)
    return file.getvalue()


def lying(kind):
    """Return an archive whose directory says that a part of sixty megabytes has ten bytes."""
    content = bytearray(archive(kind, [("xl/worksheets/sheet1.xml", BOMB)]))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = content.rfind(mark)
        content[at + offset : at + offset + 4] = struct.pack("<L", 10)
    return bytes(content)


def locked(kind):
    """Return an archive whose last part says that it is encrypted."""
    content = bytearray(archive(kind, [("a", b"a")]))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.rfind(mark) + offset] |= 1
    return bytes(content)


def twice(kind):
    """Return an archive that has one part two times."""
    content = archive(kind, [("xl/workbook.xmk", b"<y/>")])
    return content.replace(b"xl/workbook.xmk", b"xl/workbook.xml")


FILES = {
    "bomb": lambda kind: archive(kind, [("xl/worksheets/sheet1.xml", BOMB)]),
    "lying directory": lying,
    "many entries": lambda kind: archive(kind, [(f"xl/{number}.xml", b"") for number in range(5_000)]),
    "macros": lambda kind: archive(kind, [("xl/vbaProject.bin", b"x")]),
    "names that climb": lambda kind: archive(kind, [("../../../../tmp/hostile", b"x"), ("/etc/hostile", b"x")]),
    "a part twice": twice,
    "locked": locked,
    "cut off": lambda kind: archive(kind, [("xl/worksheets/sheet1.xml", b"x" * 5_000)])[:-30],
    "a PDF that is a zip": lambda kind: b"%PDF-1.7\n" + archive("xlsx", [("xl/vbaProject.bin", b"x")]),
    "a picture that is a zip": lambda kind: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + archive("xlsx", [("a", b"x")]),
    "over size": lambda kind: b"a,b\n" * (21 << 18),
}


@cache
def made(what, name):
    """Return the content of the file that is made so; every one is made once."""
    kind = name.rpartition(b".")[2].decode()
    return FILES[what](kind if kind in TYPES else "xlsx")


# Workbooks


class Whole:
    """The workbook of Barnmouth as it is right: its Notice, or its plan; what is spoilt of it is in one `sheet`."""

    def __init__(self, kind, sheets, sheet):
        self.kind, self.sheets, self.sheet = kind, sheets, sheet

    def typed(self, change=None):
        return typed(self.sheets, self.kind, change)

    def typed_with(self, sheets):
        return typed(sheets, self.kind)


NOTICE = Whole("notice", BARNMOUTH, "Targets")
PLAN = Whole("plan", plans.BARNMOUTH, "Recommendations")


def replaced(before, after, name=SHEET):
    """Return a maker of the workbook with something else written in one of its parts."""

    def make(whole):
        content = whole.typed()
        text = part(content, name)
        assert before in text
        return repacked(content, {name: text.replace(before, after, 1)})

    return make


def with_doctype(entities):
    return replaced(b"<worksheet", b"<!DOCTYPE x [" + entities + b"]><worksheet")


def changed(change):
    """Return a maker of the workbook that openpyxl changed, given the book and its sheet."""
    return lambda whole: whole.typed(lambda book: change(book, book[whole.sheet]))


def repacked_with(content):
    """Return a maker of the workbook with other bytes for a sheet, made of those that it has."""
    return lambda whole: repacked(whole.typed(), {SHEET: content(part(whole.typed(), SHEET))})


def _no_sheets(book, sheet):
    for each in book.worksheets:
        each.title = f"My {each.title}"


def _far_out(book, sheet):
    sheet["XFD1048576"] = "far"


def _from_1904(book, sheet):
    book.epoch = MAC_EPOCH


def _external(book, sheet):
    sheet["E2"] = "='[https://elsewhere.example/x.xlsx]A'!A1"


NESTED = b"".join(b'<!ENTITY e%d "%b">' % (n, b"&e%d;" % (n - 1) * 10 if n else b"ha") for n in range(12))
WORKBOOKS = {
    "no sheets of the template": changed(_no_sheets),
    "an empty sheet": changed(lambda book, sheet: sheet.delete_rows(1, 99)),
    "headings twice": changed(lambda book, sheet: sheet.insert_cols(1)),
    "cells far out": changed(_far_out),
    "a size that is not so": replaced(b"<dimension ref=", b'<dimension ref="A1:XFD1048576" x='),
    "merged cells": changed(lambda book, sheet: sheet.merge_cells("A2:Z900")),
    "a hidden sheet": changed(lambda book, sheet: setattr(sheet, "sheet_state", "veryHidden")),
    "a link to another workbook": changed(_external),
    "an entity from a file": with_doctype(b'<!ENTITY e SYSTEM "file:///etc/passwd">'),
    "entities within entities": with_doctype(NESTED),
    "a character that cannot be": replaced(b"<sheetData>", b'<sheetData><row r="9"><c t="str"><v>&#0;</v></c></row>'),
    "a shared text that is not there": replaced(
        b"<sheetData>", b'<sheetData><row r="1"><c t="s"><v>99999</v></c></row>'
    ),
    "a sheet that is no XML": repacked_with(lambda text: b"\0\xff no XML"),
    "a sheet in UTF-16": repacked_with(lambda text: text.decode().encode("utf-16")),
    "a style that is not there": replaced(b"<sheetData>", b'<sheetData><row r="1"><c s="99999"><v>1</v></c></row>'),
    "a relation that leads out": replaced(
        b'Target="', b'Target="../../../etc/passwd" x="', "xl/_rels/workbook.xml.rels"
    ),
    "elements within elements": replaced(b"<sheetData>", b"<a>" * 50_000 + b"<sheetData>"),
    "1904 date system": changed(_from_1904),
}
