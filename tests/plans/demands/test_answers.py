"""What the plans do about findings and targets, as last published."""

from datetime import date, timedelta

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


def test_answers_to_leaves_out_the_plans_that_the_reader_does_not_see(plan):
    target = factories.notice().targets.get()
    other = factories.plan(1, slug="elsewhere")
    for recommendation in Recommendation.objects.filter(reference="R01"):
        recommendation.targets.add(target)
    seen = [
        [answer.recommendation.plan.slug for answer in answers.answers_to(target, plans, as_of=ON)[0]]
        for plans in ([plan], [other], [])
    ]
    assert seen == [["thornbury"], ["elsewhere"], []]


@pytest.mark.parametrize(
    ("due_on", "is_overdue"), [(date(2011, 6, 14), True), (ON, False), (date(2011, 6, 16), False), (None, False)]
)
def test_an_answer_is_overdue_from_the_day_after_its_due_date(due_on, is_overdue):
    answer = answers.Answer(Recommendation(due_on=due_on), None, is_live=True)
    assert answer.is_overdue(ON) is is_overdue


def test_an_answer_that_is_complete_is_not_overdue(plan):
    complete = plan.months.get().updates.get(reference="R01")
    complete.rating = "complete"
    late = Recommendation(due_on=date(2011, 6, 14))
    assert answers.Answer(late, complete, is_live=True).is_overdue(ON) is False


@pytest.fixture
def answered(plan):
    """The target that R01 (amber in May), R03 (never published) and R04 (of July) answer."""
    target = factories.notice().targets.get()
    for recommendation in plan.recommendations.exclude(reference="R02"):
        recommendation.targets.add(target)
    return target


def answering(target, plan, as_of=ON):
    found, _ = answers.answers_to(target, [plan], as_of=as_of)
    return [(answer.recommendation.reference, answer.rating, answer.is_live) for answer in found]


def test_answers_to_tells_what_was_published_last_of_each(plan, answered):
    factories.published(_signed_off_in_june(plan))
    assert answering(answered, plan) == [("R01", "green", True), ("R03", "", True)]


def test_answers_to_looks_past_an_open_month(plan, answered):
    _signed_off_in_june(plan)
    assert answering(answered, plan) == [("R01", "amber", True), ("R03", "", True)]


def _signed_off_in_june(plan):
    month = factories.month(plan, 6, at=later(days=40))
    factories.signed_off(month.updates.get(reference="R01"), at=later(days=41), rating="green", progress="Four.")
    return month


@pytest.mark.parametrize(("as_of", "references"), [(date(2011, 6, 30), 2), (date(2011, 7, 1), 3)])
def test_answers_to_counts_what_has_joined_the_plan_by_the_day(plan, answered, as_of, references):
    assert len(answering(answered, plan, as_of)) == references


def test_answers_to_puts_what_left_the_plan_last_from_the_day_on_which_it_left(plan, answered):
    first = plan.recommendations.get(reference="R01")
    revisions.close(recommendation=first, closure="completed", reason="Done.", by=user("Olga Office"), at=later(days=5))
    left_on = first.__class__.objects.get(pk=first.pk).closed_on
    days = (left_on - timedelta(days=1), left_on)
    found = [[(reference, is_live) for reference, _, is_live in answering(answered, plan, day)] for day in days]
    assert found == [[("R01", True), ("R03", True)], [("R03", True), ("R01", False)]]


def test_a_rating_is_corrected_by_the_last_correction_of_that_rating(plan, answered):
    update = plan.months.get().updates.get(reference="R01")
    facts = {"by": user("Olga Office"), "agreed_by": user("Liam Lead"), "agreed_on": date(2011, 5, 30)}
    for number, rating in enumerate(("red", "green"), 30):
        reporting.correct(
            update=update, reason="A slip.", at=later(days=number), agreed_how="by e-mail", rating=rating, **facts
        )
    reporting.correct(update=update, reason="A slip.", at=later(days=40), by=facts["by"], progress="Five teams.")
    (first, second), _ = answers.answers_to(answered, [plan], as_of=ON)
    assert (first.rating, first.corrected, second.corrected) == ("amber", "green", "")


