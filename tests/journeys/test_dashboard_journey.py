"""The Board reads a month in a browser: from its page to the dashboard, to another month, to two compared."""

import pytest

from tests.browser import EVERYWHERE, flaws, not_at_its_end, person

pytestmark = pytest.mark.browser

SCROLLS = "regions => regions.map(region => region.scrollWidth > region.clientWidth)"


@EVERYWHERE
def test_a_board_member_reads_a_month_goes_to_another_and_compares_the_two(site, leeds_copy, width, javascript):
    page = site.open("/boards/leeds/", by=person("board-member"), width=width, javascript=javascript)
    assert flaws(page, javascript) == []
    page.click("text=November 2011")
    assert flaws(page, javascript) == []

    page.get_by_role("navigation", name="Months").get_by_role("link", name="Nov 2010").click()
    assert page.locator("h1").inner_text() == "November 2010"
    totals = page.locator(".app-total__number").all_inner_texts()
    assert [figure.split()[0] for figure in totals] == ["1", "34", "9", "0"]
    page.click("text=All dates later than originally due")
    page.click("text=Figures for every month")
    assert flaws(page, javascript) == []

    page.click("text=Compare with another month")
    assert flaws(page, javascript) == []
    page.click("main button")
    assert page.title().startswith("Error: ")
    assert flaws(page, javascript) == []
    page.select_option("[name=with]", "2010-03")
    page.click("main button")
    assert page.locator("h1").inner_text() == "March 2010 and November 2010"
    assert flaws(page, javascript) == []


@pytest.mark.parametrize("width", [390, 768])
def test_the_grid_and_the_charts_start_at_the_newest_month(site, leeds_copy, width):
    page = site.open("/boards/leeds/2011-11/", by=person("independent-chair"), width=width, javascript=False)
    assert page.locator(".app-grid, .app-chart").evaluate_all(SCROLLS) == [True, True]
    assert not_at_its_end(page) == []
    page.goto("/notices/leeds/targets/N01/")
    assert not_at_its_end(page) == []


def test_a_number_leads_to_the_list_of_its_rows(site, leeds_copy):
    page = site.open("/boards/leeds/2010-11/", by=person("independent-chair"))
    page.locator(".app-total--green a").first.click()
    assert page.locator("main tbody tr").count() == 9


def test_the_programme_office_reads_the_open_month(site, leeds_copy):
    page = site.open("/boards/leeds/2011-12/", by=person("programme-office"))
    page.locator(".govuk-warning-text").wait_for()
    assert flaws(page) == []


def test_on_paper_everything_that_is_folded_is_open(site, leeds_copy):
    page = site.open("/boards/leeds/2010-11/", by=person("observer"))
    folded = page.locator("details table").all()
    assert [table.is_visible() for table in folded] == [False, False]
    page.emulate_media(media="print")
    assert [table.is_visible() for table in folded] == [True, True]
