"""Rows of one text that say where a theme or outcome begins: across the table, bold, or called “Priority 1”. Pure."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from plans.importing.cells import fields
from plans.importing.cells.fields import DONE, MIDDLE, STATED, STEP, TOP, Field
from plans.importing.lines import Line

_WORDS = (
    "theme|priority|section|area|objective|outcome|work ?stream|strand|ambition|pillar|part|aim|domain|goal"
    "|recommendation"
)
_LABELLED = re.compile(
    rf"(?:{_WORDS})s?\b(?:\s+(?:area|theme|priority|for|of|improvement|action|significant|weakness|concern))*\s*?"
    r"(?:\d{1,2}(?!\d)|(?-i:[A-Z])\b|:|\s–|\s-)",
    re.IGNORECASE,
)
_FIRST_WORD = re.compile(r"\w+")
_LONGEST = 300


_LABEL = re.compile(r"([^\W\d_][^:\n]{0,60}?)\s*:\s*(\S.*)", re.DOTALL)
_RATED = frozenset((STATED, DONE, STEP))


@dataclass(frozen=True)
class Label:
    """What a row says of those beneath it: “Priority 1 | Leadership”, “Lead: Head of Service”; `place` has the text."""

    label: str
    text: str
    place: int
    field: Field
    level: Field | None = None

    @property
    def title(self) -> str:
        """The title of a level: with its label only where that has a number or a letter."""
        text = " ".join(self.text.split())
        return f"{self.label}: {text}" if is_labelled(f"{self.label}:") and not fields.is_bare(self.label) else text


def labelled(line: Line, chosen: Mapping[int, Field]) -> Label | None:
    """Return the label and the text of a row that holds nothing else: in two cells, or in one and no level."""
    if line.repeated & set(chosen) or not 1 <= len(line.held) <= 2:
        return None
    place, last = line.held[0], line.held[-1]
    if chosen.get(place) in {Field.THEME, Field.OUTCOME, Field.RECOMMENDATION, Field.ACTION}:
        return None
    if place == last:
        at = _LABEL.fullmatch(line.at(place).text)
        label, text = at.groups() if at else ("", "")
    else:
        is_beside = last == line.wide.get(place, place) + 1
        label, text = line.at(place).text.rstrip(" :") if is_beside else "", line.at(last).text
    said = fields.said(label)
    if not fields.is_phrase(label) or said.field is Field.REFERENCE or said.level in _RATED:
        return None
    level = {TOP: Field.THEME, MIDDLE: Field.OUTCOME}.get(said.level)
    if level and place == last:
        return None
    return Label(" ".join(label.split()), text, last, said.field or Field.NOTE, level)


def is_labelled(text: str) -> bool:
    """Whether a text begins as the heading of a level does: “Priority 1: …”, “Outcome A”, “Theme: …”."""
    return bool(_LABELLED.match(text)) and len(text) < _LONGEST


class Sections:
    """Tells the rows that are headings from those beneath them; `above` are numbers of rows above repeated headings."""

    def __init__(self, chosen: Mapping[int, Field], data: Sequence[Line], above: Collection[int]) -> None:
        self._chosen, self._above = chosen, above
        self._first = min(chosen, default=0)
        usual: dict[int, list[tuple[bool, str, bool, bool]]] = {}
        for line in data:
            for place in line.held if len(line.held) > 1 else ():
                usual.setdefault(place, []).append(_look(line, place))
        self._usual = {place: max(set(looks), key=looks.count) for place, looks in usual.items()}
        self._levels: dict[str, Field] = {}
        self._last: Field | None = None
        self.has_headings = bool(above)

    @property
    def is_beneath(self) -> bool:
        """Whether nothing but headings came since the last heading."""
        return self._last is not None

    def holds(self, line: Line) -> bool:
        """Whether the row's one text stands above those beneath it."""
        if len(line.held) != 1 or line.repeated & set(self._chosen):
            return False
        (place,) = line.held
        field = self._chosen.get(place)
        if line.wide.get(place, place) > place or line.number in self._above:
            return True
        if field is Field.ACTION:
            return False
        if self._stands_out(line, place):
            return place == self._first or field is Field.RECOMMENDATION
        is_free = field not in {Field.RECOMMENDATION, Field.THEME, Field.OUTCOME}
        return is_free and place == self._first and " " in line.at(place).text

    def level(self, line: Line) -> Field:
        """Return the level of a heading: that of headings like it, or an outcome right beneath a theme."""
        (place,) = line.held
        style = self._style(line, place)
        level = self._levels.get(style)
        if self._last and (level is None or Field.OUTCOME not in self._levels.values()):
            level = Field.OUTCOME
        level = level or Field.THEME
        self._levels.setdefault(style, level)
        self._last = level
        return level

    def note(self, level: Field) -> None:
        """Note that a heading of that level was read."""
        self._last = level

    def go_on(self) -> None:
        """Note that other rows follow: the next heading is not right beneath this one."""
        self._last = None

    def _stands_out(self, line: Line, place: int) -> bool:
        """Whether the text looks otherwise than those of its column do in rows with several texts."""
        is_bold, colour, is_called, is_loud = _look(line, place)
        usual = self._usual.get(place, (False, "", False, False))
        looks_otherwise = (is_bold, colour) != usual[:2] and (is_bold or bool(colour))
        return looks_otherwise or (is_called and not usual[2]) or (is_loud and not usual[3])

    def _style(self, line: Line, place: int) -> str:
        is_bold, colour, is_called, _ = _look(line, place)
        word = _FIRST_WORD.match(line.at(place).text)
        return f"{word[0].casefold() if word and is_called else ''}/{colour}/{is_bold}"


def _look(line: Line, place: int) -> tuple[bool, str, bool, bool]:
    cell = line.at(place)
    return cell.is_bold, cell.colour, is_labelled(cell.text), cell.text.isupper() and len(cell.text) > 3
