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
_MONTHS = re.compile(
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\b|\b(20)\d\d\b|\bq[1-4]\b|\bweek\b"
    r"|\b\d+(st|nd|rd|th)?\b",
    re.IGNORECASE,
)


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
    found = [(" ".join(phrase.split()), kind) for kind, phrases in words.items() for phrase in phrases.split(",")]
    return sorted(found, key=lambda each: (-len(each[0].split()), -len(each[0])))


_FIELD_PHRASES = [(phrase, Field(value)) for phrase, value in _phrases(synonyms.OF_FIELDS)]
_LEVEL_PHRASES = _phrases(synonyms.OF_LEVELS)


def plain(heading: str) -> str:
    """Return a heading's words as they are compared and remembered: small letters, no marks, no month or year."""
    words = re.sub(r"[^\w#]+", " ", heading.casefold().replace("’", "").replace("'", ""))
    return " ".join(_MONTHS.sub(" ", words).split())


def is_phrase(heading: str) -> bool:
    """Whether a heading is one of the known ones and nothing more."""
    words = plain(heading)
    return words in synonyms.SHORT_REFERENCES or any(
        words == phrase for phrase, _ in (*_FIELD_PHRASES, *_LEVEL_PHRASES)
    )


def is_bare(heading: str) -> bool:
    """Whether a known heading has no number or letter after it: “Priority”, not “Priority 1” or “Area B”."""
    return plain(heading) == " ".join(re.sub(r"[^\w#]+", " ", heading.casefold().replace("’", "")).split())


def said(heading: str) -> Said:
    """Return what the heading says of its column."""
    words = plain(heading)
    is_dated = bool(_MONTHS.search(heading)) and not re.search(r"\b\d{1,2}\b", words)
    if len(words.split()) <= 3 and words in synonyms.SHORT_REFERENCES:
        return Said(Field.REFERENCE)
    for is_match in (str.__eq__, _contains):
        for phrase, field in _FIELD_PHRASES:
            if is_match(words, phrase):
                return Said(field, "", is_dated)
        for phrase, level in _LEVEL_PHRASES:
            if is_match(words, phrase):
                return Said(None, level, is_dated)
    return Said(Field.REFERENCE if "#" in heading else None, "", is_dated)


def _contains(words: str, phrase: str) -> bool:
    return f" {phrase} " in f" {words} "
