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
_TYPED = str.maketrans(_SIGNS | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff"))
# With the letters that Unicode does not take apart.
_PLAIN = str.maketrans(
    {
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ı": "i",
        "ł": "l",
        "ø": "o",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        **_SIGNS,
    }
)
# What stands on or in a letter without being one: accents taken off it, soft hyphens, joiners.
_MARKS = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]+")

_ASKED = re.compile(r'"([^"]+)"|(\S+)')


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
