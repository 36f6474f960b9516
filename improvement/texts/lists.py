"""Lists in plain text: a line for each item, with its mark first, as Word copies them and as people type them. Pure.

    •<tab>Two teams were trained            1. First          (a) one
    o<tab>a step of it                         - a step of it
    •<tab>A third was not                   2. Second         (b) two

A list has two marks at least, of one kind, and numbers and letters that go on one by one: "2011. The year" and one line
with a dash stay what they are, and so do lines whose dash may be a minus ("- 3 points"). A list below an item stands
further in, or has another mark while the marks around it go on after it, as Word copies it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from improvement.texts import tables
from improvement.texts.tables import BULLETS, Rows

_SPACE = "[ \\t\u00a0]"
# These may as well be a minus, the sign of a section or that of a footnote.
_DOUBTFUL = "-–—§*o·"
# The marks of Word's second and third level.
_LOWER = "o§"
_ORDERED = r"(?P<open>\(?)(?P<count>\d{1,3}|[a-z]{1,5}|[A-Z]{1,5})(?P<close>[.)])"
_LINE = re.compile(
    f"(?P<indent>{_SPACE}*)(?:(?P<bullet>[{re.escape(BULLETS)}])|{_ORDERED})(?P<gap>{_SPACE}+)(?=\\S)(?P<text>.*)"
)
_MAY_HAVE = re.compile(
    f"^{_SPACE}*(?:[{re.escape(BULLETS)}]|\\(?(?:\\d{{1,3}}|[a-zA-Z]{{1,5}})[.)]){_SPACE}", re.MULTILINE
)
_ROMAN = re.compile("(c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})")
_WORTH = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
TAB = 4  # columns
DEEPEST = 9  # lists within one another, as in Word
AHEAD = 50  # lines in which the marks around an item may go on


@dataclass(frozen=True)
class Item:
    """One item: its `text` without the mark, the lists below it, and the lines of the text that it was read from."""

    text: str
    source: str
    below: tuple["List", ...] = ()


@dataclass(frozen=True)
class List:
    """A list. `numbering` is empty for bullets, else how its first kind of item is marked: "1.", "(a)", "i)".

    It counts from `start`.
    """

    items: tuple[Item, ...]
    numbering: str = ""
    start: int = 1

    @property
    def source(self) -> str:
        """The lines that it was read from."""
        return "\n".join(line for item in self.items for line in (item.source, *(one.source for one in item.below)))

    @property
    def length(self) -> int:
        """How many items it has, with those below them."""
        return sum(1 + sum(one.length for one in item.below) for item in self.items)


Piece = str | Rows | List


def pieces(text: str) -> list[Piece]:
    """Return the tables and lists of `text` and, as they were written, what stands around them, in order."""
    found: list[Piece] = []
    for piece in tables.pieces(text):
        found += read(piece) if isinstance(piece, str) else [piece]
    return found


def is_plain(text: str) -> bool:
    """Whether there is neither a table nor a list in `text`; most texts are known by their letters to have none."""
    may_have = "\n" in text and _MAY_HAVE.search(text)
    return not (tables.has_table(text) or (may_have and any(isinstance(piece, List) for piece in pieces(text))))


def read(text: str) -> list[str | List]:
    """Return the lists of `text` and, as they were written, what stands around them: joined again they are `text`."""
    found: list[str | List] = []
    lines = text.split("\n")
    marks = [_mark(line) for line in lines]
    place = 0
    while place < len(lines):
        made, length = _read_at(lines, marks, place)
        passed = "\n".join(lines[place : place + length])
        if made is not None:
            found.append(made)
        elif found and isinstance(found[-1], str):
            found[-1] += f"\n{passed}"
        else:
            found.append(passed)
        place += length
    return found


@dataclass(frozen=True)
class _Mark:
    """The mark before an item: its indent, its kind (`shape`), and what number it may be by each way to count."""

    indent: int
    shape: str
    counts: tuple[tuple[str, int], ...]
    text: str
    may_be_minus: bool


@dataclass
class _Open:
    """A list while it is read; `counts` are the ways to count that its items leave open, with the latest number."""

    indent: int
    shape: str
    counts: tuple[tuple[str, int], ...]
    items: list["_Begun"] = field(default_factory=list)

    def goes_on_with(self, mark: _Mark) -> bool:
        return self.shape == mark.shape and (not self.shape.startswith("#") or bool(self.next_counts(mark)))

    def is_like(self, mark: _Mark) -> bool:
        """Whether the mark is of the same kind, whatever its number: "i." after "a." begins to count anew."""
        return self.shape == mark.shape and (not mark.counts or mark.counts[0][0] in {way for way, _ in self.counts})

    def next_counts(self, mark: _Mark) -> tuple[tuple[str, int], ...]:
        return tuple((way, number) for way, number in mark.counts if (way, number - 1) in self.counts)


@dataclass
class _Begun:
    text: str
    lines: list[str]
    below: list[_Open] = field(default_factory=list)


def _mark(line: str) -> _Mark | None:
    found = _LINE.fullmatch(line)
    if found is None:
        return None
    indent, text = _width(found["indent"]), found["text"].rstrip()
    if bullet := found["bullet"]:
        is_minus = bullet in _DOUBTFUL and text[:1].isdigit() and "\t" not in found["gap"]
        return _Mark(indent, bullet, (), text, is_minus)
    if found["open"] and found["close"] == ".":
        return None
    counts = _counts(found["count"])
    letters = "1" if found["count"].isdigit() else "A" if found["count"].isupper() else "a"
    shape = f"#{found['open']}{letters}{found['close']}"
    return _Mark(indent, shape, counts, text, may_be_minus=False) if counts else None


def _counts(word: str) -> tuple[tuple[str, int], ...]:
    """Return the ways to count in which `word` is a number, with that number; the likelier way first."""
    if word.isdigit():
        return (("1", int(word)),)
    low, ways = word.lower(), "aA"[word.isupper()] + "iI"[word.isupper()]
    found = [(ways[1], _roman(low))] if _ROMAN.fullmatch(low) else []
    if len(low) == 1:
        letter = (ways[0], ord(low) - ord("a") + 1)
        # The first of a list that begins with "i" is a Roman one; one that begins with "c" or "v" is a letter.
        found = [*found, letter] if low == "i" else [letter, *found]
    return tuple(found)


def _roman(word: str) -> int:
    worths = [_WORTH[letter] for letter in word]
    return sum(-one if one < max(worths[at:]) else one for at, one in enumerate(worths))


def _read_at(lines: Sequence[str], marks: Sequence[_Mark | None], at: int) -> tuple[List | None, int]:
    """Return the list that begins with line `at` and how many lines it takes; None, and how many hold none, else.

    Lines that may all begin with a minus are passed over together: read anew from each, a page of them takes a minute.
    """
    first = marks[at]
    if first is None:
        return None, 1
    top, length = _grown(lines, marks, at, first)
    made = _closed(top)
    own = [mark for mark in marks[at : at + length] if mark is not None]
    if all(mark.may_be_minus for mark in own):
        return None, length
    return (made, length) if made.length > 1 else (None, 1)


def _grown(lines: Sequence[str], marks: Sequence[_Mark | None], at: int, first: _Mark) -> tuple[_Open, int]:
    """Return the list that begins with line `at`, as far as it goes, and how many lines it takes."""
    item = _Begun(first.text, [lines[at]])
    top = _Open(first.indent, first.shape, first.counts, [item])
    stack, end = [top], at
    for place in range(at + 1, len(lines)):
        line, mark = lines[place], marks[place]
        if not line.strip():
            continue
        is_next = place == end + 1
        if mark is None:
            if not is_next or _indent(line) <= stack[-1].indent:
                break
            item.text += f"\n{line.strip()}"
        else:
            level = _level(stack, mark)
            if level is not None:
                del stack[level + 1 :]
                stack[-1].counts = stack[-1].next_counts(mark)
            elif len(stack) < DEEPEST and _is_below(stack, mark, marks[place + 1 : place + AHEAD] if is_next else ()):
                stack.append(_Open(mark.indent, mark.shape, mark.counts))
                item.below.append(stack[-1])
            else:
                break
            # Blank lines between two items stay with the first.
            item.lines += lines[end + 1 : place]
            item = _Begun(mark.text, [])
            stack[-1].items.append(item)
        item.lines.append(line)
        end = place
    return top, end - at + 1


def _indent(line: str) -> int:
    return _width(line[: len(line) - len(line.lstrip())])


def _width(space: str) -> int:
    return len(space.replace("\t", " " * TAB))


def _level(stack: Sequence[_Open], mark: _Mark) -> int | None:
    """Return which of the open lists the mark goes on with, the innermost first, or None."""
    for level in range(len(stack) - 1, -1, -1):
        if stack[level].indent == mark.indent and stack[level].goes_on_with(mark):
            return level
    return None


def _is_below(stack: Sequence[_Open], mark: _Mark, later: Sequence[_Mark | None]) -> bool:
    """Whether the mark begins a list below the item read last; `later` are the marks of the lines after it, if near."""
    inner = stack[-1]
    if mark.indent != inner.indent:
        return mark.indent > inner.indent
    if not later or any(one.is_like(mark) for one in stack):
        return False
    if mark.shape in _LOWER and not inner.shape.startswith("#"):
        return True
    return any(other is not None and _level(stack, other) is not None for other in later)


def _closed(made: _Open) -> List:
    way, latest = made.counts[0] if made.counts else ("", len(made.items))
    shape = made.shape
    numbering = f"{'(' if '(' in shape else ''}{way}{shape[-1]}" if shape.startswith("#") else ""
    items = tuple(Item(one.text, "\n".join(one.lines), tuple(map(_closed, one.below))) for one in made.items)
    return List(items, numbering, latest - len(items) + 1)
