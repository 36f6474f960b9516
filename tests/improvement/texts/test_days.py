"""Days as people type them."""

from datetime import date

import pytest

from improvement.texts import days


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("2", 2),
        ("02", 2),
        ("February", 2),
        ("february", 2),
        ("Feb", 2),
        ("Feb.", 2),
        ("Sept", 9),
        ("13", 13),
        ("Fe", None),
        ("Februar y", None),
        ("002", None),
        ("٢", None),
        ("", None),
    ],
)
def test_a_month_is_a_number_or_the_beginning_of_its_name(typed, month):
    assert days.month_of(typed) == month


def test_every_month_is_known_by_its_name_and_by_three_letters_of_it():
    names = [f"{date(2000, number, 1):%B}" for number in range(1, 13)]
    assert [days.month_of(name) for name in names] == list(range(1, 13))
    assert [days.month_of(name[:3]) for name in names] == list(range(1, 13))


@pytest.mark.parametrize(
    ("typed", "year"),
    [
        ("2011", 2011),
        ("11", 2011),
        ("00", 2000),
        ("99", 2099),
        ("1", None),
        ("011", None),
        ("20111", None),
        ("¹¹", None),
    ],
)
def test_a_year_in_two_figures_is_of_this_century(typed, year):
    assert days.year_of(typed) == year


@pytest.mark.parametrize(
    ("on", "found"),
    [(date(2011, 12, 9), "31 3 2012"), (date(2026, 3, 31), "31 3 2026"), (date(2026, 4, 1), "31 3 2027")],
)
def test_an_example_of_a_date_is_the_end_of_the_financial_year(on, found):
    assert days.example(on) == found
