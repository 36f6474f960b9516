"""What the exit view says of each of its facts, word by word."""

from datetime import date

import pytest

from notices import permissions
from notices.inspections.comparison import Cell, Row
from notices.models import Category, Continuation, Inspection, Judgement, Notice, Target
from notices.targets.terms import term
from plans import exits
from plans.demands.answers import Answer
from plans.exits import exit_words
from plans.exits.case import Owned
from plans.models import MonthlyUpdate, Recommendation
from tests import factories

END = date(2011, 10, 31)
TODAY = date(2011, 12, 9)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"as_of": date(2011, 10, 30)}, "In force, 1 day left, to 31 October 2011"),
        ({"as_of": date(2011, 10, 29)}, "In force, 2 days left, to 31 October 2011"),
        ({"as_of": END}, "In force, 0 days left, to 31 October 2011"),
        ({"as_of": date(2011, 11, 1)}, "Awaiting decision, 1 day past its end on 31 October 2011"),
        ({"as_of": TODAY}, "Awaiting decision, 39 days past its end on 31 October 2011"),
        ({"as_of": TODAY, "lifted_on": date(2011, 12, 1)}, "Lifted, on 1 December 2011"),
        ({"as_of": TODAY, "ends_on": None}, "In force, end date not known"),
    ],
)
def test_the_term_says_how_long_is_left_or_past(given, words):
    assert exit_words.term(term(**{"ends_on": END, "extended_to": None, "lifted_on": None} | given)) == words


@pytest.mark.parametrize(("on", "is_said"), [(date(2011, 12, 7), False), (date(2011, 12, 8), True)])
def test_a_recommendation_is_told_from_its_own_day_on(on, is_said):
    notice = Notice(
        recommended_on=date(2011, 12, 8),
        recommended_by="the chair",
        recommendation="It can be removed.",
        recommendation_source="A letter",
    )
    said = "Recommended on 8 December 2011 by the chair: “It can be removed.” A letter"
    assert exit_words.recommendation(notice, on) == (said if is_said else "")
    assert exit_words.recommendation(Notice(), on) == ""


@pytest.mark.parametrize(
    ("issuer", "asked"), [("The Secretary of State", "the Secretary of State"), ("Ofsted", "Ofsted")]
)
def test_what_to_do_names_whoever_issued_the_notice_where_there_is_a_target(issuer, asked):
    sentence = "Ask {issuer}."
    assert exit_words.to_do(Notice(issuer=issuer), [Target()], sentence) == f"Ask {asked}."
    assert exit_words.to_do(Notice(issuer=issuer), [], sentence) == ""


def test_counts_are_told_in_one_line():
    numbers = [("achieved", "Achieved", 2), ("not-met", "Not met", 0)]
    assert exit_words.counts("As stated", numbers) == "As stated: achieved 2, not met 0."


def ending(notice):
    row, *_ = exits.build(notice, permissions.Plans(tuple(notice.plans.all())), on=TODAY).endings
    return row


@pytest.fixture
def notice(db):
    return factories.notice()


def told(notice):
    """Return what is said of the verdict of the first target, how it ended and how long that has stood."""
    row = ending(notice)
    return exit_words.verdict(row), list(exit_words.end(row)), list(exit_words.held(row.held))


def test_without_a_value_the_period_of_the_milestone_stands_in_its_place(notice):
    assert told(notice) == ("No data", ["Not stated", "Worked out: no data", "March 2011"], ["Not known"])


def test_a_provisional_value_says_when_the_confirmed_one_is_expected(notice):
    factories.result(notice.targets.get().indicators.get(), "70", expected_on=date(2011, 12, 20))
    assert told(notice) == (
        "Missed, provisional; confirmed value expected on 20 December 2011",
        [
            "Not stated",
            "Worked out: missed, provisional",
            "70%, March 2011",
            "confirmed value expected on 20 December 2011",
        ],
        ["Missed since 20 April 2011, 7 months"],
    )


