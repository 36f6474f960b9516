from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans import months
from plans.months import OWED, RECEIVED, UpdateStatus

first_days = st.dates(date(2000, 2, 1), date(2099, 11, 30)).map(lambda day: day.replace(day=1))


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("2010-11", date(2010, 11, 1)),
        ("2099-12", date(2099, 12, 1)),
        ("2010-13", None),
        ("2010-00", None),
        ("0000-01", None),
        ("1999-12", None),
        ("2010-1", None),
        ("2010-11 ", None),
        ("2010-11\n", None),
        ("２０１０-11", None),
        ("abc", None),
        ("", None),
    ],
)
def test_parse_takes_a_year_and_a_month(address, expected):
    assert months.parse(address) == expected


@given(first_days)
def test_address_is_read_back(month):
    assert months.parse(months.address(month)) == month


@given(first_days)
def test_before_undoes_after(month):
    assert months.before(months.after(month)) == month
    assert months.after(month) > month


def test_label_names_the_month():
    assert months.label(date(2010, 11, 1)) == "November 2010"


def test_a_status_is_owed_or_received():
    assert set(UpdateStatus) == OWED | RECEIVED
    assert not OWED & RECEIVED
