"""A calendar as RFC 5545 writes it, for programs that people keep theirs in. Without the ORM, a clock or I/O."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

CONTENT_TYPE = "text/calendar; charset=utf-8"
_LONGEST = 75  # bytes of a line, without its end (3.1)
_END = "\r\n"
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True)
class Entry:
    """Something on a day, or at a moment, which knows its time zone. `uid` names it for good, whatever it says."""

    uid: str
    title: str
    when: date | datetime
    address: str
    place: str = ""
    description: str = ""


def write(name: str, entries: Iterable[Entry], *, at: datetime) -> bytes:
    """Return the calendar called `name` as it stands at the moment `at`."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Improvement plan tracker//EN", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{escaped(name)}"]
    for entry in entries:
        lines += _event(entry, at)
    return "".join(folded(line) for line in [*lines, "END:VCALENDAR"]).encode()


def _event(entry: Entry, at: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(entry.uid)}"
    yield f"DTSTAMP:{_moment(at)}"
    if isinstance(entry.when, datetime):
        yield f"DTSTART:{_moment(entry.when)}"
    else:
        # All day, and nobody is busy then: what falls due is no appointment.
        yield f"DTSTART;VALUE=DATE:{entry.when:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{entry.when + timedelta(days=1):%Y%m%d}"
        yield "TRANSP:TRANSPARENT"
    yield f"SUMMARY:{escaped(entry.title)}"
    if entry.place:
        yield f"LOCATION:{escaped(entry.place)}"
    if entry.description:
        yield f"DESCRIPTION:{escaped(entry.description)}"
    yield f"URL:{entry.address}"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """Return `text` as the value of a property (3.3.11), without the control characters that none may hold."""
    return "".join(sign for sign in text if sign in "\n\t" or sign.isprintable()).translate(_ESCAPED)


def folded(line: str) -> str:
    """Return `line` with its end, cut into lines of 75 bytes at most between letters, each but the first indented."""
    parts, part, length = [], "", 0
    for sign in line:
        size = len(sign.encode())
        if length + size > _LONGEST:
            parts.append(part)
            part, length = " ", 1
        part, length = part + sign, length + size
    return _END.join([*parts, part]) + _END


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
