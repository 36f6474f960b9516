"""What a revision changed stays as it was when it was applied, and covers what was recorded with it alone."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plans import refresh, revisions
from plans.models import AreaOfFocus, Recommendation, Revision
from plans.refresh import change_log
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return factories.plan(5)


def office():
    return {"by": user("Olga Office"), "at": AT}


def change(draft, reference, fate="change", **said):
    row = draft.plan.recommendations.get(reference=reference)
    return refresh.change(refresh=draft, recommendation=row, version=0, fate=fate, **said, **office())


def applied(plan):
    draft = factories.drafted(plan)
    factories.drafted_recommendation(draft, "R09")
    change(draft, "R01", "close", closure="superseded", reason="Put better.", successors=["R09"])
    change(draft, "R03", due_on=date(2012, 3, 31), reason="It starts late.")
    factories.drafted_area(draft, "B")
    draft.refresh_from_db()
    return factories.refreshed(plan)


def words(entries):
    return [(entry.reference, entry.title, entry.words, entry.reason, entry.successors) for entry in entries]


def test_the_log_of_an_applied_draft_says_what_it_changed(plan):
    revision = applied(plan)
    log = change_log.build(revision)
    assert words(log.recommendations) == [
        ("R02", "Recommendation 2", "Reworded", "", ()),
        ("R09", "Listen to children", "New", "", ()),
        ("R01", "Recommendation 1", "Closed: superseded", "Put better.", ("R09",)),
    ]
    assert [line["label"] for line in log.recommendations[1].lines] == [
        *("Title", "Recommendation", "Outcome", "Lead", "Due date"),
    ]
    assert words(log.dates) == [("R03", "Recommendation 3", "Given another date", "It starts late.", ())]
    assert log.dates[0].lines == [{"label": "Due date", "before": "31 December 2011", "after": "31 March 2012"}]
    assert words(log.areas) == [("B", "Attainment", "New", "", ())]
    assert log.carried_on == 2
    assert change_log.of_plan(plan) == [revision]


def test_the_log_stays_as_it_was_whatever_is_renamed(plan):
    revision = applied(plan)
    before = change_log.build(revision)
    Recommendation.objects.filter(plan=plan).update(title="Renamed", success="Renamed")
    AreaOfFocus.objects.update(title="Renamed")
    after = change_log.build(Revision.objects.get())
    assert (after.recommendations, after.dates, after.areas) == (before.recommendations, before.dates, before.areas)


def test_the_log_of_a_revision_that_was_recorded_afterwards_says_what_is_linked_to_it(plan):
    revision = Revision.objects.create(plan=plan, title="Refresh", agreed_on=AT.date())
    first, second, third, fourth, fifth = plan.recommendations.order_by("reference")
    before = {"by": user("Olga Office"), "at": AT - timedelta(days=1)}
    revisions.close(recommendation=fifth, closure="completed", reason="Done.", **before)
    for number, days in ((6, 0), (7, 1)):
        factories.recommendation(plan, number, opened_on=AT.date() + timedelta(days=days))
    eighth = factories.recommendation(plan, 8)
    revisions.close(recommendation=eighth, closure="completed", reason="Done.", **office())
    said = {"reason": "Agreed.", "revision": revision, **office()}
    for row in (fourth, first):
        revisions.change_due_date(recommendation=row, due_on=date(2012, 6, 30), **said)
    for row in (third, second):
        revisions.close(recommendation=row, closure="merged", successors=[first], **said)
    AreaOfFocus.objects.filter(pk=factories.area(plan).pk).update(revision=revision)
    log = change_log.build(revision)
    assert words(log.recommendations) == [
        (f"R0{number}", f"Recommendation {number}", "Closed: merged into another", "Agreed.", ("R01",))
        for number in (2, 3)
    ]
    assert words(log.dates) == [
        (f"R0{number}", f"Recommendation {number}", "Given another date", "Agreed.", ()) for number in (1, 4)
    ]
    assert log.dates[0].lines == [{"label": "Due date", "before": "31 December 2011", "after": "30 June 2012"}]
    assert words(log.areas) == [("A", "Area A", "New", "", ())]
    assert (log.carried_on, log.refresh) == (2, None)  # R06 joined and R08 left on the day, not before or after


@pytest.mark.parametrize("is_long", [False, True])
def test_the_log_takes_as_many_queries_however_much_changed(plan, is_long):
    revision = Revision.objects.get(pk=applied(plan).pk)
    rows = plan.recommendations.filter(reference__in=["R04", "R05"] if is_long else ["R04"])
    for row in rows:
        date_of, said = date(2012, 6, 30), {"reason": "Agreed.", "revision": revision, **office()}
        revisions.change_due_date(recommendation=row, due_on=date_of, **said)
    with CaptureQueriesContext(connection) as queries:
        change_log.build(revision)
    assert len(queries) == 9


def test_the_refresh_of_leeds_introduces_six_areas_and_rewords_nothing(leeds):
    log = change_log.build(leeds.revisions.get())
    assert [(entry.reference, entry.words) for entry in log.areas] == [(letter, "New") for letter in "ABCDEF"]
    assert log.recommendations == []
    assert {entry.reason for entry in log.dates} == {"refresh, September 2010 (illustrative)"}
