from hypothesis import given
from hypothesis import strategies as st

from improvement.texts.prose import Part, opening, parts


def test_blank_lines_divide_paragraphs_and_a_line_break_stays_one():
    assert parts("One,\nand on.\n\n\nTwo.") == (Part(("One,\nand on.",)), Part(("Two.",)))


def test_lines_that_begin_with_a_hyphen_are_a_list():
    assert parts("Done:\n- this\n- that,\nand on\n\nThen.") == (
        Part(("Done:",)),
        Part(("this", "that,\nand on"), is_list=True),
        Part(("Then.",)),
    )


def test_a_list_goes_on_after_a_blank_line():
    assert parts("- this\n\n• that") == (Part(("this", "that"), is_list=True),)


def test_a_minus_and_a_lone_hyphen_begin_no_list():
    assert parts("-5 points\n- ") == (Part(("-5 points\n-",)),)


def test_no_text_has_no_part():
    assert (parts(" \n\n"), opening("")) == ((), "")


def test_the_opening_is_the_first_paragraph_or_item():
    assert (opening("One.\n\nTwo."), opening("- one\n- two")) == ("One.", "one")


@given(st.text(st.sampled_from("ab -•\n"), max_size=60))
def test_no_word_is_lost_and_none_moves(text):
    said = " ".join(" ".join(part.texts) for part in parts(text))
    assert said.replace("-", " ").replace("•", " ").split() == text.replace("-", " ").replace("•", " ").split()


@given(st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1), max_size=5))
def test_paragraphs_come_back_as_they_were_put_together(paragraphs):
    assert [part.text for part in parts("\n\n".join(paragraphs))] == paragraphs
