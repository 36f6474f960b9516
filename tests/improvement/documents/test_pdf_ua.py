"""The checks of PDF/UA bite: a PDF from which one thing is taken is found to lack it."""

import io
from dataclasses import replace

import pypdf
import pytest
from pypdf.generic import ArrayObject, DecodedStreamObject, NameObject, TextStringObject

from improvement.documents import pdf
from improvement.documents.blocks import Table
from tests import pdf_ua


@pytest.fixture
def content(pack):
    """The document that has one of everything, with a table over several pages."""
    return pdf.write(pack)


@pytest.fixture
def short(pack):
    """The same with three rows of its table: what is missed on one page is missed on any."""
    blocks = [replace(block, rows=block.rows[:3]) if isinstance(block, Table) else block for block in pack.blocks]
    return pdf.write(replace(pack, blocks=blocks))


def spoilt(content, spoil):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(content))
    spoil(writer)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def test_what_is_made_here_has_no_fault_and_says_that_it_is_accessible(content):
    assert (pdf_ua.faults(content), pdf_ua.claims(content)) == ([], True)


def of(writer, tag):
    """Return the first element of the structure with the tag."""
    return next(one for one, _ in pdf_ua._elements(writer.root_object["/StructTreeRoot"]) if one["/S"] == tag)


def without(*keys):
    return lambda thing: [thing.pop(NameObject(key)) for key in keys]


def _of_root(key):
    return lambda writer: writer.root_object.pop(NameObject(key))


def _retag(old, new):
    return lambda writer: of(writer, old).__setitem__(NameObject("/S"), NameObject(new))


def _paint(writer):
    page = writer.pages[0]
    stream = DecodedStreamObject()
    stream.set_data(b"0 0 9 9 re f\n")
    there = page.raw_get("/Contents")
    page[NameObject("/Contents")] = ArrayObject([writer._add_object(stream), there])


def _forget_contents(writer):
    for page in writer.pages:
        for annotation in page.get("/Annots", []):
            annotation.get_object().pop(NameObject("/Contents"), None)


def _cut_row(writer):
    row = next(one for one, _ in pdf_ua._elements(writer.root_object["/StructTreeRoot"]) if one["/S"] == "/TR")
    row[NameObject("/K")] = ArrayObject(list(row["/K"])[:-1])


SPOILT = {
    "marked": (_of_root("/MarkInfo"), "It does not say that it is marked."),
    "language": (_of_root("/Lang"), "It has no language."),
    "title shown": (_of_root("/ViewerPreferences"), "It does not show its title."),
    "title": (lambda writer: writer.add_metadata({"/Title": ""}), "It has no title."),
    "structure": (_of_root("/StructTreeRoot"), "It has no structure."),
    "opening": (
        lambda writer: writer.root_object.__setitem__(NameObject("/OpenAction"), TextStringObject("x")),
        "It does something as it is opened.",
    ),
    "headings": (_retag("/H1", "/H3"), "A heading of level 3 follows one of level 0."),
    "alternative text": (lambda writer: without("/Alt")(of(writer, "/Figure")), "A figure does not say what it shows."),
    "scope": (lambda writer: without("/A")(of(writer, "/TH")), "A header cell does not say what it heads."),
    "rows": (_cut_row, "The rows of a table have different numbers of cells."),
    "a table": (_retag("/THead", "/Div"), "A row is in no table."),
    "order": (
        lambda writer: without("/Tabs")(writer.pages[0]),
        "Page 1: it is not gone through in the order of its structure.",
    ),
    "a page": (lambda writer: without("/StructParents")(writer.pages[0]), "Page 1: it is not in the structure."),
    "content": (_paint, "Page 1: something on it is neither in the structure nor decoration."),
    "links": (
        _forget_contents,
        "Page 1: a link on it is not in the structure, or does not say where it leads.",
    ),
}


@pytest.mark.parametrize("what", SPOILT)
def test_what_is_taken_away_is_missed(short, what):
    spoil, fault = SPOILT[what]
    assert fault in pdf_ua.faults(spoilt(short, spoil))


def test_a_copy_that_lost_nothing_has_no_fault(content):
    assert pdf_ua.faults(spoilt(content, lambda writer: None)) == []
