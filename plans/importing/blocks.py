"""What stands beneath the headings: rows of the plan, the headings again, keys and notes, other tables. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from plans.importing.cells import fields
from plans.importing.lines import Line

BELOW = "This is below the table and was not loaded."
OTHER = "This is part of another table, which has other headings. It was not loaded."
_LEAST = 3  # cells of a row of headings
_MOSTLY = 0.6
_KNOWN = 2  # of the headings above, for others to be those of another table
_END = r"\s*(?::.*|\s[–-]\s.*)?"
_NOTE = re.compile(
    rf"(?:(?:rag |brag )?key|legend|notes?|sources?|summary|definitions?|abbreviations|glossary){_END}"
    r"|(?:rag|brag|rating) (?:ratings?|definitions?)\b.*"
    r"|(?:prepared|approved|agreed|updated|last updated|signed off) (?:by|on)\b.*"
    r"|(?:document control|version (?:control|history))\b.*",
    re.IGNORECASE | re.DOTALL,
)
_KEY = re.compile(r"(?:(?:rag|brag) )?(?:key|legend)\s*:?", re.IGNORECASE)


@dataclass
class Blocks:
    """The rows in their order: those of the plan with the headings that are repeated among them, and all others."""

    rows: list[Line] = field(default_factory=list)
    repeated: list[Line] = field(default_factory=list)
    left_out: list[tuple[Line, str]] = field(default_factory=list)


def said(line: Line) -> dict[int, fields.Said]:
    """Return what the cells of a row say as headings, by place, of those whose words are known."""
    found = {place: fields.said(line.at(place).text) for place in line.held}
    return {place: each for place, each in found.items() if each.is_known}


def agree(one: Mapping[int, fields.Said], other: Mapping[int, fields.Said]) -> bool:
    """Whether two rows of headings say the same of most columns, in whatever words."""
    both = one.keys() & other.keys()
    same = sum((one[place].field, one[place].level) == (other[place].field, other[place].level) for place in both)
    return same >= _LEAST and 2 * same > len(both)


def is_headings(line: Line) -> bool:
    """Whether most cells of a row are known headings and nothing more."""
    known = sum(fields.is_phrase(line.at(place).text) for place in line.held)
    return known >= _LEAST and known >= _MOSTLY * len(line.held)


def first(best: Line, lines: Iterable[Line]) -> Line:
    """Return the first row of headings that says what `best` says: a plan may have a table for each priority."""
    wanted = said(best)
    return next((line for line in lines if line is best or (is_headings(line) and agree(said(line), wanted))), best)


def split(lines: Sequence[Line], headings: Mapping[int, str]) -> Blocks:
    """Return the blocks of the rows beneath the `headings`, which are given by place."""
    known = {place: each for place, text in headings.items() if (each := fields.said(text)).is_known}
    found, out = Blocks(), ""
    for place, line in enumerate(lines):
        is_apart = place > 0 and line.number > lines[place - 1].number + 1
        if _repeats(line, headings) or (is_headings(line) and agree(said(line), known)):
            found.rows += _taken_back(found, line)
            found.rows.append(line)
            found.repeated.append(line)
            out = ""
        elif is_headings(line) and len(known) >= _KNOWN:
            found.left_out += [(each, OTHER) for each in _title_of(found, line)]
            found.left_out.append((line, OTHER))
            out = OTHER
        elif out == OTHER:
            found.left_out.append((line, OTHER))
        elif _is_note(line, is_apart) or (out and not is_apart):
            found.left_out.append((line, BELOW))
            out = BELOW
        else:
            found.rows.append(line)
            out = ""
    return found


def _repeats(line, headings):
    """Whether the row has the words of the headings in most of its cells."""
    held = [place for place in line.held if place in headings]
    same = [
        place
        for place in held
        if (words := fields.plain(line.at(place).text)) and words in fields.plain(headings[place])
    ]
    return len(same) > 1 and len(same) >= len(held) - 1


def _is_note(line, is_apart):
    if not line.held:
        return False
    text = line.at(line.held[0]).text
    return bool(_KEY.fullmatch(text) or (is_apart and _NOTE.fullmatch(text)))


def _taken_back(found, line):
    """Take back the title that stands right above headings that are repeated, after another table."""
    taken: list[Line] = []
    while found.left_out and found.left_out[-1][1] == OTHER:
        last = found.left_out[-1][0]
        if last.number != line.number - len(taken) - 1 or len(last.held) > 2 or is_headings(last):
            break
        taken.insert(0, found.left_out.pop()[0])
    return taken


def _title_of(found, line):
    """Take the title of another table, right above its headings, out of the rows."""
    last = found.rows[-1] if found.rows else None
    is_title = last is not None and last.number == line.number - 1 and len(last.held) == 1
    return [found.rows.pop()] if is_title and last not in found.repeated else []
