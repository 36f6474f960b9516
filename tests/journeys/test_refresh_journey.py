"""The programme office drafts a revision of the plan, previews it, applies it and makes it a paper, in a browser."""

import pytest

from boards.models import Paper
from plans.models import Recommendation, Revision
from tests import factories
from tests.browser import EVERYWHERE, flaws
from tests.factories import user

pytestmark = pytest.mark.browser
PLAN = "/plans/thornbury/"


@EVERYWHERE
def test_the_office_drafts_a_revision_and_applies_it(site, transactional_db, width, javascript):
    plan = factories.plan(3)
    factories.published(factories.month(plan))
    factories.held(plan)
    page = site.open(PLAN, by=user("Olga Office"), width=width, javascript=javascript)

    def step(text):
        page.click(f"main :is(a, button):has-text('{text}')")
        assert flaws(page, javascript) == []

    step("Start a revision of the plan")
    step("Start the draft")
    assert "Enter the title." in page.inner_text(".govuk-error-summary")
    page.fill("[name=title]", "Refresh of May")
    step("Start the draft")
    page.click("a:has-text('Change R01')")
    page.get_by_label("Closes", exact=True).check()
    page.get_by_label("Merged into another").check()
    page.fill("[name=successors]", "R99")
    page.fill("[name=reason]", "They are the same.")
    step("Save in the draft")
    assert "R99 cannot continue it" in page.inner_text(".govuk-error-summary")
    page.fill("[name=successors]", "R02")
    step("Save in the draft")
    page.click("a:has-text('Change R02')")
    page.get_by_label("Changes", exact=True).check()
    page.fill("[name=title]", "Both matters")
    step("Save in the draft")
    step("Preview the revision")
    assert "Closes: merged into another (R02)" in page.inner_text("main")
    step("Continue to apply")
    step("Apply the revision")
    assert "Enter the day on which it was agreed" in page.inner_text(".govuk-error-summary")
    page.select_option("[name=meeting]", index=1)
    step("Apply the revision")
    assert "Closed: merged into another. Continued by R02" in page.inner_text("main")
    first = Recommendation.objects.get(reference="R01")
    assert (first.closure, [row.title for row in first.successors.all()]) == ("merged", ["Both matters"])

    page = site.open("/boards/thornbury/meetings/2011-04-11/papers/add/", by=user("Olga Office"), width=width)
    page.fill("[name=title]", "What changed in the plan")
    page.select_option("[name=page]", "revision")
    page.click("main button")
    assert (Paper.objects.get().page, Revision.objects.get().title) == ("revision", "Refresh of May")


@EVERYWHERE
def test_the_office_lets_a_new_plan_take_over(site, transactional_db, width, javascript):
    plan = factories.plan(3)
    factories.published(factories.month(plan))
    page = site.open(PLAN, by=user("Olga Office"), width=width, javascript=javascript)
    page.click("text=Let a new plan take over")
    assert flaws(page, javascript) == []
    page.click("main form button")
    assert "Enter the title of the new plan." in page.inner_text(".govuk-error-summary")
    assert flaws(page, javascript) == []
    page.fill("[name=title]", "The second plan")
    page.fill("[name=slug]", "second")
    page.click("main form button")
    assert "Carry the Board over" in page.inner_text("main")
    assert flaws(page, javascript) == []
    page.fill("[name=slug]", "thornbury")
    page.click("main form button")
    assert "Another Board is called “thornbury”" in page.inner_text(".govuk-error-summary")
    assert flaws(page, javascript) == []
    page.fill("[name=slug]", "second")
    page.click("main form button")
    assert "The new plan has a Board with the same seats" in page.inner_text("main")
    page.goto(page.url.replace("/boards/", "/plans/"))
    assert "It took over from Thornbury Improvement Plan" in page.inner_text("main")
    assert flaws(page, javascript) == []
    assert Recommendation.objects.filter(plan__slug="second").count() == 3
