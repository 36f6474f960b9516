"""A calendar is written as RFC 5545 asks, whatever is in it."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement.texts.icalendar import Entry, escaped, folded, write

AT = datetime(2011, 5, 2, 9, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")


def unescaped(value):
    """Read a value as RFC 5545 has it (3.3.11)."""
    read, signs = "", iter(value)
    for sign in signs:
        follows = next(signs) if sign == "\\" else ""
        read += {"n": "\n", "N": "\n"}.get(follows, follows) if follows else sign
    return read


def test_a_calendar_is_written_line_by_line():
    entries = [
        Entry("due-1@x.example", "Updates due", date(2011, 5, 20), "https://x.example/my/"),
        Entry(
            "meeting-2@x.example",
            "Meeting, of the Board",
            datetime(2011, 5, 9, 10, tzinfo=LONDON),
            "https://x.example/m/",
            "Room 2; upstairs",
            "Council\nmore",
        ),
    ]
    assert write("Plan", entries, at=AT).decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Improvement plan tracker//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Plan",
        "BEGIN:VEVENT",
        "UID:due-1@x.example",
        "DTSTAMP:20110502T090000Z",
        "DTSTART;VALUE=DATE:20110520",
        "DTEND;VALUE=DATE:20110521",
        "TRANSP:TRANSPARENT",
        "SUMMARY:Updates due",
        "URL:https://x.example/my/",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "UID:meeting-2@x.example",
        "DTSTAMP:20110502T090000Z",
        "DTSTART:20110509T090000Z",
        "SUMMARY:Meeting\\, of the Board",
        "LOCATION:Room 2\\; upstairs",
        "DESCRIPTION:Council\\nmore",
        "URL:https://x.example/m/",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


@pytest.mark.parametrize(
    ("local", "written"),
    [
        (datetime(2011, 1, 10, 10, tzinfo=LONDON), "20110110T100000Z"),
        (datetime(2011, 7, 10, 10, tzinfo=LONDON), "20110710T090000Z"),
        (datetime(2011, 3, 27, 2, 30, tzinfo=LONDON), "20110327T013000Z"),  # an hour after the clocks went forward
        (datetime(2011, 10, 30, 1, 30, tzinfo=LONDON), "20111030T003000Z"),  # the first of the two
    ],
)
def test_a_moment_is_written_in_universal_time(local, written):
    assert f"DTSTART:{written}\r\n".encode() in write("Plan", [Entry("1", "M", local, "/")], at=AT)


@pytest.mark.parametrize(
    ("day", "written"),
    [(date(2011, 12, 31), "20120101"), (date(2012, 2, 28), "20120229"), (date(2011, 10, 30), "20111031")],
)
def test_a_day_ends_before_the_next(day, written):
    assert f"DTEND;VALUE=DATE:{written}\r\n".encode() in write("Plan", [Entry("1", "M", day, "/")], at=AT)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", "\r\n"),
        ("a" * 75, "a" * 75 + "\r\n"),
        ("a" * 76, "a" * 75 + "\r\n a\r\n"),
        ("a" * 74 + "é", "a" * 74 + "\r\n é\r\n"),
        ("é" * 38, "é" * 37 + "\r\n é\r\n"),
    ],
)
def test_a_long_line_is_folded_between_letters(line, expected):
    assert folded(line) == expected


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=400))
def test_what_is_folded_is_read_again_as_it_was(line):
    written = folded(line)
    assert all(len(part.encode()) <= 75 for part in written.split("\r\n"))
    assert written.removesuffix("\r\n").replace("\r\n ", "") == line


@given(st.text(max_size=200))
def test_what_is_escaped_is_one_line_and_is_read_again_as_it_was(text):
    value = escaped(text)
    assert not set("\r\n") & set(value)
    assert unescaped(value) == "".join(sign for sign in text if sign in "\n\t" or sign.isprintable())


@given(st.text(max_size=100))
def test_no_title_adds_a_property_or_an_event(title):
    lines = write("Plan", [Entry("1", title, date(2011, 5, 2), "/")], at=AT).decode().replace("\r\n ", "").split("\r\n")
    assert [line.partition(":")[0] for line in lines].count("BEGIN") == 2
    assert len(lines) == 17
