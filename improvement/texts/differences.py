"""Which words of a text were taken out, and which were put in. It knows no domain."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

_WORDS = re.compile(r"\s*\S+|\s+")
# Texts that share less than this are two texts: marked word by word they could not be read.
_IN_COMMON = 0.4
# Words that stay alone between two changes are marked with them.
_FEW = 1
# How often words of the one may meet the same word in the other. Prose of 10,000 characters does so 40,000 times; where
# it is made for it, each meeting is looked at a hundred times over.
_MOST = 60_000


@dataclass(frozen=True)
class Part:
    """Some words of a text as they were written, and whether the other text is without them."""

    text: str
    is_changed: bool


@dataclass(frozen=True)
class Difference:
    """The two texts in parts; joined, these are the texts."""

    before: tuple[Part, ...]
    now: tuple[Part, ...]


def compare(before: str, now: str) -> Difference | None:
    """Return where two texts differ, word by word, or None where they have too little in common to be marked.

    Spaces and line breaks do not matter; capitals do.
    """
    old, new = _WORDS.findall(before), _WORDS.findall(now)
    keys = [word.strip() for word in old], [word.strip() for word in new]
    counts = Counter(keys[0]), Counter(keys[1])
    if sum(number * counts[1][word] for word, number in counts[0].items()) > _MOST:
        return None
    matcher = SequenceMatcher(None, *keys, autojunk=False)
    if matcher.ratio() < _IN_COMMON:
        return None
    codes = list(_codes(matcher))
    return Difference(
        before=_parts((old[first:last], is_changed) for is_changed, first, last, _, _ in codes),
        now=_parts((new[first:last], is_changed) for is_changed, _, _, first, last in codes),
    )


def _codes(matcher: SequenceMatcher[str]) -> Iterator[tuple[bool, int, int, int, int]]:
    """Return whether words changed, and from where to where in either text."""
    codes = matcher.get_opcodes()
    for place, (tag, first, last, now_first, now_last) in enumerate(codes):
        is_between = 0 < place < len(codes) - 1 and last - first <= _FEW
        yield tag != "equal" or is_between, first, last, now_first, now_last


def _parts(runs: Iterable[tuple[list[str], bool]]) -> tuple[Part, ...]:
    """Return the parts of one text; the space before a change is no part of it."""
    found: list[Part] = []
    for is_changed, alike in groupby(runs, key=lambda run: run[1]):
        text = "".join("".join(words) for words, _ in alike)
        space = text[: len(text) - len(text.lstrip())] if is_changed else ""
        found += [Part(space, False), Part(text[len(space) :], is_changed)]
    return tuple(part for part in found if part.text)
