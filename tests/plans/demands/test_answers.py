"""What the plans do about findings and targets, as last published."""

from datetime import date

import pytest

from plans import reporting, revisions
from plans.demands import answers
from plans.models import Recommendation
from tests import factories
from tests.factories import AT, later, user

ON = date(2011, 6, 15)


@pytest.fixture
@factories.once
def plan(db):
    """Four recommendations; in May the first is amber and signed off, the second a draft, the third came later."""
    made = factories.plan(2)
    month = factories.month(made)
    first, second = month.updates.order_by("reference")
    factories.signed_off(first, rating="amber")
    reporting.save_draft(update=second, version=second.version, by=user("Ada Officer"), at=AT, rating="green")
    factories.published(month)
    factories.recommendation(made, 3)
    factories.recommendation(made, 4, opened_on=date(2011, 7, 1))
    return made


def labels(given):
    return [(answer.recommendation.reference, answer.rating, answer.rating_label) for answer in given.recommendations]


def test_given_by_tells_the_rating_of_the_latest_published_month(plan):
    given = answers.given_by(plan, on=ON)
    assert given.month == plan.months.get()
    assert labels(given) == [
        ("R01", "amber", "Amber"),
        ("R02", "", "No update received"),
        ("R03", "", "Not yet published"),
    ]


def test_given_by_looks_past_an_open_month(plan):
    month = factories.month(plan, 6, at=later(days=40))
    factories.submitted(month.updates.get(reference="R01"), at=later(days=41), rating="green", progress="Four teams.")
    assert labels(answers.given_by(plan, on=ON))[0] == ("R01", "amber", "Amber")


def test_given_by_sets_a_corrected_rating_beside_the_published_one(plan):
    update = plan.months.get().updates.get(reference="R01")
    reporting.correct(
        update=update,
        reason="It was entered for another.",
        by=user("Olga Office"),
        at=later(days=30),
        agreed_by=user("Liam Lead"),
        agreed_on=date(2011, 5, 30),
        agreed_how="by e-mail",
        rating="green",
    )
    answer = answers.given_by(plan, on=ON).recommendations[0]
    assert (answer.rating, answer.corrected) == ("amber", "green")


def test_given_by_tells_what_answers_what_and_whether_it_is_live(plan):
    notice = factories.notice()
    inspection = factories.inspection()
    finding, other = factories.finding(inspection, 1), factories.finding(inspection, 2)
    first, second = Recommendation.objects.filter(reference__in=("R01", "R02")).order_by("reference")
    first.findings.add(finding)
    second.findings.add(finding)
    second.targets.add(notice.targets.get())
    revisions.close(
        recommendation=second, closure="completed", reason="Done.", by=user("Olga Office"), at=later(days=31)
    )
    given = answers.given_by(plan, on=ON)
    told = [(answer.recommendation.reference, answer.is_live) for answer in given.findings[finding.pk]]
    assert told == [("R01", True), ("R02", False)]
    assert other.pk not in given.findings
    assert [answer.recommendation for answer in given.targets[notice.targets.get().pk]] == [second]
    assert [answer.recommendation.reference for answer in given.live] == ["R01", "R03"]


@pytest.mark.parametrize("number", [1, 3])
def test_given_by_takes_as_many_queries_for_one_recommendation_as_for_three(db, number, django_assert_num_queries):
    plan = factories.plan(number)
    month = factories.month(plan)
    for update in month.updates.all():
        factories.submitted(update)
    factories.published(month)
    finding = factories.finding(factories.inspection(), 1)
    target = factories.notice().targets.get()
    for recommendation in plan.recommendations.all():
        recommendation.findings.add(finding)
        recommendation.targets.add(target)
    with django_assert_num_queries(5):
        given = answers.given_by(plan, on=ON)
        assert len(given.live) == number
