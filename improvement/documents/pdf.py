"""A document as PDF: tagged, with contents, bookmarks and page numbers, checked against PDF/UA-1 as it is made.

Its looks stand in document.typ. A character that no typeface here can draw (an emoji, Chinese) would fail the check:
the document is then made without it, so that a text never loses a pack. Anything else that fails stays an error.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from improvement.documents import texts
from improvement.documents.blocks import Bullets, Document, Facts, Figure, Paragraph, Rating, Table
from improvement.documents.template import NotCompiled, compiled
from improvement.texts import tables

# A header longer than this would fill the page that it is repeated on.
_REPEATED = 300
_UNDRAWN = "could not be displayed with"


def write(document: Document) -> bytes:
    """Return the PDF, the same bytes for the same document."""
    return laid_out([data(document)])


def laid_out(parts: Sequence[dict[str, Any]]) -> bytes:
    """Return the PDF of what `data` made of several documents, one after the other, numbered through and checked.

    Only what cannot be drawn is forgiven.
    """
    inputs = {"documents": json.dumps(parts, ensure_ascii=False)}
    on = date(*parts[-1]["on"])
    try:
        return compiled("document.typ", inputs, on=on, pdf_standards="ua-1")[0]
    except NotCompiled as error:
        errors = [line for line in error.diagnostic.splitlines() if line.startswith("error:")]
        if not errors or not all(_UNDRAWN in line for line in errors):
            raise
    return compiled("document.typ", inputs, on=on)[0]


def data(document: Document) -> dict[str, Any]:
    """Return the document as document.typ wants it: texts as paragraphs of lines, but what PDF itself holds plain.

    It is JSON, to be kept where the document may have to be laid out again with others.
    """
    document = texts.cleaned(document)
    on = document.on
    return {
        "title": document.title,
        "author": document.author,
        "heading": _prose(document.title),
        "caveat": _prose(document.caveat),
        "keywords": document.keywords,
        "on": (on.year, on.month, on.day),
        "first_page": document.first_page,
        "has_contents": document.has_contents,
        "lines": [_prose(line) for line in document.lines],
        "front": _blocks(document.front),
        "blocks": _blocks(document.blocks),
    }


def pages(made: bytes) -> int:
    """Return how many pages a PDF has that was made here; its metadata say so, uncompressed."""
    return int(re.findall(rb"<xmpTPg:NPages>(\d+)</xmpTPg:NPages>", made)[-1])


def _blocks(blocks):
    return [{"kind": type(block).__name__} | _block(block) for block in blocks]


def _block(block):
    match block:
        case Table():
            shares = texts.shares(block)
            longest = texts.longest_words(block)
            return {
                "caption": _prose(block.caption),
                "headers": [_prose(header) for header in block.headers],
                "rows": [[_cell(cell) for cell in row] for row in block.rows],
                "numeric": sorted(block.numeric),
                "empty": _prose(block.empty),
                "shares": shares,
                "sticky": block.keeps_with_next,
                "repeats": all(len(header) <= _REPEATED for header in block.headers),
                "is_short": texts.is_short(block.rows),
                "tight": [at for at, share in enumerate(shares) if longest[at] > share * texts.LETTERS - 2],
            }
        case Facts():
            rows = [[_prose(term), _cell(said)] for term, said in block.rows]
            return {"caption": _prose(block.caption), "rows": rows, "is_short": texts.is_short(block.rows)}
        case Bullets():
            return {"items": [_prose(item) for item in block.items]}
        case Paragraph():
            return {"text": _written(block.text), "style": block.style}
        case Figure():
            return {"svg": block.svg, "alt": block.alt, "caption": _prose(block.caption)}
        case _:
            return {name: _prose(value) if name == "text" else value for name, value in asdict(block).items()}


def _cell(cell):
    if not isinstance(cell, Rating):
        return _written(cell)
    corrected = _cell(cell.corrected) if cell.corrected else None
    return {"rating": cell.rating, "label": _prose(cell.label), "corrected": corrected}


def _prose(text):
    return texts.parts(texts.breakable(text)) if text.strip() else []


def _written(text):
    """Return the paragraphs of a text, each as its lines, and each table in it as its rows of cells."""
    if not tables.has_table(text):
        return _prose(text)
    found = []
    for piece in tables.pieces(text):
        if isinstance(piece, str):
            found += _prose(piece)
        else:
            found.append({"rows": [[texts.breakable(cell) for cell in row] for row in piece]})
    return found
