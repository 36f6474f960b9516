"""A recommendation that the plan gives no date, only a timescale in words, on its way through the months."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.http import QueryDict

from improvement.records import triggers
from plans import reporting, revisions, verification
from plans.models import Action, Recommendation
from plans.recommendations.filters import RecommendationFilter
from plans.recommendations.tables import RecommendationTable
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db
TIMESCALE = "Enter a due date or, if there is none, the timescale, for example “Ongoing”."


@pytest.fixture
def plan():
    made = factories.plan()
    factories.recommendation(made, 2, original_due_on=None, due_on=None, timescale="Ongoing")
    return made


@pytest.fixture
def ongoing(plan):
    return plan.recommendations.get(reference="R02")


def given(recommendation, due_on=date(2011, 9, 30)):
    return revisions.change_due_date(
        recommendation=recommendation, due_on=due_on, reason="The Board set a date.", by=user("Olga Office"), at=AT
    )


@pytest.mark.parametrize("model", [Recommendation, Action])
def test_what_has_no_date_needs_a_timescale(ongoing, model):
    ongoing.actions.create(title="Train", timescale="Ongoing")
    with pytest.raises(IntegrityError, match="has_a_timescale"), transaction.atomic():
        model.objects.filter(due_on=None).update(timescale="")
    row = model.objects.filter(due_on=None).get()
    row.timescale = ""
    with pytest.raises(Exception, match=TIMESCALE):
        row.full_clean()


def test_a_recommendation_keeps_its_date(plan):
    with pytest.raises(IntegrityError, match="keeps_a_date"), transaction.atomic():
        plan.recommendations.filter(reference="R01").update(due_on=None, timescale="Ongoing")


@pytest.mark.parametrize(("reference", "first"), [("R01", date(2011, 9, 29)), ("R02", date(2011, 9, 30))])
def test_the_first_date_never_changes_even_where_there_was_none(plan, reference, first):
    rows = plan.recommendations.filter(reference=reference)
    before = rows.values_list("original_due_on", flat=True).get()
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(original_due_on=first, due_on=date(2011, 9, 30))
    assert rows.values_list("original_due_on", flat=True).get() == before
    with triggers.lifted([Recommendation._meta.db_table]):
        rows.update(original_due_on=first, due_on=first)
    assert rows.values_list("original_due_on", flat=True).get() == first


def test_it_is_never_overdue_and_comes_last_by_date(plan):
    month = factories.month(plan)
    filters = RecommendationFilter(QueryDict(), month=month, now=factories.later(days=900))
    assert [(row.reference, row.is_overdue) for row in filters.rows] == [("R01", True), ("R02", False)]
    orders = {
        order: [row.record.reference for row in RecommendationTable(filters.rows, month=month, order_by=order).rows]
        for order in ("due", "-due")
    }
    assert orders == {"due": ["R01", "R02"], "-due": ["R02", "R01"]}


def test_green_is_no_contradiction_without_a_date(plan):
    update = factories.submitted(factories.month(plan).updates.get(reference="R02"), rating="green")
    assert update.contradictions == []


def test_a_first_date_is_counted_as_agreed_and_not_as_slipped(plan, ongoing):
    month = factories.month(plan)
    given(ongoing)
    update = month.updates.get(reference="R02")
    assert (update.original_due_on, update.due_on) == (None, date(2011, 9, 30))
    assert [(one["before"], one["after"]) for one in update.agreed_changes] == [(None, date(2011, 9, 30))]
    selected = {
        value: [row.reference for row in RecommendationFilter(QueryDict(f"slipped={value}"), month=month, now=AT).rows]
        for value in ("yes", "agreed")
    }
    assert selected == {"yes": [], "agreed": ["R02"]}
    factories.signed_off(update)
    factories.published(month)
    assert list(verification.problems()) == []


def test_returning_the_update_takes_a_proposed_first_date_back(plan, ongoing):
    row = factories.submitted(
        factories.month(plan).updates.get(reference="R02"),
        proposed_due_on=date(2011, 9, 30),
        proposed_due_reason="A date is known now.",
    )
    lead = user("Liam Lead")
    row = reporting.sign_off(update=row, version=row.version, by=lead, at=AT)
    ongoing.refresh_from_db()
    assert ongoing.due_on == row.due_on == date(2011, 9, 30)
    row = reporting.return_for_changes(update=row, version=row.version, comment="Ask again.", by=lead, at=AT)
    ongoing.refresh_from_db()
    assert (ongoing.due_on, row.due_on) == (None, None)
