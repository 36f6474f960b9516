"""The facts beside the form of an update in a browser: beside it where there is room, folded away on a phone."""

from datetime import date

import pytest
from playwright.sync_api import expect

from plans.models import Action, MonthlyUpdate
from tests import factories
from tests.browser import EVERYWHERE, flaws
from tests.factories import user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGE = "/plans/thornbury/2011-05/R01/"
HIGHEST = 600  # pixels from the top of a phone's page to the first question


@pytest.fixture
def action(transactional_db):
    plan = factories.plan()
    factories.month(plan)
    recommendation = plan.recommendations.get()
    recommendation.targets.add(factories.notice().targets.get())
    factories.challenge(plan, "How do you know?")
    return Action.objects.create(recommendation=recommendation, title="Train two teams.", due_on=date(2011, 5, 9))


def stored():
    return MonthlyUpdate.objects.get(reference="R01")


@pytest.mark.parametrize("javascript", [True, False])
def test_on_a_phone_the_facts_are_folded_away_and_the_first_question_is_within_reach(site, action, javascript):
    page = site.open(PAGE, by=user("Ada Officer"), width=390, height=844, javascript=javascript)
    assert page.locator("#rating").bounding_box()["y"] <= HIGHEST
    assert not page.locator("text=Train two teams.").first.is_visible()
    page.click("summary:has-text('Facts for this rating')")
    assert page.locator("text=Train two teams.").first.is_visible()
    assert flaws(page, javascript) == []


@pytest.mark.parametrize("width", [768, 1280])
def test_where_there_is_room_the_facts_stay_beside_the_form(site, action, width):
    page = site.open(PAGE, by=user("Ada Officer"), width=width, javascript=False)
    facts, form = page.locator(".app-beside"), page.locator("form#update")
    assert page.locator("text=Train two teams.").first.is_visible()
    assert facts.bounding_box()["x"] >= form.bounding_box()["x"] + form.bounding_box()["width"]
    page.locator("[name=proposed_due_reason]").scroll_into_view_if_needed()
    assert page.locator("h2:has-text('Facts for this rating')").bounding_box()["y"] >= 0


@EVERYWHERE
def test_an_action_is_marked_as_done_without_losing_what_was_typed(site, action, width, javascript):
    page = site.open(PAGE, by=user("Ada Officer"), width=width, javascript=javascript)
    page.get_by_label("Amber", exact=True).check()
    page.fill("[name=progress]", "Typed before the tick.")
    page.fill("[name=green_by_0]", "1")
    if width < 641:
        page.click("summary:has-text('Facts for this rating')")
    page.click("text=Mark as done")
    assert page.input_value("[name=progress]") == "Typed before the tick."
    assert page.input_value("[name=green_by_0]") == "1"
    assert page.get_by_label("Amber", exact=True).is_checked()
    assert page.locator("text=Mark as not done").first.is_visible()
    assert flaws(page, javascript) == []
    action.refresh_from_db()
    assert action.done_on == date(2011, 12, 9)

    page.fill("[name=green_by_0]", "")
    page.fill("[name=impact]", "And this after it.")
    page.click("text=Mark as not done")
    expect(page.locator("[name=impact]")).to_have_value("And this after it.")
    assert page.locator("text=Mark as done").first.is_visible()
    assert (stored().progress, stored().impact) == ("Typed before the tick.", "And this after it.")
    action.refresh_from_db()
    assert action.done_on is None


@EVERYWHERE
def test_an_action_is_done_on_another_day_without_losing_what_was_typed(site, action, width, javascript):
    page = site.open(PAGE, by=user("Ada Officer"), width=width, javascript=javascript)
    page.get_by_label("Amber", exact=True).check()
    page.fill("[name=progress]", "Typed before the day.")
    if width < 641:
        page.click("summary:has-text('Facts for this rating')")
    page.click("text=Done on another day")
    assert page.inner_text("h1") == "Mark an action as done"
    assert flaws(page, javascript) == []
    page.fill("[name=done_on_0]", "10")
    page.click("main form button")
    assert "Enter today’s date or an earlier one." in page.inner_text(".govuk-error-summary")
    assert flaws(page, javascript) == []
    page.fill("[name=done_on_0]", "2")
    page.click("main form button")
    assert page.locator("text=on 2 December 2011").first.is_visible()
    assert page.input_value("[name=progress]") == "Typed before the day."
    assert page.get_by_label("Amber", exact=True).is_checked()
    action.refresh_from_db()
    assert action.done_on == date(2011, 12, 2)


@EVERYWHERE
def test_enter_in_an_input_goes_on_to_the_check_and_marks_nothing(site, action, width, javascript):
    page = site.open(PAGE, by=user("Ada Officer"), width=width, javascript=javascript)
    page.fill("[name=remedy_owner]", "Head of Training")
    with page.expect_navigation():
        page.locator("[name=remedy_owner]").press("Enter")
    assert page.inner_text("h1") == "Check your update"
    action.refresh_from_db()
    assert (action.done_on, stored().remedy_owner) == (None, "Head of Training")
