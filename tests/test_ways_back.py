"""From every list that can be narrowed one comes to a row's page and back to the list as it was asked for."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from tests import states
from tests.addresses import NOTICE, OFFICE, PLAN, TABLE, address, build
from tests.factories import user

pytestmark = pytest.mark.django_db

# Each list with an address that narrows it, orders it and leaves rows in it; and what its rows lead to.
LISTS = {
    "plans:recommendation_list": (
        "?month=2011-04&rating=amber&rating=none&rating=green&sort=-title&q=recommendation",
        "plans:recommendation_detail",
        (*PLAN, "R01"),
    ),
    "boards:challenge_list": ("?state=open&state=answered&sort=number", "boards:challenge_detail", (*PLAN, 1)),
    "boards:action_list": ("?status=open", "boards:action_detail", (*PLAN, 1)),
    "notices:notice_detail": ("?kind=measured&kind=narrative", "notices:target_detail", (*NOTICE, "N01")),
}
# Its lines lead to no page of their own.
WITHOUT_ROWS = {"plans:trail_list"}


@pytest.fixture
def office(client, db):
    build()
    client.force_login(user("Olga Office"))
    return client


def links(response):
    return [unescape(link) for link in re.findall(r'href="([^"]*)"', response.content.decode())]


@pytest.mark.parametrize("name", LISTS)
def test_the_way_back_from_a_row_keeps_how_its_list_was_asked_for(office, name):
    query, row, args = LISTS[name]
    shown = reverse(name, args=PLAN) + query
    found = [link for link in links(office.get(shown)) if urlsplit(link).path == reverse(row, args=args)]
    assert found != []
    for link in found:
        assert parse_qs(urlsplit(link).query) == {"from": [query[1:]]}
        assert shown in links(office.get(link))


@pytest.mark.parametrize("name", LISTS)
def test_a_row_that_was_opened_otherwise_leads_back_to_the_whole_list(office, name):
    _, row, args = LISTS[name]
    assert reverse(name, args=PLAN) in links(office.get(reverse(row, args=args)))
    found = [link for link in links(office.get(reverse(name, args=PLAN))) if link.startswith(reverse(row, args=args))]
    assert {urlsplit(link).query for link in found} == {""}


@pytest.mark.parametrize(
    "asked", ["//elsewhere.example/", "https://elsewhere.example", "javascript:alert(1)", "\x00", '"><b>', "é" * 500]
)
@pytest.mark.parametrize("name", LISTS)
def test_the_way_back_leads_nowhere_else_whatever_the_address_says(office, name, asked):
    _, row, args = LISTS[name]
    page = reverse(row, args=args)
    response = office.get(page, {"from": asked})
    added = set(links(response)) - set(links(office.get(page)))
    assert {link.partition("?")[0] for link in added} == {reverse(name, args=PLAN)}
    assert "<b>" not in response.content.decode()


def test_every_list_that_can_be_narrowed_has_a_way_back(client, db):
    """A page with filters, or with links to parts of itself, is named above or fails here."""
    pks, found = build(), set()
    client.force_login(user("Olga Office"))
    for name, args, allowed in TABLE:
        if name in states.NO_PAGE or not allowed >= OFFICE:
            continue
        response = client.get(address(name, args, pks))
        if response.status_code == 200 and _is_narrowed(response.content.decode()):
            found.add(name)
    assert found == {*LISTS, *WITHOUT_ROWS}


def _is_narrowed(page):
    return 'aria-label="Filters"' in page or re.search(r'moj-sub-navigation__link" href="\?', page) is not None
