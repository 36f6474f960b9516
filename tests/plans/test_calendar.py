from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans import calendar
from plans.calendar import OWED, RECEIVED, UpdateStatus

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
    assert calendar.parse(address) == expected


@given(first_days)
def test_address_is_read_back(month):
    assert calendar.parse(calendar.address(month)) == month


@given(first_days)
def test_before_undoes_after(month):
    assert calendar.before(calendar.after(month)) == month
    assert calendar.after(month) > month


@pytest.mark.parametrize(
    ("month", "expected"),
    [(date(2010, 11, 1), date(2010, 12, 1)), (date(2010, 12, 1), date(2011, 1, 1))],
)
def test_after_is_the_first_day_of_the_month_that_follows(month, expected):
    assert calendar.after(month) == expected


def test_label_names_the_month():
    assert calendar.label(date(2010, 11, 1)) == "November 2010"


def test_a_status_is_owed_or_received():
    assert set(UpdateStatus) == OWED | RECEIVED
    assert not OWED & RECEIVED


@pytest.mark.parametrize(
    ("day", "by", "expected"),
    [
        (date(2011, 11, 9), 1, date(2011, 12, 9)),
        (date(2011, 12, 9), 1, date(2012, 1, 9)),
        (date(2012, 1, 31), 1, date(2012, 2, 29)),
        (date(2012, 1, 30), 1, date(2012, 2, 29)),
        (date(2011, 11, 30), 1, date(2011, 12, 31)),
        (date(2012, 1, 31), -2, date(2011, 11, 30)),
        (date(2011, 1, 9), 12, date(2012, 1, 9)),
        (date(2011, 1, 9), 0, date(2011, 1, 9)),
    ],
)
def test_moved_keeps_the_day_and_the_last_day_of_a_month(day, by, expected):
    assert calendar.moved(day, by) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2011, 12, 9), date(2011, 12, 9)),
        (date(2011, 12, 10), date(2011, 12, 12)),
        (date(2011, 12, 11), date(2011, 12, 12)),
        (date(2011, 12, 12), date(2011, 12, 12)),
    ],
)
def test_working_day_is_the_monday_after_a_weekend(day, expected):
    assert calendar.working_day(day) == expected


def test_proposed_moves_the_last_months_days_on():
    last = SimpleNamespace(
        month=date(2011, 10, 1),
        due_on=date(2011, 10, 11),
        sign_off_due_on=date(2011, 10, 14),
        data_as_at=date(2011, 9, 30),
    )
    assert calendar.proposed(date(2011, 12, 1), last) == {
        "due_on": date(2011, 12, 12),
        "sign_off_due_on": date(2011, 12, 14),
        "data_as_at": date(2011, 11, 30),
    }


@pytest.mark.parametrize(
    ("month", "due_on", "sign_off_due_on", "data_as_at"),
    [
        (date(2010, 2, 1), date(2010, 2, 10), date(2010, 2, 15), date(2010, 1, 31)),
        (date(2010, 1, 1), date(2010, 1, 11), date(2010, 1, 15), date(2009, 12, 31)),  # the 10th is a Sunday
    ],
)
def test_proposed_offers_a_first_month_its_tenth_and_fifteenth(month, due_on, sign_off_due_on, data_as_at):
    assert calendar.proposed(month, None) == {
        "due_on": due_on,
        "sign_off_due_on": sign_off_due_on,
        "data_as_at": data_as_at,
    }


DATES = {"due_on": date(2011, 5, 20), "sign_off_due_on": date(2011, 5, 24), "data_as_at": date(2011, 5, 13)}
LAST = SimpleNamespace(month=date(2011, 4, 1), due_on=date(2011, 4, 20))


@pytest.mark.parametrize(
    ("changed", "on", "expected"),
    [
        ({}, date(2011, 5, 20), []),
        ({}, date(2011, 5, 21), ["Updates would be due on 20 May 2011, which has passed."]),
        (
            {"sign_off_due_on": date(2011, 5, 21)},
            date(2011, 5, 1),
            ["Sign-off would be due at a weekend, on Saturday 21 May 2011."],
        ),
        ({"data_as_at": date(2011, 5, 20)}, date(2011, 5, 1), []),
        (
            {"data_as_at": date(2011, 5, 21)},
            date(2011, 5, 1),
            ["The data would be as at 21 May 2011, after the updates are due."],
        ),
    ],
)
def test_warnings_say_what_is_unusual_about_the_dates(changed, on, expected):
    assert calendar.warnings(**DATES | changed, on=on) == expected
    assert calendar.warnings(**DATES | changed, on=on, known=SimpleNamespace(**DATES | changed)) == []


@pytest.mark.parametrize(
    ("month", "due_on", "published_on", "expected"),
    [
        (date(2011, 5, 1), date(2011, 5, 20), date(2011, 4, 30), []),
        (date(2011, 5, 1), date(2011, 5, 20), date(2011, 5, 1), ["April 2011 was published today."]),
        (
            date(2011, 7, 1),
            date(2011, 7, 20),
            date(2011, 4, 30),
            ["The last month is April 2011. The record would have a gap: May 2011, June 2011."],
        ),
        (
            date(2011, 5, 1),
            date(2011, 4, 20),
            date(2011, 4, 30),
            ["Updates would be due by 20 April 2011, no later than those of April 2011."],
        ),
    ],
)
def test_warnings_of_opening_say_what_is_unusual_after_the_last_month(month, due_on, published_on, expected):
    told = {"on": date(2011, 5, 1), "last_published_on": published_on}
    assert calendar.warnings_of_opening(month, due_on, last=LAST, **told) == expected


def test_a_first_month_follows_nothing():
    assert (
        calendar.warnings_of_opening(LAST.month, LAST.due_on, on=LAST.due_on, last=None, last_published_on=None) == []
    )


@pytest.mark.parametrize(("day", "expected"), [(19, False), (20, False), (21, True)])
def test_an_update_is_late_after_the_day_on_which_it_was_due(day, expected):
    assert calendar.is_late(date(2011, 5, day), date(2011, 5, 20)) == expected


@pytest.mark.parametrize("known", [{"due_on": date(2011, 5, 23)}, {"data_as_at": date(2011, 5, 22)}])
def test_data_after_the_updates_are_due_is_unusual_again_once_either_day_changes(known):
    late = DATES | {"data_as_at": date(2011, 5, 21)}
    expected = ["The data would be as at 21 May 2011, after the updates are due."]
    assert calendar.warnings(**late, on=date(2011, 5, 1), known=SimpleNamespace(**late | known)) == expected


@pytest.mark.parametrize(
    ("previous", "expected"),
    [(None, ""), (date(2011, 4, 1), ""), (date(2011, 3, 1), "March 2011"), (date(2010, 5, 1), "May 2010")],
)
def test_since_names_the_month_that_is_compared_with_where_it_is_not_the_one_before(previous, expected):
    assert calendar.since(previous, date(2011, 5, 1)) == expected


def test_between_counts_the_months_of_the_years_between():
    assert calendar.between(date(2010, 11, 1), date(2012, 2, 1)) == 15


def test_what_is_owed_is_what_nobody_has_handed_in():
    assert {UpdateStatus.AWAITED, UpdateStatus.DRAFT, UpdateStatus.RETURNED} == OWED
