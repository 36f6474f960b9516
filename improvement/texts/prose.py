"""Plain text as people type it: paragraphs between blank lines, and lists of lines that begin with a hyphen. Pure."""

import re
from dataclasses import dataclass

_BULLET = re.compile(r"[-•]\s+(?=\S)")


@dataclass(frozen=True)
class Part:
    """A paragraph, which is one text, or a list of several; a line break within a text stays one."""

    texts: tuple[str, ...]
    is_list: bool = False

    @property
    def text(self) -> str:
        return "\n".join(self.texts)


def parts(text: str) -> tuple[Part, ...]:
    """Return the paragraphs and lists of `text` in order; a line without a hyphen goes on with the text before it."""
    found: list[Part] = []
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
    return tuple(found)


def opening(text: str) -> str:
    """Return the first paragraph of `text`, or the first item where it begins with a list; empty for none."""
    found = parts(text)
    return found[0].texts[0] if found else ""
