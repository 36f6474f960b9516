"""What is read of a plan: its recommendations with their steps, and what is to be said of cells. Pure."""

import re
from dataclasses import dataclass, field

from plans.importing.cells import references
from plans.importing.cells.fields import Field

_LABEL = re.compile(r"(?:\w+ )?(?:\d{1,3}(?:\.\d{1,3})*|[A-Z])(?=[\s.:)–-])")


@dataclass(frozen=True)
class Entry:
    """What a cell says: its name in the spreadsheet, its column's heading, its text and its colour as a word."""

    cell: str
    heading: str
    text: str
    field: Field
    row: int
    place: int
    colour: str = ""
    is_repeated: bool = False


@dataclass(frozen=True)
class Remark:
    """What is said of a cell: not understood, or read in a way that its reader should know."""

    cell: str
    text: str
    sentence: str
    is_understood: bool = False


@dataclass
class Step:
    text: Entry
    entries: list[Entry]


@dataclass
class Record:
    """A recommendation: where it begins, its place in the plan, and all that its rows say."""

    where: str
    theme: str
    outcome: str
    wording: Entry
    entries: list[Entry] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    extras: list[Entry] = field(default_factory=list)
    _said: set[tuple[int, str]] = field(default_factory=set)

    def add(self, entry: Entry, *, is_again: bool = False) -> None:
        """Add what a cell says, once, or again where `is_again`."""
        if is_again or not self.says(entry):
            self._said.add((entry.place, entry.text))
            self.entries.append(entry)

    def says(self, entry: Entry) -> bool:
        return (entry.place, entry.text) in self._said

    def of(self, *wanted: Field) -> list[Entry]:
        return [entry for entry in self.entries if entry.field in wanted]


@dataclass
class Plan:
    """What the rows hold. `themes` and `outcomes` are in their order, those without a recommendation too."""

    records: list[Record] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    outcomes: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


class Titles:
    """The titles of a level, found by their words or by the number or letter that they begin with."""

    def __init__(self) -> None:
        self._by_words: dict[str, str] = {}
        self._by_label: dict[str, str] = {}

    def add(self, title: str) -> bool:
        """Add a title and return whether it is new."""
        if title.casefold() in self._by_words:
            return False
        self._by_words[title.casefold()] = title
        for label in (references.label(title), _LABEL.match(title)):
            if words := (label[0] if isinstance(label, re.Match) else label or "").strip(" .:)").casefold():
                self._by_label.setdefault(words, title)
        return True

    def meant(self, text: str) -> str:
        """Return the title that a cell means: its own text, or that of which it gives the number alone."""
        title = " ".join(text.split())
        return self._by_words.get(title.casefold()) or self._by_label.get(title.strip(" .:)").casefold()) or title
