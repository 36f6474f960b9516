"""The reference of each recommendation: as printed, or made where a plan prints none, or one for several rows. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plans.importing.cells import references
from plans.importing.cells.fields import Field
from plans.importing.records import Entry, Record, Remark

_NAMED = 10
# What may begin again in each theme: 1, 2, 3 or a, b, c or i, ii, iii.
_RESTARTS = re.compile(r"\d+|[a-z]|[ivx]+", re.IGNORECASE)


@dataclass(frozen=True)
class Named:
    """A recommendation's reference, and its wording without it."""

    reference: str
    wording: str


def named(records: Sequence[Record], themes: Mapping[str, int]) -> tuple[list[Named], list[Remark]]:
    """Return what each recommendation is called, given the numbers of the themes, and what is to be said of it."""
    return _Numbering(records, themes).named()


class _Numbering:
    def __init__(self, records: Sequence[Record], themes: Mapping[str, int]) -> None:
        self.records, self.themes = records, themes
        self.remarks: list[Remark] = []
        # A mere number before a wording is a reference only where most wordings have one of their own.
        texts = [references.before(record.wording.text)[0] for record in records]
        leading = [text for text in texts if text]
        self.is_numbered = 2 * len(leading) > len(texts) and 10 * len(set(leading)) > 8 * len(leading)

    def named(self) -> tuple[list[Named], list[Remark]]:
        printed = [self._printed(record) for record in self.records]
        wordings, entries = [wording for _, wording, _ in printed], [entry for _, _, entry in printed]
        texts = self._told_apart([text for text, _, _ in printed])
        places: dict[str, list[int]] = {}
        for place, text in enumerate(texts):
            places.setdefault(text.casefold(), []).append(place)
        taken = references.Taken(filter(None, texts))
        found, made, stems = [], [], self._stems(texts)
        for place, text in enumerate(texts):
            same = places[text.casefold()]
            is_shared = bool(text) and same[0] < same[-1] == same[0] + len(same) - 1
            if text and not is_shared and place == same[0]:
                found.append(Named(text, wordings[place]))
                continue
            above, apart = stems[place] if not entries[place] else ("", "")
            new = (
                taken.made(above, apart, 2 if apart == "-" else 1)
                if above
                else self._new(self.records[place], text, taken, is_shared)
            )
            found.append(Named(new, wordings[place]))
            if entry := entries[place]:
                why = f"Several rows have the reference {text}." if text else "This cannot be a reference."
                self.remarks.append(Remark(entry.cell, entry.text, f"{why} {new} was made for it.", is_shared))
            else:
                made.append(f"{self.records[place].where}: {new}")
        self._say_made(made)
        return found, self.remarks

    def _printed(self, record: Record) -> tuple[str, str, Entry | None]:
        """Return the reference that is printed, the wording without it, and the cell of the reference."""
        wording = record.wording.text
        if entries := record.of(Field.REFERENCE):
            return references.tidy(entries[0].text), wording, entries[0]
        text, rest = references.before(wording)
        if (self.is_numbered or not text.isdigit()) and (tidy := references.tidy(text)):
            return tidy, rest, record.wording
        return "", wording, None

    def _told_apart(self, texts: list[str]) -> list[str]:
        """Return the references with the theme's number before them where they begin again in each theme."""
        within = {(record.theme, text) for record, text in zip(self.records, texts, strict=True)}
        if not len(within) == len(texts) > len(set(texts)) or not all(map(_RESTARTS.fullmatch, texts)):
            return texts
        sentence = "The references begin again in each theme, so the theme’s number was put before them."
        self.remarks.append(Remark("", "", sentence, True))
        return [f"{self.themes[record.theme]}.{text}" for record, text in zip(self.records, texts, strict=True)]

    def _new(self, record: Record, text: str, taken: references.Taken, is_shared: bool) -> str:
        """Return “1.2” for the second of the first theme or of those that share the reference 1, “R7-2” for another."""
        stem = text if _can_be_stem(text) else str(self.themes[record.theme])
        return taken.made(stem) if is_shared or not text else taken.made(stem, "-", 2)

    def _stems(self, texts: Sequence[str]) -> list[tuple[str, str]]:
        """Return for each row the reference with which an empty cell goes on, and what stands behind that.

        There is none above it, in a plan that prints few, or where the level is another.
        """
        found, last, level = [], ("", ""), ("", "")
        for place, text in enumerate(texts):
            here = (self.records[place].theme, self.records[place].outcome)
            if text:
                last = (text if _can_be_stem(text) else "", "." if place and texts[place - 1] == text else "-")
            elif here != level:
                last = ("", "")
            level = here
            found.append(last)
        return found if 2 * sum(map(bool, texts)) > len(texts) else [("", "")] * len(texts)

    def _say_made(self, made: list[str]) -> None:
        """Say in one sentence which references were made for rows that print none."""
        if made:
            more = f" and {len(made) - _NAMED} more" if len(made) > _NAMED else ""
            none = "No row has a reference. " if len(made) == len(self.records) else ""
            sentence = f"{none}References were made for {', '.join(made[:_NAMED])}{more}."
            self.remarks.append(Remark("", "", sentence, True))


def _can_be_stem(reference: str) -> bool:
    return 0 < len(reference) < references.LONGEST - 3
