"""A meeting in a browser, from its planning to the agreement of its minutes: with and without JavaScript."""

from datetime import date

import pytest

from boards.models import BoardAction, Meeting
from tests import factories
from tests.browser import EVERYWHERE, flaws
from tests.factories import user

pytestmark = pytest.mark.browser

MEETINGS = "/boards/thornbury/meetings/"
FILE = {"name": "practice.txt", "mimeType": "text/plain", "buffer": b"Ten cases were read."}


def day(page, name, number, month):
    for part, value in enumerate((number, month, 2011)):
        page.fill(f"[name={name}_{part}]", str(value))


@EVERYWHERE
def test_a_meeting_grows_from_its_plan_to_its_agreed_minutes(site, transactional_db, width, javascript):
    plan = factories.plan(2)
    factories.published(factories.month(plan, 4))
    factories.held(plan, date(2011, 11, 21), at=factories.later(days=210))
    page = site.open(MEETINGS, by=user("Olga Office"), width=width, javascript=javascript)
    reader = site.open(MEETINGS, by=user("Mo Member"), width=width, javascript=javascript)

    def fine(one=page):
        assert flaws(one, javascript) == []

    # Planned: the last meeting's minutes and the action log are on the agenda by themselves.
    page.click("text=Plan a meeting")
    fine()
    page.click("main button")
    page.wait_for_selector(".govuk-error-summary")
    fine()
    day(page, "held_on", 8, 12)
    page.fill("[name=starts_at]", "14:30")
    page.click("main button")
    assert page.url.endswith("/2011-12-08/prepare/")
    assert "1. Minutes of the last meeting" in page.inner_text("main")
    fine()
    page.click("text=Add an item")
    page.fill("[name=title]", "Quality of practice")
    page.click("main button")
    page.click("button:has-text('Up: move Quality of practice')")
    page.click("text=Choose the month for this meeting")
    fine()
    page.select_option("[name=month]", label="April 2011")
    page.click("main button")
    page.click(".app-agenda__item:nth-child(2) >> text=Add a paper")
    fine()
    page.fill("[name=title]", "Audit of files")
    page.set_input_files("[name=file]", FILE)
    page.click("main button")
    assert "The draft paper has been added." in page.inner_text("main")
    fine()

    # Until the agenda is published the Board sees that a meeting is planned, no more.
    reader.goto(f"{MEETINGS}2011-12-08/")
    assert "The agenda has not been published yet." in reader.inner_text("main")
    assert "Quality of practice" not in reader.inner_text("main")
    fine(reader)
    page.click("text=Check and publish the agenda")
    fine()
    page.click("main button")
    assert "The agenda has been published." in page.inner_text("main")
    fine()
    reader.goto(f"{MEETINGS}2011-12-08/")
    fine(reader)
    with reader.expect_download() as download:
        reader.locator("text=Audit of files").first.press("Enter")
    assert download.value.suggested_filename == "practice.txt"

    # Held: who came, what was said, what was decided, what is to be done.
    page.click("text=Prepare and record this meeting")
    page.click("text=Record attendance and apologies")
    fine()
    chair, member = plan.board.seats.order_by("pk")[:2]
    page.select_option(f"[name=presence_{chair.pk}]", "present")
    page.select_option(f"[name=presence_{member.pk}]", "deputy")
    page.click("main button")
    page.wait_for_selector(".govuk-error-summary")
    fine()
    page.fill(f"[name=deputy_{member.pk}]", "Dan Deputy")
    page.click("main button")
    page.click("text=Write the minute of Quality of practice")
    fine()
    page.fill("[name=minute]", "Ten cases were discussed.")
    page.click("main button")
    page.click("text=Record a decision")
    fine()
    page.fill("[name=wording]", "Twenty cases are read next time.")
    page.select_option("[name=recommendation]", label="R02 Recommendation 2")
    page.click("main button")
    page.click("text=Raise an action")
    fine()
    page.fill("[name=wording]", "Read twenty cases.")
    page.select_option("[name=owner_post]", label="Head of Safeguarding")
    day(page, "due_on", 8, 12)
    page.click("main button")
    fine()
    reader.goto(f"{MEETINGS}2011-12-08/")
    assert "Twenty cases are read next time." in reader.inner_text("main")
    assert "Ten cases were discussed." not in reader.inner_text("main")
    fine(reader)

    # A later meeting agrees the minutes, and nothing changes any more.
    page.click("text=Meetings >> nth=0")
    page.click("text=Plan a meeting")
    day(page, "held_on", 9, 12)
    page.click("main button")
    page.click("text=Check and publish the agenda")
    page.click("main button")
    reader.reload()
    assert "Ten cases were discussed." in reader.inner_text("main")
    page.goto(f"{MEETINGS}2011-12-08/prepare/")
    page.click("text=Record that the minutes were agreed")
    fine()
    page.click("main button")
    assert "The minutes are agreed." in page.inner_text("main")
    assert Meeting.objects.get(held_on=date(2011, 12, 8)).minutes_agreed_in.held_on == date(2011, 12, 9)
    fine()
    reader.reload()
    assert "MINUTES AGREED" in reader.inner_text("main").upper()
    fine(reader)


@EVERYWHERE
def test_an_action_is_carried_until_it_is_closed(site, transactional_db, width, javascript):
    plan = factories.plan()
    meeting = factories.held(plan)
    factories.action(meeting, "Read twenty cases.")
    page = site.open("/boards/thornbury/actions/", by=user("Olga Office"), width=width, javascript=javascript)
    assert flaws(page, javascript) == []
    page.click("text=Overdue (1)")
    page.click("text=1. Read twenty cases.")
    assert flaws(page, javascript) == []
    page.click("text=Report on this action")
    assert flaws(page, javascript) == []
    page.click("main button")
    page.wait_for_selector(".govuk-error-summary")
    page.fill("[name=text]", "Ten are read.")
    day(page, "due_on", 31, 12)
    page.click("main button")
    assert "Ten are read." in page.inner_text("main")
    assert "(originally 25 April 2011)" in page.inner_text("main")
    page.click("text=Close this action")
    assert flaws(page, javascript) == []
    page.fill("[name=outcome]", "All are read.")
    page.click("main button")
    assert flaws(page, javascript) == []
    assert BoardAction.objects.get().outcome == "All are read."
    page.click("text=Action log")
    page.click("text=Closed (1)")
    assert "All are read." in page.inner_text("main")


@EVERYWHERE
def test_two_who_minute_the_same_item_see_both_texts(site, transactional_db, width, javascript):
    meeting = factories.held(factories.plan())
    path = f"{MEETINGS}2011-04-11/items/{meeting.items.get().pk}/minute/"
    first, second = (site.open(path, by=user("Olga Office"), width=width, javascript=javascript) for _ in range(2))
    second.fill("[name=minute]", "The second's text.")
    second.click("main button")
    first.fill("[name=minute]", "The first's text.")
    first.click("main button")
    assert "The second's text." in first.inner_text("main")
    assert first.input_value("[name=minute]") == "The first's text."
    assert flaws(first, javascript) == []
    first.fill("[name=minute]", "Both texts.")
    first.click("main button")
    meeting.refresh_from_db()
    assert meeting.items.get().minute == "Both texts."
