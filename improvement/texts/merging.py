"""Brings together what two people wrote at the same time, field by field. Pure; it knows no form and no domain.

A page remembers how each field was when it was loaded, as a short mark. What was posted is compared with the mark and
with what has been saved since: what one did not touch is the other's, and only what both changed is a question. A mark
is trusted for nothing else, as whoever posts it could have written the text over the other anyway.
"""

import hashlib
from dataclasses import dataclass, field

_LENGTH = 16


@dataclass
class Merged:
    taken: dict = field(default_factory=dict)  # what one did not touch, as the other saved it
    contested: list = field(default_factory=list)  # what both changed, and not to the same


def mark(value):
    """Return the short mark of a value, of what is shown as of what was read from it."""
    value = getattr(value, "pk", value)
    text = "" if value is None or value is False else str(value)
    return hashlib.sha256("\n".join(text.strip().splitlines()).encode(errors="replace")).hexdigest()[:_LENGTH]


def write_down(marks):
    return " ".join(f"{name}:{made}" for name, made in marks.items())


def read(text):
    """Return the marks by field; what is none is passed over, and its field then counts as changed by both."""
    return dict(word.split(":", 1) for word in text.split() if ":" in word)


def merge(mine, theirs, marks):
    """Return what becomes of `mine` beside `theirs`, both values by field, for a page loaded with `marks`."""
    merged = Merged()
    for name, value in mine.items():
        if mark(value) == mark(theirs[name]):
            continue
        if marks.get(name) == mark(value):
            merged.taken[name] = theirs[name]
        elif marks.get(name) != mark(theirs[name]):
            merged.contested.append(name)
    return merged
