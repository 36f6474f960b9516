from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.ratings import Movement
from plans.watching.changes import Place, Seen, compare

JOINED, STAYED, LEFT = Place.JOINED, Place.STAYED, Place.LEFT
MARCH, APRIL = date(2011, 3, 31), date(2011, 4, 30)
ON, OFF = Seen(is_listed=True, due_on=MARCH), Seen(is_listed=False, due_on=MARCH)
MONTHS = st.none() | st.builds(
    Seen,
    is_listed=st.booleans(),
    due_on=st.sampled_from([None, MARCH, APRIL]),
    is_new=st.booleans(),
    movement=st.none() | st.sampled_from(Movement),
)


@pytest.mark.parametrize(
    ("before", "now", "place"),
    [
        (ON, ON, STAYED), (ON, OFF, LEFT), (ON, None, LEFT),
        (OFF, ON, JOINED), (OFF, OFF, None), (OFF, None, None),
        (None, ON, JOINED), (None, OFF, None), (None, None, None),
    ],
)  # fmt: skip
def test_what_is_listed_now_and_before_says_how_it_stands(before, now, place):
    change = compare(before, now)
    assert (change and change.place) == place


@pytest.mark.parametrize(
    ("before", "now", "is_new_date"),
    [
        (MARCH, MARCH, False), (MARCH, APRIL, True), (MARCH, None, True),
        (None, MARCH, True), (None, None, False),
    ],
)  # fmt: skip
def test_another_date_is_a_new_one(before, now, is_new_date):
    assert compare(Seen(is_listed=True, due_on=before), Seen(is_listed=True, due_on=now)).has_new_date == is_new_date


@pytest.mark.parametrize("place", [Seen(is_listed=False), None])
def test_what_is_new_in_the_plan_has_no_new_date_and_what_joined_may(place):
    assert compare(place, Seen(is_listed=True, due_on=APRIL)).has_new_date == (place is not None)


@pytest.mark.parametrize(
    ("movement", "has_other"), [(None, False), (Movement.SAME, False), (Movement.BETTER, True), (Movement.WORSE, True)]
)
def test_a_rating_that_moved_is_another(movement, has_other):
    assert compare(ON, Seen(is_listed=True, due_on=MARCH, movement=movement)).has_other_rating == has_other


@pytest.mark.parametrize("is_new", [True, False])
def test_a_new_update_is_told(is_new):
    assert compare(ON, Seen(is_listed=True, due_on=MARCH, is_new=is_new)).has_update == is_new


def test_the_same_twice_is_no_change():
    change = compare(ON, ON)
    assert (change.is_more_than_an_update, change.has_update) == (False, False)


@given(MONTHS, MONTHS)
def test_something_is_told_of_just_what_one_of_the_months_lists(before, now):
    is_told = any(month is not None and month.is_listed for month in (before, now))
    assert (compare(before, now) is not None) == is_told


@given(MONTHS, MONTHS)
def test_what_joins_one_way_leaves_the_other_and_a_date_changes_both_ways(before, now):
    there, back = compare(before, now), compare(now, before)
    opposite = {JOINED: LEFT, LEFT: JOINED, STAYED: STAYED}
    if there is not None:
        assert (back.place, back.has_new_date) == (opposite[there.place], there.has_new_date)


@given(MONTHS, MONTHS)
def test_an_update_alone_is_no_other_change(before, now):
    if (change := compare(before, now)) is not None:
        told = (change.has_new_date, change.has_other_rating, change.place is not STAYED)
        assert change.is_more_than_an_update == any(told)


def test_of_what_left_the_plan_nothing_is_told_but_that():
    for due_on, is_new, movement in product([None, MARCH], [True, False], [None, Movement.WORSE]):
        change = compare(Seen(is_listed=True, due_on=due_on, is_new=is_new, movement=movement), None)
        assert (change.place, change.has_new_date, change.has_update, change.has_other_rating) == (
            LEFT,
            False,
            False,
            False,
        )
