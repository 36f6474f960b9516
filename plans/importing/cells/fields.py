"""What a column of a council's own plan may hold, and the headings that say so. Pure.

The longest phrase of a heading decides, and what a column says of an action (its lead, its date, its rating) goes
before the word “action” itself.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from plans.importing.cells import synonyms


class Field(StrEnum):
    THEME = "theme"
    OUTCOME = "outcome"
    RECOMMENDATION = "recommendation"
    ACTION = "action"
    REFERENCE = "reference"
    LEAD = "lead"
    ACCOUNTABLE = "accountable"
    DUE = "due"
    SUCCESS = "success"
    COMPLETED = "completed"
    FINDING = "finding"
    AIM = "aim"
    START = "start"
    STATUS = "status"
    RATING = "rating"
    REASON = "reason"
    PROGRESS = "progress"
    IMPACT = "impact"
    BASELINE = "baseline"
    EVIDENCE = "evidence"
    NOTE = "note"
    UNUSED = "unused"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Field.THEME: "Theme (top level)",
    Field.OUTCOME: "Outcome (middle level)",
    Field.RECOMMENDATION: "Recommendation or action that is rated",
    Field.ACTION: "Step towards it",
    Field.REFERENCE: "Reference",
    Field.LEAD: "Lead",
    Field.ACCOUNTABLE: "Accountable post",
    Field.DUE: "Due date or timescale",
    Field.SUCCESS: "What success looks like",
    Field.COMPLETED: "Date completed",
    Field.FINDING: "Finding that it answers",
    Field.AIM: "Aim (kept in the note)",
    Field.START: "Start date (kept in the note)",
    Field.STATUS: "Status (kept in the note)",
    Field.RATING: "Rating (kept in the note)",
    Field.REASON: "Reason for the rating (kept in the note)",
    Field.PROGRESS: "Progress (kept in the note)",
    Field.IMPACT: "Impact (kept in the note)",
    Field.BASELINE: "Baseline (kept in the note)",
    Field.EVIDENCE: "Evidence (kept in the note)",
    Field.NOTE: "Anything else (kept in the note)",
    Field.UNUSED: "Not loaded",
}
# Fields that one column alone can fill.
SINGLE = frozenset({Field.THEME, Field.OUTCOME, Field.RECOMMENDATION, Field.REFERENCE, Field.ACCOUNTABLE})
# What has a column of its own in our workbook; all else is kept in the note.
KEPT_AS_THEMSELVES = frozenset(
    (
        Field.REFERENCE,
        Field.LEAD,
        Field.DUE,
        Field.SUCCESS,
        Field.ACCOUNTABLE,
        Field.FINDING,
        Field.ACTION,
        Field.COMPLETED,
    )
)

TOP, MIDDLE, STATED, DONE, STEP = "top", "middle", "stated", "done", "step"
_MONTHS = (
    r"\b(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?"
    r"|dec(ember)?)\b|\b(20)\d\d\b|\bq[1-4]\b|\bweek\b"
    r"|\b\d\d?[./]\d\d?[./]\d\d\b"
)
# A number by itself is no date: “Stage 2”. “Quarter 1” and “31/03” are.
_DATED = re.compile(rf"{_MONTHS}|\b(quarter|qtr|period|month) \d+\b|\b\d\d/\d\d\b", re.IGNORECASE)
_NUMBERED = re.compile(rf"{_MONTHS}|\b\d+(st|nd|rd|th)?\b", re.IGNORECASE)


@dataclass(frozen=True)
class Said:
    """What a heading says by itself: a field, or the kind of a level; neither where its words are not known."""

    field: Field | None = None
    level: str = ""
    is_dated: bool = False

    @property
    def is_known(self) -> bool:
        return bool(self.field or self.level)


def _phrases(words):
    """Return what each phrase says, the longest first."""
    found = [(" ".join(phrase.split()), kind) for kind, phrases in words.items() for phrase in phrases.split(",")]
    return dict(sorted(found, key=lambda each: (-len(each[0].split()), -len(each[0]))))


_FIELD_PHRASES = {phrase: Field(value) for phrase, value in _phrases(synonyms.OF_FIELDS).items()}
_LEVEL_PHRASES = _phrases(synonyms.OF_LEVELS)
_MOST_WORDS = max(len(phrase.split()) for phrase in (*_FIELD_PHRASES, *_LEVEL_PHRASES))


def plain(heading: str) -> str:
    """Return a heading's words as they are compared and remembered: small letters, no marks, no month or year."""
    words = re.sub(r"[^\w#]+", " ", heading.casefold().replace("’", "").replace("'", ""))
    return " ".join(_NUMBERED.sub(" ", words).split())


def is_phrase(heading: str) -> bool:
    """Whether a heading is one of the known ones and nothing more."""
    words = plain(heading)
    return words in synonyms.SHORT_REFERENCES or words in _FIELD_PHRASES or words in _LEVEL_PHRASES


def is_bare(heading: str) -> bool:
    """Whether a known heading has no number or letter after it: “Priority”, not “Priority 1” or “Area B”."""
    return plain(heading) == " ".join(re.sub(r"[^\w#]+", " ", heading.casefold().replace("’", "")).split())


def said(heading: str) -> Said:
    """Return what the heading says of its column."""
    words = plain(heading)
    is_dated = bool(_DATED.search(heading))
    if words in synonyms.SHORT_REFERENCES:
        return Said(Field.REFERENCE)
    for parts in ({words}, _parts(words)):
        if field := _longest(parts, _FIELD_PHRASES):
            return Said(field, "", is_dated)
        if level := _longest(parts, _LEVEL_PHRASES):
            return Said(None, level, is_dated)
    return Said(Field.REFERENCE if "#" in heading else None, "", is_dated)


def _parts(words: str) -> set[str]:
    """Return whatever of the words could be a phrase."""
    every = words.split()
    lengths = range(1, min(_MOST_WORDS, len(every)) + 1)
    return {" ".join(every[start : start + length]) for length in lengths for start in range(len(every))}


def _longest(parts, phrases):
    """Return what the longest of the parts says that is a phrase, or nothing."""
    known = phrases.keys() & parts
    return next((kind for phrase, kind in phrases.items() if phrase in known), None) if known else None
