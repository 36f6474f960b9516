"""What a report is drafted from: the months that it covers, and every number and name in its sections."""

from datetime import date

import pytest

from boards.models import Challenge
from boards.reports import drafting
from plans import reporting
from tests import factories
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db
ON = AT.date()


@pytest.fixture
def plan():
    return factories.plan(2)


def month(plan, number, at=AT, **ratings):
    """Publish a month of 2011 with an update of that rating for each reference that is named."""
    made = factories.month(plan, number, at=at)
    for reference, rating in ratings.items():
        answers = {"rating": rating, "progress": f"Step {number}."}
        factories.submitted(made.updates.get(reference=reference), at=at, **answers)
    return factories.published(made, at=at)


def sections(plan, kind="chair", on=ON):
    return {heading: text for heading, text, *_ in drafting.of_kind(kind, plan.board, on).sections}


def covered(plan, on=ON, kind="council"):
    return [month.address for month in drafting.covered(kind, plan.board, on)]


def test_a_report_covers_what_was_published_by_its_day_the_earliest_first(plan):
    month(plan, 3, at=later(days=-30))
    month(plan, 4)
    month(plan, 5, at=later(days=1))
    factories.month(plan, 6, at=later(days=2))
    month(factories.plan(slug="other"), 3)
    assert covered(plan) == ["2011-03", "2011-04"]
    assert covered(plan, later(days=1).date()) == ["2011-03", "2011-04", "2011-05"]
    assert covered(plan, date(2011, 3, 31)) == []


def test_a_report_covers_what_the_last_of_its_kind_and_board_did_not(plan):
    month(plan, 3, at=later(days=-30))
    factories.outgoing(plan.board, "council", date(2011, 4, 1))
    other = factories.plan(slug="other")
    month(plan, 4)
    month(other, 3)
    month(other, 4)
    factories.outgoing(other.board, "council", date(2011, 5, 1))
    assert (covered(plan), covered(plan, kind="chair")) == (["2011-04"], ["2011-03", "2011-04"])
    # A report does not follow itself: that of the same day covers what it covered.
    assert covered(plan, date(2011, 4, 1)) == ["2011-03"]
    factories.outgoing(plan.board, "council", ON)
    assert covered(plan) == ["2011-04"]
    assert covered(plan, later(days=1).date()) == []


def test_the_draft_names_the_months_that_it_is_drawn_from(plan):
    assert drafting.of_kind("chair", plan.board, ON) is None
    month(plan, 3)
    found = drafting.of_kind("chair", plan.board, ON)
    assert (found.from_month, found.to_month) == (date(2011, 3, 1), date(2011, 3, 1))
    assert sections(plan)["What this report covers"] == "March 2011, as published to the Board."
    month(plan, 4)
    found = drafting.of_kind("chair", plan.board, ON)
    assert (found.from_month, found.to_month) == (date(2011, 3, 1), date(2011, 4, 1))
    assert sections(plan)["What this report covers"] == "March 2011 to April 2011, as published to the Board."
    assert drafting.of_kind("letter", plan.board, ON) == drafting.Draft((("", ""),))


def test_a_first_month_is_compared_with_nothing(plan):
    month(plan, 3, R01="green", R02="green")
    found = sections(plan)
    assert found["Changed rating"] == "This is the first month that was published."
    assert found["Ratings, month by month"] == "An update was received for every recommendation."


def test_what_moved_is_told_from_the_month_before_the_first_one_better_before_worse(plan):
    month(plan, 2, R01="green", R02="green")
    month(plan, 3, at=later(days=-30), R01="green", R02="red")
    factories.outgoing(plan.board, "chair", date(2011, 4, 1), by=user("Cass Chair"))
    month(plan, 4, R01="red", R02="amber")
    assert sections(plan)["Changed rating"] == (
        "From March 2011 to April 2011: 1 better, 1 worse, of 2 recommendations with an update received for both "
        "months.\n- R02 Recommendation 2: Red to Amber\n- R01 Recommendation 1: Green to Red"
    )


def test_what_is_red_is_told_with_its_path_and_what_was_red_and_sent_nothing_besides(plan):
    month(plan, 3, R01="green", R02="red")
    month(plan, 4, R01="red")
    assert sections(plan)["Red, and the path to green"] == (
        "- R01 Recommendation 1: More trainers. Head of Training, by 30 September 2012.\n\n"
        "Red when last reported, without an update now:\n"
        "- R02 Recommendation 2: last rated Red, in March 2011"
    )


