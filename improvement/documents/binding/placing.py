"""Draws papers on the pages that a document keeps for them, and attaches files. What comes here is clean."""

import io

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    NameObject,
    StreamObject,
)

# What the pages that are kept for papers leave free, in points: see document.typ.
TOP = BOTTOM = 34
# What document.typ calls the first page of a paper: after this the number of its document and its own.
_KEPT = "paper-"


def placed(content: bytes, papers: list[bytes], attached: list[tuple[str, bytes]]) -> bytes:
    """Return the PDF with each paper on the pages that begin where `document.typ` says, and the files attached."""
    reader = PdfReader(io.BytesIO(content))
    writer = PdfWriter(clone_from=reader)
    writer.pdf_header = reader.pdf_header
    for paper, first in zip(papers, _places(reader), strict=True):
        for at, drawn in enumerate(PdfReader(io.BytesIO(paper)).pages, first):
            _draw(writer, writer.pages[at], drawn)
    for name, file in attached:
        writer.add_attachment(name, file)
    for page in writer.pages:
        # typst says this only of what it checks against the standard.
        if "/StructParents" in page:
            page[NameObject("/Tabs")] = NameObject("/S")
    preferences = writer.root_object.setdefault(NameObject("/ViewerPreferences"), DictionaryObject()).get_object()
    preferences[NameObject("/DisplayDocTitle")] = BooleanObject(True)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _places(reader):
    """Return the place among all pages of each paper's first one, in the order of the papers."""
    found = {
        tuple(map(int, name.removeprefix(_KEPT).split("-"))): reader.get_destination_page_number(place)
        for name, place in reader.named_destinations.items()
        if name.startswith(_KEPT)
    }
    return [found[paper] for paper in sorted(found)]


def _draw(writer, page, drawn):
    """Draw a page of a paper beneath what stands on `page`, as large as it fits between head and foot."""
    width, height = (float(side) for side in drawn.mediabox[2:])
    across, up = (float(side) for side in page.mediabox[2:])
    scale = min(across / width, (up - TOP - BOTTOM) / height, 1)
    left, bottom = (across - width * scale) / 2, BOTTOM + (up - TOP - BOTTOM - height * scale) / 2
    drawing = drawn["/Resources"]["/XObject"].raw_get("/Paper").clone(writer)
    resources = DictionaryObject(page["/Resources"].get_object())
    drawings = DictionaryObject(resources.get("/XObject", DictionaryObject()).get_object())
    drawings[NameObject("/BoundPaper")] = drawing
    resources[NameObject("/XObject")] = drawings
    page[NameObject("/Resources")] = resources
    drawing_first = StreamObject()
    drawing_first.set_data(f"q {scale:.6f} 0 0 {scale:.6f} {left:.3f} {bottom:.3f} cm /BoundPaper Do Q\n".encode())
    there = page.raw_get("/Contents")
    rest = there.get_object() if isinstance(there.get_object(), ArrayObject) else [there]
    page[NameObject("/Contents")] = ArrayObject([writer._add_object(drawing_first), *rest])
