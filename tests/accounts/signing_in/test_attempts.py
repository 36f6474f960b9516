"""Guessing passwords is slow, and slows nobody down but who guesses."""

import pytest
from django.core import mail
from django.core.cache import cache, caches
from django.core.cache.backends import locmem
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from accounts.models import User
from tests import codes
from tests.factories import user

PASSWORD = "three random words"
HOME, STRANGER = "192.0.2.1", "198.51.100.7"
TOO_MANY = "You have tried to sign in too many times. Wait five minutes and try again, or choose a new password"


@pytest.fixture(autouse=True)
def standing_clock():
    with codes.at():
        yield


@pytest.fixture
def officer(db):
    return user("Ada Officer")


def sign_in(person, password=PASSWORD, client=None, address=HOME):
    credentials = {"login": person.email, "password": password}
    return (client or Client()).post(reverse("account_login"), credentials, REMOTE_ADDR=address)


def guess(person, times, address=STRANGER):
    for number in range(times):
        sign_in(person, f"wrong {number}", address=address)


def test_five_wrong_passwords_close_the_account_to_the_address_for_five_minutes(officer):
    guess(officer, 5)
    assertContains(sign_in(officer, address=STRANGER), TOO_MANY)
    with codes.at(minutes=5, seconds=1):
        assertRedirects(sign_in(officer, address=STRANGER), "/", fetch_redirect_response=False)


def test_an_account_is_counted_as_one_however_its_address_is_spelt(officer):
    guess(User(email=officer.email.upper()), 5)
    assertContains(sign_in(officer, address=STRANGER), TOO_MANY)


def test_trying_on_does_not_make_it_longer(officer):
    guess(officer, 5)
    with codes.at(minutes=4):
        guess(officer, 5)
    with codes.at(minutes=5, seconds=1):
        assertRedirects(sign_in(officer, address=STRANGER), "/", fetch_redirect_response=False)


def test_a_right_password_is_not_counted(officer):
    for _ in range(6):
        assertRedirects(sign_in(officer), "/", fetch_redirect_response=False)


def test_a_stranger_does_not_close_the_account_at_other_addresses(officer):
    guess(officer, 50)
    assertRedirects(sign_in(officer), "/", fetch_redirect_response=False)


@pytest.mark.parametrize("is_known", [True, False])
def test_many_strangers_close_it_to_new_browsers_and_never_to_a_known_one(officer, is_known):
    """A hundred addresses that go on for ever shut the owner out of nothing but browsers never used before."""
    browser = Client()
    sign_in(officer, client=browser)
    browser.post(reverse("account_logout"))
    if not is_known:
        del browser.cookies["known"]
    for number in range(4):
        guess(officer, 5, address=f"203.0.113.{number}")
    assertContains(sign_in(officer), TOO_MANY)
    answer = sign_in(officer, client=browser)
    assert (answer.status_code, TOO_MANY in answer.content.decode()) == ((302, False) if is_known else (200, True))


def test_a_known_browser_is_counted_by_itself(officer):
    known = Client()
    sign_in(officer, client=known)
    known.post(reverse("account_logout"))
    for _ in range(5):
        sign_in(officer, "wrong", client=known)
    assertContains(sign_in(officer, client=known), TOO_MANY)


@pytest.mark.parametrize("forged", ["1:x", "1:x:y:z", ""])
def test_nobody_makes_a_browser_known(officer, forged):
    stranger = Client()
    stranger.cookies["known"] = forged
    for _ in range(5):
        sign_in(officer, "wrong", client=stranger)
    assertContains(sign_in(officer, client=stranger), TOO_MANY)


def test_a_browser_is_known_for_who_has_signed_in_there_alone(officer):
    """Otherwise anybody with an account could guess at all others from a browser of their own."""
    colleague = user("Oz Other")
    browser = Client()
    sign_in(colleague, client=browser)
    browser.post(reverse("account_logout"))
    guess(officer, 5, address=HOME)
    assertContains(sign_in(officer, client=browser), TOO_MANY)


def test_the_cookie_of_a_known_browser_says_little_and_is_kept_from_scripts(officer):
    browser = Client()
    sign_in(officer, client=browser)
    cookie = browser.cookies["known"]
    assert cookie.value.startswith(f"{officer.pk}:")
    assert "ada" not in cookie.value
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 365 * 24 * 3600)


