"""A plan that is written as labelled paragraphs, as the rows of a table: each label becomes a column. Pure.

“Recommendation 1: …”, “Lead: …”, “Timescale: …” may stand beneath each other in one column, in one cell, or with the
labels in one column and what they say in the next.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from improvement.workbooks.grids import NOTHING, Seen
from plans.importing import blocks
from plans.importing.cells import fields
from plans.importing.cells.fields import DONE, MIDDLE, STATED, TOP
from plans.importing.lines import Line

_LABELLED = re.compile(
    r"(?P<label>[^\W\d_][^:\n]{0,60}?):\s*(?P<text>.*)"
    r"|(?P<numbered>[^\W\d_][^\W\d_ ]{2,}(?: [^\W\d_]+)? \d{1,3}(?:\.\d{1,3})*)(?:\.|\s+[–-])?\s+(?P<after>\S.*)"
)
_NUMBER = re.compile(r"\s(\d{1,3}(?:\.\d{1,3})*(?:\s?\([a-z]\))?|[A-Z]\d{1,3})$")
_WORDS = 6
_LEAST = 4
# The higher a level is, the more begins anew with it.
_RANKS = {TOP: 0, MIDDLE: 1, STATED: 2, DONE: 3}
_REFERENCE = "Reference"


@dataclass(frozen=True)
class _Paragraph:
    """A text with its label, empty where it has none; `number` is that of “Recommendation 1”."""

    line: Line
    place: int
    text: str
    label: str = ""
    number: str = ""

    @property
    def said(self) -> fields.Said:
        return fields.said(self.label)

    @property
    def key(self) -> str:
        return fields.plain(self.label)

    @property
    def rank(self) -> int | None:
        """How high its level is; None where it is none."""
        return _RANKS.get(self.said.level)


@dataclass
class _Row:
    first: _Paragraph
    texts: dict[str, _Paragraph] = field(default_factory=dict)
    is_section: bool = False


def tabled(lines: list[Line]) -> list[Line]:
    """Return the rows of a table where `lines` are labelled paragraphs, otherwise `lines` as they are."""
    found = {line.number: list(_paragraphs(line)) for line in lines}
    labelled = [line for line in lines if found[line.number] and found[line.number][0].label]
    paragraphs = [each for line in labelled for each in found[line.number] if each.label]
    keys = [each.key for each in paragraphs]
    is_written_so = 2 * len(labelled) > len(lines) and len(keys) >= _LEAST and len(set(keys)) < len(keys)
    kinds = {each.rank is None for each in paragraphs}
    # With labels above each of several tables it is still a sheet of tables.
    if not is_written_so or len(kinds) < 2 or any(map(blocks.is_headings, lines)):
        return lines
    at = lines.index(labelled[0])
    rows = _rows([each for line in lines[at:] for each in found[line.number]])
    if at and any(row.is_section for row in rows):
        # What stands right above the first label is a heading like the others.
        at -= 1
        rows = _rows([each for line in lines[at:] for each in found[line.number]])
    return [*lines[:at], *_table(rows, paragraphs, lines[at].number)]


def _paragraphs(line: Line) -> Iterator[_Paragraph]:
    """Yield each paragraph of a row: of one cell, or of a label and the text beside it."""
    if len(line.held) == 2:
        place, beside = line.held
        label = " ".join(line.at(place).text.split()).rstrip(" :")
        if beside == place + 1 and fields.is_phrase(label):
            yield _Paragraph(line, beside, line.at(beside).text, label, _number(label))
            return
    for place in line.held:
        for text in line.at(place).text.split("\n") if len(line.held) == 1 else [line.at(place).text]:
            if text.strip():
                yield _paragraph(line, place, " ".join(text.split()))


def _paragraph(line: Line, place: int, text: str) -> _Paragraph:
    at = _LABELLED.match(text) if len(line.held) == 1 else None
    label = (at["label"] or at["numbered"]).strip() if at else ""
    if at is None or len(label.split()) > _WORDS or not fields.said(label).is_known:
        return _Paragraph(line, place, text)
    # The heading of a theme or an outcome is kept whole: “Priority 1: Leadership”.
    is_whole = fields.said(label).level in {TOP, MIDDLE} and bool(_number(label))
    return _Paragraph(line, place, text if is_whole else (at["text"] or at["after"] or ""), label, _number(label))


def _number(label: str) -> str:
    at = _NUMBER.search(label)
    return at[1] if at else ""


def _rows(paragraphs: list[_Paragraph]) -> list[_Row]:
    """Return the paragraphs by row: one begins with a label that it has already, or with a level that is no lower."""
    rows: list[_Row] = []
    last = ""
    for place, each in enumerate(paragraphs):
        row = rows[-1] if rows and not rows[-1].is_section else None
        if not each.label:
            if row is None or _is_heading(paragraphs, place):
                rows.append(_Row(each, is_section=True))
            else:
                row.texts[last] = _more(row.texts[last], each)
            continue
        ranks = [rank for other in row.texts.values() if (rank := other.rank) is not None] if row else []
        if row is None or each.key in row.texts or (each.rank is not None and max(ranks, default=-1) >= each.rank):
            row = _Row(each)
            rows.append(row)
        row.texts[each.key] = each
        last = each.key
    return rows


def _is_heading(paragraphs: list[_Paragraph], place: int) -> bool:
    """Whether a text without a label stands above what follows it: bold or after an empty row, before a level."""
    each, before = paragraphs[place], paragraphs[place - 1]
    following = paragraphs[place + 1] if place + 1 < len(paragraphs) else None
    is_apart = each.line.number > before.line.number + 1 or each.line.at(each.place).is_bold
    return is_apart and following is not None and following.rank is not None


def _more(said: _Paragraph, more: _Paragraph) -> _Paragraph:
    text = "\n".join(filter(None, (said.text, more.text)))
    return _Paragraph(said.line, said.place, text, said.label, said.number)


def _table(rows: list[_Row], labelled: list[_Paragraph], begins: int) -> Iterator[Line]:
    """Yield the row of headings and those beneath it, each cell named as in the spreadsheet."""
    ranks = {each.key: len(_RANKS) if each.rank is None else each.rank for each in labelled}
    columns = sorted(ranks, key=ranks.__getitem__)
    headings = {each.key: _NUMBER.sub("", each.label) for each in reversed(labelled)}
    rated = max((each.rank for each in labelled if each.rank is not None), default=0)
    # Of steps beneath a recommendation only the recommendation is referred to.
    rated = 2 if any(each.rank == 2 for each in labelled) else rated
    has_numbers = rated > 1 and any(each.number and each.rank == rated for each in labelled)
    first = [Seen(_REFERENCE, _REFERENCE)] if has_numbers and "reference" not in columns else []
    yield Line(begins, [*first, *(Seen(headings[key], headings[key]) for key in columns)], row=begins)
    for number, row in enumerate(rows, begins + 1):
        if row.is_section:
            title = row.first.text
            cells = [Seen(title, title, is_bold=True), NOTHING]
            yield Line(number, cells, row.first.line.is_hidden, wide={0: 1}, row=row.first.line.row_number)
            continue
        said = [row.texts.get(key) for key in columns]
        cells = [Seen(each.text, each.text) if each else NOTHING for each in said]
        names = {place: each.line.name(each.place) for place, each in enumerate(said, len(first)) if each}
        if first:
            numbered = next((each for each in said if each and each.rank == rated and each.number), None)
            cells.insert(0, Seen(numbered.number, numbered.number) if numbered else NOTHING)
            names |= {0: numbered.line.name(numbered.place)} if numbered else {}
        yield Line(number, cells, row.first.line.is_hidden, row=row.first.line.row_number, names=names)
