from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.targets.milestones import Verdict
from plans.rating_evidence import Answered, Case, Match, Points, judge
from plans.ratings import Rating

PLAIN = Case(rating=Rating.AMBER, as_of=date(2011, 11, 15), due_on=date(2012, 3, 31), has_figures=True)
GREEN, RED, COMPLETE = ({"rating": rating} for rating in (Rating.GREEN, Rating.RED, Rating.COMPLETE))
MET, MISSED, AWAITED = (
    Answered(f"N0{number}", verdict) for number, verdict in enumerate((Verdict.MET, Verdict.MISSED, Verdict.AWAITED), 1)
)
PASSED, ON_ITS_DAY = {"due_on": date(2011, 11, 14)}, {"due_on": date(2011, 11, 15)}
LATE, DIFFERS = {"overdue_actions": 1}, {"is_view_different": True}


def targets(*found):
    return {"targets": found}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, Match.IN_LINE),
        (GREEN, Match.IN_LINE),
        (RED, Match.IN_LINE),
        (COMPLETE, Match.IN_LINE),
        # One fact that decides is enough against Green and Complete; a date is nothing to what is complete.
        (GREEN | PASSED, Match.BETTER),
        (GREEN | ON_ITS_DAY, Match.IN_LINE),
        (GREEN | LATE, Match.BETTER),
        (GREEN | DIFFERS, Match.BETTER),
        (GREEN | targets(MISSED), Match.BETTER),
        (GREEN | targets(MISSED, MET), Match.BETTER),
        (GREEN | targets(MET), Match.IN_LINE),
        (GREEN | targets(AWAITED), Match.IN_LINE),
        (GREEN | PASSED | targets(MET), Match.BETTER),
        (COMPLETE | PASSED, Match.IN_LINE),
        (COMPLETE | LATE, Match.BETTER),
        (COMPLETE | targets(MISSED), Match.BETTER),
        # Amber allows for one.
        (PASSED, Match.IN_LINE),
        (targets(MISSED), Match.IN_LINE),
        (PASSED | LATE, Match.BETTER),
        (PASSED | targets(MISSED), Match.BETTER),
        (targets(MISSED, MISSED), Match.BETTER),
        (PASSED | LATE | targets(MET), Match.IN_LINE),
        (PASSED | targets(MISSED, MET), Match.BETTER),
        (targets(MET), Match.WORSE),
        (targets(MET, AWAITED), Match.IN_LINE),
        (targets(MET, MISSED), Match.IN_LINE),
        (PASSED | targets(MET), Match.IN_LINE),
        (DIFFERS, Match.IN_LINE),
        # Red is as bad as can be.
        (RED | PASSED | LATE | targets(MISSED), Match.IN_LINE),
        (RED | targets(MET), Match.WORSE),
        (RED | targets(MET, MISSED), Match.IN_LINE),
        (RED | DIFFERS, Match.WORSE),
        (RED | DIFFERS | LATE, Match.IN_LINE),
        # What stands beside decides nothing.
        (GREEN | {"original_due_on": date(2010, 1, 7)}, Match.IN_LINE),
        (GREEN | {"is_text_repeated": True, "has_figures": False}, Match.IN_LINE),
        ({"months_at_rating": 30, "is_text_repeated": True}, Match.IN_LINE),
        # Without an update there is no rating to compare.
        ({"rating": None} | PASSED | LATE | DIFFERS | targets(MISSED), None),
    ],
)
def test_judge_compares_the_rating_with_the_facts_that_decide(changes, expected):
    assert judge(replace(PLAIN, **changes)).match is expected


