from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.ratings import DEFAULT_WORDING, Direction, Movement, Rating, Report, Run, movement, run

R, A, G, C = Rating.RED, Rating.AMBER, Rating.GREEN, Rating.COMPLETE
UP, LEVEL, DOWN = Direction.IMPROVING, Direction.STEADY, Direction.DECLINING
BETTER, WORSE, SAME = Movement.BETTER, Movement.WORSE, Movement.SAME


@pytest.mark.parametrize(
    ("previous", "current", "expected"),
    [
        (R, R, SAME), (R, A, BETTER), (R, G, BETTER), (R, C, BETTER), (R, None, None),
        (A, R, WORSE), (A, A, SAME), (A, G, BETTER), (A, C, BETTER), (A, None, None),
        (G, R, WORSE), (G, A, WORSE), (G, G, SAME), (G, C, BETTER), (G, None, None),
        (C, R, WORSE), (C, A, WORSE), (C, G, WORSE), (C, C, SAME), (C, None, None),
        (None, R, None), (None, A, None), (None, G, None), (None, C, None), (None, None, None),
    ],
)  # fmt: skip
def test_movement_from_the_last_rating_to_this(previous, current, expected):
    assert movement(previous, current) == expected


@given(st.sampled_from(Rating), st.sampled_from(Rating))
def test_movement_there_and_back_is_opposite(before, after):
    opposite = {BETTER: WORSE, WORSE: BETTER, SAME: SAME}
    assert movement(after, before) == opposite[movement(before, after)]


NONE = (None, None)


def reports(*months):
    """Return a Report for each (rating, direction), from January 2011 on."""
    return [Report(date(2011 + place // 12, place % 12 + 1, 1), *month) for place, month in enumerate(months)]


@pytest.mark.parametrize(
    ("months", "rating", "since", "number", "is_stuck", "is_long"),
    [
        ([], None, None, 0, False, False),
        ([NONE, NONE], None, None, 0, False, False),
        ([(A, LEVEL)], A, 1, 1, False, False),
        ([(A, LEVEL), (A, LEVEL)], A, 1, 2, False, False),
        ([(A, LEVEL), (A, LEVEL), (A, LEVEL)], A, 1, 3, True, False),
        ([(R, DOWN), (R, LEVEL), (R, DOWN)], R, 1, 3, True, False),
        ([(G, LEVEL), (A, LEVEL), (A, LEVEL), (A, DOWN)], A, 2, 3, True, False),
        ([(A, LEVEL), (R, LEVEL), (A, LEVEL)], A, 3, 1, False, False),
        # One "improving" in the last three months is enough, and an older one is not.
        ([(A, UP), (A, LEVEL), (A, LEVEL)], A, 1, 3, False, False),
        ([(A, LEVEL), (A, LEVEL), (A, UP)], A, 1, 3, False, False),
        ([(A, UP), (A, LEVEL), (A, LEVEL), (A, LEVEL)], A, 1, 4, True, False),
        # A month without an update neither ends the run nor counts as a change.
        ([(A, LEVEL), NONE, (A, LEVEL)], A, 1, 3, True, False),
        ([(A, LEVEL), NONE, NONE], A, 1, 3, True, False),
        ([(A, UP), NONE, NONE], A, 1, 3, False, False),
        ([(A, UP), NONE, NONE, NONE], A, 1, 4, True, False),
        ([NONE, (A, LEVEL), NONE], A, 2, 2, False, False),
        ([(A, LEVEL), NONE, (R, LEVEL), NONE], R, 3, 2, False, False),
        ([(R, LEVEL), NONE, (A, LEVEL), (A, LEVEL)], A, 3, 2, False, False),
        # Half a year of "improving" without moving is long, and not stuck.
        ([(A, UP)] * 5, A, 1, 5, False, False),
        ([(A, UP)] * 6, A, 1, 6, False, True),
        ([(R, UP), *[NONE] * 5], R, 1, 6, True, True),
        ([(G, LEVEL)] * 12, G, 1, 12, False, False),
        ([(C, None)] * 7, C, 1, 7, False, False),
    ],
)  # fmt: skip
def test_run_of_one_rating_and_what_is_stuck_or_long(months, rating, since, number, is_stuck, is_long):
    since = since and date(2011, since, 1)
    assert run(reports(*months)) == Run(rating, since, number, is_stuck, is_long)


month = st.tuples(st.sampled_from(Rating), st.sampled_from(Direction)) | st.just(NONE)
given_months = st.lists(month, max_size=14).map(lambda months: reports(*months))


@given(given_months)
def test_months_at_this_rating_counts_the_months_from_since_to_this_one(given_reports):
    found = run(given_reports)
    since = [report for report in given_reports if found.since and report.month >= found.since]
    assert found.months == len(since)
    assert {report.rating for report in since} <= {found.rating, None}
    assert not since or since[0].rating is found.rating


@given(given_months)
def test_the_month_before_a_run_had_another_rating_or_none_at_all(given_reports):
    found = run(given_reports)
    before = [report.rating for report in given_reports if found.since and report.month < found.since]
    last = next((rating for rating in reversed(before) if rating), None)
    assert last is None or last is not found.rating


@given(given_months, st.integers(1, 8))
def test_stuck_cannot_be_escaped_by_not_reporting(given_reports, silent):
    before = run(given_reports)
    after = run(reports(*[(report.rating, report.direction) for report in given_reports], *[NONE] * silent))
    assert after.is_stuck >= before.is_stuck
    assert after.is_long >= before.is_long
    assert (after.rating, after.since) == (before.rating, before.since)
    assert after.months == (before.months + silent if before.rating else 0)


@given(given_months)
def test_stuck_and_long_are_red_or_amber_for_so_many_months(given_reports):
    found = run(given_reports)
    is_off_track = found.rating in {R, A}
    improving = any(report.direction is UP for report in given_reports[-3:])
    assert found.is_stuck == (is_off_track and found.months >= 3 and not improving)
    assert found.is_long == (is_off_track and found.months >= 6)


def test_default_wording_stands_for_every_rating():
    assert list(DEFAULT_WORDING) == [R, A, G, C]
