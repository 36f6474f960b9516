"""An administrator loads a Notice, puts a wrong file right, and loads its results, with and without JavaScript."""

import pytest

from notices.models import Indicator, Milestone, Result
from plans.models import Plan
from tests import browser, factories
from tests.boards.loading import files as plans
from tests.browser import EVERYWHERE, person
from tests.notices.loading.files import BARNMOUTH, altered, typed

pytestmark = pytest.mark.browser

FIRST = {"Notice": "barnmouth", "Target": "B1", "Indicator": "Contacts", "Basis": "Month", "Source": "Return"}
RESULT = FIRST | {"Period starts": "1/3/2011", "Period ends": "31/3/2011", "Value": "96%", "Provisional": "Yes"}
RESULTS = {"Results": [RESULT | {"Source's date": "20/4/2011"}]}


def choose(page, content, name):
    mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.set_input_files("[name=file]", {"name": name, "mimeType": mime, "buffer": content})
    page.click("text=Check the file")
    page.wait_for_load_state()


def flaws(site, page, javascript):
    """Return what is wrong with the page, leaving out what axe itself does to the styles that the admin's import."""
    heard = list(site.complaints)
    found = browser.flaws(page, javascript)
    site.complaints[:] = heard
    return found


def cells(page):
    return [row.inner_text() for row in page.locator(".loading-rows tbody tr").all()]


@EVERYWHERE
def test_an_administrator_loads_a_notice_and_its_results(site, leeds_copy, width, javascript):
    page = site.open("/admin/notices/target/", by=person("administrator"), width=width, javascript=javascript)
    page.click("text=Load from a file")
    assert flaws(site, page, javascript) == []
    choose(page, b"no workbook", "picture.png")
    assert page.title().startswith("Error: ")
    assert "This is not an Excel workbook" in page.locator("main").inner_text()
    assert flaws(site, page, javascript) == []

    choose(page, typed(altered(BARNMOUTH, "Milestones", 0, Threshold=0.95)), "wrong.xlsx")
    (row,) = cells(page)
    assert all(word in row for word in ("Milestones", "2", "Threshold", "0.95", "This could mean 95% or 0.95%."))
    assert page.locator("main [type=submit]").count() == 0
    assert flaws(site, page, javascript) == []

    page.click("text=choose it again")
    choose(page, typed(BARNMOUTH), "right.xlsx")
    assert len(cells(page)) == 13
    assert flaws(site, page, javascript) == []
    page.click("text=Load 13 rows")
    page.wait_for_load_state()
    assert "“right.xlsx” has been loaded: 13 new, 0 changed." in page.locator("main").inner_text()
    assert flaws(site, page, javascript) == []
    assert Milestone.objects.get(indicator__reference="Contacts").threshold == 95

    page.goto("/admin/notices/result/")
    page.click("text=Load from a file")
    choose(page, typed(RESULTS, "results"), "values.xlsx")
    page.click("text=Load 1 row")
    page.wait_for_load_state()
    assert Result.objects.get(indicator=Indicator.objects.get(reference="Contacts")).value == 96

    page.goto("/admin/notices/target/?q=within+24+hours")
    assert page.locator("#result_list .field-verdict").inner_text() == "Met, provisional"


@EVERYWHERE
def test_an_administrator_loads_a_whole_plan(site, leeds_copy, width, javascript):
    factories.notice()
    page = site.open("/admin/plans/plan/", by=person("administrator"), width=width, javascript=javascript)
    page.click("text=Load from a file")
    page.click("summary >> text=Recommendations")
    assert flaws(site, page, javascript) == []
    wrong = altered(plans.BARNMOUTH, "Recommendations", 0, **{"Findings answered": "S1, S9"})
    choose(page, plans.typed(wrong), "wrong.xlsx")
    assert "Write “barnmouth-2010/S1” or “barnmouth-2011/S1”." in cells(page)[0]
    assert "“S9” is not in the Findings of this file or of the tracker." in cells(page)[0]
    assert flaws(site, page, javascript) == []

    page.click("text=choose it again")
    choose(page, plans.typed(plans.BARNMOUTH), "plan.xlsx")
    assert flaws(site, page, javascript) == []
    page.click(f"text=Load {plans.ROWS} rows")
    page.wait_for_load_state()
    assert f"“plan.xlsx” has been loaded: {plans.ROWS} new, 0 changed." in page.locator("main").inner_text()
    assert Plan.objects.get(slug="barnmouth").recommendations.count() == 3
