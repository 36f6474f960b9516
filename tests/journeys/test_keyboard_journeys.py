"""A month's work of each role by keyboard alone: as it comes, and at 400% zoom in forced colours.

A window of 320 by 256 pixels shows what one of 1280 by 1024 does at 400%. Wherever the focus goes it is seen.
"""

from urllib.parse import urlsplit

import pytest

from boards.models import Challenge
from plans.models import MonthlyUpdate, ReportingMonth
from tests import once
from tests.browser import person, sideways

pytestmark = [pytest.mark.browser, once.LOOKS]

SEEN = [{}, {"width": 320, "height": 256, "forced_colors": "active"}]
BY_KEYBOARD = pytest.mark.parametrize("seen", SEEN, ids=["as it comes", "at 400% in forced colours"])

# What went wrong, or that it is done: from there Tab goes on, past the menu.
TAKES_THE_FOCUS = ".govuk-error-summary, .govuk-notification-banner--success"
# What of the element that has the focus tells that it has, in the window; a radio's ring stands round its label's dot.
UNSEEN = """() => {
    const element = document.activeElement, box = element.getBoundingClientRect();
    const label = element.labels && element.labels[0];
    const styles = [getComputedStyle(element), ...(label ? [getComputedStyle(label, "::before")] : [])];
    const isRinged = styles.some(style => style.boxShadow !== "none"
        || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0));
    const isInside = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
    return isRinged && isInside ? "" : `${isRinged}, ${isInside}: ${element.outerHTML.slice(0, 200)}`;
}"""


def stored(reference):
    return MonthlyUpdate.objects.get(month__month="2011-12-01", reference=reference)


def tab_to(page, selector):
    """Press Tab until what `selector` names has the focus, which is seen at every step."""
    for _ in range(150):
        page.keyboard.press("Tab")
        assert page.evaluate(UNSEEN) == ""
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never reaches {selector}")


def press_on(page, selector):
    """Go to a link or a button by Tab, and on to the page that Enter leads to, past its menu to its content."""
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_load_state()
    assert sideways(page) == 0
    if page.locator(TAKES_THE_FOCUS).count():
        assert page.evaluate("selector => document.activeElement.matches(selector)", TAKES_THE_FOCUS)
    else:
        skip_the_menu(page)


def skip_the_menu(page):
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "govuk-skip-link"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"


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


@BY_KEYBOARD
def test_the_programme_offices_journey_needs_the_keyboard_alone(site, leeds_copy, seen):
    page = start(site, "/plans/leeds/2011-12/", "programme-office", seen)
    tab_to(page, "[href='#commentary']")
    page.keyboard.press("Enter")
    press_on(page, "main [href$='/commentary/']")
    tab_to(page, "textarea")
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
