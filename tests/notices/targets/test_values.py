from decimal import Decimal
from types import SimpleNamespace

import pytest

from notices.targets.values import figure, floor, middle, plain, words


@pytest.mark.parametrize(("text", "expected"), [("80.000", "80"), ("8.200", "8.2"), ("100", "100"), ("-0.500", "-0.5")])
def test_plain_leaves_out_the_noughts_of_the_column(text, expected):
    assert plain(Decimal(text)) == expected


@pytest.mark.parametrize(
    ("value", "low", "high", "unit", "expected"),
    [
        ("80.1", None, None, "%", "80.1%"),
        ("25", None, None, "percentage points", "25 percentage points"),
        ("3", "1", "3", "schools", "3 schools (range 1 to 3)"),
        (None, "32", "33", "%", "32 to 33%"),
    ],
)
def test_words_of_a_value_a_range_or_both(value, low, high, unit, expected):
    value, low, high = (text and Decimal(text) for text in (value, low, high))
    assert words(value, low, high, unit) == expected


def test_without_a_value_or_a_range_there_are_no_words():
    assert words(None, None, None, "%") == ""


@pytest.mark.parametrize(
    ("value", "low", "high", "where", "printed"),
    [("80.100", None, None, "80.1", "80.1"), (None, "32", "33", "32.5", "32 to 33"), ("3", "1", "3", "3", "3")],
)
def test_a_chart_draws_a_value_or_the_middle_of_a_range(value, low, high, where, printed):
    value, low, high = (text and Decimal(text) for text in (value, low, high))
    row = SimpleNamespace(value=value, low=low, high=high)
    assert (middle(row), figure(row)) == (Decimal(where), printed)


def test_a_floor_names_its_source():
    assert floor(Decimal("35.000"), "%", "The regulations") == "35% (The regulations)"
    assert floor(None, "%", "") == ""
