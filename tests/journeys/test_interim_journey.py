"""A report to the department in a browser: drafted, tabled, agreed and issued, with JavaScript and without."""

import pytest

from notices.models import InterimReport
from tests.browser import EVERYWHERE, flaws, person

pytestmark = pytest.mark.browser
LIST = "/notices/leeds/interim/"
PAGE = f"{LIST}2011-12-09/"
DAY = ("9", "12", "2011")


def fill_day(page, name, day=DAY):
    for part, text in enumerate(day):
        page.fill(f"[name={name}_{part}]", text)


def press(page, words):
    page.get_by_role("button", name=words, exact=True).click()
    page.wait_for_load_state()


def follow(page, words):
    page.locator("a", has_text=words).first.click()
    page.wait_for_load_state()


def main(page):
    return page.locator("main").inner_text()


@EVERYWHERE
def test_a_report_is_drafted_tabled_agreed_issued_and_reviewed(site, leeds_copy, width, javascript):
    page = site.open("/notices/leeds/", by=person("programme-office"), width=width, javascript=javascript)
    follow(page, "Interim reports to the department")
    assert flaws(page, javascript) == []
    follow(page, "Start a report")
    press(page, "Start the report")
    assert "Enter the date of the report." in main(page)
    assert flaws(page, javascript) == []
    fill_day(page, "reported_on")
    press(page, "Start the report")
    assert "23 still say what the last report said." in main(page)

    follow(page, "Write about N07")
    assert "In November 2011 it was reported (not met): The January 2011 target" in page.input_value("[name=recap]")
    page.fill("[name=narrative]", "Fewer than before.\n\n- one college\n- another")
    assert flaws(page, javascript) == []
    press(page, "Save and go to the next target")
    assert page.url.endswith("/targets/N08/")
    page.goto(f"{PAGE}cover/")
    page.fill("[name=purpose]", "To report at the end of the year.")
    assert flaws(page, javascript) == []
    press(page, "Save")

    follow(page, "Check and table the report")
    assert "Still as last reported (22)" in main(page)
    fill_day(page, "tabled_on")
    assert flaws(page, javascript) == []
    assert not site.open(PAGE, by=person("observer")).locator("text=Fewer than before.").count()
    press(page, "Table the report")
    assert flaws(page, javascript) == []
    board = site.open(PAGE, by=person("observer"), width=width, javascript=javascript)
    assert "Fewer than before." in main(board)

    follow(page, "Record the Board’s agreement")
    fill_day(page, "agreed_on")
    assert flaws(page, javascript) == []
    press(page, "Record the agreement")
    follow(page, "Issue it to the department")
    press(page, "Issue the report")
    assert "Confirm that this is the version for the department." in main(page)
    page.check("[name=is_checked]")
    assert flaws(page, javascript) == []
    press(page, "Issue the report")
    assert "The report has been issued. It can no longer be changed." in main(page)

    follow(page, "Record the department’s progress review meeting")
    fill_day(page, "held_on")
    page.fill("[name=said]", "The department was content.")
    assert flaws(page, javascript) == []
    press(page, "Record the meeting")
    assert "The department was content." in main(page)
    assert InterimReport.objects.get(reported_on="2011-12-09").digest in main(page)


def test_two_people_who_write_at_once_see_both_texts(site, leeds_copy):
    first = site.open(f"{LIST}start/", by=person("programme-office"))
    fill_day(first, "reported_on")
    press(first, "Start the report")
    second = site.open(f"{PAGE}targets/N07/", by=person("programme-office"), width=320)
    first.goto(f"{PAGE}targets/N07/")
    for page, text in ((first, "The first text."), (second, "The second text.")):
        page.fill("[name=narrative]", text)
        press(page, "Save")
    assert "Someone else changed this" in main(second)
    assert {"The first text.", "The second text."} <= set(main(second).splitlines())
    assert flaws(second) == []
    second.fill("[name=narrative]", "Both texts.")
    press(second, "Save this text")
    assert "Both texts." in main(second)


def test_an_observer_reads_the_report_of_november_and_its_verdicts(site, leeds_copy):
    for width in (1280, 320):
        page = site.open("/notices/leeds/targets/N07/", by=person("observer"), width=width)
        follow(page, "in the report of 11 November 2011")
        assert page.url.endswith("/interim/2011-11-11/#N07")
        section = page.locator("#N07")
        assert section.locator("dl .govuk-tag").all_inner_texts() == ["Not met", "Missed"]
        assert flaws(page) == []
