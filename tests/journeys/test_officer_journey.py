"""The officer's month in a browser: with and without JavaScript, wide and narrow."""

import pytest
from playwright.sync_api import expect

from plans.models import MonthlyUpdate
from tests.browser import EVERYWHERE, flaws, person

pytestmark = pytest.mark.browser

R04 = "/plans/leeds/2011-12/R04/"
R10 = "/plans/leeds/2011-12/R10/"


def stored(reference):
    return MonthlyUpdate.objects.get(month__month="2011-12-01", reference=reference)


@EVERYWHERE
def test_an_officer_writes_checks_and_submits_what_is_owed(site, leeds_copy, width, javascript):
    page = site.open("/my/updates/", by=person("lead-officer-assessment"), width=width, javascript=javascript)
    assert flaws(page, javascript) == []
    page.click("a:has-text('R04')")
    assert flaws(page, javascript) == []
    assert page.locator("text=Last published: November 2011").count() == 1

    page.get_by_label("Amber", exact=True).check()
    page.get_by_label("Steady", exact=True).check()
    page.fill("[name=progress]", stored("R04").recommendation.updates.get(month__month="2011-11-01").progress)
    page.fill("[name=green_by_1]", "13")
    page.click("text=Continue to check")
    assert page.title().startswith("Error: ")
    assert flaws(page, javascript) == []

    page.fill("[name=green_by_0]", "31")
    page.fill("[name=green_by_1]", "3")
    page.fill("[name=green_by_2]", "2012")
    page.click("text=Continue to check")
    assert page.inner_text("h1") == "Check your update"
    assert "Say what will happen next." in page.inner_text("main")
    assert flaws(page, javascript) == []

    page.click("text=Say what will happen next.")
    page.fill("[name=next_steps]", "Train the second team.")
    page.fill("[name=impact]", "Families are seen sooner.")
    page.fill("[name=remedy]", "More trainers.")
    page.fill("[name=remedy_owner]", "Head of Training")
    page.click("text=Continue to check")
    page.click("text=Submit for sign-off")
    assert "“Progress this month”: give a reason" in page.inner_text(".govuk-error-summary")
    assert "word for word what was reported last time" in page.inner_text("main")
    assert flaws(page, javascript) == []

    page.fill("[name=same-text]", "The training takes two months.")
    page.click("text=Submit for sign-off")
    assert page.url.endswith("/my/updates/")
    assert "R04 has been submitted." in page.inner_text(".govuk-notification-banner")
    assert "You have submitted everything." in page.inner_text("main")
    assert stored("R04").status == "submitted"

    page.click("a:has-text('R04')")
    page.click("text=Take it back to change it")
    assert stored("R04").status == "draft"


def test_what_is_typed_is_saved_by_itself_and_the_form_goes_on_from_there(site, leeds_copy):
    page = site.open(R04, by=person("lead-officer-assessment"))
    page.clock.install()
    page.fill("[name=progress]", "Half a sen")
    page.clock.run_for(5000)
    expect(page.locator("#autosave")).to_have_text("Draft saved")
    assert stored("R04").progress == "Half a sen"
    assert flaws(page) == []
    page.fill("[name=progress]", "A whole sentence.")
    page.click("text=Save draft and return")
    assert page.url.endswith("/my/updates/")
    assert (stored("R04").progress, stored("R04").version) == ("A whole sentence.", 2)


def test_on_a_phone_the_first_question_is_within_reach(site, leeds_copy):
    page = site.open(R04, by=person("lead-officer-assessment"), width=390, height=844)
    assert page.locator("#rating").bounding_box()["y"] <= 600


@EVERYWHERE
def test_of_two_people_the_second_sees_both_texts(site, leeds_copy, width, javascript):
    holder = site.open(R10, by=person("lead-officer-safeguarding"), width=width, javascript=javascript)
    deputy = site.open(R10, by=person("deputy-lead-officer-safeguarding"))
    assert "You are acting for the Head of Safeguarding" in deputy.inner_text("main")
    for page, words in ((deputy, "The deputy's words."), (holder, "The holder's words.")):
        page.fill("[name=impact]", words)
        page.click("text=Continue to check")
    assert holder.inner_text("h1") == "Someone else changed this update"
    assert "The deputy's words." in holder.inner_text("main")
    assert holder.input_value("[name=impact]") == "The holder's words."
    assert flaws(holder, javascript) == []
    holder.click("text=Save this text")
    assert stored("R10").impact == "The holder's words."


@EVERYWHERE
def test_evidence_is_added_without_losing_what_was_typed(site, leeds_copy, tmp_path, width, javascript):
    page = site.open(R04, by=person("lead-officer-assessment"), width=width, javascript=javascript)
    page.fill("[name=progress]", "Typed before the evidence.")
    page.click("text=Save draft and add evidence")
    assert flaws(page, javascript) == []
    page.click("main button")
    assert page.title().startswith("Error: ")
    assert flaws(page, javascript) == []
    (tmp_path / "figures.csv").write_text("1,2")
    page.fill("[name=title]", "Figures for November")
    page.check("text=Quantitative")
    page.set_input_files("[name=file]", tmp_path / "figures.csv")
    page.click("main button")
    assert "figures.csv" in page.inner_text("main li")
    assert flaws(page, javascript) == []
    page.click("text=Remove")
    assert flaws(page, javascript) == []
    page.click("text=Keep it")
    page.click("main >> text=Back to the update")
    assert page.input_value("[name=progress]") == "Typed before the evidence."
    assert "Figures for November" in page.inner_text("form[data-autosave]")


@EVERYWHERE
def test_several_drafts_are_submitted_on_one_page(site, leeds_copy, width, javascript):
    page = site.open("/my/updates/", by=person("lead-officer-planning"), width=width, javascript=javascript)
    assert "1 returned to you: read the comment, then change it or reply." in page.inner_text("main")
    page.click("text=Check and submit 2 complete drafts")
    assert flaws(page, javascript) == []
    page.click("text=Submit selected updates")
    assert "Select at least one update" in page.inner_text(".govuk-error-summary")
    assert flaws(page, javascript) == []
    page.check("text=Submit R07")
    page.check("text=Submit R34")
    page.click("text=Submit selected updates")
    assert "Submitted: R07, R34." in page.inner_text("main")
    assert [stored(reference).status for reference in ("R07", "R34", "R37")] == ["submitted", "submitted", "returned"]


@pytest.mark.parametrize("width", [1280, 320])
def test_same_as_last_month_is_one_reason_away(site, leeds_copy, width):
    page = site.open(R04, by=person("lead-officer-assessment"), width=width)
    page.click("text=same as last month")
    assert flaws(page) == []
    page.fill("[name=reason]", "The new team starts in January.")
    page.click("text=Use these and continue to check")
    assert "The new team starts in January." in page.inner_text("main")
    page.check("text=The reason given for November 2011 still applies")
    page.fill("[name=improving-with-nothing-new]", "The team answers more calls each week.")
    page.click("text=Submit for sign-off")
    page.wait_for_url("**/my/updates/")
    assert stored("R04").unchanged_reason == "The new team starts in January."


@pytest.mark.parametrize("width", [1280, 320])
def test_a_published_update_is_read_by_the_board(site, leeds_copy, width):
    page = site.open("/plans/leeds/2010-11/R10/", by=person("observer"), width=width)
    assert "Red" in page.inner_text("main")
    assert flaws(page) == []
