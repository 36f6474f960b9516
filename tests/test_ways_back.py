"""From every list that can be narrowed one comes to a row, on to the pages below it, and back to exactly that list."""

import re
from html import unescape
from urllib.parse import parse_qs, quote_from_bytes, urlencode, urlsplit

import pytest
from django.http import HttpResponse
from django.urls import resolve, reverse

from improvement.govuk import ways_back
from tests import states
from tests.addresses import APRIL, NOTICE, OFFICE, PLAN, TABLE, address
from tests.factories import user
from tests.hostile.inputs import lines
from tests.hostile.surfaces import TYPED

pytestmark = pytest.mark.django_db

# Each list with an address that narrows it, orders it and leaves rows in it; and what its rows lead to.
LISTS = {
    "plans:recommendation_list": (
        "?month=2011-04&rating=amber&rating=none&rating=green&sort=-title&q=recommendation",
        "plans:recommendation_detail",
        (*PLAN, "R01"),
    ),
    "boards:challenge_list": ("?state=open&state=answered&sort=number", "boards:challenge_detail", (*PLAN, 1)),
    "boards:action_list": ("?q=partners&status=open", "boards:action_detail", (*PLAN, 1)),
    "notices:notice_detail": ("?kind=measured&kind=narrative", "notices:target_detail", (*NOTICE, "N01")),
}
# Of a month, so that it is always asked for.
OF_A_MONTH = {"boards:dashboard": "", "boards:compare": "?with=2011-05"}
# Tried in tests/test_search.py, and in tests/plans/watching with somebody who follows something.
ELSEWHERE = {"search", "plans:month_watched"}
# Its lines lead to no page of their own.
WITHOUT_ROWS = {"plans:trail_list"}
# What the programme office comes to from the list of recommendations, page by page.
BELOW_A_RECOMMENDATION = {
    "boards:challenge_access",
    "boards:challenge_answer",
    "boards:challenge_assign",
    "boards:challenge_detail",
    "boards:challenge_redact",
    "boards:recommendation_ask",
    "plans:recommendation_close",
    "plans:recommendation_detail",
    "plans:recommendation_due_date",
    "plans:recommendation_lead",
    "plans:update_correct",
    "plans:update_edit",
    "plans:update_redact",
}


@pytest.fixture
def office(client, thornbury):
    client.force_login(user("Olga Office"))
    return client


def links(response):
    return [unescape(link) for link in re.findall(r'href="([^"]*)"', response.content.decode())]


def onward(response):
    """Return the addresses in the page's main part that are those of a row or of a page below one."""
    main = response.content.decode().partition("<main")[2]
    found = [unescape(link).partition("#")[0] for link in re.findall(r'href="(/[^"]*)"', main)]
    rows = [link for link in found if {"reference", "number"} & set(resolve(urlsplit(link).path).kwargs)]
    return list(dict.fromkeys(rows))


def asked_for(name):
    if name in OF_A_MONTH:
        return reverse(name, args=(*PLAN, APRIL)) + OF_A_MONTH[name]
    return reverse(name, args=PLAN) + LISTS[name][0]


def reached_from(office, shown):
    """Open every page that one comes to from the address `shown`, link by link; return (its name, the response)."""
    to_open, opened = onward(office.get(shown)), {}
    assert to_open != []
    while to_open:
        link = to_open.pop()
        page = resolve(urlsplit(link).path).view_name
        # What it is about makes no other page of it.
        if page in states.NO_PAGE or page in opened:
            continue
        response = office.get(link)
        if response.status_code == 200:
            opened[page] = (link, response)
            to_open += onward(response)
    return opened


@pytest.mark.parametrize("name", [*LISTS, *OF_A_MONTH])
def test_every_page_reached_from_a_list_leads_back_to_exactly_that_list(office, name):
    shown = asked_for(name)
    opened = reached_from(office, shown)
    assert opened != {}
    for page, (link, response) in opened.items():
        assert (page, parse_qs(urlsplit(link).query).get("from")) == (page, [shown])
        assert (page, shown in links(response)) == (page, True)


def test_the_pages_below_a_recommendation_are_reached_with_the_way_back(office):
    opened = set(reached_from(office, asked_for("plans:recommendation_list")))
    assert opened >= BELOW_A_RECOMMENDATION


@pytest.mark.parametrize("name", LISTS)
def test_a_row_that_was_opened_otherwise_leads_back_to_the_whole_list(office, name):
    _, row, args = LISTS[name]
    assert reverse(name, args=PLAN) in links(office.get(reverse(row, args=args)))
    found = [link for link in links(office.get(reverse(name, args=PLAN))) if link.startswith(reverse(row, args=args))]
    assert {urlsplit(link).query for link in found} == {""}


