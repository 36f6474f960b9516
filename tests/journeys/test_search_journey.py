"""Somebody looks for a word, from the header or on a phone, opens what was found and comes back to the results."""

import pytest

from plans.models import Recommendation
from tests import factories
from tests.browser import axe, sideways
from tests.factories import user

pytestmark = pytest.mark.browser


@pytest.fixture
def plan(transactional_db):
    plan = factories.plan(2)
    Recommendation.objects.filter(reference="R01").update(wording="Count every zebra.")
    return plan


def test_a_word_is_looked_for_from_the_header(plan, site):
    page = site.open("/my/updates/", by=user(), width=1280)
    page.get_by_role("searchbox", name="Search").fill("ZÉBRA")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Recommendations (1)").wait_for()
    assert (axe(page), sideways(page)) == ([], 0)
    page.get_by_role("link", name="R01 Recommendation 1").click()
    page.get_by_role("link", name="Back to the search results").click()
    page.get_by_role("heading", name="Recommendations (1)").wait_for()
    assert page.get_by_label("Words to search for").input_value() == "ZÉBRA"


@pytest.mark.parametrize("javascript", [True, False])
def test_a_word_is_looked_for_on_a_phone(plan, site, javascript):
    page = site.open("/my/updates/", by=user(), width=320, javascript=javascript)
    if javascript:
        page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="Search").click()
    page.get_by_label("Words to search for").fill("zebra")
    page.get_by_role("button", name="Search").click()
    page.locator("mark").wait_for()
    assert page.locator("mark").all_inner_texts() == ["zebra"]
    assert (axe(page) if javascript else [], sideways(page)) == ([], 0)
    page.get_by_label("Words to search for").fill("giraffe")
    page.get_by_role("button", name="Search").click()
    page.get_by_text("Nothing matches “giraffe”.").wait_for()


def test_a_calendar_is_made_on_a_phone(plan, site):
    page = site.open("/accounts/e-mail/", by=user(), width=320)
    page.get_by_role("link", name="Show your deadlines in your calendar").click()
    page.get_by_role("button", name="Make an address").click()
    assert page.get_by_label("Your calendar’s address").input_value().endswith(".ics")
    assert (axe(page), sideways(page)) == ([], 0)
