"""What a month reports on when it is opened, and what its rows take from the plan."""

from datetime import date

import pytest

from plans.models import Outcome
from plans.reporting import scope
from tests import factories
from tests.factories import AT

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
