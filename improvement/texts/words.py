"""Finding words in texts as a reader does: case, accents and the style of apostrophes, quotes and dashes do not matter.

Python does it, so that every database finds the same.
"""

import re
import unicodedata
from collections.abc import Iterable

# Signs that a keyboard has in one style only.
_SIGNS = {
    **dict.fromkeys("‘’‚‛′ʹʻʼʽˈ`´＇", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
}
_JOINERS = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_TYPED = str.maketrans(_SIGNS | dict.fromkeys(_JOINERS))
# The letters that Unicode does not take apart.
_WHOLE = {"đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ł": "l", "ø": "o", "þ": "th", "æ": "ae", "œ": "oe"}
_PLAIN = str.maketrans(_WHOLE | _SIGNS)
# What a database is told to read as something else before it takes off case, accents and signs by itself: letters that
# are whole or joined to one, signs that Unicode takes for letters, and what is no letter.
LETTERS = {
    **_WHOLE,
    **{letter.upper(): plain for letter, plain in _WHOLE.items() if letter != "ı"},
    **dict.fromkeys("ßẞ", "ss"),
    **dict(zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)),
    **dict.fromkeys("ʹʻʼʽˈ", " "),
    **dict.fromkeys(_JOINERS, ""),
}
# What stands on or in a letter without being one: accents taken off it, soft hyphens, joiners.
_MARKS = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]+")

_ASKED = re.compile(r'"([^"]+)"|(\S+)')
_WORD = re.compile(r"[^\W_]+")
_SHORT = 2  # letters; a word of so few is looked for as it is, a longer one at the beginning of longer words too


def plain(text: str) -> str:
    """Return `text` as a keyboard types it: its signs in one style, one space for several or odd ones."""
    return " ".join(text.translate(_TYPED).split())


def fold(text: str) -> str:
    """Return `text` with nothing left of how it is written but its letters, figures and signs."""
    if text.isascii():
        return text.lower().replace("`", "'")
    # The signs first: taken apart, some of them become a space and an accent.
    apart = unicodedata.normalize("NFKD", text.translate(_PLAIN)).casefold()
    return _MARKS.sub("", unicodedata.normalize("NFKD", apart)).translate(_PLAIN)


def hold(asked: str, texts: Iterable[str]) -> bool:
    """Whether each word of `asked`, and what stands in quotation marks as a whole, stands somewhere in `texts`."""
    whole = fold("\n".join(texts))
    return all((phrase or word) in whole for phrase, word in _ASKED.findall(fold(asked)))


def phrases(asked: str) -> list[tuple[str, ...]]:
    """Return the words of `asked` as an index holds them, those in quotation marks together, each once."""
    found = (phrase_of(part) for pair in _ASKED.findall(fold(asked)) for part in pair)
    return list(dict.fromkeys(phrase for phrase in found if phrase))


def phrase_of(text: str) -> tuple[str, ...]:
    """Return the words of `text`, without the signs between them."""
    return tuple(_WORD.findall(fold(text)))


def is_begun(phrase: tuple[str, ...]) -> bool:
    """Whether the last word of `phrase` may be the beginning of a longer one: “safeguard” finds “safeguarding”."""
    return len(phrase[-1]) > _SHORT
