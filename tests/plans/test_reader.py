"""The list of recommendations and the story of one, as pages."""

import re
from datetime import date

import pytest
from django.urls import reverse

from plans import reporting
from tests import factories
from tests.plans import told

LIST = "/plans/thornbury/recommendations/"
OFFICE, OFFICER, LEAD, MEMBER, OBSERVER = "Olga Office", "Ada Officer", "Liam Lead", "Mo Member", "Obi Observer"
EVERYBODY = (OFFICE, OFFICER, LEAD, MEMBER, OBSERVER)


@pytest.fixture
def plan(told_plan, db):
    return told_plan


def signed_in(client, name=MEMBER):
    client.force_login(factories.user(name))
    return client


def text(response):
    return " ".join(response.content.decode().split())


def listed(response):
    assert response.status_code == 200
    return re.findall(r"<t[dh] [^>]*>(R[0-9]{2})</t[dh]>", response.content.decode())


def test_recommendation_list_is_for_those_with_a_role_on_the_plan(client, plan):
    for name in EVERYBODY:
        assert signed_in(client, name).get(LIST).status_code == 200
    assert signed_in(client, "Some Stranger").get(LIST).status_code == 404
    assert client.get("/plans/elsewhere/recommendations/").status_code == 404
    client.logout()
    assert client.get(LIST).status_code == 302


@pytest.mark.parametrize("name", EVERYBODY)
def test_recommendation_list_shows_the_latest_published_month(client, plan, name):
    page = text(signed_in(client, name).get(LIST))
    assert "9 of 9 recommendations, May 2011</strong>, as published on 31 May 2011" in page


def test_recommendation_list_of_the_open_month_is_for_the_office_alone(client, plan):
    page = text(signed_in(client, OFFICE).get(LIST, {"month": "2011-06"}))
    assert "9 of 9 recommendations, June 2011</strong>, which is open" in page
    assert told.SECRET not in page
    for name in EVERYBODY[1:]:
        assert signed_in(client, name).get(LIST, {"month": "2011-06"}).status_code == 404
        assert "June 2011" not in text(client.get(LIST))


@pytest.mark.parametrize("month", ["2011-13", "2009-01", "0000-00", "x", "\x00", "2011-05-01", "٢٠١١-٠٥"])
def test_recommendation_list_of_a_month_that_cannot_be_is_a_404(client, plan, month):
    assert signed_in(client).get(LIST, {"month": month}).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=%FF%FE",
        "rating=%00&theme=%00&post=%00",
        "theme=99999999999999999999&post=-1&outcome=1.1.1&area=%C3%A9",
        "page=abc",
        "page=0&per_page=0",
        "page=9999999999999999999999&per_page=-3",
        "sort=",
        "sort=-",
        "sort=nothing,-rating&sort=status",
        "sort=%00",
        "_export=pdf",
        "q=" + "a+" * 500,
        "month=",
    ],
)
def test_recommendation_list_bears_any_query(client, plan, query):
    assert signed_in(client).get(f"{LIST}?{query}").status_code == 200


def test_recommendation_list_says_what_it_left_out(client, plan):
    response = signed_in(client).get(LIST, {"rating": "pink"})
    assert "“Rating” in the address is not a valid filter" in text(response)
    assert len(listed(response)) == 9


def test_recommendation_list_filters_and_counts(client, plan):
    response = signed_in(client).get(LIST, {"rating": "none", "month": "2011-05"})
    assert listed(response) == ["R04", "R05", "R06"]
    page = text(response)
    assert "3 of 9 recommendations, May 2011" in page
    assert "Remove the filter </span>Rating: No update received" in page
    assert "No recommendations match your filters." in text(client.get(LIST, {"theme": "9"}))