def test_judge_gathers_the_facts_in_plain_words_those_that_decide_first():
    case = Case(
        rating=Rating.AMBER,
        as_of=date(2011, 11, 15),
        targets=(MET, replace(MISSED, gap="1.5 percentage points short of it"), Answered("N09", Verdict.NO_DATA)),
        overdue_actions=2,
        due_on=date(2011, 10, 31),
        original_due_on=date(2010, 1, 7),
        months_at_rating=6,
        is_text_repeated=True,
        is_view_different=True,
    )
    assert [(fact.sentence, fact.points.value, fact.decides) for fact in judge(case).facts] == [
        ("Target N02 is missed, 1.5 percentage points short of it.", "worse", True),
        ("Its date, 31 October 2011, has passed.", "worse", True),
        ("2 actions are overdue.", "worse", True),
        ("Target N01 is met.", "better", False),
        ("Target N09: no data.", "neither", False),
        ("Its date has slipped from 7 January 2010.", "worse", False),
        ("The Board’s view differs.", "neither", False),
        ("Amber for 6 months.", "worse", False),
        ("The text repeats an earlier update.", "worse", False),
        ("No figures are given as evidence.", "worse", False),
    ]


def test_judge_calls_nobody_long_at_green_or_before_six_months():
    for changes in (GREEN | {"months_at_rating": 30}, {"months_at_rating": 5}):
        assert [fact.sentence for fact in judge(replace(PLAIN, **changes)).facts] == ["Figures are given as evidence."]


def test_what_is_judged_has_its_words():
    assert [match.label for match in Match] == [
        "Rated better than the evidence",
        "Rated worse than the evidence",
        "In line with the evidence",
    ]
    assert [(points.label, [fact.sentence for fact in facts]) for points, facts in judge(PLAIN).by_points] == [
        ("Points towards Green", ["Figures are given as evidence."])
    ]


DAYS = st.dates(date(2010, 1, 1), date(2012, 12, 31))
cases = st.builds(
    Case,
    rating=st.sampled_from(Rating),
    as_of=DAYS,
    targets=st.lists(
        st.builds(Answered, reference=st.sampled_from(["N01", "N02"]), verdict=st.sampled_from(Verdict)), max_size=3
    ).map(tuple),
    overdue_actions=st.integers(0, 3),
    due_on=st.none() | DAYS,
    original_due_on=st.none() | DAYS,
    months_at_rating=st.integers(0, 12),
    is_text_repeated=st.booleans(),
    has_figures=st.booleans(),
    is_view_different=st.booleans(),
)
ORDER = [Match.WORSE, Match.IN_LINE, Match.BETTER]


@given(cases)
def test_a_match_rests_on_a_fact_that_decides_and_points_that_way(case):
    judged = judge(case)
    deciding = {fact.points for fact in judged.facts if fact.decides}
    assert judged.match is not Match.BETTER or Points.WORSE in deciding
    assert judged.match is not Match.WORSE or Points.BETTER in deciding
    assert sorted(judged.facts, key=lambda fact: not fact.decides) == list(judged.facts)
    assert sorted(fact.sentence for _, facts in judged.by_points for fact in facts) == sorted(
        fact.sentence for fact in judged.facts
    )


@given(cases)
def test_a_worse_rating_of_the_same_facts_is_never_kinder(case):
    """But for the Board’s view, which says of no rating which one it would give."""
    plain = replace(case, is_view_different=False)
    kindness = [
        ORDER.index(judge(replace(plain, rating=rating)).match) for rating in (Rating.RED, Rating.AMBER, Rating.GREEN)
    ]
    assert kindness == sorted(kindness)


@given(cases)
def test_one_more_overdue_action_never_makes_a_rating_look_worse_than_the_evidence(case):
    later = replace(case, overdue_actions=case.overdue_actions + 1)
    assert ORDER.index(judge(case).match) <= ORDER.index(judge(later).match)


def test_what_decides_against_a_rating_leaves_out_what_speaks_for_it():
    against = judge(replace(PLAIN, **GREEN | PASSED | targets(MET))).against
    assert [fact.sentence for fact in against] == ["Its date, 14 November 2011, has passed."]
    against = judge(replace(PLAIN, **RED | PASSED | targets(MET))).against
    assert against == []
    assert [fact.points for fact in judge(replace(PLAIN, **RED | targets(MET))).against] == [Points.BETTER]
    assert judge(replace(PLAIN, rating=None, **targets(MISSED))).against == []
