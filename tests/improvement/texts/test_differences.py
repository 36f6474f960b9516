"""Which words changed from one text to another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement.texts.differences import Part, compare


def marked(parts):
    return "".join(f"[{part.text}]" if part.is_changed else part.text for part in parts)


SAME = "Two teams were trained."


@pytest.mark.parametrize(
    ("before", "now", "old", "new"),
    [
        (SAME, SAME, SAME, SAME),
        (SAME, "Three teams were trained.", "[Two] teams were trained.", "[Three] teams were trained."),
        (SAME, f"{SAME} Waits fell.", SAME, f"{SAME} [Waits fell.]"),
        ("One two three four five.", "One two four five.", "One two [three] four five.", "One two four five."),
        (
            "The first team met a few people here",
            "The second team saw a few people here",
            "The [first team met] a few people here",
            "The [second team saw] a few people here",
        ),
        ("A  b\nc d", "A b c d", "A  b\nc d", "A b c d"),
        ("Team A met", "team A met", "[Team] A met", "[team] A met"),
    ],
)
def test_words_that_changed_are_marked_in_either_text(before, now, old, new):
    found = compare(before, now)
    assert (marked(found.before), marked(found.now)) == (old, new)


def test_the_space_before_a_change_is_not_marked():
    assert compare("One two three", "One six three").now == (
        Part("One", False),
        Part(" ", False),
        Part("six", True),
        Part(" three", False),
    )


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("Two teams were trained.", "Interviews begin next week, and one panel sits on Friday."),
        ("", "Something."),
        ("Something.", ""),
    ],
)
def test_texts_with_little_in_common_are_not_marked(before, now):
    assert compare(before, now) is None


def test_a_text_that_would_take_too_long_is_not_marked():
    assert compare("a " * 5000, "a " * 4999 + "b") is None
    alone = [" ".join(f"the {side}{number}" for number in range(400)) for side in "ab"]
    assert compare(*alone) is None
    prose = " ".join("the" if number % 10 == 0 else f"word{number}" for number in range(1700))
    assert marked(compare(prose, prose.replace("word855", "another")).now).count("[another]") == 1


@given(st.text("ab \n.", max_size=60), st.text("ab \n.", max_size=60))
def test_the_parts_are_the_texts(before, now):
    if found := compare(before, now):
        texts = ("".join(part.text for part in parts) for parts in (found.before, found.now))
        assert tuple(texts) == (before, now)


@given(st.text("ab c", max_size=40))
def test_a_text_does_not_differ_from_itself(text):
    found = compare(text, text)
    assert not any(part.is_changed for part in (*found.before, *found.now))