@pytest.mark.parametrize(
    ("sort", "first", "last"),
    [
        ("reference", "R01", "R09"),
        ("-reference", "R09", "R01"),
        ("title", "R01", "R09"),
        ("theme", "R01", "R09"),
        ("-theme", "R09", "R01"),
        ("rating", "R02", "R06"),
        ("-rating", "R06", "R02"),
        ("direction", "R02", "R06"),
        ("movement", "R02", "R06"),
        ("due", "R09", "R03"),
        ("lead", "R01", "R08"),
    ],
)
def test_recommendation_list_sorts_the_worst_first(client, plan, sort, first, last):
    found = listed(signed_in(client).get(LIST, {"sort": sort}))
    assert (found[0], found[-1], len(found)) == (first, last, 9)


def test_recommendation_list_exports_its_rows_in_its_order_and_all_pages(client, plan):
    query = {"sort": "-rating", "rating": "amber", "per_page": "2", "_export": "csv"}
    lines = signed_in(client).get(LIST, query).content.decode("utf-8-sig").splitlines()
    assert [line[:3] for line in lines if line[:1] == "R" and line[1:3].isdigit()] == ["R09", "R08", "R07", "R03"]


def test_recommendation_list_draws_ratings_movement_and_dates(client, plan):
    page = text(signed_in(client).get(LIST, {"q": "R01"}))
    assert 'href="#rating-green"' in page
    assert "(better)" in page
    assert "originally 31 Dec 2011" in text(client.get(LIST, {"q": "R03"}))
    assert '<strong class="app-line">Overdue</strong>' in text(client.get(LIST, {"q": "R09"}))
    marks = text(client.get(LIST, {"q": "R02"}))
    assert "Not signed off" in marks
    assert "Late" in marks


def test_recommendation_list_shows_a_corrected_rating_beside_the_one_it_corrects(client, plan):
    reporting.correct(
        update=plan.months.get(month=date(2011, 5, 1)).updates.get(reference="R01"),
        reason="The audit was miscounted.",
        by=factories.user(OFFICE),
        at=factories.later(days=45),
        agreed_by=factories.user(LEAD),
        agreed_on=date(2011, 6, 10),
        agreed_how="by e-mail",
        rating="red",
    )
    response = signed_in(client).get(LIST, {"corrected": "red"})
    assert listed(response) == ["R01", "R02"]
    page = text(response)
    assert page.index('"#rating-green"') < page.index("corrected to") < page.index('"#rating-red"')
    assert listed(client.get(LIST, {"rating": "red"})) == ["R02"]


def test_recommendation_list_escapes_what_people_wrote(client, plan):
    plan.recommendations.filter(reference="R01").update(title="<script>alert(1)</script>")
    month = plan.months.get(month=date(2011, 6, 1))
    month.updates.filter(reference="R01").update(title="<script>alert(1)</script>", lead_title="<b>")
    page = text(signed_in(client, OFFICE).get(LIST, {"month": "2011-06"}))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_recommendation_list_keeps_the_month_s_own_caveat(client, plan):
    told.refresh(plan)
    page = text(signed_in(client).get(LIST))
    assert "An invented plan." in page
    assert "Another caveat." not in page
    assert "Renamed Theme" not in page


def test_recommendation_list_before_the_first_publication_says_so(client, db):
    plan = factories.plan(1, slug="new")
    address = reverse("plans:recommendation_list", args=["new"])
    assert "No months have been published yet" in text(signed_in(client).get(address))
    factories.month(plan)
    assert "No months have been published yet" in text(client.get(address))
    assert "1 of 1 recommendations, May 2011" in text(signed_in(client, OFFICE).get(address))


@pytest.mark.parametrize("name", EVERYBODY)
@pytest.mark.parametrize("recommendations", [3, 44])
def test_recommendation_list_takes_at_most_ten_queries_before_it_is_kept(
    client, db, django_assert_max_num_queries, recommendations, name
):
    month = factories.month(factories.plan(recommendations, slug="many"))
    factories.submitted(month.updates.get(reference="R01"))
    factories.published(month)
    signed_in(client, name)
    # One of them asks for the person's own saved filters.
    with django_assert_max_num_queries(10):
        client.get(reverse("plans:recommendation_list", args=["many"]), {"theme": "1", "sort": "rating"})


