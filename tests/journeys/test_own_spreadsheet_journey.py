"""An administrator loads a council's own spreadsheets through the page that maps their columns."""

import pytest

from notices.models import Upload
from plans.models import Action, Recommendation
from tests import browser
from tests.browser import EVERYWHERE, person, sideways
from tests.factories import user
from tests.plans.importing import tables

pytestmark = pytest.mark.browser

MIME = "application/octet-stream"


def flaws(site, page, javascript):
    """Return what is wrong with the page, leaving out what axe itself does to the styles that the admin's import."""
    heard = list(site.complaints)
    found = browser.flaws(page, javascript)
    site.complaints[:] = heard
    return found


def press(page, label):
    page.click(f"[value='{label}']")
    page.wait_for_load_state()


def choose(page, name, content):
    page.set_input_files("[name=file]", {"name": name, "mimeType": MIME, "buffer": content})
    press(page, "Read the spreadsheet")


def tell(page, slug):
    for name, said in {"slug": slug, "council": "Barnmouth", "organisation": "Barnmouth"}.items():
        page.fill(f"[name={name}]", said)
    page.fill("[name=opened_on]", "2011-01-01")


@EVERYWHERE
def test_an_administrator_loads_a_plan_from_the_councils_own_spreadsheet(site, leeds_copy, width, javascript):
    page = site.open("/admin/plans/plan/load/", by=person("administrator"), width=width, javascript=javascript)
    page.click("text=load your own spreadsheet")
    assert flaws(site, page, javascript) == []
    choose(page, "picture.png", b"no workbook")
    assert page.title().startswith("Error: ")
    assert "This is not an Excel workbook" in page.locator("main").inner_text()

    (name, content, _, comes_to) = tables.OTHERS[0]()
    choose(page, name, content)
    assert (flaws(site, page, javascript), sideways(page)) == ([], 0)
    assert "Only colours: amber, green, red" in page.locator("main").inner_text()
    tell(page, "barnmouth")
    page.fill("[name=council]", "")
    page.select_option("[name=column_5]", "impact")
    press(page, "Check the plan")
    shown = page.locator("main").inner_text()
    assert "Enter the name of the council." in shown
    assert "Choose whether to load the hidden rows." in shown
    assert page.input_value("[name=column_5]") == "impact"
    assert (flaws(site, page, javascript), sideways(page)) == ([], 0)
    page.fill("[name=council]", "Barnmouth")
    page.check("[name=hidden][value=no]")
    page.check("[name=split_1]")
    press(page, "Check the plan")
    shown = page.locator("main").inner_text()
    assert "Not understood" in shown
    assert "A12: “Key: red is off track”. This is below the table and was not loaded." in shown
    assert (flaws(site, page, javascript), sideways(page)) == ([], 0)

    page.click("text=Change what the columns hold")
    page.select_option("[name=column_5]", "success")
    press(page, "Check the plan")
    page.click("[value^=Load]")
    page.wait_for_load_state()
    assert "has been loaded" in page.locator("main").inner_text()
    loaded = Recommendation.objects.filter(plan__slug="barnmouth")
    assert list(loaded.values_list("reference", "title")) == comes_to["recommendations"]
    assert list(loaded.values_list("success", flat=True)) == ["Agreed", "• 90% trained\n• audits show it", ""]
    steps = Action.objects.filter(recommendation__plan__slug="barnmouth").order_by("pk")
    assert list(steps.values_list("recommendation__reference", "title")) == comes_to["actions"]


@pytest.mark.parametrize("table", [tables.FLAT, tables.LEVELS], ids=["flat", "levels"])
def test_the_two_real_tables_load_through_the_pages(site, transactional_db, administrator, table):
    page = site.open("/admin/plans/plan/load/own/", by=administrator)
    choose(page, "plan.xlsx", tables.written(table, "xlsx"))
    tell(page, "barnmouth")
    press(page, "Check the plan")
    page.click("[value^=Load]")
    page.wait_for_load_state()
    assert Upload.objects.get().loaded_at is not None
    assert tables.loaded() == table.comes_to


@pytest.fixture
def administrator(transactional_db):
    return user("Abe Administrator", is_staff=True, is_superuser=True)
