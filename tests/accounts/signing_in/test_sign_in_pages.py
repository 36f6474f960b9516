"""Signing in with a second factor, and through the council's identity provider, in a browser."""

import re

import pytest
from django.urls import reverse

from tests import codes
from tests.browser import EVERYWHERE, flaws
from tests.factories import second_factor, user

pytestmark = pytest.mark.browser


@pytest.fixture
def administrator(transactional_db, settings):
    settings.DEMONSTRATION = False
    return user("Abe Administrator", is_staff=True, is_superuser=True)


def sign_in(page, person):
    page.get_by_label("Your e-mail address").fill(person.email)
    page.get_by_label("Your password").fill("three random words")
    page.get_by_role("button", name="Sign in", exact=True).click()


def heading(page):
    return page.get_by_role("heading", level=1).inner_text()


@EVERYWHERE
def test_an_administrator_sets_a_second_factor_up_and_signs_in_with_it(administrator, site, width, javascript):
    with codes.at():
        page = site.open("/admin/", width=width, javascript=javascript)
        sign_in(page, administrator)
        assert heading(page) == "Set up your second factor"
        assert flaws(page, javascript) == []
        box = page.get_by_role("img", name="QR code").locator("svg").bounding_box()
        assert box["width"] == box["height"] == 240
        key = page.locator(".app-key").inner_text()
        page.get_by_label("The code in the app").fill(codes.wrong_code(key))
        page.get_by_role("button", name="Set up").click()
        page.get_by_role("link", name="The code is incorrect").click()
        assert flaws(page, javascript) == []
        page.get_by_label("The code in the app").fill(codes.code(key))
        page.get_by_role("button", name="Set up").click()
        assert page.get_by_text("You have set up your second factor. Keep your recovery codes safe.").is_visible()
        assert flaws(page, javascript) == []
        recovery = page.locator("li.app-key").first.inner_text()
        page.get_by_role("link", name="Your second factor").click()
        assert flaws(page, javascript) == []
        page.get_by_role("link", name="Remove the app").click()
        assert flaws(page, javascript) == []
        page.get_by_role("link", name="Cancel").click()
        page.get_by_role("link", name="Your recovery codes").click()
        page.get_by_role("link", name="Get new codes").click()
        assert flaws(page, javascript) == []
        page.get_by_role("link", name="Cancel").click()
        page.goto(reverse("account_logout"))
        page.get_by_role("main").get_by_role("button", name="Sign out").click()
    with codes.at(minutes=1):
        sign_in(page, administrator)
        assert heading(page) == "Enter your code"
        assert flaws(page, javascript) == []
        page.get_by_label("Your code").fill(recovery)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(re.compile("/set-up/$"))
    with codes.at(minutes=10):
        page.goto(reverse("mfa_deactivate_totp"))
        page.get_by_role("link", name="Use a code instead").click()
        assert heading(page) == "Confirm it is you"
        assert flaws(page, javascript) == []
        page.get_by_label("Your code").fill(codes.code(key))
        page.get_by_role("button", name="Continue").click()
        page.get_by_role("button", name="Remove the app").click()
        assert heading(page) == "Set up your second factor"


def test_cancelling_the_code_leads_back_to_the_sign_in_page(administrator, site):
    second_factor(administrator)
    page = site.open(reverse("account_login"))
    sign_in(page, administrator)
    page.get_by_role("button", name="Cancel").click()
    assert heading(page) == "Sign in"


@EVERYWHERE
def test_the_councils_identity_provider_signs_somebody_in(transactional_db, provider, site, width, javascript):
    officer = user("Ada Officer")
    page = site.open("/my/updates/", width=width, javascript=javascript)
    assert flaws(page, javascript) == []
    page.get_by_role("button", name="Sign in with your Microsoft account").click()
    page.wait_for_url(re.compile("/my/updates/$"))
    assert page.get_by_text(officer.name).is_visible()
    page.get_by_role("button", name="Sign out").click()
    provider.claims["email"] = "nobody@thornbury.example"
    page.get_by_role("button", name="Sign in with your Microsoft account").click()
    assert heading(page) == "You are not signed in"
    assert flaws(page, javascript) == []


def test_without_its_origin_in_the_policy_the_form_leads_nowhere(transactional_db, provider, site, settings):
    user("Ada Officer")
    policy = settings.RESPONSE_HEADERS["Content-Security-Policy"]
    narrow = {"Content-Security-Policy": policy.replace(f" {provider.origin}", "")}
    settings.RESPONSE_HEADERS = settings.RESPONSE_HEADERS | narrow
    page = site.open(reverse("account_login"))
    with page.expect_console_message(lambda message: "form-action" in message.text):
        page.get_by_role("button", name="Sign in with your Microsoft account").press("Enter")
    assert heading(page) == "Sign in"
    (complaint,) = site.complaints
    assert "form-action" in complaint
    site.complaints.clear()
