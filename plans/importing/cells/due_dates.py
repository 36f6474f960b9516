"""When something is due, as plans print it: a date, a month, a quarter, or words such as “Ongoing”. Pure.

A month means its last day, a quarter of a financial year (“Q3 2025/26”) the last day of its last month. Of several
dates the last one counts, but not one that is said to be earlier (“was 31 March 2025”). Whatever could mean two days
means none: “Spring 2025”, “Q3 2025”, “2025/26”, “03/04”.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from improvement.texts import days

_NO_DATE = re.compile(
    r"(ongoing|on-going|on going|continuous(ly)?|continual(ly)?|tb[cad]|to be (confirmed|agreed|decided)|n/?a|none"
    r"|not applicable|-+|–|—|rolling|throughout|business as usual|bau|various|in place)\.?",
    re.IGNORECASE,
)
_NAMES = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
_MONTH, _YEAR = rf"(?P<month>{_NAMES})\.?", r"(?P<year>(?:20)?\d{2})(?!\d|[/-]\d)"
_APART = r"[\s,./’'-]*"
_KINDS = (
    ("day", re.compile(r"(?<![\d./-])(?P<year>20\d{2})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)")),
    ("day", re.compile(r"(?<![\d./-])(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./-](?P<year>(?:20)?\d{2})(?![\d./-]\d)")),
    ("day", re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s./-]*{_MONTH}{_APART}{_YEAR}", re.I)),
    ("day", re.compile(rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>20\d{{2}})(?!\d)", re.I)),
    ("month", re.compile(rf"\b{_MONTH}{_APART}{_YEAR}", re.I)),
    ("month", re.compile(r"(?<![\d./-])(?P<month>0?[1-9]|1[0-2])[./-](?P<year>20\d{2})(?![\d./-])")),
    (
        "quarter",
        re.compile(
            r"\bq(?:uarter|tr)?\s*(?P<quarter>[1-4])[\s,(]*(?P<year>(?:20)?\d{2})\s*[/-]\s*(?P<to>(?:20)?\d{2})\b", re.I
        ),
    ),
    ("year", re.compile(r"\bend (?:of )?(?:the )?(?:calendar year )?(?P<year>20\d{2})(?![\d/-])", re.I)),
    (
        "financial",
        re.compile(r"\b(?:financial year|fy)\s*(?P<year>(?:20)?\d{2})\s*[/-]\s*(?P<to>(?:20)?\d{2})\b", re.I),
    ),
)
_EARLIER = re.compile(
    r"\b(was|were|originally|previously|formerly|original(?: date)?|instead of)[\s:(]*$", re.IGNORECASE
)
# What makes a date one of something else: of its end, or of its beginning alone.
_DONE = re.compile(
    r"^\W*(?:(?:completed|achieved|done|closed|delivered)\b(?!\s+by\b)|complete\s*[-–:(,])", re.IGNORECASE
)
_FROM = re.compile(
    r"\b(?:from|since|starting|starts|begins|beginning|commencing|commences|after)(?: in)?[\s:]*$", re.IGNORECASE
)
# What stands before a month and makes it mean another day than its last.
_VAGUE = re.compile(r"\b(early|beginning of|beginning|start of|mid|middle of)[\s-]*$", re.IGNORECASE)


@dataclass(frozen=True)
class Due:
    """A date as `printed`, the day that it means, and why it means none where that is not plain."""

    printed: str
    on: date | None = None
    why: str = ""


@dataclass(frozen=True)
class Found:
    start: int
    end: int
    on: date | None
    why: str = ""


def read(printed: str) -> Due:
    """Return what the words mean."""
    words = " ".join(printed.split())
    if not words or _NO_DATE.fullmatch(words):
        return Due(printed)
    if _DONE.match(words) and found_in(words):
        return Due(printed, why="This says when it was completed, so no due date was read.")
    named = [each for each in found_in(words) if not _EARLIER.search(before(words, each.start))]
    found = [each for each in named if not _FROM.search(before(words, each.start))]
    if named and not found:
        return Due(printed, why="This says when it begins, so no due date was read.")
    if not found:
        return Due(printed, why=_why_none(words))
    last = max(found, key=lambda each: each.start)
    if len({each.on for each in found}) > 1 and last.on:
        return Due(printed, last.on, "Several dates: the last one was used.")
    return Due(printed, last.on, last.why)


def before(words: str, at: int) -> str:
    """Return the few letters before a place, in which what says more of a date stands."""
    return words[max(0, at - 40) : at]


def found_in(words: str) -> list[Found]:
    """Return each date that the words name, in their order; none overlaps another."""
    found: list[Found] = []
    taken: set[int] = set()
    for kind, pattern in _KINDS:
        for at in pattern.finditer(words):
            if not taken.intersection(range(at.start(), at.end())):
                taken.update(range(at.start(), at.end()))
                found.append(_meant(kind, at, words))
    return sorted(found, key=lambda each: each.start)


def _meant(kind: str, at: re.Match[str], words: str) -> Found:
    if kind != "day" and _VAGUE.search(before(words, at.start())):
        return Found(at.start(), at.end(), None, "This could mean several days, so no date was read.")
    on = next(iter(_day(kind, at.groupdict())), None)
    why = "" if on else "There is no such date."
    if on and days.is_outside(on):
        on, why = None, days.OUTSIDE
    return Found(at.start(), at.end(), on, why)


def _day(kind: str, parts: dict[str, str]) -> Iterator[date]:
    """Give the day, or nothing where there is no such day."""
    year = days.year_of(parts["year"]) or 0
    if kind in {"quarter", "financial"}:
        if (days.year_of(parts["to"]) or 0) != year + 1:
            return
        month = 3 if kind == "financial" else int(parts["quarter"]) * 3 + 3
        year, month = (year + 1, 3) if month in {3, 15} else (year, month)
    else:
        month = 12 if kind == "year" else days.month_of(parts["month"]) or 0
    if not 1 <= month <= 12 or not year:
        return
    last = monthrange(year, month)[1]
    day = int(parts["day"]) if kind == "day" else last
    if 1 <= day <= last:
        yield date(year, month, day)


def _why_none(words: str) -> str:
    if re.search(r"\d", words):
        return "This could mean several days, so no date was read."
    return "No date was read."
