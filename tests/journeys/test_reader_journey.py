"""A reader in a browser: filters the list, sorts it, takes it away, and follows one recommendation's story."""

import re

import pytest

from tests.browser import EVERYWHERE, flaws, person

pytestmark = pytest.mark.browser

NOVEMBER = "/plans/leeds/recommendations/?month=2010-11"
RATING = re.compile("^Rating$")


def count(page):
    return page.locator("main tbody tr").count()


@EVERYWHERE
def test_a_board_member_filters_the_list_and_follows_a_story(site, leeds_copy, width, javascript):
    page = site.open(NOVEMBER, by=person("board-member"), width=width, javascript=javascript)
    assert count(page) == 44
    assert flaws(page, javascript) == []
    if width == 320:
        page.click("text=Filter the list")
        assert flaws(page, javascript) == []
    page.locator("summary", has_text=RATING).click()
    assert flaws(page, javascript) == []
    page.get_by_role("group", name="Rating", exact=True).get_by_label("Red").check()
    page.get_by_role("button", name="Apply filters").first.click()
    page.locator("text=1 of 44 recommendations, November 2010").wait_for()
    assert count(page) == 1
    assert flaws(page, javascript) == []

    page.click("text=Children's involvement in child protection")
    assert page.locator("h1").inner_text() == "R10 Children's involvement in child protection"
    assert page.locator(".app-strip li").count() == 21
    assert flaws(page, javascript) == []
    page.click("text=earlier months of 2010")
    page.locator("#month-2010-11").wait_for()
    assert flaws(page, javascript) == []
    page.get_by_role("link", name="Back to the list of recommendations").click()
    page.locator("text=1 of 44 recommendations, November 2010").wait_for()
    assert page.url.endswith("month=2010-11&q=&rating=red")


def test_red_and_amber_are_listed_together(site, leeds_copy):
    page = site.open(NOVEMBER, by=person("independent-chair"))
    page.locator("summary", has_text=RATING).click()
    ratings = page.get_by_role("group", name="Rating", exact=True)
    ratings.get_by_label("Red").check()
    ratings.get_by_label("Amber").check()
    page.get_by_role("button", name="Apply filters").first.click()
    page.locator("text=35 of 44 recommendations, November 2010").wait_for()
    assert flaws(page) == []
    page.get_by_role("link", name="Remove the filter Rating: Red").click()
    page.locator("text=34 of 44 recommendations, November 2010").wait_for()


def test_filters_that_are_not_in_use_are_folded(site, leeds_copy):
    """So the column is hardly longer than a screen, and what is asked for is seen in it."""
    page = site.open(f"{NOVEMBER}&rating=amber&rating=red&theme=2", by=person("independent-chair"))
    opened = page.locator(".moj-filter details[open] > summary")
    assert opened.all_inner_texts() == ["Rating", "Theme"]
    assert page.get_by_label("Amber", exact=True).first.is_checked()
    page.goto(NOVEMBER)
    assert opened.count() == 0
    assert page.locator(".moj-filter").bounding_box()["height"] < 1200
    assert page.get_by_role("button", name="Apply filters").first.bounding_box()["y"] < 800


def test_a_month_of_the_strip_leads_to_what_was_reported_then(site, leeds_copy):
    page = site.open("/plans/leeds/recommendations/R10/", by=person("independent-chair"))
    assert not page.locator("#month-2010-05").is_visible()
    page.get_by_role("link", name="Red in May 2010").click()
    page.locator("#month-2010-05").wait_for()


def test_columns_sort_and_filters_are_removed(site, leeds_copy):
    page = site.open(f"{NOVEMBER}&rating=amber&update=not-signed-off", by=person("independent-chair"))
    rows = count(page)
    page.get_by_role("link", name="Recommendation", exact=True).click()
    assert page.locator("th[aria-sort=ascending]").inner_text() == "Recommendation"
    assert count(page) == rows
    page.get_by_role("link", name="Remove the filter Update: Not signed off").click()
    assert count(page) == 34
    page.get_by_role("link", name="Clear filters").click()
    assert count(page) == 44


@pytest.mark.parametrize("name", ["CSV file", "Excel workbook"])
def test_the_list_is_downloaded(site, leeds_copy, name):
    page = site.open(NOVEMBER, by=person("observer"))
    with page.expect_download() as download:
        page.get_by_role("link", name=name).press("Enter")
    assert download.value.suggested_filename.startswith("leeds-2010-11-recommendations.")


def test_on_paper_every_month_is_told_and_no_filter_stands(site, leeds_copy):
    page = site.open("/plans/leeds/recommendations/R10/", by=person("independent-chair"))
    page.emulate_media(media="print")
    page.locator("#month-2010-03").wait_for()
    page.locator(".app-caveat").wait_for()
    page.goto(NOVEMBER)
    assert not page.locator(".moj-filter").is_visible()
    page.locator(".app-caveat").wait_for()


def test_the_programme_office_reads_the_open_month(site, leeds_copy):
    page = site.open("/plans/leeds/recommendations/?month=2011-12", by=person("programme-office"))
    page.locator("tbody >> text=No update received").first.wait_for()
    assert flaws(page) == []
