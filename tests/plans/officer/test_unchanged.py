"""Whose updates are offered to be submitted unchanged, and what is told of each."""

from datetime import date

import pytest

from plans import reporting
from plans.models import MonthlyUpdate, Plan, Recommendation
from plans.officer import unchanged
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db
ON = AT.date()


def opened(plan, due_on=date(2011, 6, 20)):
    """Return the plan's open June, after a May in which everything was received."""
    may = factories.month(plan)
    for row in may.updates.all():
        factories.submitted(row, decision_sought="Release two trainers.")
    factories.published(may)
    return reporting.open_month(plan=plan, month=date(2011, 6, 1), due_on=due_on, by=user("Olga Office"), at=AT)


@pytest.fixture
@factories.once
def june():
    """June, whose R02 has been given to another post since it was opened."""
    made = opened(factories.plan(2))
    post = factories.post("Head of Training", user("Oz Other"))
    Recommendation.objects.filter(plan=made.plan, reference="R02").update(lead_post=post)
    return made


def references(rows):
    return [row.reference for row in rows]


@pytest.mark.parametrize(
    ("name", "led"), [("Ada Officer", ["R01", "R02"]), ("Oz Other", ["R02"]), ("Liam Lead", []), ("Olga Office", [])]
)
def test_an_update_is_for_the_post_that_it_names_and_the_one_that_leads_now(june, name, led):
    pks = list(june.updates.values_list("pk", flat=True))
    assert references(unchanged.page_of(user(name), on=ON)) == led
    assert references(unchanged.chosen(user(name), pks, on=ON)) == led


def test_what_is_due_first_comes_first_and_then_one_plan_after_the_other(june):
    for slug, title, day in (("other", "A plan", 20), ("third", "Z plan", 10)):
        opened(factories.plan(slug=slug), due_on=date(2011, 6, day))
        Plan.objects.filter(slug=slug).update(title=title)
    rows = unchanged.page_of(user("Ada Officer"), on=ON)
    assert [(row.month.plan.slug, row.reference) for row in rows] == [
        ("third", "R01"),
        ("other", "R01"),
        ("thornbury", "R01"),
        ("thornbury", "R02"),
    ]


def test_only_what_was_reported_before_and_nobody_began_is_offered(june):
    factories.recommendation(june.plan, 3, lead=factories.post("Head of Safeguarding"))
    reporting.refresh_scope(month=june, by=user("Olga Office"), at=AT)
    first = june.updates.get(reference="R01")
    reporting.save_draft(update=first, version=0, by=user("Ada Officer"), at=AT, progress="Begun.")
    assert references(unchanged.page_of(user("Ada Officer"), on=ON)) == ["R02"]
    assert references(unchanged.chosen(user("Ada Officer"), [first.pk], on=ON)) == ["R01"]


def test_what_is_told_is_what_would_be_submitted_and_no_decision_is_sought_again(june):
    factories.recommendation(june.plan, 3, lead=factories.post("Head of Safeguarding"))
    reporting.refresh_scope(month=june, by=user("Olga Office"), at=AT)
    rows = june.updates.select_related("month__plan", "recommendation", "lead_post__holder").order_by("reference")
    told = unchanged.tell(rows, user("Dev Deputy"), at=AT)
    assert references(item.update for item in told) == ["R01", "R02"]
    first = told[0]
    assert sorted(answer.field for answer in first.answers) == sorted(factories.ANSWERS)
    assert (first.update.progress, first.previous.month.label) == ("Two teams were trained.", "May 2011")
    assert (first.questions, first.missing, first.is_late) == ([], [], False)
    assert first.acting_for == "Head of Safeguarding (Ada Officer)"
    assert not MonthlyUpdate.objects.get(pk=first.update.pk).progress
