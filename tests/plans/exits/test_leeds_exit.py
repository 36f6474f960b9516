"""The exit view of Leeds: what [002] and [004] state, and what is worked out beside it."""

from datetime import date

import pytest

from improvement.demonstration import read
from notices import permissions
from notices.models import Notice
from notices.targets import terms
from plans import exits

TODAY = date(2011, 12, 9)


@pytest.fixture
def notice(leeds):
    return Notice.objects.get(slug="leeds")


@pytest.fixture
def leaving(notice):
    return exits.build(notice, permissions.Plans(tuple(notice.plans.all())), on=TODAY)


def references(rows):
    return [row.target.reference for row in rows]


def test_the_notice_awaits_a_decision_after_the_chair_has_recommended_that_it_be_lifted(notice):
    term = terms.term(ends_on=notice.ends_on, extended_to=None, lifted_on=None, as_of=TODAY)
    assert (term.state, term.days_past) == (terms.State.AWAITING_DECISION, 39)
    assert notice.recommended_on == date(2011, 12, 8)
    assert notice.recommendation.endswith("as well as being a fair response to the progress made.")


def test_every_number_adds_up_to_the_23_targets(leaving):
    assert [(how, counts) for how, _, counts in leaving.counts] == [
        (
            "As stated",
            [
                ("achieved", "Achieved", 2),
                ("well-on-the-way", "Well on the way", 0),
                ("not-met", "Not met", 1),
                ("not-stated", "Not stated", 20),
            ],
        ),
        (
            "As worked out",
            [
                ("met", "Met", 2),
                ("missed", "Missed", 3),
                ("undecided", "Undecided", 1),
                ("no-data", "No data", 1),
                ("none", "No milestone", 16),
            ],
        ),
    ]


def test_what_is_open(leaving):
    assert references(leaving.not_met) == ["N03", "N04", "N07"]
    assert references(leaving.undecided) == ["N05", "N06"]
    assert references(leaving.unspoken) == [f"N{number:02}" for number in range(8, 24)]
    assert references(leaving.unanswered) == ["N17", "N23"]
    assert leaving.findings == []


def test_how_long_each_verdict_has_held(leaving):
    held = {row.target.reference: row.held for row in leaving.endings}
    assert {reference: found.computed for reference, found in held.items() if found.computed} == {
        "N01": "Met since 9 May 2011, 7 months",
        "N02": "Met since 9 May 2011, 7 months",
        "N03": "Missed since 1 September 2011, 3 months",
        "N04": "Missed since 3 November 2011, 1 month",
        "N07": "Missed since 1 February 2011, 10 months",
    }
    assert {reference: found.stated_since for reference, found in held.items() if found.stated_since} == {
        "N09": "since 1 March 2011, 9 months",
        "N17": "since 19 January 2010, 1 year and 10 months",
        "N23": "since 19 January 2010, 1 year and 10 months",
    }
    assert [reference for reference, found in held.items() if not found.is_known] == [
        "N05",
        "N06",
        "N10",
        "N12",
        "N13",
        "N16",
        "N20",
        "N21",
    ]


def test_every_live_recommendation_that_answers_a_target_has_an_owner_and_a_date(leaving):
    owned = [item.answer.recommendation for row in leaving.endings for item in row.live]
    assert {row.reference for row in owned} >= {"R05", "R25", "R31", "R40"}
    assert all(row.lead_post.title and row.due_on for row in owned)


def test_the_successor_plan_carries_on_what_its_paragraph_names(leaving):
    of_plan = [item for item in leaving.continuations if item.source.startswith("[002] 5")]
    assert [(item.source, item.owner) for item in of_plan] == [
        (source, "Children's Trust Board, as the council expects")
        for source in ("[002] 5", "[002] 5 a", "[002] 5 b", "[002] 5 c", "[002] 5 d")
    ]
    carried = {row.target.reference for row in leaving.endings if set(row.continuations) & set(of_plan)}
    assert carried == {"N03", "N04", "N05", "N06", "N08", "N10", "N11", "N12", "N15", "N16"}


def test_the_three_factors_stand_word_for_word_with_what_the_record_holds(leaving):
    assert [(row.factor.wording, row.factor.source) for row in leaving.factors] == [
        (
            "an open outlook, benchmarking Leeds against other areas and searching out the very best practice to adopt",
            "[004]",
        ),
        (
            "a culture of performance with a rigorous and unrelenting focus on key measures and indicators of impact "
            "on children and young people's outcomes",
            "[004]",
        ),
        ("strong leadership", "[004]"),
    ]
    assert [(len(row.then), len(row.now), references(row.endings)) for row in leaving.factors] == [
        (1, 2, ["N06", "N07"]),
        (1, 3, ["N11", "N18", "N19"]),
        (1, 3, ["N17", "N20"]),
    ]
    grades = [[cell.judgement.grade for cell in row.cells] for factor in leaving.factors for row in factor.judged]
    assert grades == [["inadequate", "good"], ["adequate", "good"], ["inadequate", "good"], ["adequate", "good"]]


def test_everything_stated_names_its_source(leaving):
    for row in read("leeds_exit.json"):
        assert row["fields"]["source"].startswith("[00"), row["fields"]
