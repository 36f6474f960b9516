"""What stands beside a form that asks for a rating, and in how many queries."""

from datetime import date

import pytest

from boards import access
from notices.targets import progress
from plans.models import Action, ReportingMonth
from plans.recommendations.facts import Action as Told
from plans.recommendations.facts import Finding, Question, facts_beside
from tests import factories
from tests.factories import AT, user

ON = AT.date()


@pytest.fixture
def plan(db):
    return factories.plan(2)


@pytest.fixture
def month(plan):
    return factories.month(plan)


@pytest.fixture
def first(plan, month):
    return plan.recommendations.get(reference="R01")


def facts(recommendation, month, name="Ada Officer", on=ON):
    month = ReportingMonth.objects.select_related("plan").get(pk=month.pk)
    return facts_beside(recommendation, month, user(name), on=on)


def measured(recommendation):
    """Have the recommendation answer the only target of the Notice of its plan; return the indicator of that."""
    target = factories.notice().targets.get()
    recommendation.plan.notice = target.notice
    recommendation.plan.save()
    recommendation.targets.add(target)
    return target.indicators.get()


def test_a_target_has_its_verdict_its_latest_value_and_a_small_chart(first, month):
    indicator = measured(first)
    factories.result(indicator, "70", period_start=date(2011, 2, 1), period_end=date(2011, 2, 28))
    factories.result(indicator, "80.5")
    (target,) = facts(first, month).targets
    assert (target.target.reference, target.target.wording, target.notice) == (
        "N01",
        "Increase timely assessments to 80%.",
        "thornbury",
    )
    assert (target.progress.verdict_words, target.latest.words, target.latest.period) == (
        "Met, provisional",
        "80.5%",
        "March 2011",
    )
    assert target.spark.text == "70 in February 2011, 80.5 in March 2011; higher is better; to reach 80"


def test_a_target_is_as_of_the_day_and_as_its_own_page_has_it(first, month):
    indicator = measured(first)
    factories.result(indicator, "80.5")
    narrative = factories.target(indicator.target.notice, 2)
    first.targets.add(narrative)
    early = facts(first, month, on=date(2011, 4, 1)).targets
    assert [(row.progress.verdict_words, row.latest, row.spark) for row in early] == [
        ("No data", None, None),
        ("No milestone", None, None),
    ]
    for row in facts(first, month).targets:
        whole = progress.of_target(row.target._meta.model.objects.get(pk=row.target.pk), as_of=ON)
        assert (row.progress.verdict_words, row.latest) == (
            whole.verdict_words,
            whole.measure and whole.measure.latest,
        )


def test_a_target_of_another_notice_is_told_without_its_page_which_readers_of_the_plan_do_not_see(first, month):
    first.targets.add(factories.target(factories.notice("another"), 2))
    (target,) = facts(first, month).targets
    assert (target.target.reference, target.notice) == ("N02", "")


def test_findings_are_told_in_order_with_their_inspection(first, month):
    inspection = factories.inspection()
    first.findings.add(factories.finding(inspection, 2), factories.finding(inspection, 1))
    assert facts(first, month).findings == [
        Finding("S01", "Put matter 1 right.", "Inspection, announced", "announced"),
        Finding("S02", "Put matter 2 right.", "Inspection, announced", "announced"),
    ]


def test_open_actions_come_first_by_date_and_what_was_done_before_the_month_is_settled(first, month):
    named = {
        "late": Action.objects.create(recommendation=first, title="late", due_on=date(2011, 4, 30)),
        "ongoing": Action.objects.create(recommendation=first, title="ongoing", timescale="Ongoing"),
        "soon": Action.objects.create(
            recommendation=first, title="soon", due_on=ON, owner_post=first.lead_post, timescale="By May"
        ),
        "before": Action.objects.create(
            recommendation=first, title="before", due_on=ON, done_on=date(2011, 4, 30), timescale=""
        ),
        "now": Action.objects.create(recommendation=first, title="now", due_on=ON, done_on=ON),
    }

    def told(title, due_on=ON, timescale="", done_on=None, owner="", is_overdue=False, is_settled=False):
        return Told(named[title].pk, title, due_on, timescale, done_on, owner, is_overdue, is_settled)

    assert facts(first, month).actions == [
        told("late", date(2011, 4, 30), is_overdue=True),
        told("soon", timescale="By May", owner="Head of Safeguarding"),
        told("ongoing", None, "Ongoing"),
        told("now", done_on=ON),
        told("before", done_on=date(2011, 4, 30), is_settled=True),
    ]


def test_the_boards_open_questions_are_told_and_the_posts_own_even_where_they_are_restricted(plan, first, month):
    answered = factories.challenge(plan, "Has it begun?")
    factories.answered(answered)
    factories.challenge(plan, "How do you know?")
    closed = factories.challenge(plan, "Who left?")
    access.restrict(
        thing=closed, version=closed.version, by=user("Olga Office"), at=AT, restricted_because="It is about staff."
    )
    first_one = Question(2, "How do you know?", closed.asked_name, "thornbury", is_own=True)
    assert facts(first, month).questions == [
        first_one,
        Question(3, "Who left?", closed.asked_name, "thornbury", is_own=True),
    ]
    assert [(row.number, row.is_own) for row in facts(first, month, "Olga Office").questions] == [(2, False)]


def test_nothing_of_another_recommendation_is_told(plan, first, month):
    measured(first)
    first.findings.add(factories.finding(factories.inspection(), 1))
    Action.objects.create(recommendation=first, title="soon", due_on=ON)
    factories.challenge(plan)
    told = facts(plan.recommendations.get(reference="R02"), month)
    assert (told.targets, told.findings, told.actions, told.questions) == ([], [], [], [])


@pytest.mark.parametrize("count", [1, 3])
def test_facts_take_four_queries_however_many_there_are(plan, first, month, count, django_assert_num_queries):
    notice = factories.notice()
    inspection = factories.inspection()
    for number in range(2, count + 2):
        target = factories.target(notice, number, kind="measured")
        indicator = target.indicators.create(reference=f"NI {number}", name="Measure", unit="%", better="higher")
        factories.milestone(indicator)
        factories.result(indicator)
        first.targets.add(target)
        first.findings.add(factories.finding(inspection, number))
        Action.objects.create(recommendation=first, title="soon", due_on=ON)
        factories.challenge(plan, f"How do you know {number}?")
    reader = user("Ada Officer")
    facts_beside(first, month, reader, on=ON)  # who the reader is, is asked once
    with django_assert_num_queries(4):
        told = facts_beside(first, month, reader, on=ON)
        assert [row.latest.words for row in told.targets] == ["80.5%"] * count
    assert [len(rows) for rows in (told.targets, told.findings, told.actions, told.questions)] == [count] * 4


def test_without_targets_facts_take_one_query(first, month, django_assert_num_queries):
    reader = user("Ada Officer")
    facts_beside(first, month, reader, on=ON)
    with django_assert_num_queries(1):
        assert facts_beside(first, month, reader, on=ON).targets == []
