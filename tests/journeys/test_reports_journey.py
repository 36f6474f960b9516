"""The chair drafts a report from the record, edits it and issues it; the office records to whom it was sent."""

import pytest

from tests.browser import EVERYWHERE, flaws, person

pytestmark = pytest.mark.browser


@EVERYWHERE
def test_the_chair_drafts_edits_and_issues_a_report(site, leeds_copy, width, javascript):
    page = site.open("/boards/leeds/reports/", by=person("independent-chair"), width=width, javascript=javascript)
    assert flaws(page, javascript) == []
    page.click("text=Draft: The chair's bi-monthly report")
    page.fill("[name=dated_on_0]", "31")
    page.fill("[name=dated_on_1]", "2")
    page.click("text=Create the draft")
    page.wait_for_selector(".govuk-error-summary")
    assert flaws(page, javascript) == []
    page.fill("[name=dated_on_0]", "9")
    page.fill("[name=dated_on_1]", "12")
    page.click("text=Create the draft")
    page.wait_for_selector("text=The chair's view")
    assert flaws(page, javascript) == []

    page.click("text=Change section 7, The chair's view")
    page.fill("[name=text]", "Momentum is the Board's concern.\n- One thing.\n- Another.")
    page.click("main button:has-text('Save')")
    page.wait_for_selector("li:has-text('Another.')")
    page.click("text=Check and issue")
    assert flaws(page, javascript) == []
    page.click("main form button")
    page.wait_for_selector(".govuk-error-summary")
    page.check("[name=is_checked]")
    page.click("main form button")
    page.wait_for_selector("text=It cannot be changed")
    assert flaws(page, javascript) == []


@EVERYWHERE
def test_the_office_records_what_was_sent(site, leeds_copy, width, javascript):
    page = site.open("/boards/leeds/circulation/", by=person("programme-office"), width=width, javascript=javascript)
    assert flaws(page, javascript) == []
    page.click("text=Record a report sent")
    page.click("main button")
    page.wait_for_selector(".govuk-error-summary")
    assert flaws(page, javascript) == []
    page.select_option("[name=body]", label="Children's Trust Board")
    page.fill("[name=what]", "Update report, December 2011")
    page.click("main button")
    page.wait_for_selector("text=Recorded:")
    assert page.locator("main").inner_text().count("Update report, December 2011") == 2


def test_an_observer_reads_the_letter_that_ends_it(site, leeds_copy):
    page = site.open("/boards/leeds/reports/letter/2011-12-08/", by=person("observer"))
    words = "the Improvement Notice and Improvement Board arrangements can safely be removed"
    assert words in page.locator("main").inner_text()
    assert flaws(page) == []
