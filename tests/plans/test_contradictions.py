from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.contradictions import Code, Facts, find, questions
from plans.ratings import Direction, Rating

PLAIN = Facts(
    rating=Rating.AMBER,
    direction=Direction.STEADY,
    progress="Two teams were trained.",
    previous_rating=Rating.AMBER,
    previous_progress="One team was trained.",
    due_on=date(2010, 12, 31),
    as_of=date(2010, 11, 15),
    has_evidence=False,
)
GREEN = {"rating": Rating.GREEN}
UP = {"direction": Direction.IMPROVING}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        (GREEN, []),
        (GREEN | {"as_of": date(2010, 12, 31)}, []),
        (GREEN | {"as_of": date(2011, 1, 1)}, [Code.GREEN_PAST_ITS_DATE]),
        ({"as_of": date(2011, 1, 1)}, []),
        (GREEN | {"missed_targets": ("N03",)}, [Code.GREEN_WITH_TARGET_MISSED]),
        ({"missed_targets": ("N03",)}, []),
        ({"rating": Rating.RED, "direction": Direction.IMPROVING}, [Code.IMPROVING_WHILE_WORSE]),
        ({"rating": Rating.RED, "direction": Direction.DECLINING}, []),
        (GREEN | {"direction": Direction.IMPROVING}, []),
        ({"previous_rating": None, "direction": Direction.IMPROVING}, []),
        ({"progress": "One team was trained."}, [Code.SAME_TEXT]),
        ({"progress": " one  TEAM was\ntrained. "}, [Code.SAME_TEXT]),
        ({"progress": "One team was trained.", "is_unchanged_by_choice": True}, []),
        ({"progress": "", "previous_progress": ""}, []),
        ({"progress": "One team was trained.", **UP}, [Code.IMPROVING_WITH_NOTHING_NEW]),
        (
            {"progress": "One team was trained.", "is_unchanged_by_choice": True, **UP},
            [Code.IMPROVING_WITH_NOTHING_NEW],
        ),
        ({"is_unchanged_by_choice": True, **UP}, [Code.IMPROVING_WITH_NOTHING_NEW]),
        ({"progress": "", "previous_progress": "", **UP}, []),
        (UP, []),
        ({"rating": Rating.COMPLETE}, [Code.COMPLETE_WITHOUT_EVIDENCE]),
        ({"rating": Rating.COMPLETE, "has_evidence": True}, []),
        ({"rating": None, "direction": None}, []),
        ({"green_by": date(2010, 11, 15)}, []),
        ({"green_by": date(2010, 11, 14)}, [Code.GREEN_BY_PASSED]),
        (GREEN | {"green_by": date(2010, 11, 14)}, []),
        ({"rating": None, "green_by": date(2010, 11, 14)}, []),
        ({"proposed_due_on": date(2010, 12, 30)}, [Code.PROPOSED_EARLIER]),
        ({"proposed_due_on": date(2010, 12, 31)}, []),
        ({"proposed_due_on": date(2011, 1, 31)}, []),
    ],
)
def test_find_names_what_does_not_go_together(changes, expected):
    assert [item.code for item in find(replace(PLAIN, **changes))] == expected


def test_find_says_it_in_plain_words():
    facts = replace(PLAIN, rating=Rating.GREEN, as_of=date(2011, 1, 1), missed_targets=("N03", "N04"))
    assert [item.sentence for item in find(facts)] == [
        "It is rated Green, but its agreed date, 31 December 2010, has passed.",
        "It is rated Green, but a target that it answers misses its milestone: N03, N04.",
    ]
    facts = replace(PLAIN, green_by=date(2010, 2, 1), proposed_due_on=date(2010, 12, 1))
    assert [item.sentence for item in find(facts)] == [
        "The date to be back to Green, 1 February 2010, has passed.",
        "The proposed due date, 1 December 2010, is earlier than the present one, 31 December 2010.",
    ]


facts = st.builds(
    Facts,
    rating=st.none() | st.sampled_from(Rating),
    direction=st.none() | st.sampled_from(Direction),
    progress=st.text(max_size=5),
    previous_rating=st.none() | st.sampled_from(Rating),
    previous_progress=st.text(max_size=5),
    due_on=st.dates(date(2010, 1, 1), date(2010, 12, 31)),
    as_of=st.dates(date(2010, 1, 1), date(2010, 12, 31)),
    has_evidence=st.booleans(),
    missed_targets=st.lists(st.sampled_from(["N01", "N02"]), max_size=2).map(tuple),
    is_unchanged_by_choice=st.booleans(),
    green_by=st.none() | st.dates(date(2010, 1, 1), date(2010, 12, 31)),
    proposed_due_on=st.none() | st.dates(date(2010, 1, 1), date(2010, 12, 31)),
)


@given(facts)
def test_find_names_each_contradiction_once_with_a_sentence(facts):
    found = find(facts)
    assert len({item.code for item in found}) == len(found)
    assert all(item.sentence.endswith(".") for item in found)


def test_two_contradictions_of_one_answer_are_one_question():
    (asked,) = questions(find(replace(PLAIN, **GREEN, as_of=date(2011, 1, 1), missed_targets=("N03",))))
    assert (asked.code, asked.key) == (Code.GREEN_PAST_ITS_DATE, "green-past-its-date+green-with-target-missed")
    assert asked.sentence == (
        "It is rated Green, but its agreed date, 31 December 2010, has passed. "
        "It is rated Green, but a target that it answers misses its milestone: N03."
    )
    assert asked.reason({"green-with-target-missed": " It is provisional. "}) == "It is provisional."
    assert asked.reason({"green-past-its-date": "A.", "green-with-target-missed": "B."}) == "A.\nB."
    assert asked.reason(dict.fromkeys(Code, "The same.")) == "The same."
    assert [asked.is_of(key) for key in ("green-past-its-date", asked.key)] == [False, True]


@given(facts)
def test_no_two_questions_ask_about_the_same_answer_and_none_is_left_out(facts):
    found = find(facts)
    asked = questions(found)
    assert len({item.code.answer for item in asked}) == len(asked)
    assert sorted(part.code for item in asked for part in item.parts) == sorted(item.code for item in found)


@given(facts)
def test_find_questions_the_rating_of_an_unrated_update_never(facts):
    assert {item.code for item in find(replace(facts, rating=None))} <= {
        Code.SAME_TEXT,
        Code.PROPOSED_EARLIER,
        Code.IMPROVING_WITH_NOTHING_NEW,
    }
