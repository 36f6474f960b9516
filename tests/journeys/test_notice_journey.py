"""The Notice in a browser: anyone reads it, the programme office records, confirms and judges."""

import pytest

from accounts.models import User
from tests.browser import axe, sideways

pytestmark = pytest.mark.browser


def person(name):
    return User.objects.get(email=f"{name}@leeds.example")


def flaws(page):
    return [*(["wider than its window"] if sideways(page) else []), *axe(page)]


@pytest.mark.parametrize("width", [1280, 320])
def test_an_observer_filters_the_notice_and_reads_a_target(site, leeds_copy, width):
    page = site.open("/notices/leeds/", by=person("observer"), width=width)
    assert page.locator("main tbody tr").count() == 23
    assert flaws(page) == []
    page.select_option("[name=verdict]", "missed")
    page.click("main form button")
    assert page.locator("main tbody tr").count() == 3
    page.click("main tbody a >> text=N07")
    assert page.locator("main .app-verdict").first.inner_text() == "Missed"
    assert flaws(page) == []


@pytest.mark.parametrize("width", [1280, 320])
def test_the_programme_office_confirms_a_value_and_judges_a_milestone(site, leeds_copy, width):
    page = site.open("/notices/leeds/targets/N03/", by=person("programme-office"), width=width)
    page.locator("a:has-text('Confirm')").first.click()
    page.click("main form button")
    assert page.title().startswith("Error: ")
    assert flaws(page) == []
    page.fill("[name=value]", "2")
    page.fill("[name=source]", "Performance tables")
    for part, text in enumerate(("8", "12", "2011")):
        page.fill(f"[name=source_on_{part}]", text)
    page.click("main form button")
    assert "Confirms the provisional 3 schools (range 1 to 3)" in page.locator("main").inner_text()

    page.click("text=State whether it is met")
    page.check("[name=is_met][value=yes]")
    page.fill("[name=reason]", "Every school had a plan by then.")
    assert flaws(page) == []
    page.click("main form button")
    assert "Every school had a plan by then." in page.locator("main").inner_text()

    page.click("text=Record a value")
    page.click("main form button")
    assert page.title().startswith("Error: ")
    assert flaws(page) == []
