"""The references of recommendations: as printed, tidied, and made where a plan prints none. Pure."""

import re
from collections.abc import Iterable

LONGEST = 10
_ALLOWED = re.compile(r"[A-Za-z0-9][A-Za-z0-9.()-]*")
_WORDS = re.compile(r"^(?:action|recommendation|rec|ref(?:erence)?|no|number|item|step)\b[\s.:#]*", re.IGNORECASE)
_BEFORE = re.compile(
    r"(?P<reference>(?:[A-Za-z]{1,3}[\s-]?)?\d{1,3}(?:\.\d{1,3})*(?:\s?\([a-z]{1,3}\)|[a-z](?=[\s.:)]))?)[.:)]?(?:\s+[–-])?\s+(?=[^\W\d_])"
)
_ALONE = re.compile(
    r"(?:[A-Z]{1,6}[\s.-]?|(?:Rec|Action|Ref|No)\.?\s?)?\d{1,3}(?:\.\d{1,3})*(?:\s?\([a-z]{1,3}\)|\.?[a-z])?[.:)]?"
)
_LABEL = re.compile(r"^(?:\w+\s){0,3}?(?P<label>\d{1,3}|[A-Z])(?=$|[\s:)–-]|\.(?!\d))")
_TAIL = re.compile(r"(\d{1,4})(?!.*\d)")


def tidy(printed: str) -> str:
    """Return a printed reference as it can stand in an address: “1 (a)” as “1(a)”; empty where it cannot."""
    # “(a)” and “a)” alone are a.
    text = re.sub(r"^\(?([A-Za-z0-9.]+)\)$", r"\1", _WORDS.sub("", printed.strip()))
    text = re.sub(
        r"\s+",
        "",
        text.replace("–", "-")
        .replace("—", "-")
        .replace("/", "-")
        .replace("_", "-")
        .replace("[", "(")
        .replace("]", ")"),
    )
    text = text.strip(".:;,#-")
    return text if len(text) <= LONGEST and _ALLOWED.fullmatch(text) else ""


def is_one(text: str) -> bool:
    """Whether a text is a reference and nothing more: “1.1”, “R7”, “2 (a)”."""
    return bool(_ALONE.fullmatch(text.strip()))


def before(text: str) -> tuple[str, str]:
    """Return the reference with which a text begins, and the rest of it: “1.1 Review …”; none where it has none."""
    at = _BEFORE.match(text)
    return (at["reference"].strip(), text[at.end() :]) if at else ("", text)


def label(title: str) -> str:
    """Return the number or letter that a level is known by: “1” of “Priority 1: Leadership” and of “1 Leadership”."""
    at = _LABEL.match(title.strip())
    return at["label"] if at else ""


def number(title: str) -> int | None:
    """Return the number in a level's label: 2 of “1.2 Practice” and of “Priority 2: Practice”."""
    words = re.match(r"(?:\w+\s){0,3}?(\d{1,3}(?:\.\d{1,3})*)(?=$|[\s.:)–-])", title.strip())
    tail = _TAIL.search(words[1]) if words else None
    return int(tail[1]) if tail and int(tail[1]) > 0 else None


def bare(title: str, *numbers: str) -> str:
    """Return a level's title without the mere number before it, if it is one of `numbers`; else the whole title."""
    at = re.match(r"(\d{1,3}(?:\.\d{1,3})*)[.:)]?\s*[–-]?\s*(?=[^\W\d_])", title.strip())
    return title.strip()[at.end() :] if at and at[1] in numbers else title.strip()


class Taken:
    """The references that a plan has; no two differ only in their case."""

    def __init__(self, printed: Iterable[str]) -> None:
        self._taken = {each.casefold() for each in printed}
        self._counts: dict[str, int] = {}

    def free(self, wanted: str) -> bool:
        return wanted.casefold() not in self._taken

    def take(self, wanted: str) -> str:
        self._taken.add(wanted.casefold())
        return wanted

    def made(self, stem: str, apart: str = ".", begin: int = 1) -> str:
        """Return the first free one of “<stem>.1”, “<stem>.2” and so on."""
        count = self._counts.get(f"{stem}{apart}".casefold(), begin)
        while not self.free(f"{stem}{apart}{count}"):
            count += 1
        self._counts[f"{stem}{apart}".casefold()] = count + 1
        return self.take(f"{stem}{apart}{count}")
