"""What an officer pastes and drops in a browser: tables, lists and files."""

import pytest
from playwright.sync_api import expect

from improvement.texts import tables
from plans.models import Evidence, HeldFile, MonthlyUpdate
from tests import factories
from tests.browser import EVERYWHERE, flaws
from tests.factories import user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGE = "/plans/thornbury/2011-05/R01/"
ROWS = (("Month", "In time | late"), ("May", "81% \\ 4"), ("", "last"))
EXCEL = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style>td {color: red}</style></head><body>
<table><!--StartFragment--><tr><td>Month</td><td>In time | late</td></tr>
<tr><td>May</td><td>81% \\ <font>4</font></td></tr><tr><td></td><td>last<br></td></tr><!--EndFragment--></table>
</body></html>"""
WORD = """<html><body><p class=MsoNormal>Done so <b>far</b>:</p>
<p class=MsoListParagraph style='text-indent:-18pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span style='font:7pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>Two teams
were <b>trained</b></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·&nbsp;</span>A third
was not</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o&nbsp;</span>It waits</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.&nbsp;</span>Numbered</p>
<p class=MsoNormal>Then more.</p></body></html>"""
PASTE = """(area, html) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/html", html);
    clipboardData.setData("text/plain", "not this");
    area.focus();
    area.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""
DROP = """(group, names) => {
    const dataTransfer = new DataTransfer();
    for (const name of names) dataTransfer.items.add(new File(["1,2"], name));
    for (const kind of ["dragover", "drop"]) {
        group.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
    }
}"""


@pytest.fixture
def update(transactional_db):
    return factories.month(factories.plan()).updates.get()


def pasted(page, html, name="progress"):
    page.locator(f"[name={name}]").evaluate(PASTE, html)
    return page.input_value(f"[name={name}]")


def test_a_table_from_excel_keeps_its_columns_up_to_the_page_that_tells_it(site, update):
    page = site.open(PAGE, by=user("Ada Officer"))
    page.fill("[name=progress]", "Figures:")
    text = pasted(page, EXCEL)
    assert tables.pieces(text) == ["Figures:", ROWS]
    page.click("text=Continue to check")
    assert page.locator("main table tr").all_inner_texts() == ["Month\tIn time | late", "May\t81% \\ 4", "\tlast"]
    assert flaws(page) == []
    assert MonthlyUpdate.objects.get(pk=update.pk).progress == text


def test_a_list_from_word_keeps_its_lines_and_its_levels(site, update):
    page = site.open(PAGE, by=user("Ada Officer"))
    assert pasted(page, WORD) == (
        "Done so far:\n\n• Two teams were trained\n• A third was not\n  • It waits\n1. Numbered\n\nThen more."
    )
    nested = "<ul><li>one<ol start=3><li>deep</li></ol></li><li>two</li></ul>"
    assert pasted(page, nested, "impact") == "• one\n  3. deep\n• two"


@EVERYWHERE
def test_a_list_as_word_copies_it_is_drawn_as_a_list_and_stays_the_text_it_is(site, update, width, javascript):
    text = "Done so far:\n•\tTwo teams were trained\n•\tA third was not\no\tIt waits"
    text += "\n\n(c)\tfirst\n(d)\tsecond\n– a line."
    page = site.open(PAGE, by=user("Ada Officer"), width=width, javascript=javascript)
    page.fill("[name=progress]", text)
    page.click("text=Continue to check")
    assert page.locator("main ul.app-listed > li").count() == 3
    assert page.locator("main li li").all_inner_texts() == ["It waits"]
    numbered = page.locator("main ol.app-listed--letter-brackets")
    assert (numbered.get_attribute("start"), numbered.locator("li").all_inner_texts()) == ("3", ["first", "second"])
    assert "– a line." in page.inner_text("main")
    assert flaws(page, javascript) == []
    assert MonthlyUpdate.objects.get(pk=update.pk).progress == text


def test_what_has_no_table_and_no_list_is_pasted_as_the_browser_does(site, update):
    page = site.open(PAGE, by=user("Ada Officer"))
    assert pasted(page, "<p>One <b>bold</b> word.</p><table><tr><td>cell</td></tr></table>") == ""
    assert pasted(page, "") == ""


@EVERYWHERE
def test_lines_with_tabs_are_a_table_without_the_script_as_well(site, update, width, javascript):
    page = site.open(PAGE, by=user("Ada Officer"), width=width, javascript=javascript)
    page.fill("[name=progress]", "Month\tIn time\nMay\t81%")
    page.click("text=Continue to check")
    assert page.locator("main table th").all_inner_texts() == ["Month", "In time"]
    assert page.locator("main table td").all_inner_texts() == ["May", "81%"]
    assert flaws(page, javascript) == []


@pytest.mark.parametrize("is_supported", [True, False])
def test_a_text_grows_while_one_types(site, update, is_supported):
    page = site.open("/healthz", by=user("Ada Officer"))
    if not is_supported:
        page.add_init_script("CSS.supports = () => false")
    page.goto(PAGE)
    if not is_supported:
        page.evaluate("document.querySelectorAll('textarea').forEach(area => { area.style.fieldSizing = 'fixed'; })")
    area = page.locator("[name=progress]")
    before = area.bounding_box()["height"]
    area.fill("A line.\n" * 12)
    assert area.bounding_box()["height"] > before + 50
    assert area.evaluate("area => area.scrollHeight <= area.clientHeight + 2")


@EVERYWHERE
def test_several_files_are_chosen_at_once_and_added_together(site, update, tmp_path, width, javascript):
    page = site.open(f"{PAGE}evidence/", by=user("Ada Officer"), width=width, javascript=javascript)
    for name in ("may.csv", "june.csv"):
        (tmp_path / name).write_text("1,2")
    page.set_input_files("[name=file]", [tmp_path / "may.csv", tmp_path / "june.csv"])
    if javascript:
        expect(page.locator("label:has-text('ready to add')")).to_have_count(2)
    page.click("main button")
    assert "Select the kind of evidence." in page.inner_text(".govuk-error-summary")
    assert page.locator("[name=held]:checked").count() == 2
    assert flaws(page, javascript) == []
    page.locator("label:has-text('june.csv')").click()
    page.check("text=Quantitative")
    page.click("main button")
    assert [item.title for item in Evidence.objects.all()] == ["may"]


def test_files_are_dropped_with_progress_and_the_wrong_one_is_named(site, update):
    page = site.open(f"{PAGE}evidence/", by=user("Ada Officer"))
    page.locator(".app-drop").evaluate(DROP, ["may.csv", "page.html"])
    expect(page.locator("label:has-text('may.csv')")).to_contain_text("ready to add")
    expect(page.locator(".app-files .govuk-error-message")).to_contain_text("“page.html”: This kind of file is not")
    assert HeldFile.objects.get().original_name == "may.csv"
    assert flaws(page) == []
    page.check("text=Quantitative")
    page.click("main button")
    assert Evidence.objects.get().title == "may"
