"""A recommendation that was opened from a list leads to the one before and the one after in that list."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plans.models import Recommendation
from plans.recommendations import neighbours
from tests import factories
from tests.factories import user

pytestmark = pytest.mark.django_db

LIST = "/plans/thornbury/recommendations/"


@pytest.fixture
def plan():
    """April is published: of six rows R02, R04 and R05 are Amber and R06 Green; nothing came for the others."""
    plan = factories.plan(6)
    month = factories.month(plan, 4)
    for reference, rating in (("R02", "amber"), ("R04", "amber"), ("R05", "amber"), ("R06", "green")):
        factories.signed_off(month.updates.get(reference=reference), rating=rating)
    factories.published(month)
    return plan


def beside(client, reference, way, name="Ada Officer"):
    """Return the place in words, and the addresses of the links to the one before and the one after."""
    client.force_login(user(name))
    page = client.get(f"{LIST}{reference}/", {"from": way} if way else {}).content.decode()
    told = re.search(r"(\d+ of \d+) in your list", page)
    links = dict(re.findall(r'rel="(prev|next)" href="([^"]+)"', page))
    return told and told[1], *(unescape(links.get(name, "")).partition("?")[0] for name in ("prev", "next"))


def test_the_order_is_that_of_the_list_with_its_filters(plan, client):
    way = f"{LIST}?rating=amber"
    assert beside(client, "R02", way) == ("1 of 3", "", f"{LIST}R04/")
    assert beside(client, "R04", way) == ("2 of 3", f"{LIST}R02/", f"{LIST}R05/")
    assert beside(client, "R05", way) == ("3 of 3", f"{LIST}R04/", "")


def test_the_order_is_that_in_which_the_list_was_sorted(plan, client):
    assert beside(client, "R04", f"{LIST}?rating=amber&sort=-title") == ("2 of 3", f"{LIST}R05/", f"{LIST}R02/")
    assert beside(client, "R04", f"{LIST}?sort=a.b&page=7") == ("4 of 6", f"{LIST}R03/", f"{LIST}R05/")


def test_the_links_carry_the_way_back(plan, client):
    client.force_login(user())
    page = client.get(f"{LIST}R02/", {"from": f"{LIST}?rating=amber"}).content.decode()
    assert f'rel="next" href="{LIST}R04/?from={LIST}?rating=amber"' in page.replace("%3D", "=")


@pytest.mark.parametrize(
    "way",
    [
        "",
        f"{LIST}?rating=green",
        f"{LIST}?month=2011-05&rating=amber",
        f"{LIST}?month=x",
        "/plans/elsewhere/recommendations/?rating=amber",
        "/notices/thornbury/?kind=measured",
        "//elsewhere.example/",
    ],
)
def test_there_is_none_where_the_list_is_another_or_does_not_hold_it(plan, client, way):
    assert beside(client, "R02", way) == (None, "", "")


def test_an_open_month_orders_nothing_for_who_may_not_see_it(plan, client):
    factories.month(plan, 5)
    way = f"{LIST}?month=2011-05&update=awaited"
    assert beside(client, "R02", way) == (None, "", "")
    assert beside(client, "R02", way, "Olga Office")[0] is not None


def test_who_does_not_see_the_plan_sees_nothing_of_the_list(plan, client):
    client.force_login(user("Stan Stranger"))
    assert client.get(f"{LIST}R02/", {"from": f"{LIST}?rating=amber"}).status_code == 404


@pytest.mark.parametrize(("query", "found"), [("rating=amber", 3), ("sort=title", 6)])
def test_it_takes_three_queries_however_long_the_list(plan, client, query, found):
    client.force_login(user())
    client.get(f"{LIST}R02/")
    with CaptureQueriesContext(connection) as without:
        client.get(f"{LIST}R02/")
    with CaptureQueriesContext(connection) as beside_it:
        page = client.get(f"{LIST}R02/", {"from": f"{LIST}?{query}"}).content.decode()
    assert (len(beside_it) - len(without), f"of {found} in your list" in page) == (2, True)


def test_of_one_row_there_is_nothing_beside_it(plan):
    row = Recommendation.objects.get(reference="R02")
    rows = list(row.updates.all())
    assert neighbours.find(rows, row) == neighbours.Neighbours(None, None, 1, 1)
    assert neighbours.find([], row) is None
