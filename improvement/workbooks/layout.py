"""How a sheet of a workbook is laid out: hidden rows and columns, and merged cells, which openpyxl passes over."""

import io
import re
from dataclasses import dataclass, field
from typing import Any

from defusedxml.ElementTree import iterparse

from improvement.workbooks.tables import MAX_COLUMNS

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
MAX_MERGED = 10_000


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells shown as one: first and last row from 1, first and last column from nought."""

    name: str
    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Layout:
    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    merged: list[Merged] = field(default_factory=list)


def read(text: bytes) -> Layout:
    """Return which rows and columns of the sheet are hidden, and which cells are merged."""
    found = Layout()
    # Most sheets hold neither. In UTF-16, which does not begin so, the words would be written otherwise.
    if text.startswith(b"<") and b"hidden" not in text and b"mergeCell" not in text:
        return found
    for _, element in iterparse(io.BytesIO(text), events=("end",)):
        _note(found, element)
    return found


def _note(found: Layout, element: Any) -> None:
    is_hidden = element.get("hidden") in {"1", "true"}
    if element.tag == f"{_MAIN}row":
        if is_hidden:
            found.rows.add(int(element.get("r", "0")))
        element.clear()
    elif element.tag == f"{_MAIN}col" and is_hidden:
        first, last = int(element.get("min", "1")), int(element.get("max", "1"))
        found.columns.update(range(first - 1, min(last, MAX_COLUMNS)))
    elif element.tag == f"{_MAIN}mergeCell" and len(found.merged) < MAX_MERGED:
        found.merged.append(_merged(element.get("ref", "")))


def _merged(name):
    at = _RANGE.fullmatch(name)
    if not at:
        return Merged(name, 0, 0, 0, 0)
    left, top, right, bottom = at.groups()
    return Merged(name, int(top), _place(left), int(bottom or top), _place(right or left))


def _place(letters):
    place = 0
    for each in letters:
        place = place * 26 + ord(each) - ord("A") + 1
    return place - 1
