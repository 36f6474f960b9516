"""What was reported of a recommendation is drawn once and kept, until something that it is drawn from changes."""

import pytest

from plans import reporting
from tests import factories
from tests.factories import later, user

PAGE = "/plans/thornbury/recommendations/R01/"


@pytest.fixture
def row(db):
    plan = factories.plan()
    month = factories.month(plan)
    factories.signed_off(month.updates.get(), rating="red", cause="Two posts are vacant.")
    factories.published(month)
    return month.updates.get()


def page(client):
    client.force_login(user("Olga Office"))
    return client.get(PAGE).content.decode()


def test_a_repeat_reads_neither_evidence_nor_comments(client, row, django_assert_num_queries):
    page(client)
    with django_assert_num_queries(11):
        assert "Two posts are vacant." in client.get(PAGE).content.decode()


def test_a_correction_stands_on_a_page_that_was_read_before(client, row):
    assert "Three posts are vacant." not in page(client)
    given = {"by": user("Olga Office"), "at": later(days=60)}
    reporting.correct(update=row, cause="Three posts are vacant.", reason="It was miscounted.", **given)
    assert "Three posts are vacant." in page(client)


def test_a_removed_text_is_gone_from_a_page_that_was_read_before(client, row):
    assert "Two posts are vacant." in page(client)
    given = {"by": user("Olga Office"), "at": later(days=60)}
    reporting.redact(update=row, field="cause", reason="It named a person.", **given)
    assert "Two posts are vacant." not in page(client)


def test_another_month_stands_on_a_page_that_was_read_before(client, row):
    assert "June 2011" not in page(client)
    month = factories.month(row.month.plan, 6)
    factories.signed_off(month.updates.get(), progress="Three posts were filled.")
    factories.published(month)
    assert "Three posts were filled." in page(client)