@pytest.mark.parametrize("name", LISTS)
def test_one_link_leads_back_from_a_row(office, name):
    """The trail of links, or the way back where there is one: not both above each other."""
    _, row, args = LISTS[name]
    shown = asked_for(name)
    page, trail = reverse(row, args=args), 'aria-label="Breadcrumb"'
    alone, reached = office.get(page), office.get(page, {"from": shown})
    assert (alone.content.decode().count(trail), links(alone).count(shown)) == (1, 0)
    assert (reached.content.decode().count(trail), links(reached).count(shown)) == (0, 1)


def test_the_way_back_survives_a_form(office):
    """The page that a form leads to carries it on, and the one with errors as well."""
    way = {"from": asked_for("boards:action_list")}
    action = reverse("boards:action_detail", args=(*PLAN, 1))
    page = f"{action}note/?{urlencode(way)}"
    assert way["from"] in links(office.post(page))
    meeting = re.search(r'<option value="(\d+)"', office.get(page).content.decode())[1]
    sent = office.post(page, {"meeting": meeting, "text": "Half of it is done."})
    assert sent.status_code == 302
    assert (urlsplit(sent["Location"]).path, parse_qs(urlsplit(sent["Location"]).query)) == (
        action,
        {"from": [way["from"]]},
    )


def test_what_returns_to_the_list_returns_to_it_as_it_was_asked_for(rf):
    shown = asked_for("plans:recommendation_list")
    request = rf.post("/plans/thornbury/recommendations/R01/close/", query_params={"from": shown})
    for leads_to, expected in [
        ("/plans/thornbury/recommendations/", shown),
        ("/plans/thornbury/recommendations/?month=2011-05", "/plans/thornbury/recommendations/?month=2011-05"),
        ("/my/updates/", "/my/updates/"),
        ("https://council.example/", "https://council.example/"),
    ]:
        assert _redirected(request, leads_to) == expected


def _redirected(request, leads_to):
    return ways_back.middleware(lambda _: HttpResponse(status=302, headers={"Location": leads_to}))(request)["Location"]


def test_the_way_back_is_short_and_never_holds_another(office):
    shown = asked_for("boards:dashboard")
    found = onward(office.get(shown))
    assert found != []
    assert {re.split("[?&]", link)[-1] for link in found} == {"from=/boards/thornbury/2011-04/"}
    listed = office.get(reverse("plans:recommendation_list", args=PLAN), {"month": "2011-04", "from": shown})
    assert {parse_qs(urlsplit(link).query)["from"][0] for link in onward(listed)} == {
        "/plans/thornbury/recommendations/?month=2011-04"
    }


@pytest.mark.parametrize(
    "asked",
    [
        "//elsewhere.example/",
        "https://elsewhere.example/plans/thornbury/recommendations/",
        "javascript:alert(1)",
        "/\\elsewhere.example",
        "plans/thornbury/recommendations/",
        "/plans/thornbury/recommendations",
        "/plans/thornbury/recommendations/R01/",
        "/account/logout/",
        "/admin/",
        "\x01",
        '"><b>',
        "é" * 500,
        "/plans/thornbury/recommendations/?q=" + "a" * ways_back.LONGEST,
    ],
)
def test_the_way_back_leads_nowhere_else_whatever_the_address_says(office, asked):
    page = reverse("plans:recommendation_detail", args=(*PLAN, "R01"))
    response = office.get(page, {"from": asked})
    assert links(response) == links(office.get(page))
    assert "<b>" not in response.content.decode()


def test_no_hostile_input_is_a_way_back(rf):
    found = [line for line in lines(*TYPED) if ways_back.offered(rf.get(f"/?from={quote_from_bytes(line)}"))]
    assert found == []


def test_the_way_back_holds_what_was_searched_for_whatever_it_is(office):
    shown = reverse("plans:recommendation_list", args=PLAN)
    response = office.get(shown, {"q": "", "month": "2011-04", "sort": '"><b>&from=//elsewhere.example#é'})
    [row] = {link for link in onward(response) if urlsplit(link).path.endswith("recommendations/R01/")}
    [way] = parse_qs(urlsplit(row).query)["from"]
    assert parse_qs(urlsplit(way).query) == {"month": ["2011-04"], "sort": ['"><b>&from=//elsewhere.example#é']}
    assert way in links(office.get(row))
    assert "<b>" not in office.get(row).content.decode()


def test_every_list_that_can_be_narrowed_has_a_way_back(office, thornbury):
    """A page with filters, or with links to parts of itself, is named above or fails here."""
    found = set()
    for name, args, allowed in TABLE:
        if name in states.NO_PAGE or not allowed >= OFFICE:
            continue
        response = office.get(address(name, args, thornbury))
        if response.status_code == 200 and _is_narrowed(response.content.decode()):
            found.add(name)
    assert found == {*LISTS, *WITHOUT_ROWS, "boards:dashboard"}
    assert set(ways_back.PLACES) == {*LISTS, *OF_A_MONTH, *ELSEWHERE}


def _is_narrowed(page):
    return 'aria-label="Filters"' in page or re.search(r'moj-sub-navigation__link" href="\?', page) is not None
