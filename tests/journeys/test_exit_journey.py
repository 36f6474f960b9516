"""The exit view in a browser: the chair reads it, follows it down and back, and prints it on A4."""

from io import BytesIO

import pypdf
import pytest

from tests.browser import EVERYWHERE, flaws, person, sideways

pytestmark = pytest.mark.browser

EXIT = "/notices/leeds/exit/"
# A4 within its margins of 15 mm, in CSS pixels.
PAPER = {"width": 680, "height": 1008}
# How many tables are wider than the region in which they scroll on a screen.
CUT = "[...document.querySelectorAll('.app-table-scroll')].filter(box => box.scrollWidth > box.clientWidth).length"


@EVERYWHERE
def test_the_chair_reads_what_is_held_and_what_carries_on(site, leeds_copy, width, javascript):
    page = site.open("/notices/leeds/", by=person("independent-chair"), width=width, javascript=javascript)
    page.click("main a:has-text('Exit view')")
    page.wait_for_url(f"**{EXIT}")
    assert flaws(page, javascript) == []
    assert page.locator(".app-exit tbody tr").count() == 23
    assert "39 days past its end and not lifted" in page.locator("main").inner_text()
    assert page.locator("#exit-N01 td").nth(1).inner_text().startswith("Met since 9 May 2011, 7 months")
    assert "Not known" in page.locator("#exit-N05").inner_text()
    assert page.locator(".app-factor h3").all_inner_texts()[2] == "3. “strong leadership” [004]"
    # Each number leads to the rows that it counts, a target to its page, a recommendation to its own.
    page.click("a[aria-label='Missed, as worked out: 3']")
    page.wait_for_url("**/notices/leeds/?verdict=missed")
    assert page.locator("main tbody tr").count() == 3
    page.go_back()
    page.click("#exit-N07 >> text=R31")
    page.wait_for_url("**/plans/leeds/recommendations/R31/")
    page.click("main a:text-is('N07')")
    page.wait_for_url("**/notices/leeds/targets/N07/")
    assert page.locator("main .app-verdict").first.inner_text() == "Missed"


PRINTED = [
    EXIT,
    "/notices/leeds/",
    "/notices/leeds/targets/N03/",
    "/notices/leeds/targets/N07/",
    "/notices/leeds/inspections/leeds-2009-announced/",
    "/notices/leeds/inspections/compare/",
    "/plans/leeds/coverage/",
]


def test_what_the_chair_prints_is_not_wider_than_a4(site, leeds_copy):
    wide = {}
    for address in PRINTED:
        page = site.open(address, by=person("independent-chair"))
        page.emulate_media(media="print")
        page.set_viewport_size(PAPER)
        wide[address] = sideways(page), page.evaluate(CUT)
        page.context.close()
    assert wide == dict.fromkeys(PRINTED, (0, 0))


def test_the_exit_view_prints_on_a4_with_its_caveat_and_without_what_steers_the_screen(site, leeds_copy):
    page = site.open(EXIT, by=person("independent-chair"))
    printed = pypdf.PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    assert [round(float(side)) for side in printed.pages[0].mediabox[2:]] == [595, 842]
    text = " ".join(sheet.extract_text() for sheet in printed.pages)
    assert "The choice of these 44, their themes, leads, dates" in " ".join(text.split())
    assert "Download as" not in text
    assert "Sign out" not in text
