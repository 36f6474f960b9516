"""What a file holds, told by its content and not only by its name. It knows no domain and unpacks nothing.

An office document is a zip: of it the directory is read, and of its parts only the short one that says what it is.
"""

import codecs
import re
import struct
import unicodedata
import zipfile
import zlib
from pathlib import PurePath

# A document with macros is a program; so is a page, which is not among the kinds at all.
MACROS = "The file contains macros. Save it without macros and add it again."
SWOLLEN = "The file is too large when unpacked. Save it again in the program that made it."
LOCKED = "The file is locked with a password. Save it without one and add it again."

_OPEN_XML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
TYPES = {
    "csv": "text/csv",
    "docx": f"{_OPEN_XML}.wordprocessingml.document",
    "eml": "message/rfc822",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "msg": "application/vnd.ms-outlook",
    "ods": f"{_ODF}.spreadsheet",
    "odt": f"{_ODF}.text",
    "pdf": "application/pdf",
    "png": "image/png",
    "pptx": f"{_OPEN_XML}.presentationml.presentation",
    "txt": "text/plain",
    "xlsx": f"{_OPEN_XML}.spreadsheetml.sheet",
}
_BEGINNINGS = {
    "jpeg": b"\xff\xd8\xff",
    "jpg": b"\xff\xd8\xff",
    "pdf": b"%PDF-",
    "png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
}
# What an e-mail begins with, and the stream that makes a compound file one of Outlook's.
_HEADER = re.compile(rb"([!-9;-~]+):[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*")
_HEADERS_LIMIT = 1 << 16
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY = 128
_OUTLOOK = "__properties_version1.0"
_BLOCK = 1 << 20
_DIRECTORY_LIMIT = 1 << 20
_PART_LIMIT = 1 << 18
_UNPACKED_LIMIT = 200 << 20
_RATIO_LIMIT = 100
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MARKED = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_PLAIN = ("utf-8", "cp1252")
_MACRO_PARTS = re.compile(r"vbaproject|vbadata|macrosheets/|activex/|^basic/|^scripts/", re.IGNORECASE)
_MACRO_TYPES = re.compile(rb"macroenabled|vbaproject|ms-office\.activex", re.IGNORECASE)


class NotAccepted(Exception):
    """The file is not one of the kinds, or not what its name says; the text is the user's sentence."""


def require(name, stream):
    """Raise NotAccepted unless the file `name` holds what its name says, of a kind in TYPES; `stream` is rewound."""
    stream.seek(0)
    kind = extension(name)
    if kind not in TYPES:
        raise NotAccepted(f"This kind of file is not accepted. Use one of: {', '.join(sorted(TYPES))}.")
    try:
        if not _holds(kind, stream):
            raise NotAccepted(f"The file is not a real .{kind} file. Save it again as .{kind}.")
    finally:
        stream.seek(0)


def extension(name):
    return PurePath(name).suffix.lstrip(".").lower()


def shown_name(name):
    """Return the file name `name` without its folders and without what could make it read otherwise than it is."""
    kept = "".join(letter for letter in PurePath(name).name if unicodedata.category(letter) not in {"Cc", "Cf"})
    return kept[-200:]


def _holds(kind, stream):
    if beginning := _BEGINNINGS.get(kind):
        return stream.read(len(beginning)) == beginning
    if kind == "msg":
        return _is_outlook(stream)
    if kind == "eml":
        return _is_mail(stream)
    return _is_text(stream) if kind in {"csv", "txt"} else _is_office(kind, stream)


def accepted():
    """Return the kinds of file as a page lists them, and as a file input filters them."""
    return ", ".join(f".{kind}" for kind in sorted(TYPES))


def _is_mail(stream):
    """Whether it is a text that begins with the headers of an e-mail; what is attached to it is not looked at."""
    start = stream.read(_HEADERS_LIMIT).removeprefix(codecs.BOM_UTF8)
    named, at = set(), 0
    while header := _HEADER.match(start, at):
        named.add(header[1].lower())
        at = header.end()
    stream.seek(0)
    return b"from" in named and not named.isdisjoint({b"date", b"received", b"message-id"}) and _is_text(stream)


def _is_outlook(stream):
    """Whether it is a compound file that holds a message: an old Word document is a compound file too."""
    head = stream.read(512)
    if len(head) < 512 or not head.startswith(_COMPOUND):
        return False
    shift, first = struct.unpack("<H", head[30:32])[0], struct.unpack("<L", head[48:52])[0]
    if shift not in (9, 12):
        return False
    stream.seek((first + 1) << shift)
    if not _is_entry(stream.read(_ENTRY), "Root Entry", 5):
        return False
    stream.seek(512)
    while block := stream.read(_BLOCK):
        if any(_is_entry(block[at : at + _ENTRY], _OUTLOOK, 2) for at in range(0, len(block), _ENTRY)):
            return True
    return False


def _is_entry(entry, name, kind):
    """Whether these bytes are the line of a compound file's directory for the `name`, which is of this `kind`."""
    written = f"{name}\0".encode("utf-16-le")
    return entry.startswith(written) and entry[64:67] == struct.pack("<HB", len(written), kind)


def _is_text(stream):
    start = stream.read(4)
    encodings = next(((name,) for mark, name in _MARKED if start.startswith(mark)), _PLAIN)
    return any(_reads_as(encoding, stream) for encoding in encodings)


def _reads_as(encoding, stream):
    stream.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while block := stream.read(_BLOCK):
            if _NO_TEXT.search(decoder.decode(block)):
                return False
        return not _NO_TEXT.search(decoder.decode(b"", final=True))
    except UnicodeDecodeError:
        return False


def _is_office(kind, stream):
    if stream.read(4) != b"PK\x03\x04" or not _has_short_directory(stream):
        return False
    try:
        with zipfile.ZipFile(stream) as archive:
            return _is_document(kind, archive, stream.seek(0, 2))
    except (zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError, EOFError, OSError, ValueError):
        return False


def _has_short_directory(stream):
    """Whether the zip's list of its parts, which is read into memory, is as short as that of a document."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - 22 - (1 << 16)))
    tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22 or tail[max(0, at - 20) : at].startswith(b"PK\x06\x07"):
        return False
    (length,) = struct.unpack("<L", tail[at + 12 : at + 16])
    return length <= _DIRECTORY_LIMIT


def _is_document(kind, archive, size):
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise NotAccepted(LOCKED)
    if any(part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for part in parts):
        return False
    unpacked = sum(part.file_size for part in parts)
    if unpacked > min(_UNPACKED_LIMIT, _RATIO_LIMIT * size + _BLOCK):
        raise NotAccepted(SWOLLEN)
    says = _part(archive, "mimetype" if kind.startswith("od") else "[Content_Types].xml")
    if any(_MACRO_PARTS.search(part.filename) for part in parts) or _MACRO_TYPES.search(says):
        raise NotAccepted(MACROS)
    if kind.startswith("od"):
        return says.strip() == TYPES[kind].encode()
    return f"{TYPES[kind]}.main+xml".encode() in says


def _part(archive, name):
    with archive.open(name) as part:
        return part.read(_PART_LIMIT)
