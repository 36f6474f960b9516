"""Plain text as people type it: paragraphs between blank lines, lists whose lines begin with a hyphen, tables. Pure."""

import re
from dataclasses import dataclass

from improvement.texts import tables

_BULLET = re.compile(r"[-•]\s+(?=\S)")


@dataclass(frozen=True)
class Part:
    """A paragraph, which is one text, a list of several, or a table, which has `rows` and no texts.

    A line break within a text stays one.
    """

    texts: tuple[str, ...] = ()
    is_list: bool = False
    rows: tables.Rows = ()

    @property
    def text(self) -> str:
        return "\n".join(self.texts)


def parts(text: str) -> tuple[Part, ...]:
    """Return the paragraphs, lists and tables of `text` in order.

    A line without a hyphen goes on with the text before it.
    """
    found: list[Part] = []
    for piece in tables.pieces(text):
        if isinstance(piece, str):
            _add(found, piece)
        else:
            found.append(Part(rows=piece))
    return tuple(found)


def _add(found: list[Part], text: str) -> None:
    """Add the paragraphs and lists of `text` to what was `found` before it; a list goes on after a blank line."""
    is_open = False
    for line in (line.strip() for line in text.splitlines()):
        if bullet := _BULLET.match(line):
            earlier = found.pop().texts if found and found[-1].is_list else ()
            found.append(Part((*earlier, line[bullet.end() :]), is_list=True))
        elif line and is_open:
            going_on = found.pop()
            *before, last = going_on.texts
            found.append(Part((*before, f"{last}\n{line}"), going_on.is_list))
        elif line:
            found.append(Part((line,)))
        is_open = bool(line)


def opening(text: str) -> str:
    """Return the first paragraph of `text`, or the first item where it begins with a list; empty for none."""
    return next((part.texts[0] for part in parts(text) if part.texts), "")
