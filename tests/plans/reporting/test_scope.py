"""What a month reports on when it is opened, and what its rows take from the plan."""

from datetime import date

import pytest

from plans import reporting
from plans.models import Outcome, RatingDefinition
from plans.reporting import scope
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db
ON = AT.date()


def test_a_month_holds_what_stands_in_its_own_plan_and_lacks_nothing_then():
    plan = factories.plan(2)
    areas = [factories.area(plan, "A"), factories.area(plan, "B", to_on=date(2011, 4, 30))]
    plan.recommendations.get(reference="R02").areas.set(areas)
    factories.published(factories.month(plan, 4))
    other = factories.plan(1, slug="other")
    factories.recommendation(other, 9)
    factories.area(other, "B")
    month = factories.month(plan)
    assert list(month.updates.values_list("reference", "areas")) == [("R01", ""), ("R02", " A ")]
    assert [row.area for row in month.area_updates.all()] == areas[:1]
    for what in (scope.joining(month, ON), scope.leaving(month, ON), scope.joining_areas(month)):
        assert list(what) == []


def test_a_row_names_nobody_for_posts_that_are_vacant():
    plan = factories.plan(0)
    Outcome.objects.update(accountable_post=factories.post("Chair of the Partnership"))
    factories.recommendation(plan, 1, lead=factories.post("District Commander"))
    row = factories.month(plan).updates.get()
    assert (row.lead_title, row.lead_name) == ("District Commander", "")
    assert (row.accountable_title, row.accountable_name) == ("Chair of the Partnership", "")


def test_open_month_keeps_the_wording_of_the_plan_and_complete_only_where_it_is_defined():
    plan = factories.plan()
    assert list(factories.published(factories.month(plan, 4)).wording) == ["red", "amber", "green"]
    RatingDefinition.objects.create(plan=plan, rating="complete", wording="Done and proved.")
    RatingDefinition.objects.create(plan=plan, rating="red", wording="Off course.")
    month = factories.month(plan)
    assert list(month.wording) == ["red", "amber", "green", "complete"]
    assert (month.wording["red"], month.wording["complete"]) == ("Off course.", "Done and proved.")


def test_open_month_compares_with_the_last_update_that_was_received():
    plan = factories.plan()
    for number, rating in ((1, "red"), (2, "green"), (3, None), (4, None)):
        row = factories.month(plan, number).updates.get()
        if rating:
            factories.signed_off(row, rating=rating, direction="improving", progress=f"Step {number}.")
        elif number == 3:
            reporting.save_draft(update=row, version=0, by=user(), at=AT, rating="amber", direction="declining")
        factories.published(row.month)
    row = factories.month(plan, 5).updates.get()
    assert (row.previous_rating, row.previous_direction, row.previous_month) == (
        "green",
        "improving",
        date(2011, 2, 1),
    )
