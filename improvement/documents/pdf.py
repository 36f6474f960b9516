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
from improvement.documents.blocks import Beside, Bullets, Document, Facts, Figure, Listing, Paragraph, Rating, Table
from improvement.documents.template import NotCompiled, compiled
from improvement.texts import lists

# A header longer than this would fill the page that it is repeated on.
_REPEATED = 300
# Compact facts that are longer may be parted by the end of a page.
_LONG = 900
_UNDRAWN = "could not be displayed with"


def write(document: Document) -> bytes:
    """Return the PDF without its papers, the same bytes for the same document."""
    return laid_out([data(document)])


def laid_out(parts: Sequence[dict[str, Any]], *, with_papers: bool = False) -> bytes:
    """Return the PDF of what `data` made of several documents, one after the other, numbered through and checked.

    Only what cannot be drawn is forgiven. One `with_papers` has empty pages for them (`improvement.documents.binding`),
    and makes no claim of PDF/UA, since nobody checked the papers.
    """
    inputs = {"documents": json.dumps(parts, ensure_ascii=False), "has-papers": "yes" if with_papers else ""}
    on = date(*parts[-1]["on"])
    if with_papers:
        return compiled("document.typ", inputs, on=on)[0]
    try:
        return compiled("document.typ", inputs, on=on, pdf_standards="ua-1")[0]
    except NotCompiled as error:
        errors = [line for line in error.diagnostic.splitlines() if line.startswith("error:")]
        if not errors or not all(_UNDRAWN in line for line in errors):
            raise
    # Loaded when it is used. Strangers' papers are placed in a process of their own; there are none here.
    from improvement.documents.binding import placing

    return placing.placed(compiled("document.typ", inputs, on=on)[0], [], [])


def data(document: Document) -> dict[str, Any]:
    """Return the document as document.typ wants it: texts as paragraphs of lines, but what PDF itself holds plain.

    It is JSON, to be kept where the document may have to be laid out again with others.
    """
    document = texts.cleaned(document)
    on = document.on
    return {
        "title": document.title,
        "author": document.author,
        "heading": _paragraphs(document.title),
        "caveat": _paragraphs(document.caveat),
        "keywords": document.keywords,
        "on": (on.year, on.month, on.day),
        "first_page": document.first_page,
        "has_contents": document.has_contents,
        "is_dense": document.is_dense,
        "lines": [_paragraphs(line) for line in document.lines],
        "text_size": document.text_size,
        "opening": _blocks(document.opening),
        "front": _blocks(document.front),
        "blocks": _blocks(document.blocks),
        "papers": [
            {"title": _paragraphs(paper.title), "pages": paper.pages, "note": _paragraphs(paper.note)}
            for paper in document.papers
        ],
    }


def pages(made: bytes) -> int:
    """Return how many pages a PDF has that was made here; its metadata say so, uncompressed."""
    return int(re.findall(rb"<xmpTPg:NPages>(\d+)</xmpTPg:NPages>", made)[-1])


def _blocks(blocks, room=1):
    return [{"kind": type(block).__name__} | _block(block, room) for block in blocks]


def _block(block, room):
    """Return the data of a block that has `room`, as a part of the page's width."""
    match block:
        case Beside():
            parts = [each / sum(block.shares) for each in block.shares]
            set_beside = [_blocks([one], part)[0] for one, part in zip(block.blocks, parts, strict=True)]
            return {"blocks": set_beside, "shares": parts}
        case Table():
            letters = texts.LETTERS * room
            shares = texts.shares(block, letters)
            longest = texts.longest_words(block)
            return {
                "caption": _paragraphs(block.caption),
                "headers": [_paragraphs(header) for header in block.headers],
                "rows": [[_cell(cell) for cell in row] for row in block.rows],
                "numeric": sorted(block.numeric),
                "empty": _paragraphs(block.empty),
                "shares": shares,
                "sticky": block.keeps_with_next,
                "repeats": all(len(header) <= _REPEATED for header in block.headers),
                "is_short": texts.is_short(block.rows),
                "tight": [at for at, share in enumerate(shares) if longest[at] > share * letters - 2],
            }
        case Facts():
            rows = [[_paragraphs(term), _cell(said)] for term, said in block.rows]
            is_whole = sum(len(texts.text(said)) for _, said in block.rows) < _LONG
            is_short = is_whole if block.is_compact else texts.is_short(block.rows)
            return {
                "caption": _paragraphs(block.caption),
                "rows": rows,
                "is_short": is_short,
                "is_compact": block.is_compact,
            }
        case Bullets():
            return {"items": [_paragraphs(item) for item in block.items]}
        case Listing():
            return {"listed": _listed(block.listed)}
        case Paragraph():
            return {"text": _written(block.text), "style": block.style}
        case Figure():
            return {"svg": block.svg, "alt": block.alt, "caption": _paragraphs(block.caption), "share": block.share}
        case _:
            return {name: _paragraphs(value) if name == "text" else value for name, value in asdict(block).items()}


def _cell(cell):
    if not isinstance(cell, Rating):
        return _written(cell)
    corrected = _cell(cell.corrected) if cell.corrected else None
    return {"rating": cell.rating, "label": _paragraphs(cell.label), "corrected": corrected}


def _paragraphs(text):
    return texts.parts(texts.breakable(text)) if text.strip() else []


def _written(text):
    """Return the paragraphs of a text, each as its lines, and the tables (rows of cells) and the lists in it."""
    if lists.is_plain(text):
        return _paragraphs(text)
    found = []
    for piece in lists.pieces(text):
        if isinstance(piece, str):
            found += _paragraphs(piece)
        elif isinstance(piece, lists.List):
            found.append(_listed(piece))
        else:
            found.append({"rows": [[texts.breakable(cell) for cell in row] for row in piece]})
    return found


def _listed(one):
    items = [{"text": _paragraphs(item.text), "below": [_listed(inner) for inner in item.below]} for item in one.items]
    return {"numbering": one.numbering, "start": one.start, "items": items}
