"""Lists in plain text, as Word copies them and as they are typed."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from improvement.texts import lists
from improvement.texts.lists import List
from improvement.texts.prose import Part, opening, parts


def shape(piece):
    """Return a piece as plain values: a text, or the numbering, the first number and the items of a list."""
    if isinstance(piece, str):
        return piece
    items = [(item.text, *map(shape, item.below)) if item.below else item.text for item in piece.items]
    return piece.numbering, piece.start, items


def bullets(*items):
    return "", 1, list(items)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # What Word puts into a textarea.
        ("•\tone\n•\ttwo", [bullets("one", "two")]),
        ("·\tone\n·\ttwo", [bullets("one", "two")]),
        ("\uf0b7\tone\n\uf0b7\ttwo", [bullets("one", "two")]),
        ("§\tone\n§\ttwo", [bullets("one", "two")]),
        ("1.\tone\n2.\ttwo", [("1.", 1, ["one", "two"])]),
        ("•\tone\no\tunder it\n•\ttwo", [bullets(("one", bullets("under it")), "two")]),
        (
            "•\tone\no\tunder it\n§\tdeeper\no\tagain",
            [bullets(("one", bullets(("under it", bullets("deeper")), "again")))],
        ),
        ("1.\tone\na.\tunder it\nb.\talso\n2.\ttwo", [("1.", 1, [("one", ("a.", 1, ["under it", "also"])), "two"])]),
        ("a.\tone\ni.\tunder it\nii.\talso\nb.\ttwo", [("a.", 1, [("one", ("i.", 1, ["under it", "also"])), "two"])]),
        # What people type.
        ("- one\n- two", [bullets("one", "two")]),
        ("* one\n* two", [bullets("one", "two")]),
        ("– one\n– two", [bullets("one", "two")]),
        ("o one\no two", [bullets("one", "two")]),
        ("1) one\n2) two", [("1)", 1, ["one", "two"])]),
        ("(a) one\n(b) two", [("(a)", 1, ["one", "two"])]),
        ("(i) one\n(ii) two\n(iii) three", [("(i)", 1, ["one", "two", "three"])]),
        ("iv. four\nv. five\nvi. six", [("i.", 4, ["four", "five", "six"])]),
        ("A. one\nB. two", [("A.", 1, ["one", "two"])]),
        ("I. one\nII. two", [("I.", 1, ["one", "two"])]),
        ("h. eight\ni. nine\nj. ten", [("a.", 8, ["eight", "nine", "ten"])]),
        ("i. nine\nj. ten", [("a.", 9, ["nine", "ten"])]),
        ("5. five\n6. six", [("1.", 5, ["five", "six"])]),
        ("Done:\n- one\n- two\nThen more.", ["Done:", bullets("one", "two"), "Then more."]),
        ("- one\n\n- two", [bullets("one", "two")]),
        ("- one\n  and on\n- two", [bullets("one\nand on", "two")]),
        ("1. one\n   - under it\n   - also\n2. two", [("1.", 1, [("one", bullets("under it", "also")), "two"])]),
        ("- one\n\t- under it\n- two", [bullets(("one", bullets("under it")), "two")]),
        ("- one\n- two\n1. first\n2. second", [bullets("one", "two"), ("1.", 1, ["first", "second"])]),
        ("- 3 schools\n- Leeds", [bullets("3 schools", "Leeds")]),
        ("-\t3 schools\n-\t4 schools", [bullets("3 schools", "4 schools")]),
        ("• 3 schools\n• 4 schools", [bullets("3 schools", "4 schools")]),
    ],
)
def test_what_is_a_list(text, found):
    assert [shape(piece) for piece in lists.pieces(text)] == found
    assert not lists.is_plain(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "One.\nTwo.",
        "- one",
        "– only one\nand a line",
        "•\tonly one",
        "1. only one",
        # It may be a minus.
        "- 3 schools\n- 4 schools",
        "– 3.5 per cent\n– 4 per cent",
        "-3 points\n-4 points",
        # No number of a list.
        "1.5 per cent rose\n1.6 per cent fell",
        "2011. The year\n2012. The next",
        "1. one\n1. one again",
        "1. one\n3. three",
        "1. one\n2) two",
        "(1. one\n(2. two",
        "J. Smith\nL. Jones",
        "no. one\nof. two",
        "a) one\nb. two",
        # Items with text between them.
        "1. Leadership\nIs better.\n2. Safeguarding\nIs not.",
        "- \n- ",
        "one - two\nthree - four",
    ],
)
def test_what_is_none(text):
    assert lists.pieces(text) == ([text] if text else [])
    assert lists.is_plain(text)


def test_a_table_beside_a_list_stays_one():
    found = lists.pieces("Figures:\nMonth\tIn time\nMay\t81%\n•\tone\n•\ttwo")
    assert [piece if isinstance(piece, tuple) else shape(piece) for piece in found] == [
        "Figures:",
        (("Month", "In time"), ("May", "81%")),
        bullets("one", "two"),
    ]


MARKS = st.sampled_from(["-", "•", "o", "*", "1.", "2.", "3)", "(a)", "(b)", "i.", "ii.", "a.", "b.", ""])
LINE = st.tuples(st.sampled_from(["", "  ", "\t"]), MARKS, st.sampled_from([" ", "\t", ""]), st.sampled_from("xy3 "))


@given(st.lists(LINE, max_size=12).map(lambda lines: "\n".join(map("".join, lines))))
@example("- x\n  - y\n\n  - y\n- x")
def test_joined_again_what_is_read_is_the_text(text):
    found = lists.read(text)
    assert "\n".join(piece if isinstance(piece, str) else piece.source for piece in found) == text
    assert all(piece.length > 1 for piece in found if isinstance(piece, List))


@given(st.lists(LINE, max_size=12).map(lambda lines: "\n".join(map("".join, lines))))
def test_no_word_is_lost(text):
    def words(piece):
        if isinstance(piece, str):
            return piece
        return "".join(item.text + "".join(map(words, item.below)) for item in piece.items)

    said = "".join(map(words, lists.read(text)))
    assert [letter for letter in said if letter in "xy"] == [letter for letter in text if letter in "xy"]


@given(st.integers(1, 20), st.integers(2, 6), st.sampled_from(["1.", "1)", "(1)"]))
def test_a_list_begins_with_its_number(start, length, numbering):
    text = "\n".join(f"{numbering.replace('1', str(start + at))} item" for at in range(length))
    assert [shape(piece) for piece in lists.pieces(text)] == [(numbering, start, ["item"] * length)]


def test_ten_thousand_letters_are_read_in_one_go():
    for line in ("- a\n", "1. a\n", "1. a\n1) b\n", " - a\n", "a. x\ni. y\n(1) z\n"):
        text = line * (10_000 // len(line))
        assert "\n".join(piece if isinstance(piece, str) else piece.source for piece in lists.read(text)) == text


@pytest.mark.parametrize("line", ["- 3\n", "- 3\n§ 3\n* 3\n", "- 3\n  * 4\n"])
def test_lines_that_may_begin_with_a_minus_are_read_once(line, monkeypatch):
    """Read anew from each line, ten thousand letters took ten seconds, on every page that shows them."""
    calls, level = [], lists._level
    monkeypatch.setattr(lists, "_level", lambda *args: calls.append(1) or level(*args))
    text = line * (10_000 // len(line))
    assert lists.read(text) == [text]
    assert len(calls) <= (lists.AHEAD + 1) * len(text.split("\n"))


def test_lists_within_lists_end_at_the_ninth_as_in_word():
    (top, *_) = lists.read("\n".join(f"{' ' * level}- x" for level in range(12)))
    depth = 1
    while top.items[-1].below:
        top, depth = top.items[-1].below[-1], depth + 1
    assert depth == lists.DEEPEST


def test_the_parts_of_a_report_keep_their_numbers_and_quote_the_paragraph():
    text = "Done:\n1. one\n2. two\n\nThen."
    numbered = lists.read("1. one\n2. two")[0]
    assert parts(text) == (
        Part(("Done:",)),
        Part(("one", "two"), is_list=True, listed=numbered),
        Part(("Then.",)),
    )
    assert opening("1. one\n2. two\n\nThen.") == "1. one\n2. two"
    assert parts("o one\no two") == (Part(("one", "two"), is_list=True),)
