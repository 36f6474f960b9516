"""Words are found as a reader looks for them, whatever the style of their signs."""

import pytest

from improvement.texts.words import fold, hold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("Plain TEXT", "plain text"),
        ("the council’s", "the council's"),
        ("the council‘s", "the council's"),
        ("the council`s", "the council's"),
        ("the council´s", "the council's"),
        ("the councilʼs", "the council's"),
        ("the council′s", "the council's"),
        ("“quoted” „so“", '"quoted" "so"'),
        ("2010–11 — 2011‑12", "2010-11 - 2011-12"),
        ("Café", "cafe"),
        ("Cafe\u0301", "cafe"),
        ("ÉCOLE", "ecole"),
        ("İstanbul", "istanbul"),
        ("Straße", "strasse"),
        ("Łódź, Bjørn, Ægir", "lodz, bjorn, aegir"),
        ("safe\u00adguarding", "safeguarding"),
        ("no\N{NO-BREAK SPACE}break", "no break"),
        ("ﬁle…", "file..."),
        ("漢字", "漢字"),
    ],
)
def test_a_text_is_folded_to_its_letters(text, folded):
    assert fold(text) == folded
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("asked", "is_held"),
    [
        ("", True),
        ("father's cafe", True),
        ("CAFÉ father’s", True),
        ("athe", True),
        ("“the father’s” café", True),
        ('"father the"', False),
        ('"father', False),
        ("café mother", False),
        ("%", False),
        ("_", False),
    ],
)
def test_each_word_stands_somewhere_in_any_of_the_texts(asked, is_held):
    assert hold(asked, ["The father’s", "Café"]) == is_held
