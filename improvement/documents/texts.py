"""Texts as a document can hold them, and how the width of a table is shared out. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

from improvement.documents.blocks import Rating, Table

# What XML cannot hold, and what turns the direction of the text around it.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ufdd0-\ufdef]")
# What stands for a text of which nothing is left, such as a title that has to be there.
_NOTHING_FIT = "?"
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_LONG = re.compile(r"\S{31,}")
_BREAK = "\u200b"
# How many letters of a table's size stand side by side on a page.
LETTERS = 95


def cleaned(value: Any) -> Any:
    """Return the document, or a part of it, with texts free of what no document can hold."""
    if isinstance(value, str):
        text = _BREAKS.sub("\n", value).encode("utf-8", "replace").decode()
        fit = _UNFIT.sub("", text)
        return fit if fit.strip() or not text.strip() else _NOTHING_FIT
    if value is None or isinstance(value, date | int | float | frozenset):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: cleaned(getattr(value, field.name)) for field in fields(value)})
    return tuple(cleaned(part) for part in value)


def parts(text: str) -> list[list[str]]:
    """Return the paragraphs of a text, each as its lines."""
    return [part.split("\n") for part in re.split(r"\n\s*\n", text.strip())]


def breakable(text: str) -> str:
    """Return `text` with places where a line may end inside of what is longer than any word."""
    return _LONG.sub(lambda long: _BREAK.join(long.group()[at : at + 8] for at in range(0, len(long.group()), 8)), text)


def is_short(rows: Sequence[Sequence[str | Rating]]) -> bool:
    """Tell whether a table is so short that it is not to be parted by the end of a page."""
    return len(rows) <= 8 and all(len(text(cell)) <= 120 for row in rows for cell in row)


def shares(table: Table, letters: float = LETTERS) -> list[float]:
    """Return the columns' shares of the table's width, together 1: as given, or by what the texts need.

    The table is as wide as so many `letters`. A column is never narrower than the longest word of its header and
    ratings, as far as the others can spare it.
    """
    widths = list(table.widths) or [max(_needs(column)) for column in _columns(table)]
    given = [width / sum(widths) for width in widths]
    least = [_least(column) / letters for column in zip(table.headers, *table.rows, strict=True)]
    lack = sum(max(0.0, low - share) for share, low in zip(given, least, strict=True))
    spare = sum(max(0.0, share - low) for share, low in zip(given, least, strict=True))
    if lack > spare:
        return given
    kept = 1 - lack / spare if spare else 1.0
    return [low + max(0.0, share - low) * kept for share, low in zip(given, least, strict=True)]


def longest_words(table: Table) -> list[int]:
    """Return the length of each column's longest word."""
    return [max(len(word) for cell in column for word in (cell.split() or [""])) for column in _columns(table)]


def _least(column: tuple[str | Rating, ...]) -> float:
    """Return how many letters its header (the first) and its ratings need; a shape is as wide as four letters."""
    kept = [column[0], *{cell for cell in column if isinstance(cell, Rating)}]
    words = [(word, 0 if isinstance(cell, str) else 4) for cell in kept for word in text(cell).split()]
    return 2.3 + max((min(len(word), 16) + more for word, more in words), default=1)


def _needs(column: list[str]) -> Iterator[float]:
    yield from (max(4.0, min(len(cell), 90) ** 0.75) for cell in column)
    yield from (1.0 + len(word) * 0.75 for cell in column for word in cell.split() if len(word) < 20)


def _columns(table: Table) -> list[list[str]]:
    return [[text(cell) for cell in column] for column in zip(table.headers, *table.rows, strict=True)]


def text(cell: str | Rating) -> str:
    if not isinstance(cell, Rating):
        return cell
    return f"{cell.label}\ncorrected to\n{cell.corrected.label}" if cell.corrected else cell.label
