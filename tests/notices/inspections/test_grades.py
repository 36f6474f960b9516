import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.inspections.grades import Comparison, Grade, compare, steps, steps_on

ANY = st.sampled_from(Grade)
MIRRORED = {Comparison.BETTER: Comparison.WORSE, Comparison.WORSE: Comparison.BETTER}


@pytest.mark.parametrize(
    ("before", "after", "said", "moved"),
    [
        ("inadequate", "adequate", "better", 1),
        ("inadequate", "good", "better", 2),  # [002]: "up two grades from inadequate to good"
        ("inadequate", "outstanding", "better", 3),
        ("adequate", "good", "better", 1),
        ("good", "outstanding", "better", 1),
        ("inadequate", "inadequate", "same", 0),
        ("adequate", "adequate", "same", 0),
        ("outstanding", "good", "worse", -1),
        ("good", "inadequate", "worse", -2),
        # Across the two scales.
        ("requires-improvement", "requires-improvement", "same", 0),
        ("inadequate", "requires-improvement", "better", 1),
        ("requires-improvement", "good", "better", 1),
        ("good", "requires-improvement", "worse", -1),
        ("adequate", "requires-improvement", "not-comparable", None),
        ("requires-improvement", "adequate", "not-comparable", None),
    ],
)
def test_two_grades_are_compared_by_rule(before, after, said, moved):
    assert compare(Grade(before), Grade(after)) is Comparison(said)
    assert steps(Grade(before), Grade(after)) == moved


@given(ANY | st.none())
def test_a_grade_that_is_not_named_compares_with_nothing(grade):
    assert compare(None, grade) is Comparison.NOT_COMPARABLE
    assert compare(grade, None) is Comparison.NOT_COMPARABLE


@given(ANY)
def test_a_grade_is_the_same_as_itself(grade):
    assert compare(grade, grade) is Comparison.SAME


@given(ANY, ANY)
def test_looking_back_mirrors_looking_forward(before, after):
    forward = compare(before, after)
    assert compare(after, before) is MIRRORED.get(forward, forward)


@given(ANY, ANY, ANY)
def test_better_than_better_is_better(first, second, third):
    if compare(first, second) is compare(second, third) is Comparison.BETTER:
        assert compare(first, third) is Comparison.BETTER


@given(ANY, ANY)
def test_only_the_third_places_of_the_two_scales_are_never_compared(before, after):
    is_apart = {before, after} == {Grade.ADEQUATE, Grade.REQUIRES_IMPROVEMENT}
    assert (compare(before, after) is Comparison.NOT_COMPARABLE) == is_apart


def test_every_grade_and_comparison_has_its_words():
    assert [grade.label for grade in Grade] == [
        "Outstanding",
        "Good",
        "Adequate",
        "Requires improvement to be good",
        "Inadequate",
    ]
    assert [said.label for said in Comparison] == ["Better", "Same", "Worse", "Not comparable"]


SCALE = ("Typically positive", "Inconsistent", "Widespread failings")


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        ("Widespread failings", "Typically positive", 2),
        ("inconsistent", "TYPICALLY POSITIVE", 1),
        ("Typically positive", "Inconsistent", -1),
        ("Inconsistent", "Inconsistent", 0),
        ("Inconsistent", "Good", None),
        ("Good", "Inconsistent", None),
    ],
)
def test_grades_of_a_scale_of_their_own_are_counted_on_it_however_they_are_printed(before, after, moved):
    assert steps_on(SCALE, before, after) == moved
