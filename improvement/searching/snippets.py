"""A piece of a text around the words that were searched for, with those marked. Without the ORM or HTML."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from improvement.texts import words

_Mark = tuple[int, int]  # where a word that was searched for begins and ends

LONGEST = 200  # letters of a piece
_BEFORE = 60  # letters of it before the first word that was found
_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]+[^\W_]*)*")


class Part(NamedTuple):
    """Some letters of a text, and whether they were searched for."""

    text: str
    is_marked: bool


@dataclass(frozen=True)
class Snippet:
    """A piece of a text in parts, with an ellipsis where it does not begin or end with the text."""

    parts: tuple[Part, ...]


def snippet(text: str, phrases: Collection[tuple[str, ...]]) -> Snippet | None:
    """Return the piece of `text` around the first match of one of `phrases` (`words.phrases`), None without one."""
    marks = list(_marks(text, phrases))
    if not marks:
        return None
    first, last = marks[0]
    start = _back(text, first - _BEFORE) if first > _BEFORE else 0
    return _piece(text, marks, start, max(_end(text, start), last))


def beginning(text: str) -> Snippet:
    """Return the piece with which `text` begins."""
    return _piece(text, (), 0, _end(text, 0))


def whole(text: str, phrases: Collection[tuple[str, ...]]) -> Snippet:
    """Return all of `text`."""
    return _piece(text, list(_marks(text, phrases)), 0, len(text))


def _piece(text: str, marks: Iterable[_Mark], start: int, end: int) -> Snippet:
    parts = [*([Part("…", False)] if start else []), *_parts(text, marks, start, end)]
    return Snippet((*parts, Part("…", False)) if end < len(text) else tuple(parts))


def _end(text: str, start: int) -> int:
    return _back(text, start + LONGEST) if start + LONGEST < len(text) else len(text)


def _marks(text: str, phrases: Collection[tuple[str, ...]]) -> Iterator[_Mark]:
    """Yield where the words of `phrases` begin and end in `text`, in order."""
    found = [(each.start(), each.end(), words.phrase_of(each[0])) for each in _WORD.finditer(text)]
    # A word may be taken apart (“½” is “1”, “2”): each part stands where the whole does.
    places = [(start, end, part) for start, end, parts in found for part in parts]
    last = 0
    for at, (start, _, _) in enumerate(places):
        length = max((len(phrase) for phrase in phrases if _begins(places, at, phrase)), default=0)
        if length and start >= last:
            last = places[at + length - 1][1]
            yield start, last


def _begins(places: Sequence[tuple[int, int, str]], at: int, phrase: tuple[str, ...]) -> bool:
    """Whether `phrase` stands at the place `at`; of a long last word the beginning does."""
    there = [part for _, _, part in places[at : at + len(phrase)]]
    if len(there) < len(phrase) or there[:-1] != list(phrase[:-1]):
        return False
    return there[-1].startswith(phrase[-1]) if words.is_begun(phrase) else there[-1] == phrase[-1]


def _parts(text: str, marks: Iterable[_Mark], start: int, end: int) -> Iterator[Part]:
    """Yield the parts of `text` between `start` and `end`."""
    for first, last in marks:
        if first >= start and last <= end:
            if first > start:
                yield Part(text[start:first], False)
            yield Part(text[first:last], True)
            start = last
    if start < end:
        yield Part(text[start:end], False)


def _back(text: str, at: int) -> int:
    """Return the beginning of the word at `at`, or `at` in a text without spaces."""
    space = text.rfind(" ", max(at - 30, 0), at)
    return space + 1 if space >= 0 else at
