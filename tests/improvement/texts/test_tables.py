"""Tables in plain text, as they are pasted and as they are typed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement.texts import tables
from improvement.texts.prose import Part, opening, parts

MONTHS = (("Month", "In time"), ("May", "81%"))


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("| Month | In time |\n| May | 81% |", MONTHS),
        ("|Month|In time|\n|-----|:----:|\n|May|81%|", MONTHS),
        ("Month\tIn time\nMay\t81%", MONTHS),
        ("Month\tIn time\r\nMay\t81%\r\n", MONTHS),
        ("Month\tIn time\n| May | 81% |", MONTHS),
        ("Month\tIn time\nMay", ()),
        ("| A | B |\n| 1 |", ()),
        ("A\tB\tC\n1\t2", (("A", "B", "C"), ("1", "2", ""))),
        # The form strips the empty first cell of what opens a text.
        ("May\tJune\nIn time\t81%\t82%", (("", "May", "June"), ("In time", "81%", "82%"))),
        (r"| a \| b | c\\ |" "\n" r"| \d | \\\| |", (("a | b", "c\\"), ("\\d", "\\|"))),
        ("| Month | In time |", ()),
        ("Month\tIn time", ()),
        ("| only |\n| one |", ()),
        ("| open | ended\n| and | again", ()),
        ("| escaped | end \\|\n| escaped | end \\|", ()),
        ("Figures:\n\tMay\nIn time\t81%", (("", "May"), ("In time", "81%"))),
        ("\tIndented\n\tas paragraphs are", ()),
        ("Ended\t\nby tabs\t", ()),
        ("•\tone\n•\ttwo", ()),
        ("1.\tone\n2.\ttwo\n(iii)\tthree\no\tfour", ()),
        ("No.\tAction\n1\tTrain", (("No.", "Action"), ("1", "Train"))),
        ("a | b\nc | d", ()),
    ],
)
def test_what_is_a_table(text, rows):
    assert [piece for piece in tables.pieces(text) if not isinstance(piece, str)] == ([rows] if rows else [])
    assert tables.has_table(text) == bool(rows)


def test_what_stands_around_a_table_stays_as_it_was_written():
    text = "Figures:\n\n| Month | In time |\n| May | 81% |\n- one\n\n  two"
    assert tables.pieces(text) == ["Figures:\n", MONTHS, "- one\n\n  two"]
    assert parts(text) == (Part(("Figures:",)), Part(rows=MONTHS), Part(("one",), is_list=True), Part(("two",)))


def test_the_opening_of_a_text_that_begins_with_a_table_is_what_follows_it():
    assert (opening("A\tB\n1\t2\n\nSo it is."), opening("A\tB\n1\t2")) == ("So it is.", "")


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=8).map(lambda cell: cell.strip())
TABLE = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=2, max_size=5)
)


def written(table):
    """Return a table as the script writes one that is pasted: each row in a line between strokes."""
    lines = ([re.sub(r"([\\|])", r"\\\1", " ".join(cell.split())) for cell in row] for row in table)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


@given(TABLE)
def test_a_table_is_read_as_it_was_written(table):
    said = tuple(tuple(" ".join(cell.split()) for cell in row) for row in table)
    is_table = (
        any(row[0] for row in said)
        and any(any(row[1:]) for row in said)
        and not all(set(cell) <= set(":-") and len(cell) > 2 for cell in said[1])
    )
    if is_table:
        assert tables.pieces(f"Before.\n{written(table)}\nAfter.") == ["Before.", said, "After."]


@given(TABLE.filter(lambda table: all(cell and "\t" not in cell for row in table for cell in row)))
def test_what_excel_copies_keeps_its_columns(table):
    said = tuple(tuple(cell for cell in row) for row in table)
    if not any(tables.cells("\t".join(row)) is None or row[0].startswith("|") for row in said):
        found = tables.pieces("\n".join("\t".join(row) for row in said))
        rule = all(set(cell) <= set(":-") and len(cell) > 2 for cell in said[1])
        assert rule or found == [said]


@given(st.text(st.sampled_from("ab |\\\t\n-•"), max_size=60))
def test_whatever_is_typed_can_be_drawn_and_no_letter_is_lost(text):
    found = tables.pieces(text)
    said = "".join(piece if isinstance(piece, str) else "".join(map("".join, piece)) for piece in found)
    letters = [letter for letter in text if letter in "ab"]
    assert [letter for letter in said if letter in "ab"] == letters
    assert all(len({len(row) for row in piece}) == 1 for piece in found if not isinstance(piece, str))


def test_ten_thousand_strokes_are_read_in_one_go():
    for line in ("|" * 10_000, "| a " * 2_500, "|" + "\\" * 9_999, "|" + "a" * 9_999):
        assert len(tables.pieces(f"{line}\n{line}")) == 1


def test_what_is_wider_than_a_page_is_no_table():
    row = "\t".join("a" * (tables.WIDEST + 1))
    assert tables.pieces(f"{row}\n{row}") == [f"{row}\n{row}"]
