"""How long each recommendation of a month has had its rating: over its own plan's published months before it."""

from datetime import date

import pytest

from plans import reporting
from plans.models import MonthlyUpdate
from plans.months import stamps
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db
NEVER = {"rated_since": None, "months_at_rating": 0, "is_stuck": False, "is_long": False}


@pytest.fixture
def plan():
    return factories.plan(2)


def reported(plan, number, rating="amber", **answers):
    """Publish a month of 2011 for which R01 has an update, and R02 none; return it."""
    month = factories.month(plan, number)
    told = {"rating": rating, "progress": f"Step {number}.", "direction": "improving"} | answers
    factories.submitted(month.updates.get(reference="R01"), **told)
    return factories.published(month)


def stamped(month):
    rows = list(month.updates.all())
    found = stamps.stamps(month, rows)
    return {row.reference: found[row.recommendation_id] for row in rows}


def since(number, months, **said):
    return NEVER | {"rated_since": date(2011, number, 1), "months_at_rating": months} | said


def test_the_months_at_a_rating_are_those_published_before_and_the_month_itself(plan):
    reported(plan, 3)
    reported(plan, 4)
    may = factories.month(plan, 5)
    assert stamped(may) == {"R01": since(3, 3), "R02": NEVER}
    factories.submitted(may.updates.get(reference="R01"), rating="red", progress="Nobody came.", direction="declining")
    assert stamped(may) == {"R01": since(5, 1), "R02": NEVER}


def test_an_answer_counts_once_it_is_received(plan):
    reported(plan, 4)
    may = factories.month(plan, 5)
    row = may.updates.get(reference="R01")
    reporting.save_draft(update=row, version=0, rating="red", by=user("Ada Officer"), at=AT)
    assert stamped(may)["R01"] == since(4, 2)
    MonthlyUpdate.objects.filter(pk=row.pk).update(status="carried", rating="complete", verified_month="2011-04-01")
    assert stamped(may)["R01"] == since(5, 1)


def test_what_was_returned_and_never_came_again_counts_in_no_later_month(plan):
    april = factories.month(plan, 4)
    row = factories.submitted(april.updates.get(reference="R01"))
    reporting.return_for_changes(update=row, version=row.version, comment="Why?", by=user("Liam Lead"), at=AT)
    factories.published(april)
    assert stamped(factories.month(plan, 5))["R01"] == NEVER


def test_neither_a_later_month_nor_one_of_another_plan_counts(plan):
    other = factories.plan(2, slug="other")
    factories.published(factories.month(other, 2))
    march, april = reported(plan, 3), reported(plan, 4)
    assert stamped(march)["R01"] == since(3, 1)
    assert stamped(april)["R01"] == since(3, 2)
    assert stamped(factories.month(other, 5))["R01"] == NEVER


def test_the_direction_of_earlier_months_says_whether_it_is_stuck(plan):
    for number in (2, 3, 4):
        reported(plan, number, direction="steady", override_reasons={"same-text": "It is so."})
    assert stamped(factories.month(plan, 5))["R01"] == since(2, 4, is_stuck=True)


def test_stamp_puts_it_on_the_rows_and_returns_those_that_it_changed(plan):
    reported(plan, 4)
    may = factories.month(plan, 5)
    rows = list(may.updates.all())
    rows[0].is_long, rows[1].is_long = True, False
    assert stamps.stamp(may, rows) == rows[:1]
    assert {field: getattr(rows[0], field) for field in stamps.FIELDS} == since(4, 2)
    assert stamps.stamp(may, rows) == []
