from datetime import date

import pytest

from plans import corrected, reporting
from tests import factories
from tests.factories import later, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def month():
    """R01 green, R02 and R03 amber, R04 not received."""
    month = factories.month(factories.plan(4))
    first, second, third, _ = month.updates.order_by("reference")
    factories.signed_off(first, rating="green")
    factories.submitted(second)
    factories.submitted(third)
    return factories.published(month)


def correct(month, reference, minute=0, **changed):
    reporting.correct(
        update=month.updates.get(reference=reference),
        reason="A slip.",
        by=user("Olga Office"),
        at=later(days=30, minutes=minute),
        agreed_by=user("Liam Lead"),
        agreed_on=date(2011, 5, 30),
        **changed,
    )


def test_totals_without_a_correction_are_those_that_were_published(month):
    assert corrected.totals(month) == {"red": 0, "amber": 2, "green": 1, "complete": 0, "none": 1}


def test_totals_count_the_latest_correction_of_a_rating(month):
    correct(month, "R02", rating="green")
    correct(month, "R02", minute=1, rating="red")
    assert corrected.totals(month) == {"red": 1, "amber": 1, "green": 1, "complete": 0, "none": 1}


def test_totals_count_a_rating_that_was_received_after_publication(month):
    correct(month, "R04", rating="amber")
    assert corrected.totals(month) == {"red": 0, "amber": 3, "green": 1, "complete": 0, "none": 0}


def test_totals_are_not_moved_by_a_correction_of_a_text(month):
    correct(month, "R02", progress="Three teams.")
    correct(month, "R04", progress="It came too late.")
    assert corrected.totals(month) == {"red": 0, "amber": 2, "green": 1, "complete": 0, "none": 1}


def test_totals_of_a_draft_do_not_count_its_rating():
    month = factories.month(factories.plan(1))
    row = month.updates.get()
    reporting.save_draft(update=row, version=0, by=user("Ada Officer"), at=later(), rating="green")
    assert corrected.totals(factories.published(month))["none"] == 1


def test_totals_take_one_query(month, django_assert_num_queries):
    with django_assert_num_queries(1):
        corrected.totals(month)
