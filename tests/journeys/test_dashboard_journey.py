"""The Board reads a month in a browser: from its page to the dashboard, to another month, to two compared."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.browser import EVERYWHERE, flaws, not_at_its_end, person, sideways

pytestmark = pytest.mark.browser

# What is seen of the page: neither what only screen readers say nor what is folded after its second line.
WORDS = """() => {
    const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT), range = new Range();
    let seen = 0;
    while (texts.nextNode()) {
        const text = texts.currentNode, element = text.parentElement;
        if (!element.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true})) continue;
        if (element.closest(".govuk-visually-hidden, .app-grid td > i, .app-grid td > b, title, desc")) continue;
        const folded = element.closest(".app-folded:not([open]) summary");
        const end = folded ? folded.getBoundingClientRect().bottom + 2 : Infinity;
        for (const word of text.data.matchAll(/\\S+/g)) {
            range.setStart(text, word.index);
            range.setEnd(text, word.index + word[0].length);
            if (range.getBoundingClientRect().bottom <= end) seen++;
        }
    }
    return seen;
}"""
SCROLLING = """() => [...document.querySelectorAll("main *")]
    .filter(element => element.scrollWidth > element.clientWidth + 1)
    .filter(element => ["auto", "scroll"].includes(getComputedStyle(element).overflowX))
    .filter(element => element.checkVisibility({contentVisibilityAuto: true}))
    .map(element => element.outerHTML.slice(0, 100))"""
QUESTIONS = ("on-track", "totals", "columns", "directions", "notice", "decisions", "red")


def seen_to(page, name):
    """Return where on the page the part with the heading of that id ends."""
    return page.locator(f".app-section:has(#{name})").evaluate("part => part.getBoundingClientRect().bottom + scrollY")


@EVERYWHERE
def test_a_board_member_reads_a_month_goes_to_another_and_compares_the_two(site, leeds_copy, width, javascript):
    page = site.open("/boards/leeds/", by=person("board-member"), width=width, javascript=javascript)
    assert flaws(page, javascript) == []
    page.click("text=November 2011")
    assert flaws(page, javascript) == []

    page.get_by_role("navigation", name="Months").get_by_role("link", name="Nov 2010").click()
    assert page.locator("h1").inner_text() == "November 2010"
    totals = page.locator(".app-total__number").all_inner_texts()
    assert [figure.split()[0] for figure in totals] == ["1", "34", "9", "0"]
    page.click("text=All dates later than originally due")
    page.click("text=Figures for every month")
    assert flaws(page, javascript) == []

    page.click("text=Compare with another month")
    assert flaws(page, javascript) == []
    page.click("main button")
    assert page.title().startswith("Error: ")
    assert flaws(page, javascript) == []
    page.select_option("[name=with]", "2010-03")
    page.click("main button")
    assert page.locator("h1").inner_text() == "March 2010 and November 2010"
    assert flaws(page, javascript) == []


def test_two_screens_answer_the_boards_questions_and_the_page_is_short(site, leeds_copy):
    page = site.open("/boards/leeds/2011-11/", by=person("board-member"))
    assert [name for name in QUESTIONS if seen_to(page, name) > 2 * 900] == []
    assert page.evaluate("document.documentElement.scrollHeight") <= 4500
    assert page.evaluate(WORDS) <= 1400
    page.evaluate("scrollTo(0, 3000)")
    assert page.locator(".app-contents a").first.bounding_box()["y"] >= 0


@pytest.mark.parametrize("width", [390, 768])
def test_nothing_scrolls_sideways_and_the_grid_starts_at_the_newest_month(site, leeds_copy, width):
    page = site.open("/boards/leeds/2011-11/", by=person("independent-chair"), width=width, javascript=False)
    assert page.evaluate(SCROLLING) == []
    assert sideways(page) == 0
    heads = page.locator(".app-grid").first.locator("thead tr").last.locator("th").all()
    shown = sorted((head.bounding_box()["x"], head.inner_text()) for head in heads if head.is_visible())
    assert [text for _, text in shown if text != "Recommendation"][:3] == ["Nov", "Oct", "Sep"]
    page.goto("/notices/leeds/targets/N01/")
    assert not_at_its_end(page) == []


def test_a_long_text_unfolds_where_it_is_chosen_without_scripts(site, leeds_copy):
    page = site.open("/boards/leeds/2011-11/", by=person("observer"), javascript=False)
    said = page.locator(".app-said summary")
    two_lines = said.bounding_box()["height"]
    said.focus()
    page.keyboard.press("Enter")
    assert said.bounding_box()["height"] > 1.5 * two_lines


def test_a_theme_is_shown_by_itself_under_an_address_that_can_be_shared(site, leeds_copy):
    page = site.open("/boards/leeds/2011-11/", by=person("board-member"), javascript=False)
    page.locator(".app-limit summary").click()
    page.select_option("[name=theme]", "4")
    page.click(".app-limit button")
    assert "theme=4" in page.url
    assert "Theme: 4. All young people participating fully, socially and economically. 7 recommendations match" in (
        page.inner_text("main")
    )
    other = site.open(page.url, by=person("observer"))
    assert other.locator(".app-total__number").first.inner_text().split()[0] == "3"
    assert flaws(other) == []


def test_printed_in_greyscale_it_takes_five_sheets_without_buttons(site, leeds_copy):
    page = site.open("/boards/leeds/2011-11/", by=person("board-member"))
    page.emulate_media(media="print")
    controls = page.locator("button, select, .app-ask, .app-contents, .app-limit").all()
    assert [control.is_visible() for control in controls] == [False] * len(controls)
    sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert len(sheets) <= 5
    assert "R44 Training and development of social care staff" in " ".join(sheets[-1].extract_text().split())


def test_each_rating_of_the_grid_has_a_letter_and_a_shape_of_its_own(site, leeds_copy):
    page = site.open("/boards/leeds/2011-11/", by=person("board-member"))
    drawn = "cell => { const drawn = getComputedStyle(cell, '::before'); return [drawn.content, drawn.clipPath]; }"
    found = [page.locator(f".app-grid i.{name}").first.evaluate(drawn) for name in ("red", "amber", "green", "none")]
    assert len({letter for letter, _ in found}) == len({shape for _, shape in found}) == 4


def test_a_number_leads_to_the_list_of_its_rows(site, leeds_copy):
    page = site.open("/boards/leeds/2010-11/", by=person("independent-chair"))
    page.locator(".app-total--green a").first.click()
    assert page.locator("main tbody tr").count() == 9


def test_the_programme_office_reads_the_open_month(site, leeds_copy):
    page = site.open("/boards/leeds/2011-12/", by=person("programme-office"))
    page.locator(".govuk-warning-text").wait_for()
    assert flaws(page) == []


def test_on_paper_everything_that_is_folded_is_open(site, leeds_copy):
    page = site.open("/boards/leeds/2010-11/", by=person("observer"))
    folded = page.locator("details:not(.app-only-screen) table").all()
    assert {table.is_visible() for table in folded} == {False}
    page.emulate_media(media="print")
    assert {table.is_visible() for table in folded} == {True}
