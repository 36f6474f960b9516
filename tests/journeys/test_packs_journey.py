"""The office sees what will stand in the pack, words its cover sheet and publishes; the Board downloads it."""

import hashlib

import pytest

from boards.models import Meeting, PackFile
from tests.browser import EVERYWHERE, flaws, person

pytestmark = pytest.mark.browser

DECEMBER = "/boards/leeds/meetings/2011-12-19/"


@EVERYWHERE
def test_the_pack_of_the_next_meeting_is_worded_kept_and_downloaded(site, leeds_copy, width, javascript):
    page = site.open(f"{DECEMBER}pack/", by=person("programme-office"), width=width, javascript=javascript)
    assert flaws(page, javascript) == []
    page.click("text=Choose the month for this meeting")
    page.select_option("[name=month]", label="November 2011")
    page.click("main button")
    page.click("text=Pack: contents and versions")
    page.wait_for_selector("text=All recommendations")
    assert flaws(page, javascript) == []

    page.click("text=Change the cover sheet")
    page.fill("[name=subject]", "")
    page.click("main button")
    page.wait_for_selector(".govuk-error-summary")
    assert flaws(page, javascript) == []
    page.fill("[name=subject]", "The last report before the Notice ends")
    page.click("main button")
    page.wait_for_selector("text=As written")

    page.click("text=Check and publish the agenda")
    page.click("main button:has-text('Publish the agenda')")
    page.wait_for_selector("text=The agenda has been published.")
    page.wait_for_selector("text=It will be listed here when it is ready")
    assert flaws(page, javascript) == []
    with page.expect_download():
        page.locator("text=Download it as soon as it is ready").press("Enter")
    page.click("text=Contents and versions of the pack")
    page.wait_for_selector("text=There is nothing new.")
    assert flaws(page, javascript) == []

    chair = site.open(DECEMBER, by=person("independent-chair"), width=width, javascript=javascript)
    with chair.expect_download() as download:
        chair.locator("a:has-text('PDF')").first.press("Enter")
    with open(download.value.path(), "rb") as stream:
        handed_out = hashlib.sha256(stream.read()).hexdigest()
    kept = PackFile.objects.get(
        pack__meeting=Meeting.objects.get(held_on="2011-12-19"), pack__audience="board", form="pdf"
    )
    assert (handed_out, download.value.suggested_filename) == (kept.sha256, "leeds-2011-12-19-board-pack-for-board.pdf")
