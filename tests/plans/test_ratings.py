import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.ratings import DEFAULT_WORDING, Direction, Movement, Rating, is_stuck, movement

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


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        ([(A, LEVEL), (A, LEVEL), (A, LEVEL)], True),
        ([(R, DOWN), (R, LEVEL), (R, DOWN)], True),
        ([(G, LEVEL), (A, LEVEL), (A, LEVEL), (A, DOWN)], True),
        ([(A, LEVEL), (A, LEVEL)], False),
        ([(A, LEVEL), (A, UP), (A, LEVEL)], False),
        ([(A, LEVEL), (R, LEVEL), (A, LEVEL)], False),
        ([(A, LEVEL), (None, None), (A, LEVEL)], False),
        ([(G, LEVEL), (G, LEVEL), (G, LEVEL)], False),
        ([(C, LEVEL), (C, LEVEL), (C, LEVEL)], False),
        ([(None, None), (None, None), (None, None)], False),
        ([], False),
    ],
)
def test_is_stuck_after_three_months_without_change_or_improvement(months, expected):
    assert is_stuck(months) == expected


month = st.tuples(st.sampled_from(Rating), st.sampled_from(Direction))


@given(st.lists(month, max_size=6))
def test_is_stuck_looks_at_the_last_three_months_only(months):
    assert is_stuck(months) == is_stuck(months[-3:])


@given(st.lists(month, min_size=3, max_size=6))
def test_is_stuck_never_when_improving_or_on_track_now(months):
    rating, direction = months[-1]
    if direction is UP or rating in {G, C}:
        assert not is_stuck(months)


def test_default_wording_stands_for_every_rating():
    assert list(DEFAULT_WORDING) == [R, A, G, C]
