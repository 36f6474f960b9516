"""Several criteria or dated steps in one cell, apart: bullets, numbers, letters, lines, semicolons, dates. Pure."""

import re

from plans.importing.cells import due_dates

_BULLET = r"[•●▪◦‣∙·*–—-]|o(?=\s)"
_NUMBER = r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})\)|\d{1,2}\.(?!\d)|[a-z]\.(?=\s)"
_MARKED = re.compile(rf"\s*(?:{_BULLET}|{_NUMBER})\s*(?=\S)", re.IGNORECASE)
_INLINE = (
    re.compile(r"(?:(?<=\s)|^)\(?([a-z])\)\s+", re.IGNORECASE),
    re.compile(r"(?:(?<=\s)|^)\(?(\d{1,2})[.)]\s+(?!\d)"),
    re.compile(r"(?:(?<=\s)|^)\(?([ivx]{1,4})\)\s+", re.IGNORECASE),
)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_DOTS = re.compile(r"[•●▪◦‣∙]")
_BY = re.compile(r"\bby\b[^.;,]{0,20}$", re.IGNORECASE)


def items(text: str) -> list[str]:
    """Return the items of the list that the text is, in their order; the text alone if it is none.

    What stands before the first mark introduces the list and is no item of it.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    for parts in (
        _marked_lines(lines),
        _inline(text),
        _dotted(text),
        _plain_lines(lines),
        _semicolons(text),
        _dated(text),
    ):
        found = [_tidy(part) for part in parts]
        found = [part for part in found if re.search(r"\w", part)]
        if len(found) > 1:
            return found[1:] if found[0].endswith(":") else found
    return [text.strip()] if text.strip() else []


def lined(text: str) -> str:
    """Return the text with each of its items on a line of its own, word for word."""
    found = items(text)
    if "\n" in text.strip() or len(found) < 2:
        return text
    words, begun, lines = " ".join(text.split()), 0, []
    for item in found[1:]:
        before = words[: words.find(item, begun)]
        mark = re.search(rf"(?:(?<=\s)(?:{_BULLET}|{_NUMBER}))?\s*$", before, re.IGNORECASE)
        end = mark.start() if mark else len(before)
        lines.append(words[begun:end].strip())
        begun = end
    return "\n".join([*lines, words[begun:].strip()])


def is_list(text: str) -> bool:
    """Whether the text is more than one item."""
    return len(items(text)) > 1


def _tidy(part: str) -> str:
    return re.sub(r"[;,]?\s*(?:\band\b)?\s*$", "", " ".join(part.split())).strip()


def _marked_lines(lines: list[str]) -> list[str]:
    """Return the items of lines of which at least two begin with a mark; other lines go on with the item above."""
    if sum(bool(_MARKED.match(line)) for line in lines) < 2:
        return []
    found: list[str] = []
    for line in lines:
        if mark := _MARKED.match(line):
            found.append(line[mark.end() :])
        elif found:
            found[-1] += f" {line}"
    return found


def _inline(text: str) -> list[str]:
    """Return the items of a text with marks in their order: (a) … (b) …, or 1. … 2. …, or (i) … (ii) …"""
    for place, pattern in enumerate(_INLINE):
        expected, starts = 0, []
        for at in pattern.finditer(text):
            if at[1].casefold() == _mark(place, expected):
                starts.append(at)
                expected += 1
        if len(starts) > 1:
            ends = [*(at.start() for at in starts[1:]), len(text)]
            return [text[at.end() : end] for at, end in zip(starts, ends, strict=True)]
    return []


def _mark(place: int, number: int) -> str:
    if place == 1:
        return str(number + 1)
    if place == 2:
        return _ROMAN[number] if number < len(_ROMAN) else ""
    return chr(ord("a") + number)


def _dotted(text: str) -> list[str]:
    parts = [part.strip() for part in _DOTS.split(text)]
    return parts if len(parts) > 2 else []


def _plain_lines(lines: list[str]) -> list[str]:
    """Return the lines as items; one that begins with a small letter goes on with the line above."""
    found: list[str] = []
    for line in lines:
        if found and line[0].islower():
            found[-1] += f" {line}"
        else:
            found.append(line)
    return found


def _semicolons(text: str) -> list[str]:
    parts = text.split(";")
    return parts if len(parts) > 1 and all(len(part.split()) > 1 for part in parts if part.strip()) else []


def _dated(text: str) -> list[str]:
    """Return what is due by each of several dates: “x by 31 May 2025, y by June 2025”."""
    words = " ".join(text.split())
    dates = [each for each in due_dates.found_in(words) if each.on and _BY.search(due_dates.before(words, each.start))]
    if len(dates) < 2:
        return []
    ends = [each.end for each in dates[:-1]]
    return [
        re.sub(r"^[\s,.;]*(?:and\s+|then\s+)*", "", words[begin:end])
        for begin, end in zip([0, *ends], [*ends, len(words)], strict=True)
    ]
