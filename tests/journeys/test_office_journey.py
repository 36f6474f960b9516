"""The programme office's month in a browser: with and without JavaScript, wide and narrow."""

import pytest

from plans.models import AreaUpdate, ReportingMonth
from tests.browser import EVERYWHERE, flaws, person

pytestmark = pytest.mark.browser

PLAN = "/plans/leeds/"
CONSOLE = "/plans/leeds/2011-12/"


@EVERYWHERE
def test_the_office_publishes_a_month_and_opens_the_next(site, leeds_copy, width, javascript):
    page = site.open(PLAN, by=person("programme-office"), width=width, javascript=javascript)
    assert flaws(page, javascript) == []
    page.click("text=Month console for December 2011")
    assert flaws(page, javascript) == []

    page.click("text=Change the commentary")
    assert flaws(page, javascript) == []
    page.fill("[name=text]", "The Board’s last month.")
    page.click("main button")
    assert "The commentary of December 2011 has been saved." in page.inner_text(".govuk-notification-banner")

    page.click("text=Check and publish December 2011")
    assert flaws(page, javascript) == []
    page.click("main button")
    assert page.title().startswith("Error: ")
    assert flaws(page, javascript) == []
    page.get_by_label("I have checked this page").check()
    page.click("main button")
    assert page.url.endswith("/boards/leeds/2011-12/")
    month = ReportingMonth.objects.get(month="2011-12-01")
    assert (month.is_published, month.commentary) == (True, "The Board’s last month.")

    page.goto(CONSOLE)
    assert "Published on 9 December 2011" in page.inner_text("main")
    assert flaws(page, javascript) == []
    page.click("text=Open the next month")
    assert flaws(page, javascript) == []
    assert page.input_value("[name=month]") == "2012-01"
    page.fill("[name=sign_off_due_on_0]", "2")
    page.click("text=Continue")
    assert "Sign-off cannot be due before the updates are." in page.inner_text(".govuk-error-summary")
    assert flaws(page, javascript) == []
    page.fill("[name=sign_off_due_on_0]", "13")
    page.click("text=Continue")
    assert page.inner_text("h1") == "Check and open January 2012"
    assert flaws(page, javascript) == []
    page.click("text=Change the month or its dates")
    assert page.input_value("[name=sign_off_due_on_0]") == "13"
    page.click("text=Continue")
    assert "December 2011 was published today." in page.inner_text("main")
    page.click("main button")
    assert "Confirm that you have read the warnings" in page.inner_text(".govuk-error-summary")
    assert flaws(page, javascript) == []
    page.get_by_label("I have read this and want to open the month").check()
    page.click("main button")
    assert page.url.endswith("/plans/leeds/2012-01/")
    assert "January 2012 is open, with 44 recommendations." in page.inner_text(".govuk-notification-banner")

    page.click("text=Change the dates")
    assert flaws(page, javascript) == []
    page.fill("[name=due_on_0]", "14")
    page.fill("[name=due_on_1]", "1")
    page.fill("[name=sign_off_due_on_0]", "20")
    page.fill("[name=sign_off_due_on_1]", "1")
    page.fill("[name=reason]", "The Board meets later.")
    page.click("main button")
    assert "at a weekend, on Saturday 14 January 2012" in page.inner_text("main")
    assert page.input_value("[name=reason]") == "The Board meets later."
    assert flaws(page, javascript) == []
    page.get_by_label("I have read this and want these dates").check()
    page.click("main button")
    assert "changed to 14 January 2012 by" in page.inner_text("main")
    assert flaws(page, javascript) == []
    page.click("text=Discard January 2012")
    assert flaws(page, javascript) == []
    page.click("main button")
    assert "Say why you are discarding the month." in page.inner_text(".govuk-error-summary")
    assert flaws(page, javascript) == []
    page.fill("[name=reason]", "It was opened too early.")
    page.click("main button")
    assert "January 2012 has been discarded." in page.inner_text(".govuk-notification-banner")
    assert not ReportingMonth.objects.filter(month="2012-01-01").exists()


@EVERYWHERE
def test_a_leading_post_writes_on_its_area_and_sees_both_texts(site, leeds_copy, width, javascript):
    first = site.open(PLAN, by=person("lead-officer-performance"), width=width, javascript=javascript)
    first.click("text=Write the update for December 2011")
    assert flaws(first, javascript) == []
    second = site.open(f"{CONSOLE}areas/C/", by=person("programme-office"), width=width, javascript=javascript)
    second.fill("[name=text]", "The office’s text.")
    second.click("main button")
    first.fill("[name=text]", "The officer’s text.")
    first.click("main button")
    assert "The office’s text." in first.inner_text("main")
    assert first.input_value("[name=text]") == "The officer’s text."
    assert flaws(first, javascript) == []
    first.fill("[name=text]", "Both texts.")
    first.click("main button")
    assert first.url.endswith("/my/updates/")
    assert AreaUpdate.objects.get(month__month="2011-12-01", letter="C").text == "Both texts."