def test_an_address_that_tries_many_accounts_is_stopped(officer):
    for number in range(30):
        guess(user(f"Person {number}"), 1)
    assertContains(sign_in(officer, address=STRANGER), TOO_MANY)
    assertRedirects(sign_in(officer), "/", fetch_redirect_response=False)


def test_an_address_of_ipv6_is_its_network_where_everybody_has_millions(officer):
    for number in range(30):
        guess(user(f"Person {number}"), 1, address=f"2001:db8:0:1::{number + 1:x}")
    assertContains(sign_in(officer, address="2001:db8:0:1::ffff"), TOO_MANY)
    assertRedirects(sign_in(officer, address="2001:db8:0:2::1"), "/", fetch_redirect_response=False)


@pytest.mark.parametrize("spelling", ["jeſſ.officer@thornbury.example", "jess.offıcer@thornbury.example"])
def test_a_spelling_that_a_database_takes_for_the_address_signs_nobody_in(db, spelling):
    """It would be counted apart from the address, so that each letter doubled the guesses."""
    person = user("Jess Officer")
    answer = Client().post(reverse("account_login"), {"login": spelling, "password": PASSWORD})
    assert answer.status_code == 200
    assertRedirects(sign_in(person), "/", fetch_redirect_response=False)


def test_a_letter_lets_in_whoever_is_shut_out(officer):
    guess(officer, 5, address=HOME)
    browser = Client()
    browser.post(reverse("account_reset_password"), {"email": officer.email})
    (link,) = [word for word in mail.outbox[0].body.split() if "/password/reset/" in word]
    form = browser.get(link.removeprefix("http://testserver"), follow=True)
    new = {"password1": "other random words", "password2": "other random words"}
    assertRedirects(browser.post(form.request["PATH_INFO"], new), "/", fetch_redirect_response=False)
    browser.post(reverse("account_logout"))
    assertRedirects(sign_in(officer, "other random words", client=browser), "/", fetch_redirect_response=False)


def test_nobody_gets_more_than_five_letters_an_hour(officer):
    for _ in range(7):
        Client().post(reverse("account_reset_password"), {"email": officer.email})
    assert len(mail.outbox) == 5


@pytest.mark.parametrize(
    ("backend", "is_still_closed"),
    [("django.core.cache.backends.db.DatabaseCache", True), ("django.core.cache.backends.locmem.LocMemCache", False)],
)
def test_a_restart_forgets_no_attempt_for_they_are_kept_in_the_database(officer, settings, backend, is_still_closed):
    settings.CACHES = {"default": settings.CACHES["default"] | {"BACKEND": backend, "LOCATION": "cache"}}
    guess(officer, 5)
    restart()
    assert (TOO_MANY in sign_in(officer, address=STRANGER).content.decode()) == is_still_closed


def restart():
    """Forget what a process forgets that ends."""
    for kept in (locmem._caches, locmem._expire_info):
        kept.clear()
    del caches["default"]


@pytest.mark.parametrize(("entries", "is_still_closed"), [(100_000, True), (300, False)])
def test_a_flood_of_entries_does_not_push_a_count_out(officer, settings, entries, is_still_closed):
    """The table is culled where it grows too large, and 300 entries, which is Django's own measure, are soon made."""
    assert settings.CACHES["default"]["OPTIONS"] == {"MAX_ENTRIES": 100_000}
    settings.CACHES = {"default": settings.CACHES["default"] | {"OPTIONS": {"MAX_ENTRIES": entries}}}
    guess(officer, 5)
    for number in range(310):
        cache.set(f"flood-{number}", 1, 300)
    assert (TOO_MANY in sign_in(officer, address=STRANGER).content.decode()) == is_still_closed


def test_who_signs_in_through_the_council_alone_gets_no_password_by_letter(officer, settings):
    officer.set_unusable_password()
    officer.save()
    Client().post(reverse("account_reset_password"), {"email": officer.email})
    assert len(mail.outbox) == 1
    settings.OIDC_NAME = "your council account"
    Client().post(reverse("account_reset_password"), {"email": officer.email})
    assert len(mail.outbox) == 1
