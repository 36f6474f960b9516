"""Signing in and out, and passwords, as a person meets them."""

import re
import socket

import pytest
from django.core import mail
from django.urls import NoReverseMatch, reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects, assertTemplateUsed

from accounts.models import User

PASSWORD = "three-random-words"
WRONG = "The e-mail address or password is incorrect. Check both and try again."


@pytest.fixture
def officer(db):
    return User.objects.create_user("ada.officer@thornbury.example", PASSWORD, name="Ada Officer")


def sign_in(client, email="ada.officer@thornbury.example", password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": email, "password": password, **more})


def test_a_page_asks_for_sign_in_first_and_then_opens(client, officer):
    asked = client.get(reverse("home"))
    assertRedirects(asked, "/accounts/sign-in/?next=/")
    assertRedirects(sign_in(client, next="/?month=2010-11"), "/?month=2010-11")
    assertContains(client.get(reverse("home")), "Ada Officer")


def test_the_address_may_be_typed_in_capitals(client, officer):
    assertRedirects(sign_in(client, email=" Ada.Officer@Thornbury.Example "), reverse("home"))


@pytest.mark.parametrize(
    ("email", "password"),
    [("ada.officer@thornbury.example", "wrong"), ("nobody@thornbury.example", PASSWORD), ("not an address", PASSWORD)],
)
def test_a_wrong_address_or_password_is_said_in_plain_words_and_the_address_kept(client, officer, email, password):
    page = sign_in(client, email=email, password=password)
    if "@" in email:
        assertContains(page, WRONG)
    assertContains(page, "There is a problem")
    assertContains(page, "<title>Error: Sign in")
    assertContains(page, f'value="{email}"')
    assertNotContains(page, password)


def test_nothing_typed_is_asked_for_by_name(client, db):
    page = sign_in(client, email="", password="")
    assertContains(page, '<a href="#id_login">Enter your e-mail address.</a>', html=True)
    assertContains(page, '<a href="#id_password">Enter your password.</a>', html=True)


def test_a_stored_address_elsewhere_is_never_followed(client, officer):
    assertRedirects(sign_in(client, next="https://elsewhere.example/"), reverse("home"))


def test_a_closed_account_says_so(client, officer):
    User.objects.update(is_active=False)
    assertContains(client.get(sign_in(client).url), "This account is closed")


def test_signing_out_is_a_post_and_says_that_it_is_done(client, officer):
    client.force_login(officer)
    assertContains(client.get(reverse("account_logout")), "You are signed in as Ada Officer.")
    assertContains(client.post(reverse("account_logout"), follow=True), "You have signed out.")
    assertRedirects(client.get(reverse("home")), "/accounts/sign-in/?next=/")


def test_nobody_signs_themselves_up(client, db):
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    assert client.get("/accounts/signup/").status_code == 404


def test_the_demonstrations_accounts_are_listed_in_the_demonstration_only(client, officer, settings):
    User.objects.create_user("chair@leeds.example", name="Independent chair", is_demonstration=True)
    settings.DEMONSTRATION = True
    page = client.get(reverse("account_login") + "?next=/plans/")
    assertContains(page, "Independent chair")
    assertContains(page, "improvement-2011")
    assertContains(page, 'href="?next=%2Fplans%2F&amp;email=chair%40leeds.example"')
    assertNotContains(page, "Ada Officer")
    settings.DEMONSTRATION = False
    page = client.get(reverse("account_login"))
    assertNotContains(page, "Independent chair")
    assertNotContains(page, "improvement-2011")


def test_an_account_of_the_list_fills_in_its_address(client, db):
    page = client.get(reverse("account_login") + "?email=chair@leeds.example")
    assertContains(page, 'value="chair@leeds.example"')


def test_a_password_is_changed_by_who_knows_the_present_one(client, officer):
    client.force_login(officer)
    address = reverse("account_change_password")
    new = {"password1": "other-random-words", "password2": "other-random-words"}
    assertContains(client.post(address, {"oldpassword": "wrong", **new}), "Your current password is incorrect.")
    assertContains(
        client.post(address, {"oldpassword": PASSWORD, **new}, follow=True), "You have changed your password."
    )
    officer.refresh_from_db()
    assert officer.check_password("other-random-words")


def test_a_forgotten_password_is_replaced_through_a_link_that_works_once(client, officer):
    sent = client.post(reverse("account_reset_password"), {"email": officer.email}, follow=True)
    assertTemplateUsed(sent, "account/password_reset_done.html")
    (message,) = mail.outbox
    assert message.subject == "Choose a new password for the improvement plan tracker"
    link = re.search(r"http://testserver(/\S+)", message.body)[1]
    form = client.get(link, follow=True)
    assertContains(form, "Choose a new password")
    new = {"password1": "other-random-words", "password2": "other-random-words"}
    assertContains(client.post(form.request["PATH_INFO"], new, follow=True), "You have changed your password")
    assertContains(client.get(reverse("home")), "Ada Officer")
    officer.refresh_from_db()
    assert officer.check_password("other-random-words")
    client.session.flush()
    assertContains(client.get(link, follow=True), "This link no longer works")


def test_no_letter_is_sent_and_nothing_is_told_for_an_unknown_address(client, officer):
    sent = client.post(reverse("account_reset_password"), {"email": "nobody@thornbury.example"}, follow=True)
    assertTemplateUsed(sent, "account/password_reset_done.html")
    assert mail.outbox == []


@pytest.mark.parametrize("email", ["ada.officer@thornbury.example", "nobody@thornbury.example"])
def test_a_mail_server_that_is_away_tells_a_stranger_nothing(client, officer, settings, caplog, email):
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = deaf.getsockname()
        sent = client.post(reverse("account_reset_password"), {"email": email}, follow=True)
    assertTemplateUsed(sent, "account/password_reset_done.html")
    logged = [record.levelname for record in caplog.records if "could not be handed in" in record.message]
    assert logged == (["ERROR"] if email == officer.email else [])


def test_the_admin_sends_to_the_same_sign_in(client, db):
    assertRedirects(client.get("/admin/"), "/accounts/sign-in/?next=/admin/")
    assertRedirects(client.get("/admin/login/"), "/accounts/sign-in/?next=/admin/login/")


def test_for_somebody_without_the_admin_it_is_not_there(client, officer):
    client.force_login(officer)
    for address in ("/admin/", "/admin/login/?next=/admin/", "/admin/accounts/user/"):
        assertContains(client.get(address), "Page not found", status_code=404)


@pytest.mark.parametrize("address", ["http://[::1", "//[", "https://elsewhere.example/"])
def test_what_is_no_address_of_the_site_leads_nobody_anywhere(client, officer, address):
    assert client.get(reverse("account_login"), {"next": address}).status_code == 200
    assertRedirects(sign_in(client, next=address), reverse("home"), fetch_redirect_response=False)
