"""What an officer types is saved by itself in a browser: while something is wrong, when they leave, and signed out."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from plans import reporting
from tests import factories
from tests.browser import EVERYWHERE, _session, flaws
from tests.factories import user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGE = "/plans/thornbury/2011-05/R01/"


@pytest.fixture
def update(transactional_db):
    return factories.month(factories.plan()).updates.get()


@pytest.fixture
def page(site, update):
    page = site.open(PAGE, by=user("Ada Officer"))
    page.clock.install()
    return page


def says(page):
    return page.locator("#autosave")


def sign_in_again(page, site, name="Ada Officer"):
    """Sign in as one does in another tab: the session and the token change."""
    session = {"url": site.url, "name": "sessionid", "value": _session(user(name))}
    cookie = next(cookie["name"] for cookie in page.context.cookies() if "session" in cookie["name"])
    page.context.add_cookies([session | {"name": cookie}])
    csrf = next(cookie for cookie in page.context.cookies() if "csrf" in cookie["name"])
    page.context.add_cookies([{"url": site.url, "name": csrf["name"], "value": "a" * 32}])


def test_the_valid_answers_are_saved_after_a_short_pause_and_the_invalid_one_is_named(page, update):
    page.fill("[name=progress]", "Typed.")
    page.fill("[name=green_by_0]", "1")
    page.clock.run_for(2000)
    expect(says(page)).to_contain_text("Draft saved, except for this. Back to Green by: enter a date that includes")
    update.refresh_from_db()
    assert update.progress == "Typed."
    assert flaws(page) == []
    page.fill("[name=green_by_0]", "")
    page.clock.run_for(2000)
    expect(says(page)).to_have_text("Draft saved")


def test_what_is_typed_is_saved_when_one_leaves_the_page_at_once(page, update):
    page.fill("[name=progress]", "Typed, and gone.")
    page.goto("/my/updates/")
    for _ in range(50):  # What was sent on leaving is on its way beside the pages that are asked for next.
        page.goto(PAGE)
        if page.input_value("[name=progress]"):
            break
    assert page.input_value("[name=progress]") == "Typed, and gone."


def test_whoever_is_signed_out_is_told_and_the_text_is_saved_once_signed_in_again(site, page, update):
    page.once("dialog", lambda dialog: dialog.accept())
    Session.objects.all().delete()
    page.fill("[name=progress]", "Typed while signed out.")
    page.clock.run_for(2000)
    expect(says(page)).to_contain_text("Not saved. You have been signed out. Your text is still on this page.")
    expect(says(page).locator("a")).to_have_attribute("target", "_blank")
    assert flaws(page) == []
    sign_in_again(page, site)
    page.click("text=Save draft and return")
    assert page.url.endswith("/my/updates/")
    update.refresh_from_db()
    assert update.progress == "Typed while signed out."


def test_nothing_is_saved_in_the_name_of_somebody_else_who_signed_in_meanwhile(site, page, update):
    sign_in_again(page, site, "Dev Deputy")
    page.fill("[name=progress]", "Ada's words.")
    page.clock.run_for(2000)
    refusal = "Someone else is signed in on this browser. Copy your text, then sign in again."
    expect(says(page)).to_have_text(refusal)
    assert flaws(page) == []
    page.evaluate("document.getElementById('autosave').textContent = ''")
    page.locator("text=Save draft and return").press("Enter")
    expect(says(page)).to_have_text(refusal)
    update.refresh_from_db()
    assert (update.progress, update.version) == ("", 0)
    sign_in_again(page, site)
    page.clock.run_for(1000)  # A button takes no second click within a second.
    page.click("text=Save draft and return")
    update.refresh_from_db()
    assert update.progress == "Ada's words."


@pytest.mark.parametrize("javascript", [True, False])
def test_a_text_that_was_given_back_is_sent_with_one_press(site, update, javascript):
    page = site.open(PAGE, by=user("Ada Officer"), javascript=javascript)
    page.fill("[name=progress]", "Typed while signed out.")
    Session.objects.all().delete()
    page.click("text=Save draft and return")
    assert page.inner_text("h1") == "You have been signed out"
    sign_in_again(page, site)
    page.click("text=Send again")
    assert page.url.endswith("/my/updates/")
    update.refresh_from_db()
    assert update.progress == "Typed while signed out."


@EVERYWHERE
def test_a_chosen_file_survives_a_mistake_in_another_answer(site, update, tmp_path, width, javascript):
    page = site.open(f"{PAGE}evidence/", by=user("Ada Officer"), width=width, javascript=javascript)
    assert ".msg" in page.inner_text("main")
    (tmp_path / "figures.csv").write_text("1,2")
    page.set_input_files("[name=file]", tmp_path / "figures.csv")
    page.click("main button")
    assert page.locator("[name=held]").is_checked()
    assert "figures.csv" in page.inner_text("main label[for^=id_held]")
    assert flaws(page, javascript) == []
    page.fill("[name=title]", "Figures")
    page.check("text=Quantitative")
    page.click("main button")
    assert "figures.csv" in page.inner_text("main li")


@EVERYWHERE
def test_limits_are_said_and_counted_before_they_are_reached(site, update, width, javascript):
    page = site.open(PAGE, by=user("Ada Officer"), width=width, javascript=javascript)
    group = page.locator("#progress .govuk-form-group")
    page.fill("[name=progress]", "Ten chars.")
    expected = "9,990 characters remaining" if javascript else "You can enter up to 10,000 characters"
    expect(group).to_contain_text(expected)
    assert flaws(page, javascript) == []


@EVERYWHERE
def test_only_what_both_changed_is_asked_about(site, update, width, javascript):
    page = site.open(PAGE, by=user("Ada Officer"), width=width, javascript=javascript)
    theirs = {"progress": "The deputy's words.", "impact": "The deputy's words."}
    reporting.save_draft(update=update, version=0, by=user("Dev Deputy"), at=factories.AT, **theirs)
    page.fill("[name=progress]", "The holder's words.")
    page.click("text=Continue to check")
    assert page.inner_text("h1") == "Someone else changed this update"
    assert page.locator("h2:has-text('Impact')").count() == 0
    assert flaws(page, javascript) == []
    page.click("text=Save this text")
    update.refresh_from_db()
    assert (update.progress, update.impact) == ("The holder's words.", "The deputy's words.")
