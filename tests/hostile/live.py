"""What in an answer would run: in a page, a PDF, a Word document, a workbook or a CSV file."""

import csv
import gzip
import io
import re
import unicodedata
import zipfile
from functools import lru_cache
from html.parser import HTMLParser

import openpyxl
import pypdf
from pypdf.generic import IndirectObject

_ELEMENTS = {"applet", "base", "embed", "frame", "iframe", "object", "style"}
_ADDRESSES = {"action", "background", "data", "formaction", "href", "poster", "src", "xlink:href"}
_OURS = ("/static/", "/admin/jsi18n/")
_SCHEMES = ("javascript:", "data:", "vbscript:")
_ACTIONS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData"}
_NUMBER = re.compile(r"-\d+([.,]\d+)*%?")
_FIELDS = re.compile(rb"<w:instrText[^>]*>(.*?)</w:instrText>|<w:fldSimple[^>]* w:instr=(.*?)>", re.DOTALL)
_FETCHES = re.compile(rb"\b(DDE|DDEAUTO|INCLUDE\w+|LINK|MACROBUTTON)\b")
_PARTS = re.compile(rb"<\w+:(altChunk|attachedTemplate|control|OLEObject)\b")
# What our templates write between texts, which no parser can take for anything else.
_PLAIN = re.compile(
    r"""(<[a-z][\w-]*(?:\s+[\w:-]+(?:="[^"<]*"|='[^'<]*'|=[\w-]+)?)*\s*/?>)"""
    r"""|</[a-z][\w-]*\s*>|<!--[\w\s]*-->|<!doctype html>""",
    re.IGNORECASE | re.ASCII,
)


class _Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        if _is_strange(tag, given) or any(_runs(name, value) for name, value in given.items()):
            self.found.append(self.get_starttag_text())


def _is_strange(tag, given):
    """Whether it is an element that no page of ours has."""
    if tag == "script":
        return not given.get("src", "").startswith(_OURS)
    if tag in {"link", "meta"}:
        return "http-equiv" in given or "//" in given.get("href", "")
    return tag in _ELEMENTS or "<" in tag


def _runs(name, value):
    """Whether the attribute is a script, or an address that is one; a browser passes over blanks within."""
    address = re.sub("[\x00-\x20]", "", value).lower()
    return name.startswith("on") or name == "srcdoc" or (name in _ADDRESSES and address.startswith(_SCHEMES))


def in_page(html):
    """Return the tags that would run; of a page of plain tags each is judged by itself, and but once."""
    if "<" in _PLAIN.sub("", html):
        return in_markup(html)
    return [found for tag in dict.fromkeys(_PLAIN.findall(html)) for found in _in_tag(tag)]


def in_markup(html):
    """Return the same of what may be no plain page, as a lenient parser reads it."""
    page = _Page()
    page.feed(html)
    page.close()
    return page.found


_in_tag = lru_cache(1 << 14)(in_markup)


def in_pdf(content):
    reader = pypdf.PdfReader(io.BytesIO(content))
    numbers = range(1, reader.trailer["/Size"])
    objects = [reader.get_object(IndirectObject(number, 0, reader)) for number in numbers]
    found = [one for each in objects for one in _dictionaries(each)]
    return [one for one in found if one.get("/S") in _ACTIONS or {"/JS", "/EF", "/AA"} & set(one)]


def _dictionaries(value):
    """Yield the object and whatever stands within it, but for what is an object of its own."""
    if isinstance(value, dict):
        yield value
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _dictionaries(each)


def in_word(content):
    """Return the parts with a field that fetches, or with what is no text; what stands between the tags is text."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return [name for name in parts.namelist() if "vbaProject" in name or _fetches(parts.read(name))]


def _fetches(part):
    fields = b" ".join(b" ".join(found) for found in _FIELDS.findall(part))
    return _FETCHES.search(fields) or _PARTS.search(part)


def in_workbook(content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    return [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink] + list(book._external_links)


def in_csv(content):
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return [cell for row in rows for cell in row if is_formula(cell)]


def is_formula(text):
    """Whether a spreadsheet would take the text of a cell for a formula, wide signs such as “＝” included."""
    begun = unicodedata.normalize("NFKC", text).strip()
    is_number = _NUMBER.fullmatch(begun) and text[0] == "-"
    return text[:1] in {"\t", "\r", "\n"} or (begun[:1] in {"=", "+", "-", "@"} and not is_number)


_OPEN_XML = "application/vnd.openxmlformats-officedocument"
# How a file of the kind begins, without which nothing opens it, and what reads it.
READERS = {
    "text/html": (b"", lambda content: in_page(content.decode())),
    "application/pdf": (b"%PDF-", in_pdf),
    f"{_OPEN_XML}.wordprocessingml.document": (b"PK", in_word),
    f"{_OPEN_XML}.spreadsheetml.sheet": (b"PK", in_workbook),
    "text/csv": (b"", in_csv),
}


def within(response, content):
    """Return what would run of an answer, as its reader takes it."""
    if response.headers.get("Content-Encoding") == "gzip":
        content = gzip.decompress(content)
    begins, read = READERS.get(response.headers.get("Content-Type", "").partition(";")[0], (b"", None))
    return read(content) if read and content.startswith(begins) else []
