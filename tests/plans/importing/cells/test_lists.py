import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.importing.cells.lists import is_list, items, lined

APART = {
    "(a) gaps named; (b) advice given; (c) the Board decides": ["gaps named", "advice given", "the Board decides"],
    "Review it so that it (a) helps children (b) saves time": ["helps children", "saves time"],
    "1. Audit 2. Train 3. Review": ["Audit", "Train", "Review"],
    "(i) ask (ii) tell (iii) do": ["ask", "tell", "do"],
    "• one\n• two\n  goes on\n• three": ["one", "two goes on", "three"],
    "We will:\n- train staff\n- recruit": ["train staff", "recruit"],
    "• x • y": ["x", "y"],
    "Train staff\nRecruit two managers": ["Train staff", "Recruit two managers"],
    "Do this; do that": ["Do this", "do that"],
    "Do this; do that;": ["Do this", "do that"],
    "(A) ask (B) tell": ["ask", "tell"],
    "Audit,\nTrain;\nReview and": ["Audit", "Train", "Review"],
    "We will do both:\nTrain staff\nRecruit": ["Train staff", "Recruit"],
    "Train staff\nRecruit two\nmanagers at once": ["Train staff", "Recruit two managers at once"],
    "Draft by 31 May 2025, consult by June 2025 and publish by Sept 2025": [
        "Draft by 31 May 2025",
        "consult by June 2025",
        "publish by Sept 2025",
    ],
}
ONE = (
    "Just one thing (a) here",
    "Train staff on the\nnew model",
    "Co-production, with families",
    "Publish by 31 May 2025",
    "A–Z guide; FAQ",
    "Meet on 31 May 2025 and again on 30 June 2025",
    "It is • marked once",
)


@pytest.mark.parametrize(("text", "found"), APART.items())
def test_the_items_of_a_list_are_told_apart(text, found):
    assert items(text) == found


@pytest.mark.parametrize("text", ONE)
def test_what_is_no_list_stays_whole(text):
    assert items(text) == [text]


def test_an_empty_text_has_no_items():
    assert items(" \n ") == []


def test_blanks_without_end_are_read_at_once():
    assert items(f"x{' ' * 300_000}y • z • {' ' * 300_000}") == ["x y", "z"]


def test_a_list_in_one_line_gets_a_line_for_each_item():
    assert lined("(a) gaps named; (b) advice given") == "(a) gaps named;\n(b) advice given"
    assert lined("• x • y") == "• x\n• y"
    assert lined("one line") == "one line"
    assert lined("Do this; do that; do more") == "Do this;\ndo that;\ndo more"
    assert lined("• x\n• y") == "• x\n• y"


def test_a_text_of_one_item_is_kept_without_the_spaces_around_it():
    assert (items(" Do this. "), is_list("Do this."), is_list("Do this; do that")) == (["Do this."], False, True)


@given(st.text("ab (1).;•-\n", max_size=40))
def test_lines_add_no_word_and_lose_none(text):
    assert "".join(lined(text).split()) == "".join(text.split())
