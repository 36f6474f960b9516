"""The programme office puts right what stands, in a browser: a published update, a due date, a closure."""

import pytest

from plans.models import MonthlyUpdate
from tests.browser import EVERYWHERE, flaws, person

pytestmark = pytest.mark.browser


def told(page):
    return page.inner_text("main")


@EVERYWHERE
def test_the_office_corrects_a_published_rating_with_the_lead_s_agreement(site, leeds_copy, width, javascript):
    by = person("programme-office")
    page = site.open("/plans/leeds/2011-11/R10/", by=by, width=width, javascript=javascript)
    published = MonthlyUpdate.objects.get(month__month="2011-11-01", reference="R10")
    page.click("text=Correct this update")
    assert flaws(page, javascript) == []
    other = "Amber" if published.rating == "red" else "Red"
    page.get_by_label(other, exact=True).check()
    page.click("main button[data-prevent-double-click]")
    assert "Enter a reason for the correction." in page.inner_text(".govuk-error-summary")
    assert flaws(page, javascript) == []

    page.fill("[name=reason]", "The wrong line was copied.")
    page.select_option("[name=agreed_by]", label="Accountable lead, protection")
    for part, value in enumerate(("30", "11", "2011")):
        page.fill(f"[name=agreed_on_{part}]", value)
    page.fill("[name=agreed_how]", "by e-mail")
    page.click("main button[data-prevent-double-click]")
    assert "The correction has been added to R10 for November 2011." in told(page)
    assert "Rating agreed by Accountable lead, protection on 30 November 2011 (by e-mail)" in told(page)
    assert flaws(page, javascript) == []
    assert MonthlyUpdate.objects.get(pk=published.pk).rating == published.rating


@EVERYWHERE
def test_the_office_moves_a_due_date_and_closes_a_recommendation(site, leeds_copy, width, javascript):
    story = "/plans/leeds/recommendations/R10/"
    page = site.open(story, by=person("programme-office"), width=width, javascript=javascript)
    page.click("text=Change the due date")
    assert flaws(page, javascript) == []
    page.click("main button")
    assert "Enter the new due date." in page.inner_text(".govuk-error-summary")
    assert flaws(page, javascript) == []
    for part, value in enumerate(("30", "6", "2012")):
        page.fill(f"[name=due_on_{part}]", value)
    page.fill("[name=reason]", "The new system begins in the spring.")
    page.click("main button")
    assert page.url.endswith(story)
    assert "R10 is due on 30 June 2012." in told(page)

    page.click("text=Close the recommendation")
    assert flaws(page, javascript) == []
    page.get_by_label("Merged into another").check()
    page.fill("[name=reason]", "One matter with R08.")
    page.click("main button")
    assert "Enter the recommendation that continues this one." in page.inner_text(".govuk-error-summary")
    assert flaws(page, javascript) == []
    page.fill("[name=successors]", "R08")
    page.click("main button")
    assert "What will happen" in told(page)
    assert flaws(page, javascript) == []
    page.click("main button")
    assert "R10 is closed." in told(page)
    assert "One matter with R08." in told(page)
    assert page.locator("text=Change the due date").count() == 0
