"""A month's work of each role by keyboard alone: as it comes, and at 400% zoom in forced colours.

A window of 320 by 256 pixels shows what one of 1280 by 1024 does at 400%. Wherever the focus goes it is seen.
"""

from urllib.parse import urlsplit

import pytest

from boards.models import Challenge
from plans.models import MonthlyUpdate, ReportingMonth
from tests import once
from tests.browser import person
from tests.keyboard import press_on, skip_the_menu, tab_to

pytestmark = [pytest.mark.browser, once.LOOKS]

SEEN = [{}, {"width": 320, "height": 256, "forced_colors": "active"}]
BY_KEYBOARD = pytest.mark.parametrize("seen", SEEN, ids=["as it comes", "at 400% in forced colours"])


def stored(reference):
    return MonthlyUpdate.objects.get(month__month="2011-12-01", reference=reference)


def start(site, path, name, seen):
    page = site.open(path, by=person(name), **seen)
    skip_the_menu(page)
    return page


@BY_KEYBOARD
def test_the_officers_journey_needs_the_keyboard_alone(site, leeds_copy, seen):
    page = start(site, "/my/updates/", "lead-officer-assessment", seen)
    press_on(page, "[href='/plans/leeds/2011-12/R04/']")
    tab_to(page, "[name=rating]")
    for key in ("Space", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
    tab_to(page, "[name=direction]")
    page.keyboard.press("Space")
    for field in ("progress", "impact", "next_steps"):
        tab_to(page, f"[name={field}]")
        page.keyboard.type(f"The {field}, typed.")
    press_on(page, "[value=check]")
    for _ in range(page.locator("textarea").count()):
        tab_to(page, "textarea")
        page.keyboard.type("The reason, typed.")
    press_on(page, "main button")
    assert page.url.endswith("/my/updates/")
    row = stored("R04")
    assert (row.status, row.rating, row.direction, row.impact) == (
        "submitted",
        "green",
        "improving",
        "The impact, typed.",
    )


@BY_KEYBOARD
def test_the_leads_journey_needs_the_keyboard_alone(site, leeds_copy, seen):
    page = start(site, "/my/sign-offs/", "deputy-accountable-lead-social-care", seen)
    press_on(page, "main button")
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    tab_to(page, ".govuk-error-summary a")
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    chosen = page.evaluate("document.activeElement.labels[0].innerText")[:3]
    press_on(page, "main button")
    press_on(page, "main button")
    assert f"Signed off: {chosen}." in page.inner_text(".govuk-notification-banner")
    press_on(page, "[href='/plans/leeds/2011-12/R26/review/']")
    tab_to(page, "[name=comment]")
    page.keyboard.type("Name the teams.")
    press_on(page, "[value=return]")
    assert (stored(chosen).status, stored("R26").status) == ("signed_off", "returned")


def test_from_one_sign_off_to_the_button_of_the_next_it_is_two_tabs(site, leeds_copy):
    page = start(site, "/plans/leeds/2011-12/R08/review/", "deputy-accountable-lead-social-care", {})
    for key in ("Tab", "Enter", "Tab"):
        page.keyboard.press(key)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_load_state()
    assert stored("R08").status == "signed_off"
    assert page.evaluate("document.activeElement.innerText").startswith("Done")
    for key in ("Tab", "Enter", "Tab"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.value") == "sign_off"


@BY_KEYBOARD
def test_the_programme_offices_journey_needs_the_keyboard_alone(site, leeds_copy, seen):
    page = start(site, "/plans/leeds/2011-12/", "programme-office", seen)
    tab_to(page, "[href='#commentary']")
    page.keyboard.press("Enter")
    press_on(page, "main [href$='/commentary/']")
    tab_to(page, "textarea[name=text]")
    page.keyboard.press("Control+A")
    page.keyboard.type("The Board’s last month.")
    press_on(page, "main button")
    tab_to(page, "[href='#publish']")
    page.keyboard.press("Enter")
    press_on(page, "[href$='/publish/']")
    tab_to(page, "[name=is_checked]")
    page.keyboard.press("Space")
    press_on(page, "main button")
    month = ReportingMonth.objects.get(month="2011-12-01")
    assert (month.is_published, month.commentary) == (True, "The Board’s last month.")


@BY_KEYBOARD
def test_a_board_members_journey_needs_the_keyboard_alone(site, leeds_copy, seen):
    page = start(site, "/boards/leeds/home/", "board-member", seen)
    press_on(page, "[href='/boards/leeds/2011-11/']")
    press_on(page, "[href^='/boards/leeds/recommendations/']")
    tab_to(page, "textarea")
    page.keyboard.type("How do you know?")
    press_on(page, "main button")
    asked = Challenge.objects.get(question="How do you know?")
    assert urlsplit(page.url).path == f"/boards/leeds/challenges/{asked.number}/"