@pytest.mark.parametrize(
    ("said", "verdict", "lines", "lasting"),
    [
        (
            {"end_verdict": "achieved", "end_verdict_source": "A letter"},
            "Achieved, as stated",
            ["Achieved: A letter", "Worked out: missed, provisional", "The two say the opposite.", "70%, March 2011"],
            [],
        ),
        (
            {
                "end_verdict": "not-met",
                "end_verdict_source": "A letter",
                "end_verdict_on": date(2011, 11, 30),
                "narrative_wording": "It was late.",
                "narrative_source": "A report",
            },
            "Not met, as stated",
            [
                "Not met: A letter, 30 November 2011",
                "The narrative says: “It was late.” A report",
                "Worked out: missed, provisional",
                "70%, March 2011",
            ],
            [],
        ),
        (
            {"held_wording": "For a year.", "held_source": "A report"},
            "Missed, provisional",
            ["Not stated", "Worked out: missed, provisional", "70%, March 2011"],
            ["“For a year.” A report"],
        ),
        (
            {"held_wording": "For a year.", "held_source": "A report", "held_since": date(2010, 12, 9)},
            "Missed, provisional",
            ["Not stated", "Worked out: missed, provisional", "70%, March 2011"],
            ["“For a year.” A report, since 9 December 2010, 1 year"],
        ),
    ],
    ids=["at odds", "with a day and a narrative", "held", "held since a day"],
)
def test_what_is_stated_stands_before_what_is_worked_out(notice, said, verdict, lines, lasting):
    notice.targets.update(**said)
    factories.result(notice.targets.get().indicators.get(), "70")
    assert told(notice) == (verdict, lines, ["Missed since 20 April 2011, 7 months", *lasting])


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "R01 Recommendation 1 (Not yet published). Head of Safeguarding, due 31 December 2011"),
        (
            {"due_on": date(2011, 12, 8)},
            "R01 Recommendation 1 (Not yet published). Head of Safeguarding, due 8 December 2011, overdue",
        ),
        (
            {"due_on": None, "original_due_on": None, "timescale": "Ongoing"},
            "R01 Recommendation 1 (Not yet published). Head of Safeguarding, due “Ongoing”",
        ),
    ],
    ids=["due", "overdue", "undated"],
)
def test_what_carries_on_is_told_with_its_lead_and_date(notice, said, words):
    plan = factories.plan(0)
    plan.notice = notice
    plan.save()
    factories.recommendation(plan, 1, **said).targets.set(notice.targets.all())
    (owned,) = ending(notice).live
    assert exit_words.owned(owned) == words


@pytest.mark.parametrize(
    ("corrected", "words"), [("", "Amber"), ("amber", "Amber"), ("green", "Amber, corrected to green")]
)
def test_a_rating_is_told_with_its_correction(corrected, words):
    update = MonthlyUpdate(rating="amber", status="submitted")
    update.corrected_rating = corrected
    assert exit_words.rating(Owned(Answer(Recommendation(), update, is_live=True), is_overdue=False)) == words


def test_a_quotation_stands_with_its_source_and_note_as_far_as_there_are_any():
    assert exit_words.quoted(Continuation(wording="A trust goes on.", source="A letter")) == (
        "“A trust goes on.” A letter"
    )
    assert exit_words.quoted(Continuation(wording="A trust goes on.", source="A letter", note="From May.")) == (
        "“A trust goes on.” A letter From May."
    )


def test_grades_are_told_inspection_by_inspection_with_how_far_they_moved():
    made = [Inspection(title=f"Inspection {number}") for number in (1, 2, 3, 4)]
    first, second, third = (
        Judgement(inspection=inspection, grade=grade, grade_as_printed=printed)
        for inspection, grade, printed in zip(
            made, ("inadequate", "adequate", ""), ("Inadequate", "Adequate", "Not judged"), strict=False
        )
    )
    last = Judgement(inspection=made[3], grade="outstanding", grade_as_printed="Outstanding")
    row = Row(
        Category(name="Leadership"),
        [
            Cell(made[0], first, None),
            Cell(made[1], second, first),
            Cell(made[1], None, second),
            Cell(made[2], third, second),
            Cell(made[3], last, second),
        ],
    )
    assert exit_words.judged(row) == (
        "Leadership: Inadequate (Inspection 1); Adequate (Inspection 2, better by 1 grade); "
        "Not judged (Inspection 3, not comparable); Outstanding (Inspection 4, better by 2 grades)"
    )
