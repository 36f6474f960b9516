"""From a finding to what answers it, to what was reported and proved, to the target's verdict, and back."""

import pytest

from tests.browser import flaws, person

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 320])
def test_a_finding_is_followed_to_its_evidence_and_its_target_and_back(site, leeds_copy, width):
    page = site.open("/notices/leeds/inspections/", by=person("board-member"), width=width)
    page.click("main tr:has-text('33') a:has-text('Announced inspection')")
    page.wait_for_url("**/notices/leeds/inspections/leeds-2009-announced/")
    assert page.locator("[id^=judgement-]").count() == 36
    assert page.locator("tr[id^=S], tr[id^=L]").count() == 24
    assert flaws(page) == []
    page.click("#S05 >> text=R05")
    page.wait_for_url("**/plans/leeds/recommendations/R05/")
    assert page.locator("main >> text=Inspection reports on Leeds").count() == 1
    page.click("main a:text-is('N01')")
    page.wait_for_url("**/notices/leeds/targets/N01/")
    assert page.locator("main .app-verdict").first.inner_text() == "Met"
    page.click("main a:text-is('S05')")
    page.wait_for_url("**/inspections/leeds-2009-announced/#S05")


@pytest.mark.parametrize("width", [1280, 320])
def test_judgements_are_compared_and_coverage_is_read_both_ways(site, leeds_copy, width):
    page = site.open("/notices/leeds/inspections/compare/", by=person("observer"), width=width)
    assert flaws(page) == []
    row = page.locator("tr:has-text('Performance management and quality assurance')").first
    assert "Better by 2 grades" in row.inner_text()
    page.click("nav >> text=Inspections")
    page.click("main a:has-text('Coverage of findings')")
    page.wait_for_url("**/plans/leeds/coverage/")
    assert flaws(page) == []
    assert page.locator("#unanswered + dl dt").all_inner_texts() == [
        f"{reference} No recommendation; met by the Board's own record." for reference in ("N17", "N23")
    ]
    page.click("#R40 a:text-is('N07')")
    assert page.locator("#target-N07 >> text=R31").count() == 1
