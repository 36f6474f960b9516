"""Plain text as people type it: paragraphs between blank lines, lists and tables. Pure.

A line that begins with a hyphen or a bullet is an item, also one alone; numbers and letters are those of a list where
`improvement.texts.lists` says so.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from improvement.texts import lists, tables

_BULLET = re.compile(r"[-•]\s+(?=\S)")


@dataclass(frozen=True)
class Part:
    """A paragraph, which is one text, a list of several, or a table, which has `rows` and no texts.

    A line break within a text stays one. `listed` is a list that has numbers, or lists below its items.
    """

    texts: tuple[str, ...] = ()
    is_list: bool = False
    rows: tables.Rows = ()
    listed: lists.List | None = None

    @property
    def text(self) -> str:
        return "\n".join(self.texts)


def parts(text: str) -> tuple[Part, ...]:
    """Return the paragraphs, lists and tables of `text` in order.

    A line without a hyphen goes on with the text before it.
    """
    found: list[Part] = []
    waiting: list[str] = []
    for piece in [*lists.pieces(text), ()]:
        if isinstance(piece, str):
            waiting.append(piece)
        elif isinstance(piece, lists.List) and _is_flat(piece):
            waiting += [f"- {item.text}" for item in piece.items]
        else:
            _add(found, "\n".join(waiting))
            waiting = []
            if isinstance(piece, lists.List):
                found.append(Part(tuple(_texts(piece)), is_list=True, listed=piece))
            elif piece:
                found.append(Part(rows=piece))
    return tuple(found)


def _is_flat(one: lists.List) -> bool:
    return not one.numbering and not any(item.below for item in one.items)


def _texts(one: lists.List) -> Iterator[str]:
    for item in one.items:
        yield item.text
        for inner in item.below:
            yield from _texts(inner)


def _add(found: list[Part], text: str) -> None:
    """Add the paragraphs and lists of `text` to what was `found` before it; a list goes on after a blank line."""
    is_open = False
    for line in (line.strip() for line in text.splitlines()):
        if bullet := _BULLET.match(line):
            earlier = found.pop().texts if found and found[-1].is_list and not found[-1].listed else ()
            found.append(Part((*earlier, line[bullet.end() :]), is_list=True))
        elif line and is_open:
            going_on = found.pop()
            *before, last = going_on.texts
            found.append(Part((*before, f"{last}\n{line}"), going_on.is_list))
        elif line:
            found.append(Part((line,)))
        is_open = bool(line)


def opening(text: str) -> str:
    """Return the first paragraph of `text`, or the first item where it begins with bullets; empty for none.

    Reports quote it, and what they quoted is looked for when it is removed: numbers are part of a paragraph here.
    """
    found: list[Part] = []
    for piece in tables.pieces(text):
        if isinstance(piece, str):
            _add(found, piece)
    return found[0].texts[0] if found else ""
