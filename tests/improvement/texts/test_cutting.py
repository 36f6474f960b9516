"""Cutting texts between words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement.texts.cutting import cut


@pytest.mark.parametrize(
    ("text", "longest", "expected"),
    [
        ("the quality of referrals", 24, "the quality of referrals"),
        ("the quality of referrals", 23, "the quality of…"),
        ("the quality of referrals that", 20, "the quality of…"),
        ("the quality, of referrals", 13, "the quality…"),
        ("the quality – of referrals", 15, "the quality…"),
        ("safeguarding", 5, "safe…"),
        ("", 5, ""),
    ],
)
def test_a_text_is_cut_after_a_whole_word(text, longest, expected):
    assert cut(text, longest) == expected


@given(st.text(), st.integers(min_value=1, max_value=50))
def test_a_text_is_never_longer_than_asked_and_begins_as_it_did(text, longest):
    found = cut(text, longest)
    assert len(found) <= longest
    assert text.startswith(found.removesuffix("…"))
