"""What in a text, or in a file's name, looks as if it identified a child. Pure; it knows no domain.

It asks to look again and is often wrong: a clinic has a postcode too. What it finds is never refused for good.
"""

import re
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    NHS_NUMBER = "an NHS number"
    DATE_OF_BIRTH = "a date of birth"
    POSTCODE = "a postcode"
    LABEL = "a child's label"


@dataclass(frozen=True)
class Suspicion:
    kind: Kind
    excerpt: str

    @property
    def sentence(self) -> str:
        return f"“{self.excerpt}” looks like {self.kind}"


def find(text: str) -> list[Suspicion]:
    """Return what in `text` looks as if it identified a child, each once, in the order of the text."""
    # In a file's name an underscore stands for a space.
    text = text.replace("_", " ")
    found = [
        (match.start(), Suspicion(kind, " ".join(match[0].split())))
        for kind, pattern, is_meant in _PATTERNS
        for match in pattern.finditer(text)
        if is_meant(match)
    ]
    return list(dict.fromkeys(suspicion for _, suspicion in sorted(found, key=lambda pair: pair[0])))


def _has_check_digit(match: re.Match[str]) -> bool:
    """Whether ten digits end in the check digit of an NHS number: the others, weighted 10 to 2, modulo 11."""
    digits = [int(digit) for digit in match[0] if digit.isdigit()]
    if len(set(digits)) == 1:
        return False
    remainder = sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return (11 - remainder) % 11 == digits[9]


def _is_address(match: re.Match[str]) -> bool:
    """Whether capitals, or small letters that are not the "1st" of a list, stand as in a postcode of a real area."""
    letters, inward = match[0], match["inward"]
    if letters.upper() != letters and (letters.lower() != letters or inward[1:] in {"st", "nd", "rd"}):
        return False
    return match["area"].upper() in _AREAS


def _always(match: re.Match[str]) -> bool:
    return True


_AREA_LETTERS = (
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY "
    "G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR "
    "NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA "
    "WC WD WF WN WR WS WV YO ZE"
)
_AREAS = frozenset(_AREA_LETTERS.split())
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAY = (
    rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-](?:\d{{4}}|\d{{2}})|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}(?:st|nd|rd|th)?"
    rf"(?: of)? {_MONTH},? \d{{2,4}}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})(?!\d)"
)
_BORN = r"(?:born|birth ?day|birth ?date|birth|d\.?o\.?b)\b\.?(?:\s+(?:on|is|was)){0,2}[\s:=,(–-]{0,4}(?:the\s+)?"
_ONE = "Child|Baby|Infant|Sibling|Twin|Boy|Girl|Young [Pp]erson|Pupil"
_PATTERNS = (
    (Kind.NHS_NUMBER, re.compile(r"(?<![\d./-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\d/-]|[.,]\d)"), _has_check_digit),
    (Kind.DATE_OF_BIRTH, re.compile(rf"\b{_BORN}\b{_DAY}", re.IGNORECASE), _always),
    (
        Kind.POSTCODE,
        re.compile(r"\b(?P<area>[A-Za-z]{1,2})[1-9][0-9A-Za-z]? ?(?P<inward>\d[ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2})\b"),
        _is_address,
    ),
    # "A" and "I" after a small "child" are words, and "Every Child A Talker" is a programme.
    (
        Kind.LABEL,
        re.compile(rf"\b(?<!Every )(?:(?:{_ONE}) (?:[A-HJ-Z]|\d{{1,2}})|(?:{_ONE.lower()}) [B-HJ-Z])\b(?![-+%]|\.\d)"),
        _always,
    ),
)
