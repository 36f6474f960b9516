"""Tables in plain text: a line a row, its cells between upright strokes, or parted by tabs as Excel copies them. Pure.

    | Month | Assessments in time |
    | May   | 81%                 |

A stroke or a backslash that belongs to a cell has a backslash before it. The first row heads the columns.
"""

import re
from collections.abc import Sequence
from itertools import groupby

Rows = tuple[tuple[str, ...], ...]

WIDEST = 30  # columns; Word takes no more than 63
# A letter with the backslash before it, a stroke that parts two cells, or what is neither.
_PIECE = re.compile(r"\\[\\|]|\||[^\\|]+|\\")
# Word's own bullets are letters of its symbol typefaces, some of which reach a text as they are.
BULLETS = "•·▪▫◦‣●○■□➢✓✔\uf0b7\uf0a7\uf0d8\uf0fco§*–—-"
# What stands before a tab in a list that was copied from Word.
_MARK = re.compile(rf"[{re.escape(BULLETS)}]|\(?(?:\d{{1,3}}|[a-z]|[ivxlc]{{2,5}})[.)]", re.IGNORECASE)
# What Markdown puts beneath the heads of its columns.
_RULE = re.compile(r":?-{3,}:?")


def pieces(text: str) -> list[str | Rows]:
    """Return the tables of `text` and, as they were written, what stands before, between and after them, in order."""
    found: list[str | Rows] = []
    for is_row, run in groupby(text.splitlines(), key=lambda line: cells(line) is not None):
        lines = list(run)
        table = rows(lines, is_opening=not found) if is_row else ()
        if not table and found and isinstance(found[-1], str):
            found[-1] = "\n".join([found[-1], *lines])
        else:
            found.append(table or "\n".join(lines))
    return found


def has_table(text: str) -> bool:
    """Whether there is a table in `text`; most texts are known by their letters to have none."""
    return ("\t" in text or "|" in text) and any(not isinstance(piece, str) for piece in pieces(text))


def cells(line: str) -> tuple[str, ...] | None:
    """Return the cells of a row, two at least, or None where `line` is no row."""
    bare = line.strip()
    if bare.startswith("|"):
        between = _between(bare)
        return between if len(between) > 1 else None
    if "\t" not in line:
        return None
    tabbed = tuple(cell.strip() for cell in line.split("\t"))
    return None if _MARK.fullmatch(tabbed[0]) else tabbed


def rows(lines: Sequence[str], *, is_opening: bool = False) -> Rows:
    """Return the table that the row of each of `lines` makes, all as long as the longest; nothing where it is none.

    A table has two rows at least, no more columns than a page has room for, and something in its first column and in
    another. Where it opens a whole text, a form has stripped the empty first cell of its heads, which is given back.
    """
    found = [cells(line) or ("",) for line in lines]
    width = max(map(len, found), default=0)
    if is_opening and len(found) > 1 and "\t" in lines[0] and len(found[0]) < min(map(len, found[1:])):
        found[0] = ("",) * (width - len(found[0])) + found[0]
    is_said = any(row[0] for row in found) and any(any(row[1:]) for row in found)
    if len(found) < 2 or width > WIDEST or not is_said:
        return ()
    padded = [row + ("",) * (width - len(row)) for row in found]
    return tuple(row for place, row in enumerate(padded) if place != 1 or not all(map(_RULE.fullmatch, row)))


def _between(bare: str) -> tuple[str, ...]:
    """Return what stands between the strokes of a line that begins with one, or nothing where none ends it."""
    found = [""]
    for piece in _PIECE.findall(bare[1:]):
        if piece == "|":
            found.append("")
        else:
            found[-1] += piece[1:] if piece in {"\\\\", "\\|"} else piece
    *whole, left_over = found
    return () if left_over else tuple(cell.strip() for cell in whole)
