"""Which missed targets a Green update answers, for however many updates at once."""

import pytest

from plans.reporting import updates
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db
ANSWERED = {"R01": ("N01", "N02"), "R02": ("N02",), "R03": ("N01",)}
RATINGS = {"R01": "green", "R02": "green", "R03": "amber"}


@pytest.fixture
def rows():
    """Three drafts and a Notice whose N01 was missed and whose N02 nobody measures."""
    plan = factories.plan(3)
    plan.notice = factories.notice()
    plan.save()
    factories.target(plan.notice, 2)
    for recommendation in plan.recommendations.all():
        recommendation.targets.set(plan.notice.targets.filter(reference__in=ANSWERED[recommendation.reference]))
    indicator = plan.notice.targets.get(reference="N01").indicators.get()
    factories.result(indicator, "70.0", is_provisional=False)
    month = factories.month(plan)
    for row in month.updates.all():
        updates.save_draft(update=row, version=0, by=user(), at=AT, rating=RATINGS[row.reference])
    return list(month.updates.order_by("reference"))


def test_a_green_update_is_told_the_missed_targets_that_it_answers_and_no_other(rows):
    found = updates.missed_targets(rows, AT)
    assert {row.reference: found.get(row.recommendation_id) for row in rows} == {
        "R01": ("N01",),
        "R02": (),
        "R03": None,
    }


def test_nothing_is_asked_where_no_update_is_green(rows, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert updates.missed_targets(rows[2:], AT) == {}
