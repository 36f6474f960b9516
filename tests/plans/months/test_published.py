"""The last published of each recommendation: the update that its row names, and the latest that was received."""

from datetime import date

import pytest

from plans import reporting
from plans.models import MonthlyUpdate
from plans.months.published import last_published, last_published_of
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return factories.plan(3)


def reported(plan, number, *references):
    month = factories.month(plan, number)
    for reference in references:
        factories.submitted(month.updates.get(reference=reference), progress=f"Step {number} of {reference}.")
    return factories.published(month)


def test_each_row_has_the_update_that_was_received_last_in_whichever_month(plan):
    reported(plan, 2, "R01", "R02")
    reported(plan, 3, "R01")
    april = factories.month(plan, 4)
    rows = {row.reference: row for row in april.updates.all()}
    found = last_published(rows.values())
    assert {pk: row.progress for pk, row in found.items()} == {
        rows["R01"].pk: "Step 3 of R01.",
        rows["R02"].pk: "Step 2 of R02.",
    }
    assert found[rows["R02"].pk].month.label == "February 2011"
    assert last_published([rows["R03"]]) == last_published([]) == {}


def test_the_fields_that_are_asked_for_are_all_that_is_read(plan):
    reported(plan, 3, "R01")
    april = factories.month(plan, 4)
    row = april.updates.get(reference="R01")
    assert last_published([row])[row.pk].get_deferred_fields() == set()
    (found,) = last_published([row], "rating").values()
    read = {"id", "recommendation_id", "month_id", "rating"}
    assert {field.attname for field in MonthlyUpdate._meta.concrete_fields} - found.get_deferred_fields() == read


def test_the_latest_of_a_recommendation_is_published_received_and_of_its_own_plan(plan):
    reported(plan, 2, "R01", "R02")
    reported(plan, 3, "R01")
    april = factories.month(plan, 4)
    factories.submitted(april.updates.get(reference="R02"), progress="Not yet published.")
    other = factories.plan(1, slug="other")
    reported(other, 3, "R01")
    found = last_published_of(april)
    assert {row.recommendation.reference: (row.month.month, row.rating) for row in found.values()} == {
        "R01": (date(2011, 3, 1), "amber"),
        "R02": (date(2011, 2, 1), "amber"),
    }
    assert len(last_published_of(factories.month(other, 4))) == 1


def test_what_was_returned_and_never_came_again_was_not_received(plan):
    march = factories.month(plan, 3)
    row = factories.submitted(march.updates.get(reference="R01"))
    reporting.return_for_changes(update=row, version=row.version, comment="Why?", by=user("Liam Lead"), at=AT)
    factories.published(march)
    assert last_published_of(factories.month(plan, 4)) == {}
