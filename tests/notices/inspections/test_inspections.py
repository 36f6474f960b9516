"""The pages of the inspections."""

from datetime import date

import pytest
from django.urls import reverse

from notices.models import Category, ReportedStatement
from tests import factories
from tests.browser import EVERYWHERE, axe, sideways
from tests.factories import finding, inspection, judgement, user

LIST, COMPARISON = "/notices/thornbury/inspections/", "/notices/thornbury/inspections/compare/"
DETAIL = "/notices/thornbury/inspections/announced/"
PAGES = (LIST, COMPARISON, DETAIL)
OFFICE, STRANGER = "Olga Office", "Stan Stranger"


@pytest.fixture
def plan(db):
    """A plan that answers a Notice beside which one inspection with a tree of two lines and a finding is read."""
    made = factories.plan()
    made.notice = factories.notice()
    made.save()
    announced = inspection(note="The report names no day.")
    announced.notices.add(made.notice)
    top = judgement(announced, 1, name="Safeguarding")
    category = Category.objects.create(group="Safeguarding", position=1, name="Partnerships")
    judgement(announced, 2, "adequate", name="Partnership working", parent=top, category=category)
    finding(announced, 1)
    return made


def text(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.fixture
def reader(client, plan):
    client.force_login(user("Mo Member"))
    return client


def test_the_pages_are_for_those_who_see_the_notice(client, plan):
    for name in (OFFICE, "Ada Officer", "Liam Lead", "Cass Chair", "Obi Observer"):
        client.force_login(user(name))
        assert [client.get(page).status_code for page in PAGES] == [200, 200, 200]
    client.force_login(user(STRANGER))
    assert [client.get(page).status_code for page in PAGES] == [404, 404, 404]
    client.logout()
    assert [client.get(page).status_code for page in PAGES] == [302, 302, 302]


@pytest.mark.parametrize("page", ["/notices/elsewhere/inspections/", "/notices/thornbury/inspections/apart/"])
def test_what_does_not_belong_to_the_notice_is_not_found(reader, page):
    inspection("apart")
    assert reader.get(page).status_code == 404


def test_inspection_list_names_each_with_how_much_it_judged_and_found(reader):
    page = text(reader.get(LIST))
    assert f'<a class="govuk-link" href="{DETAIL}#judgements">1</a>' in page
    assert f'<a class="govuk-link" href="{DETAIL}#findings">1</a>' in page
    assert f'href="{COMPARISON}"' in page
    assert f'href="{reverse("plans:coverage", args=["thornbury"])}"' in page


def test_inspection_list_puts_the_earliest_first(reader, plan):
    inspection("earlier", ordered_on=date(2009, 7, 1)).notices.add(plan.notice)
    page = text(reader.get(LIST))
    assert page.index("Inspection, earlier") < page.index("Inspection, announced")


def test_inspection_list_says_so_where_there_is_none(reader, plan):
    plan.notice.inspections.clear()
    assert "No inspections are linked to this Notice yet." in text(reader.get(LIST))


def test_inspection_detail_shows_the_tree_the_finding_and_that_nothing_answers_it(reader):
    page = text(reader.get(DETAIL))
    assert '<span class="app-tree app-tree--0">Safeguarding</span>' in page
    assert '<span class="app-tree app-tree--1">Partnership working</span>' in page
    assert "0 of 1 findings are answered by a live recommendation." in page
    assert "No live recommendation" in page
    assert "The report names no day." in page


def test_inspection_detail_leads_to_the_recommendations_with_their_published_rating(reader, plan):
    month = factories.month(plan)
    factories.signed_off(month.updates.get(), rating="amber")
    factories.published(month)
    plan.recommendations.get().findings.add(plan.notice.inspections.get().findings.get())
    page = text(reader.get(DETAIL))
    assert '<a class="govuk-link" href="/plans/thornbury/recommendations/R01/">R01 Recommendation 1</a>' in page
    assert "app-rating--amber" in page
    assert "Ratings of the Thornbury Improvement Plan are those of May 2011." in page


def test_an_inspection_of_today_is_shown_in_its_own_words(reader, plan):
    visit = inspection("visit", kind="Focused visit", scale="Strengths\nAreas to strengthen")
    visit.notices.add(plan.notice)
    judgement(visit, 1, "", name="The front door", grade_as_printed="Areas to strengthen")
    judgement(visit, 2, "", name="What we found", grade_as_printed="")
    finding(visit, 1, urgency="")
    finding(visit, 2, urgency="", due_on=date(2011, 9, 30))
    page = text(reader.get("/notices/thornbury/inspections/visit/"))
    assert '<span class="govuk-caption-l">Focused visit, ' in page
    assert '<span class="app-grade">Areas to strengthen</span>' in page
    assert page.count('data-label="Timescale" class="govuk-table__cell">Not stated</td>') == 1
    assert "by 30 Sep 2011" in page
    assert "date worked out, not printed" not in page
    assert "Focused visit" in text(reader.get(LIST))
    coverage = text(reader.get("/plans/thornbury/coverage/"))
    assert coverage.count('data-label="Timescale" class="govuk-table__cell">Not stated</td>') == 1


def test_inspection_comparison_compares_by_rule_and_keeps_what_is_only_counted(reader, plan):
    later = inspection("later", ordered_on=date(2011, 3, 1))
    later.notices.add(plan.notice)
    judgement(later, 1, "good", name="Working together", category=Category.objects.get())
    ReportedStatement.objects.create(
        inspection=later, position=1, wording="Six of nine.", counted=6, total=9, what="improved", source="[004]"
    )
    page = text(reader.get(COMPARISON))
    assert "<strong>Better</strong> by 1 grade </span>" in page
    assert "“Partnership working”" in page
    assert "“Working together”" in page
    assert "<strong>6 of 9 improved</strong>" in page


def test_inspection_comparison_says_so_where_nothing_is_compared(reader):
    assert "No category has been judged by two inspections yet." in text(reader.get(COMPARISON))


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_take_as_many_queries_for_one_row_as_for_three(reader, plan, number, django_assert_num_queries):
    announced = plan.notice.inspections.get()
    month = factories.month(plan)
    factories.submitted(month.updates.get())
    factories.published(month)
    for place in range(2, number + 1):
        inspection(f"number-{place}").notices.add(plan.notice)
        category = Category.objects.create(group="Safeguarding", position=place, name=f"Category {place}")
        judgement(announced, place + 1, "good", category=category)
        plan.recommendations.get().findings.add(finding(announced, place))
    for page, queries in zip(PAGES, (7, 8, 16), strict=True):
        with django_assert_num_queries(queries):
            reader.get(page)


@pytest.mark.browser
@EVERYWHERE
def test_from_a_finding_to_what_answers_it_and_on_to_the_comparison(site, leeds_copy, width, javascript):
    by = leeds_copy.programme_office.first()
    page = site.open("/notices/leeds/inspections/", by=by, width=width, javascript=javascript)

    def flaws():
        return [*(["wide"] if sideways(page) else []), *(axe(page) if javascript else [])]

    assert flaws() == []
    page.click("text=Announced inspection of safeguarding and looked after")
    assert "33 judgement lines, all from [003] 3.1" in page.inner_text("main")
    assert page.locator("tr[id^=S]").count() + page.locator("tr[id^=L]").count() == 24
    assert flaws() == []
    page.click("#S10 >> text=R10 ")
    assert page.inner_text("h1").startswith("R10 ")
    page.go_back()
    page.click("text=Compare with other inspections")
    assert page.locator("text=Better by 2 grades").count() == 2
    assert "6 of 9 categories with measurable improvements" in page.inner_text("main")
    assert flaws() == []
    page.click("text=Announced inspection of safeguarding, 2011 >> nth=0")
    assert "5 judgement lines" in page.inner_text("main")
    assert flaws() == []
