"""Drawings as PNG, for Word: an SVG, or the shape of a rating. Drawn by typst, like the PDF."""

import json
from collections.abc import Sequence
from functools import cache, lru_cache

from improvement.documents.template import compiled

# Twice as fine as the eye sees on paper, and coarse enough for thirty of them in a file.
PPI = 216
_RATINGS = ("red", "amber", "green", "complete", "none")


def drawings(svgs: Sequence[str]) -> list[bytes]:
    """Return each SVG as PNG."""
    return [*_drawn(tuple(svgs))]


@lru_cache(maxsize=1)
def _drawn(svgs):
    """The packs of a meeting, of one audience after the other, have the same charts."""
    return _pages([{"svg": svg} for svg in svgs], PPI)


def rating(name: str) -> bytes:
    """Return the letter in its shape, 24 points wide."""
    return _shapes().get(name) or _shapes()["none"]


@cache
def _shapes():
    return dict(zip(_RATINGS, _pages([{"rating": name} for name in _RATINGS], 300), strict=True))


def _pages(asked, ppi):
    if not asked:
        return []
    return compiled("pictures.typ", {"pictures": json.dumps(asked)}, format="png", ppi=ppi)
