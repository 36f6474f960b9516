"""The accountable lead's month in a browser: with and without JavaScript, wide and narrow."""

from datetime import date

import pytest

from plans.models import MonthlyUpdate, Recommendation
from tests.browser import EVERYWHERE, flaws, person

pytestmark = pytest.mark.browser


def stored(reference):
    return MonthlyUpdate.objects.get(month__month="2011-12-01", reference=reference)


def told(page):
    return page.inner_text("main")


@EVERYWHERE
def test_a_deputy_signs_off_what_waits_for_both_of_their_posts(site, leeds_copy, width, javascript):
    by = person("deputy-accountable-lead-social-care")
    page = site.open("/my/sign-offs/", by=by, width=width, javascript=javascript)
    assert flaws(page, javascript) == []
    page.click("text=Read selected updates")
    assert "Select at least one update to sign off." in page.inner_text(".govuk-error-summary")
    assert page.title().startswith("Error: ")
    assert flaws(page, javascript) == []

    for title in ("R05 Assessment", "R16 Core", "R32 Response"):
        page.get_by_label(title).check()
    page.click("text=Read selected updates")
    assert page.inner_text("h1") == "Sign off together"
    assert stored("R05").progress in told(page)
    assert flaws(page, javascript) == []
    page.get_by_label("Sign off R32").uncheck()
    page.click("main button")
    assert "Signed off: R05, R16." in page.inner_text(".govuk-notification-banner")
    assert flaws(page, javascript) == []

    page.click("text=R08 Child protection conferences")
    assert "If you sign it off, you agree the new date, 30 June 2012." in told(page)
    assert stored("R08").progress in told(page)
    assert flaws(page, javascript) == []
    page.click("text=Sign off and go to the next")
    assert "R08 is signed off. Its due date is now 30 June 2012." in told(page)
    assert page.url.endswith("/R26/review/")
    assert "its agreed date, 31 October 2011, has passed" in told(page)

    page.click("text=Return with this comment")
    assert "Say what should be changed." in page.inner_text(".govuk-error-summary")
    assert flaws(page, javascript) == []
    page.fill("[name=comment]", "Name the teams that are still to come.")
    page.click("text=Return with this comment")
    assert page.url.endswith("/R32/review/")
    page.click("text=Sign off and go to the next")
    assert page.url.endswith("/my/sign-offs/")
    assert "You have nothing to sign off yet." in told(page)
    assert flaws(page, javascript) == []

    signed = [(stored(reference).status, stored(reference).signed_off_for) for reference in ("R05", "R08")]
    assert signed == [
        ("signed_off", "Chief Officer, Children and Young People's Social Care (Accountable lead, social care)"),
        ("signed_off", "Deputy Director of Children's Services (first of two) (Accountable lead, protection)"),
    ]
    assert Recommendation.objects.get(reference="R08").due_on == date(2012, 6, 30)


def test_an_officer_reads_why_their_update_came_back(site, leeds_copy):
    page = site.open("/plans/leeds/2011-12/R26/review/", by=person("accountable-lead-social-care"))
    page.fill("[name=comment]", "Name the teams that are still to come.")
    page.click("text=Return with this comment")
    page = site.open("/my/updates/", by=person("lead-officer-assessment"))
    page.click("text=R26")
    assert "Name the teams that are still to come." in told(page)


def test_what_a_lead_wrote_survives_that_the_officer_took_the_update_back(site, leeds_copy):
    page = site.open("/plans/leeds/2011-12/R26/review/", by=person("accountable-lead-social-care"))
    officer = site.open("/plans/leeds/2011-12/R26/", by=person("lead-officer-assessment"))
    officer.click("text=Take it back to change it")
    page.fill("[name=comment]", "Name the teams that are still to come.")
    page.click("text=Return with this comment")
    assert "Someone else changed this while you were working on it." in page.inner_text(".govuk-error-summary")
    assert page.input_value("[name=comment]") == "Name the teams that are still to come."
    assert flaws(page) == []


def test_nobody_signs_off_what_they_entered_themselves(site, leeds_copy):
    MonthlyUpdate.objects.filter(pk=stored("R26").pk).update(submitted_by=person("accountable-lead-social-care"))
    page = site.open("/my/sign-offs/", by=person("accountable-lead-social-care"))
    assert "You entered this update, so you cannot sign it off. Deputy accountable lead, social care can." in told(page)
    assert flaws(page) == []
    page.click("text=R26")
    assert page.locator("text=Sign off and go to the next").count() == 0
    assert flaws(page) == []
