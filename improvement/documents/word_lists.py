"""The numbers and bullets of lists in a Word file, which it keeps apart from the paragraphs that bear them."""

from typing import Any

from docx.oxml.ns import qn

from improvement.documents.ooxml import element

_FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_BULLETS = "•–"
# How far an item stands in at each level, and its text from its mark, in twentieths of a point.
_STEP, _HANGS = 360, 360


def number(file: Any) -> None:
    """Give each list that `ooxml.listed` wrote a numbering of its own, so that it begins with its own number."""
    marks = [one for one in file.element.body.iter(qn("w:numId")) if not one.get(qn("w:val")).isdigit()]
    if not marks:
        return
    kept = _Numbering(file.part.numbering_part.element)
    now: dict[int, int] = {}
    for mark in marks:
        level = int(mark.getprevious().get(qn("w:val")))
        word, *rest = mark.get(qn("w:val")).split(" ", 2)
        if word == "begin":
            now[level] = kept.begun(level, rest[1], int(rest[0]))
        mark.set(qn("w:val"), str(now[level]))


class _Numbering:
    """The part of the file that holds numberings: kinds of it (abstractNum), then each list (num) with its kind."""

    def __init__(self, root):
        self.root = root
        self.kinds: dict[tuple[int, str], int] = {}
        self.next_kind = 1 + _highest(root, "abstractNum", "abstractNumId")
        self.next_list = 1 + _highest(root, "num", "numId")

    def begun(self, level: int, numbering: str, start: int) -> int:
        """Return the number of a new list."""
        key = level, numbering
        if key not in self.kinds:
            self.kinds[key] = self.next_kind
            self.next_kind += 1
            first = self.root.find(qn("w:num"))
            at = len(self.root) if first is None else self.root.index(first)
            self.root.insert(at, _kind(self.kinds[key], level, numbering))
        override = element("lvlOverride", element("startOverride", val=start), ilvl=level)
        self.root.append(element("num", element("abstractNumId", val=self.kinds[key]), override, numId=self.next_list))
        self.next_list += 1
        return self.next_list - 1


def _kind(number, level, numbering):
    if numbering:
        way = next(letter for letter in numbering if letter in _FORMATS)
        words, shown = _FORMATS[way], numbering.replace(way, f"%{level + 1}")
    else:
        words, shown = "bullet", _BULLETS[level % len(_BULLETS)]
    indent = element("pPr", element("ind", left=_STEP * level + _HANGS, hanging=_HANGS))
    marks = element("start", val=1), element("numFmt", val=words), element("lvlText", val=shown)
    one = element("lvl", *marks, element("lvlJc", val="left"), indent, ilvl=level)
    return element("abstractNum", element("multiLevelType", val="hybridMultilevel"), one, abstractNumId=number)


def _highest(root, tag, name):
    return max((int(one.get(qn(f"w:{name}"))) for one in root.findall(qn(f"w:{tag}"))), default=0)