def test_a_correction_back_to_what_was_published_is_none(plan, answered):
    update = plan.months.get().updates.get(reference="R01")
    facts = {"by": user("Olga Office"), "agreed_by": user("Liam Lead"), "agreed_on": date(2011, 5, 30)}
    for number, rating in enumerate(("red", "amber"), 30):
        reporting.correct(
            update=update, reason="A slip.", at=later(days=number), agreed_how="by e-mail", rating=rating, **facts
        )
    (first, _), _ = answers.answers_to(answered, [plan], as_of=ON)
    assert (first.rating, first.corrected) == ("amber", "")


def test_given_by_takes_the_last_of_several_months_of_its_own_plan_alone(plan):
    slip = {"by": user("Olga Office"), "agreed_by": user("Liam Lead"), "agreed_on": date(2011, 5, 30)}
    slip |= {"agreed_how": "by e-mail", "reason": "A slip.", "at": later(days=30)}
    reporting.correct(update=plan.months.get().updates.get(reference="R01"), rating="red", **slip)
    june = factories.published(_signed_off_in_june(plan))
    other = factories.plan(1, slug="other")
    factories.published(factories.month(other, 7, at=later(days=70)))
    finding = factories.finding(factories.inspection(), 1)
    for recommendation in (plan.recommendations.get(reference="R01"), other.recommendations.get()):
        recommendation.findings.add(finding)
    given = answers.given_by(plan, on=ON)
    assert (given.month, labels(given)[0]) == (june, ("R01", "green", "Green"))
    assert given.recommendations[0].corrected == ""  # what was corrected is the month before
    assert [answer.recommendation.plan for answer in given.recommendations] == [plan] * 3
    assert given.findings == {finding.pk: [given.recommendations[0]]}


@pytest.mark.parametrize(("days", "is_live"), [(4, True), (5, False)])
def test_given_by_tells_as_live_what_leaves_the_plan_on_a_later_day(plan, days, is_live):
    first = plan.recommendations.get(reference="R01")
    revisions.close(recommendation=first, closure="completed", reason="Done.", by=user("Olga Office"), at=later(days=5))
    given = answers.given_by(plan, on=later(days=days).date())
    assert given.recommendations[0].is_live is is_live


@pytest.mark.parametrize(("day", "number"), [(date(2011, 6, 30), 3), (date(2011, 7, 1), 4)])
def test_given_by_counts_what_has_joined_the_plan_by_the_day(plan, day, number):
    assert len(answers.given_by(plan, on=day).recommendations) == number


def test_answers_to_names_the_findings_that_they_answer_too_in_the_order_of_their_inspections(plan, answered):
    second, first = factories.inspection("second", ordered_on=date(2011, 1, 1)), factories.inspection("first")
    findings = [factories.finding(first, 1), factories.finding(first, 2), factories.finding(second, 1)]
    for reference, found in (("R01", findings[1:]), ("R03", findings[1:2]), ("R02", findings[:1])):
        plan.recommendations.get(reference=reference).findings.set(found)
    assert answers.answers_to(answered, [plan], as_of=ON)[1] == findings[1:]


def test_answers_to_keeps_plans_apart_that_have_the_same_title(plan, answered):
    other = factories.plan(2, slug="other")
    assert other.title == plan.title
    for recommendation in other.recommendations.all():
        recommendation.targets.add(answered)
    found, _ = answers.answers_to(answered, [plan, other], as_of=ON)
    assert [(answer.recommendation.plan.slug, answer.recommendation.reference) for answer in found] == [
        *(("thornbury", reference) for reference in ("R01", "R03")),
        *(("other", reference) for reference in ("R01", "R02")),
    ]
