"""The audit trail of a plan: its programme office reads, narrows and downloads it."""

import csv
import io

import openpyxl
import pytest

from accounts.models import Event
from plans import reporting, revisions, trail
from tests import factories
from tests.factories import later, user
from tests.test_events import WRITES, Office

pytestmark = pytest.mark.django_db
PAGE = "/plans/thornbury/trail/"


@pytest.fixture
def plan():
    plan = factories.plan(2)
    month = factories.month(plan)
    factories.signed_off(month.updates.get(reference="R01"))
    reporting.write_commentary(month=month, version=0, text="=1+1", by=user("Olga Office"), at=later(days=1))
    revisions.close(
        recommendation=plan.recommendations.last(),
        closure="withdrawn",
        reason="=1+1",
        by=user("Olga Office"),
        at=later(days=2),
    )
    return plan


@pytest.fixture
def office(client, plan):
    client.force_login(user("Olga Office"))
    return client


def shown(client, **query):
    return [row.record.what for row in client.get(PAGE, query).context["table"].rows]


@pytest.mark.parametrize("name", WRITES)
def test_every_event_is_in_the_trail_of_its_plan(name):
    """An app whose events are on things of its own is found by itself, or fails here."""
    here = Office()
    here.plan.notice = factories.notice(slug="elsewhere")
    here.plan.save()
    write = WRITES[name](here)
    before = set(Event.objects.values_list("pk", flat=True))
    write()
    (event,) = Event.objects.exclude(pk__in=before)
    if event.on_type.startswith("notices."):
        here.plan.notice = event_notice(event)
        here.plan.save()
    assert event in trail.of_plan(here.plan)


def event_notice(event):
    from django.apps import apps

    thing = apps.get_model(event.on_type).objects.get(pk=event.on_id)
    return thing if event.on_type == "notices.notice" else thing.indicator.target.notice


def test_trail_list_shows_the_latest_first_and_only_those_of_the_plan(office, plan):
    other = factories.plan(1, slug="elsewhere")
    factories.month(other, 7)
    assert shown(office)[:2] == ["recommendation.closed", "month.commented"]
    assert set(shown(office)) == {
        "recommendation.closed",
        "month.commented",
        "update.signed_off",
        "update.submitted",
        "month.opened",
        "post.handed_over",
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "signed off"}, ["update.signed_off"]),
        ({"q": "R02"}, ["recommendation.closed"]),
        ({"q": "nothing so"}, []),
        ({"since_0": "3", "since_1": "5", "since_2": "2011"}, ["recommendation.closed"]),
        (
            {"since_0": "2", "since_1": "5", "since_2": "2011", "until_0": "2", "until_1": "5", "until_2": "2011"},
            ["month.commented"],
        ),
        ({"since_0": "31", "since_1": "2", "since_2": "2011", "q": "commented"}, ["month.commented"]),
        ({"by": "999", "q": "commented"}, ["month.commented"]),
    ],
)
def test_trail_list_is_narrowed(office, query, expected):
    assert shown(office, **query) == expected


def test_trail_list_is_narrowed_to_a_person(office):
    assert set(shown(office, by=user("Liam Lead").pk)) == {"update.signed_off", "post.handed_over"}


def test_trail_list_is_a_file_too_without_live_formulas(office, plan):
    plan.caveat = "=2+2"
    plan.save()
    response = office.get(PAGE, {"_export": "csv", "q": "closed"})
    assert response["Content-Disposition"] == 'attachment; filename="thornbury-trail.csv"'
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[1] == ["'=2+2"]
    assert rows[-1] == [
        "2011-05-03 09:00:00",
        "Olga Office",
        "olga.office@thornbury.example",
        "Recommendation closed",
        "R02 Recommendation 2",
        "closure: withdrawn; reason: =1+1",
        "recommendation.closed",
        "plans.recommendation",
        str(plan.recommendations.last().pk),
    ]
    book = openpyxl.load_workbook(io.BytesIO(office.get(PAGE, {"_export": "xlsx"}).content))
    assert book.active.max_row == len(shown(office)) + 5


@pytest.mark.parametrize("months", [1, 3])
def test_trail_list_takes_as_many_queries_for_one_month_as_for_three(office, plan, months, django_assert_num_queries):
    for number in range(6, 6 + months):
        factories.published(plan.months.last())
        factories.month(plan, number)
    with django_assert_num_queries(8):
        office.get(PAGE)


@pytest.mark.parametrize("name", ["Ada Officer", "Liam Lead", "Cass Chair", "Obi Observer"])
def test_trail_list_is_for_the_office_alone(client, plan, name):
    client.force_login(user(name))
    assert client.get(PAGE).status_code == 404
    assert client.get(PAGE, {"_export": "csv"}).status_code == 404
