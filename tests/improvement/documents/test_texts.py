"""What is taken out of a text, where it may be broken, and how wide its column becomes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement.documents import texts
from improvement.documents.blocks import Bullets, Rating, Table


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\r\nb\rc\x0bd\u2028e", "a\nb\nc\nd\ne"),
        ("a\x00b\x1b[0mc\x7f", "ab[0mc"),
        ("\ufeffa\ufffe\ud800b", "a?b"),
        ("a\u202eb\u2066c", "abc"),
        ("\u202e\x01", "?"),
        (" \n", " \n"),
        ("tab\tstays, é – “ ” … ≥ 漢字 😀 שלום", "tab\tstays, é – “ ” … ≥ 漢字 😀 שלום"),
    ],
)
def test_cleaned_takes_out_what_no_document_can_hold(text, kept):
    assert texts.cleaned(Bullets([text])) == Bullets((kept,))


def test_parts_are_paragraphs_of_lines():
    assert texts.parts("\none\ntwo\n \n\nthree\n") == [["one", "two"], ["three"]]


@given(st.text(alphabet="ab /", max_size=200))
def test_breakable_changes_nothing_but_where_a_line_may_end(text):
    broken = texts.breakable(text)
    assert broken.replace("\u200b", "") == text
    assert max(len(run) for run in broken.replace("\u200b", " ").split(" ")) <= 30


def test_shares_are_those_given():
    assert texts.shares(Table("", ["A", "B"], [], widths=(1, 3))) == [0.25, 0.75]


def test_shares_widen_a_column_to_its_headers_and_ratings_longest_word():
    rows = [["R1", Rating("complete", "Complete")]]
    assert texts.shares(Table("", ["Reference", "A"], rows, widths=(1, 40)))[0] == pytest.approx(11.3 / 95)
    assert texts.shares(Table("", ["A", "Is"], rows, widths=(40, 1)))[1] == pytest.approx(14.3 / 95)


@given(st.lists(st.lists(st.text(max_size=60), min_size=3, max_size=3), max_size=5))
def test_shares_are_always_a_whole(rows):
    assert sum(texts.shares(Table("", ["A", "Reference", "C"], rows))) == pytest.approx(1)