def test_where_nothing_that_was_received_is_red_a_sentence_says_so(plan):
    made = factories.month(plan, 3)
    drafted, received = made.updates.order_by("-reference")
    reporting.save_draft(
        update=drafted, version=drafted.version, by=user("Ada Officer"), at=AT, rating="red", progress="Begun."
    )
    factories.submitted(received, at=AT, rating="green", progress="Done.")
    factories.published(made)
    assert sections(plan)["Red, and the path to green"] == "Nothing was rated Red in March 2011."


@pytest.mark.parametrize(
    ("times", "words"), [(0, "did not meet"), (1, "met once"), (2, "met twice"), (3, "met 3 times")]
)
def test_the_boards_work_counts_how_often_it_met_from_the_first_month_to_the_day(plan, times, words):
    month(plan, 4)
    factories.held(plan, date(2011, 3, 31))
    factories.meeting(plan, date(2011, 5, 2))
    for number in range(times):
        factories.held(plan, date(2011, 4, 1 + number))
    assert sections(plan)["The Board's work"].startswith(f"The Board {words}, ")


def test_the_boards_work_counts_what_the_public_may_read_of_the_period(plan):
    month(plan, 4)
    before, held = factories.held(plan, date(2011, 3, 31)), factories.held(plan, date(2011, 4, 1))
    factories.decision(before, "Before.")
    factories.decision(held, "One.")
    factories.challenge(plan, "Before?", at=later(days=-31))
    factories.answered(factories.challenge(plan, "First?", at=later(days=-30)))
    factories.challenge(plan, "Second?")
    factories.challenge(plan, "After?", at=later(days=1))
    closed = factories.answered(factories.challenge(plan, "Closed?"))
    Challenge.objects.filter(pk=closed.pk).update(restricted_because="Names a person.")
    other = factories.plan(slug="other")
    factories.decision(factories.held(other, date(2011, 4, 1)), "Elsewhere.")
    factories.challenge(other, "Elsewhere?")
    found = sections(plan)["The Board's work"]
    assert found == "The Board met once, recorded 1 decision and asked 2 questions, of which 1 has been answered."


def test_targets_are_counted_by_verdict_and_named_where_no_figure_tells(plan):
    plan.notice = factories.notice()
    plan.save()
    month(plan, 4)
    factories.target(plan.notice, 2)
    found = sections(plan)["The targets of the Notice"].splitlines()
    assert found[0] == "Of 1 targets with milestones: 1 no data."
    assert [line for line in found if line.endswith(":")] == [
        "No result is known for:",
        "The Notice sets no milestone for:",
    ]
    factories.result(plan.notice.targets.get(reference="N01").indicators.get(), "78.5")
    assert sections(plan)["The targets of the Notice"].splitlines()[0] == ("Of 1 targets with milestones: 1 missed.")
    council = sections(plan, "council")["3.0 Main issues"]
    assert council.endswith("Of 1 targets with milestones: 1 missed.\n- N01: 78.5% (missed, provisional, March 2011)")


def test_the_councils_own_form_repeats_the_period_and_leaves_empty_what_nobody_entered(plan):
    month(plan, 4, R01="green", R02="red")
    found = sections(plan, "council")
    assert [heading for heading, text in found.items() if not text] == [
        "Electoral wards affected",
        "Specific implications for",
        "4.0 Implications for council policy and governance",
        "5.0 Legal and resource implications",
        "6.0 Conclusions",
    ]
    assert found["Executive summary"] == (
        "This report gives the ratings of the Improvement Plan for April 2011. "
        "April 2011: of 2, 1 red, 0 amber, 1 green, 0 no update received."
    )
    assert found["Recommendations"] == found["7.0 Recommendations"]
    assert found["Background papers"] == "- Improvement Board, April 2011"
    assert found["3.0 Main issues"].startswith("- April 2011: of 2, 1 red, 0 amber, 1 green, 0 no update received.\n\n")


def test_a_report_has_a_title_of_its_kind(plan):
    assert [drafting.title(kind, plan.board) for kind in ("chair", "council", "letter")] == [
        "Report of the independent chair, Thornbury Improvement Board",
        "Children's services improvement update report",
        "Thornbury Improvement Board",
    ]
