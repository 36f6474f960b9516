"""Drawings as PNG, for Word: an SVG, or the shape of a rating. Drawn by typst, like the PDF."""

import json
from collections.abc import Sequence
from functools import cache

from improvement.documents.template import compiled

# Twice as fine as the eye sees on paper, and coarse enough for thirty of them in a file.
PPI = 216


def drawings(svgs: Sequence[str]) -> list[bytes]:
    """Return each SVG as PNG."""
    return _pages([{"svg": svg} for svg in svgs], PPI)


@cache
def rating(name: str) -> bytes:
    """Return the letter in its shape, 24 points wide; there are five of them."""
    return _pages([{"rating": name}], 300)[0]


def _pages(asked, ppi):
    if not asked:
        return []
    pages = compiled("pictures.typ", {"pictures": json.dumps(asked)}, format="png", ppi=ppi)
    return pages if isinstance(pages, list) else [pages]
