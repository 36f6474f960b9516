"""The programme office closes a recommendation and reopens it, in a browser."""

import pytest

from plans.models import Recommendation
from tests import factories
from tests.browser import EVERYWHERE, flaws
from tests.factories import user

pytestmark = pytest.mark.browser
STORY = "/plans/thornbury/recommendations/R01/"


@EVERYWHERE
def test_the_office_closes_a_recommendation_and_reopens_it(site, transactional_db, width, javascript):
    factories.month(factories.plan(2))
    page = site.open(STORY, by=user("Olga Office"), width=width, javascript=javascript)
    page.click("text=Close the recommendation")
    page.get_by_label("Withdrawn").check()
    page.fill("[name=reason]", "It is no longer ours.")
    page.click("main button")
    assert "R01 stays in it" in page.inner_text("main")
    assert flaws(page, javascript) == []
    page.click("text=Change your answers")
    assert page.input_value("[name=reason]") == "It is no longer ours."
    page.click("main button")
    page.click("main button")
    assert Recommendation.objects.get(reference="R01").closed_on
    page.click("text=Reopen the recommendation")
    assert flaws(page, javascript) == []
    page.click("main button")
    assert "Enter a reason for reopening" in page.inner_text(".govuk-error-summary")
    assert flaws(page, javascript) == []
    page.fill("[name=reason]", "It is ours after all.")
    page.click("main button")
    assert "It is ours after all." in page.inner_text("main")
    assert flaws(page, javascript) == []
    assert Recommendation.objects.get(reference="R01").closed_on is None
