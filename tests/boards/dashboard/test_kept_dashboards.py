"""A published month's dashboard is drawn once and kept, for as long as nothing that it is drawn from changes."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from boards.views import dashboards
from plans import reporting
from plans.models import ReportingMonth
from tests import factories
from tests.boards.reading import address, main, read, text
from tests.factories import AT, later, user


@pytest.fixture
@factories.once
def month(db):
    plan = factories.plan(2, themes=2)
    month = factories.month(plan)
    factories.signed_off(month.updates.get(reference="R01"), rating="red", cause="Two posts are vacant.")
    return factories.published(month)


def queries(client, path):
    with CaptureQueriesContext(connection) as captured:
        response = read(client, path)
    return len(captured), main(response)


def test_a_repeat_is_the_same_and_reads_no_update(client, month):
    read(client, address(month))
    first, page = queries(client, address(month))
    caches["pages"].clear()
    cold, drawn = queries(client, address(month))
    # Whether nothing changed meanwhile is asked once more, in two of them.
    assert (page, cold - first) == (drawn, 9)


@pytest.mark.parametrize("read_by", ["Obi Observer", "Mo Member"])
def test_a_correction_stands_on_a_page_that_was_read_before(client, month, read_by):
    assert "It was miscounted." not in text(read(client, address(month), read_by))
    row = month.updates.get(reference="R01")
    reporting.correct(
        update=row,
        cause="Three posts are vacant.",
        reason="It was miscounted.",
        by=user("Olga Office"),
        at=later(days=60),
    )
    assert "It was miscounted." in text(read(client, address(month), read_by))


def test_a_removed_text_is_gone_from_a_page_that_was_read_before(client, month):
    assert "Two posts are vacant." in text(read(client, address(month)))
    row = month.updates.get(reference="R01")
    reporting.redact(update=row, field="cause", reason="names a child", by=user("Olga Office"), at=later(days=60))
    assert "Two posts are vacant." not in text(read(client, address(month)))


@pytest.mark.parametrize("field", ["headline", "commentary"])
def test_a_text_that_is_removed_while_somebody_opens_the_page_is_shown_to_nobody_after(client, db, field):
    opened = factories.month(factories.plan())
    said = {"headline": "", "text": ""} | {{"commentary": "text"}.get(field, field): "Josie Miller moved."}
    reporting.write_commentary(month=opened, version=0, **said, by=user("Olga Office"), at=AT)
    month = factories.published(opened)
    loaded = ReportingMonth.objects.select_related("plan__board").get(pk=month.pk)
    reporting.redact_month(month=month, field=field, reason="names a child", by=user("Olga Office"), at=later(days=60))
    assert "Josie Miller moved." in dashboards._body(loaded, ask="", now=later(days=60))
    assert "Josie Miller moved." not in text(read(client, address(month)))


def test_a_link_to_ask_stands_for_a_member_and_not_for_the_observer_who_reads_next(client, month):
    assert "Ask a question about R01" in text(read(client, address(month), "Mo Member"))
    assert "Ask a question about R01" not in text(read(client, address(month), "Obi Observer"))


def test_an_open_month_is_drawn_anew_each_time(client, month):
    following = factories.month(month.plan, 6)
    assert "Nobody has come." not in text(read(client, address(following), "Olga Office"))
    reporting.write_commentary(
        month=following, version=0, text="Nobody has come.", by=user("Olga Office"), at=later(days=61)
    )
    assert "Nobody has come." in text(read(client, address(following), "Olga Office"))
