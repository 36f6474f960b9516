"""A month's dashboard is drawn once and kept, for as long as nothing that it is drawn from changes."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from boards.models import Board
from boards.views import dashboards
from improvement.govuk import ways_back
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


def queries(client, path, name="Obi Observer"):
    with CaptureQueriesContext(connection) as captured:
        response = read(client, path, name)
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
    way = ways_back.WayBack(address(month), "", "")
    assert b"Josie Miller moved." in dashboards._kept(loaded, way, ask="", now=later(days=60))
    assert "Josie Miller moved." not in text(read(client, address(month)))


def test_a_link_to_ask_stands_for_a_member_and_not_for_the_observer_who_reads_next(client, month):
    assert "Ask a question about R01" in text(read(client, address(month), "Mo Member"))
    assert "Ask a question about R01" not in text(read(client, address(month), "Obi Observer"))


@pytest.fixture
@factories.once
def following(month):
    """An open month after a published one, with an area of focus."""
    factories.area(month.plan)
    return factories.month(month.plan, 6)


def test_an_open_months_page_is_kept_as_well(client, following):
    read(client, address(following), "Olga Office")
    first, page = queries(client, address(following), "Olga Office")
    caches["pages"].clear()
    cold, drawn = queries(client, address(following), "Olga Office")
    assert (page, cold - first) == (drawn, 12)


def says(month):
    reporting.write_commentary(
        month=month, version=0, text="Nobody has come.", by=user("Olga Office"), at=later(days=61)
    )


def reports(month):
    row = month.updates.get(reference="R01")
    said = {"progress": "Three teams were trained.", "decision_sought": "Two more posts."}
    factories.submitted(row, rating="red", cause="Two posts are vacant.", at=later(days=61), **said)


def writes_of_the_area(month):
    row = month.area_updates.get()
    reporting.write_area_update(
        area_update=row, version=0, text="All have started.", by=user("Olga Office"), at=later(days=61)
    )


def moves_its_dates(month):
    dates = {"due_on": month.due_on, "sign_off_due_on": month.sign_off_due_on, "data_as_at": month.data_as_at}
    reporting.change_dates(
        month=month,
        **dates | {"sign_off_due_on": month.sign_off_due_on + timedelta(days=1)},
        reason="The chair is away.",
        by=user("Olga Office"),
        at=later(days=61),
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (says, "Nobody has come."),
        (reports, "Two more posts."),
        (writes_of_the_area, "All have started."),
        (moves_its_dates, "The chair is away."),
    ],
)
def test_what_is_written_in_an_open_month_stands_on_its_page_at_once(client, following, change, said):
    assert said not in text(read(client, address(following), "Olga Office"))
    change(following)
    assert said in text(read(client, address(following), "Olga Office"))


def test_the_links_of_an_open_months_page_follow_the_boards_address(client, db):
    opened = factories.month(factories.plan(1))
    assert "/boards/thornbury/" in main(read(client, address(opened), "Olga Office"))
    Board.objects.update(slug="renamed")
    assert "/boards/thornbury/" not in main(read(client, address(opened, "renamed"), "Olga Office"))


def test_a_plan_without_a_notice_tells_no_targets_though_a_recommendation_misses_one(client, db):
    plan, target = factories.plan(1), factories.notice().targets.get()
    plan.recommendations.get().targets.add(target)
    factories.result(target.indicators.get(), "78.5")
    page = text(read(client, address(factories.month(plan)), "Olga Office"))
    assert "The plan answers no Notice." in page
    assert "targets with a milestone" not in page


def test_a_month_keeps_one_page_however_often_it_changes(client, month):
    following = factories.month(month.plan, 6)
    read(client, address(following), "Olga Office")
    says(following)
    read(client, address(following), "Olga Office")
    assert len(caches["pages"]._cache) == 1


def test_a_page_that_was_kept_leads_back_to_itself_as_one_that_is_drawn_anew_does(client, month):
    first, second = (read(client, address(month)).content.decode() for _ in range(2))
    way = f"?from={address(month)}"
    assert (first.count(way), "from=" in first.replace(way, "")) == (second.count(way), False)
    assert first.count(way) > 0
    assert ways_back.KEPT.decode() not in first
