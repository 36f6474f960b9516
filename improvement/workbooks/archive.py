"""An Excel workbook is a zip archive. What is in it is looked at before any part of it is believed."""

import io
import re
import zipfile

from improvement.workbooks.tables import Unreadable

MAX_ENTRIES = 500
MAX_UNPACKED = 50 * 1024 * 1024
# How many times its packed size a part may have; a workbook of 10,000 like rows stays under 30.
MAX_RATIO = 100
_SMALL = 1024 * 1024
_ENCRYPTED = 1
# Each is an element, or half of one, that a parser would build: in the sheets, in the texts, in any other part, and in
# one row, which a parser holds as a whole.
MAX_TAGS, MAX_TEXT_TAGS, MAX_OTHER_TAGS, MAX_ROW_TAGS = 1_500_000, 500_000, 200_000, 70_000
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_TEXTS = (".xml", ".rels")
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_TOO_LARGE = "This workbook is too large when unpacked. Save a copy with only its values, or split it."


def opened(content: bytes) -> zipfile.ZipFile:
    """Return an archive of our own making with the XML parts of the workbook. Raises Unreadable, and whatever
    `zipfile` raises of what is no archive.

    A directory may lie about the size of a part: what is copied stops at the size that was told and looked at.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        _look_at([part.filename.casefold() for part in parts])
        _weigh(parts)
        return _copied(archive, parts)


def _look_at(names):
    if any("vbaproject" in name or "/macrosheets/" in name for name in names):
        raise Unreadable("This workbook contains macros. Save it as an Excel workbook (.xlsx) without them.")
    if "xl/workbook.bin" in names:
        raise Unreadable("This is a binary workbook (.xlsb). Save it as an Excel workbook (.xlsx).")
    if "content.xml" in names:
        raise Unreadable("This is an OpenDocument file. Save it as an Excel workbook (.xlsx) or as CSV.")
    if "[content_types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise Unreadable("This is not an Excel workbook (.xlsx) or a CSV file (.csv).")


def _weigh(parts):
    """Refuse a bomb by what the directory tells, before anything is unpacked."""
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise Unreadable("This workbook is encrypted. Save it again without a password.")
    if len(parts) > MAX_ENTRIES or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Unreadable(_TOO_LARGE)
    if any(part.file_size > max(_SMALL, MAX_RATIO * part.compress_size) for part in parts):
        raise Unreadable(_TOO_LARGE)


def _copied(archive, parts):
    held, tags = io.BytesIO(), 0
    with zipfile.ZipFile(held, "w") as copy:
        for part in parts:
            if part.filename.endswith(_TEXTS):
                text = _unpacked(archive, part)
                tags += text.count(b"<")
                if tags > MAX_TAGS or _is_too_much(part.filename.casefold(), text):
                    raise Unreadable(_TOO_LARGE)
                copy.writestr(part.filename, text)
    return zipfile.ZipFile(held)


def _is_too_much(name, text):
    """Whether a part holds more elements than its like ever does."""
    if name.startswith("xl/worksheets/"):
        return max(row.count(b"<") for row in _ROW.split(text)) > MAX_ROW_TAGS
    return text.count(b"<") > (MAX_TEXT_TAGS if "sharedstrings" in name else MAX_OTHER_TAGS)


def _unpacked(archive, part):
    """Return the part, read in pieces: whoever reads it whole unpacks all there is, whatever the directory says."""
    pieces = []
    with archive.open(part) as source:
        while piece := source.read(1 << 16):
            pieces.append(piece)
    text = b"".join(pieces)
    if any(word in text for word in _DOCTYPES):
        raise Unreadable("This workbook was not written by a spreadsheet program, so it cannot be read.")
    if part.filename.casefold() == "[content_types].xml" and b"macroenabled" in text.lower():
        raise Unreadable("This workbook is of a type that can contain macros. Save it as an Excel workbook (.xlsx).")
    return text
