"""A piece of a text around what was searched for, with that marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement.searching.snippets import LONGEST, beginning, snippet, whole
from improvement.texts import words


def drawn(found):
    return found and "".join(f"[{part.text}]" if part.is_marked else part.text for part in found.parts)


@pytest.mark.parametrize(
    ("text", "asked", "expected"),
    [
        ("Two teams were trained.", "teams", "Two [teams] were trained."),
        ("Two teams were trained.", "TRAIN two", "[Two] teams were [trained]."),
        ("Two teams were trained.", "plan", None),
        ("Looked after children, looked at twice", '"looked after"', "[Looked after] children, looked at twice"),
        ("Café in École Street", "ecole cafe", "[Café] in [École] Street"),
        ("the council’s own", "council's", "the [council’s] own"),
        ("safe\u00adguarding", "safeguard", "[safe\u00adguarding]"),
        ("The ﬁle and 80½", "file", "The [ﬁle] and 80½"),
        ("NI 59 and NI 60", "ni", "[NI] 59 and [NI] 60"),
        ("Nicely", "ni", None),
        ("", "plan", None),
        ("plan a", '"a plan" a', "plan [a]"),
    ],
)
def test_what_was_searched_for_is_marked(text, asked, expected):
    assert drawn(snippet(text, words.phrases(asked))) == expected


def test_a_long_text_is_cut_between_words_around_the_first_match():
    text = "before " * 40 + "here it is " + "after " * 60
    found = drawn(snippet(text, words.phrases("here")))
    assert found == "…" + "before " * 9 + "[here] it is " + "after " * 21 + "…"


def test_a_text_without_spaces_is_cut_all_the_same():
    assert len(drawn(snippet("a" * 1000, [("aaa",)]))) <= 1000 + 2
    assert drawn(beginning("b" * 1000)) == "b" * LONGEST + "…"


def test_what_is_not_matched_is_quoted_from_its_beginning():
    assert drawn(beginning("Two teams.")) == "Two teams."
    assert drawn(whole("Two teams.", [("plan",)])) == "Two teams."


@given(st.text(max_size=400), st.text(max_size=20))
def test_a_text_loses_and_gains_nothing(text, asked):
    assert "".join(part.text for part in whole(text, words.phrases(asked)).parts) == text
    if found := snippet(text, words.phrases(asked)):
        assert "".join(part.text for part in found.parts if part.text != "…") in text
        assert any(part.is_marked for part in found.parts)