def story(client, reference="R01", plan="thornbury"):
    return client.get(reverse("plans:recommendation_detail", args=[plan, reference]))


def test_recommendation_detail_is_for_those_with_a_role_on_the_plan(client, plan):
    for name in EVERYBODY:
        assert story(signed_in(client, name)).status_code == 200
        assert story(client, "R99").status_code == 404
    assert story(signed_in(client, "Some Stranger")).status_code == 404
    assert client.get(f"{LIST}%00/").status_code == 404


def test_recommendation_detail_tells_every_published_month(client, plan):
    page = text(story(signed_in(client)))
    for words in ("May 2011", "April 2011", "March 2011", "The audit is finished.", "better: Amber in April 2011"):
        assert words in page
    assert "Submitted by Ada Officer, 1 May 2011. Signed off by Liam Lead, 1 May 2011." in page
    assert "Not signed off." in text(story(client, "R02"))
    assert "<strong>late</strong>" in text(story(client, "R02"))
    assert "for the Police Commander, Thornbury Council" in text(story(client, "R08"))


def test_recommendation_detail_never_tells_a_draft(client, plan):
    for name in EVERYBODY:
        for reference in ("R02", "R04", "R05"):
            page = text(story(signed_in(client, name), reference))
            assert told.SECRET not in page
    assert "No update received" in text(story(client, "R05"))


def test_recommendation_detail_leads_to_the_open_update_only_those_who_may_see_it(client, plan):
    words = "June 2011 is open."
    shown = {name: words in text(story(signed_in(client, name))) for name in EVERYBODY}
    assert shown == {OFFICE: True, OFFICER: True, LEAD: True, MEMBER: False, OBSERVER: False}
    assert "June" not in text(story(signed_in(client, MEMBER)))


def test_recommendation_detail_shows_slips_corrections_and_closure(client, plan):
    row = plan.months.get(month=date(2011, 5, 1)).updates.get(reference="R03")
    office = factories.user(OFFICE)
    at = factories.later(days=45)
    reporting.correct(update=row, reason="A slip.", by=office, at=at, progress="Newer dates.")
    page = text(story(signed_in(client), "R03"))
    assert 'From 31 December 2011 to 31 March 2012: <span class="app-prose">It starts late.</span>' in page
    for words in ("New dates.", "Newer dates.", "A slip."):
        assert words in page
    told.refresh(plan)
    assert "Completed: closed on 20 June 2011" in text(story(client, "R03"))


@pytest.mark.parametrize("months", [3, 8])
@pytest.mark.parametrize("name", EVERYBODY)
def test_recommendation_detail_takes_at_most_fourteen_queries(client, db, django_assert_max_num_queries, months, name):
    plan = factories.plan(2, slug="long")
    for number in range(1, months + 1):
        month = factories.month(plan, number)
        factories.submitted(month.updates.get(reference="R01"), progress=f"Month {number}.")
        if number < months:
            factories.published(month)
    signed_in(client, name)
    with django_assert_max_num_queries(14):
        assert story(client, plan="long").status_code == 200


def test_list_and_story_say_how_long_at_a_rating_without_an_update_too(client, plan):
    client = signed_in(client)
    page = text(client.get(LIST, {"month": "2011-05", "q": "R04"})).replace("\N{NO-BREAK SPACE}", " ")
    lines = ("Amber last received:", "3 months", "since Mar 2011")
    assert "".join(f'<span class="app-line">{line}</span>' for line in lines) in page
    assert '<span class="app-line">Stuck</span>' in page
    story = text(client.get("/plans/thornbury/recommendations/R04/"))
    assert "Amber (last received for April 2011) for 3 months, since March 2011. <strong>Stuck.</strong>" in story
    assert listed(client.get(LIST, {"month": "2011-05", "stuck": "yes", "update": "none"})) == ["R04", "R05", "R06"]
    assert listed(client.get(LIST, {"month": "2011-05", "long": "yes"})) == []
