"""Somebody saves filters of the list, finds them again, follows them and reads what changed, wide and on a phone."""

import pytest

from plans.models import SavedFilter
from tests import factories
from tests.browser import axe, sideways
from tests.factories import user

pytestmark = pytest.mark.browser


@pytest.fixture
def plan(transactional_db):
    plan = factories.plan(2)
    for number, rating in ((4, "amber"), (5, "green")):
        month = factories.month(plan, number)
        factories.signed_off(month.updates.get(reference="R01"), rating=rating, progress=f"Done in {number}.")
        factories.published(month)
    return plan


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (768, False), (390, True), (390, False)])
def test_filters_are_saved_followed_and_removed(plan, site, width, javascript):
    page = site.open("/plans/thornbury/recommendations/?rating=amber", by=user(), width=width, javascript=javascript)
    page.get_by_role("link", name="Save these filters").click()
    page.get_by_label("Name").fill("At risk")
    page.get_by_label("Follow this filter").check()
    page.keyboard.press("Enter")
    page.get_by_text("These filters are saved as “At risk”.").wait_for()
    assert (axe(page) if javascript else [], sideways(page)) == ([], 0)
    page.get_by_role("link", name="Follow, rename or remove").click()
    page.get_by_role("link", name="What changed in your watch list in May 2011").click()
    page.get_by_text("Left the list").wait_for()
    assert (axe(page) if javascript else [], sideways(page)) == ([], 0)
    page.get_by_role("link", name="Recommendation 1").press("Enter")
    page.get_by_role("link", name="Back to your watch list").click()
    page.get_by_role("link", name="Saved filters").click()
    page.get_by_role("button", name="Stop following").press("Enter")
    page.get_by_text("You no longer follow “At risk”.").wait_for()
    assert (axe(page) if javascript else [], sideways(page)) == ([], 0)
    page.get_by_role("link", name="Remove").press("Enter")
    page.get_by_role("button", name="Remove").press("Enter")
    page.get_by_text("You have not saved any filters yet.").wait_for()
    assert SavedFilter.objects.count() == 0
