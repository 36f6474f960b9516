"""Staff sign in with a code besides the password, and do nothing before they have set that up."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts import verification
from accounts.models import Event
from tests import codes
from tests.factories import second_factor, user

PASSWORD = "three random words"
SET_UP = reverse("mfa_activate_totp")
TYPE_CODE = reverse("mfa_authenticate")
NOT_RIGHT = "The code is incorrect. Wait until your app shows the next code, then enter that one."


@pytest.fixture(autouse=True)
def as_in_production(settings):
    settings.DEMONSTRATION = False
    with codes.at():
        yield


@pytest.fixture
def administrator(db):
    return user("Abe Administrator", is_staff=True, is_superuser=True)


def sign_in(client, person, **more):
    return client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD, **more})


def type_code(client, code, **more):
    return client.post(TYPE_CODE, {"code": code}, **more)


def set_up(client, **more):
    """Read the key from the page as an app would, and type what the app shows."""
    key = re.search(r'"app-key">(\w+)<', client.get(SET_UP).content.decode())[1]
    return client.post(SET_UP, {"code": codes.code(key)}, **more), key


def test_staff_set_a_second_factor_up_before_anything_else(client, administrator):
    sign_in(client, administrator)
    for address in ("/", "/admin/", "/admin/login/", "/admin/accounts/user/", "/my/updates/", "/accounts/password/"):
        assertRedirects(client.get(address), f"{SET_UP}?next={address}", fetch_redirect_response=False)
    page, _ = set_up(client, follow=True)
    assertContains(page, "Your recovery codes")
    assert len(re.findall(r"<li class=\"app-key\">\d{8}</li>", page.content.decode())) == 10
    assert client.get("/admin/").status_code == 200


def test_staff_show_their_second_factor_in_a_session_that_began_without_it(client, administrator):
    client.force_login(administrator)
    second_factor(administrator)
    show = reverse("mfa_reauthenticate")
    for address in ("/", "/admin/"):
        assertRedirects(client.get(address), f"{show}?next={address}", fetch_redirect_response=False)
    assert client.get(show).status_code == 200
    Authenticator.objects.filter(type="totp").delete()  # recovery codes alone are no second factor
    assertRedirects(client.get("/"), f"{SET_UP}?next=/", fetch_redirect_response=False)


def test_without_its_middleware_the_administration_would_be_open(client, administrator, settings):
    client.force_login(administrator)
    assert client.get("/admin/").status_code == 302
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != "accounts.signing_in.middleware.staff"]
    open_to_all = Client()
    open_to_all.force_login(administrator)
    assert open_to_all.get("/admin/").status_code == 200


def test_the_demonstration_asks_for_none(client, administrator, settings):
    settings.DEMONSTRATION = True
    second_factor(administrator)
    sign_in(client, administrator)
    assert client.get("/admin/").status_code == 200


def test_the_code_is_asked_for_between_the_password_and_the_first_page(client, administrator):
    key = second_factor(administrator)
    assertRedirects(sign_in(client, administrator, next="/admin/"), TYPE_CODE)
    assertRedirects(client.get("/admin/"), "/accounts/sign-in/?next=/admin/", fetch_redirect_response=False)
    page = type_code(client, codes.wrong_code(key))
    assertContains(page, NOT_RIGHT)
    assertContains(page, "<title>Error: Enter your code")
    assertRedirects(type_code(client, codes.code(key)), "/admin/")


def test_a_code_works_once(client, administrator):
    """Whoever looks over a shoulder has nothing for the rest of the half minute."""
    key = second_factor(administrator)
    sign_in(client, administrator)
    type_code(client, codes.code(key))
    onlooker = Client()
    sign_in(onlooker, administrator)
    assertContains(type_code(onlooker, codes.code(key)), NOT_RIGHT)
    with codes.at(seconds=30):
        assertRedirects(type_code(onlooker, codes.code(key), follow=True), reverse("set_up"))


def test_a_recovery_code_works_once(client, administrator):
    second_factor(administrator)
    recovery = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    sign_in(client, administrator)
    assertRedirects(type_code(client, recovery, follow=True), reverse("set_up"))
    again = Client()
    sign_in(again, administrator)
    assertContains(type_code(again, recovery), NOT_RIGHT)


def test_many_wrong_codes_close_the_account_for_five_minutes(client, administrator):
    key = second_factor(administrator)
    sign_in(client, administrator)
    for _ in range(5):
        assertContains(type_code(client, codes.wrong_code(key)), NOT_RIGHT)
    assertContains(type_code(client, codes.code(key)), "You have tried to sign in too many times. Wait five minutes")
    with codes.at(minutes=5, seconds=1):
        assertRedirects(type_code(client, codes.code(key), follow=True), reverse("set_up"))


def test_a_letter_that_resets_the_password_does_not_go_round_the_code(client, administrator):
    second_factor(administrator)
    client.post(reverse("account_reset_password"), {"email": administrator.email})
    (link,) = [word for word in mail.outbox[0].body.split() if "/password/reset/" in word]
    form = client.get(link.removeprefix("http://testserver"), follow=True)
    new = {"password1": "other random words", "password2": "other random words"}
    assertRedirects(client.post(form.request["PATH_INFO"], new), TYPE_CODE)


def test_who_thinks_better_of_the_code_gets_back_to_the_sign_in_page(client, administrator):
    second_factor(administrator)
    sign_in(client, administrator)
    assertRedirects(client.get(reverse("account_login")), TYPE_CODE)
    assertRedirects(client.post(reverse("account_logout")), reverse("account_login"))


def test_anybody_may_have_a_second_factor_and_is_then_asked_for_it(client, db):
    officer = user("Ada Officer")
    sign_in(client, officer)
    assertContains(client.get(reverse("account_change_password")), reverse("mfa_index"))
    assertContains(client.get(reverse("mfa_index")), "Set up an app")
    set_up(client)
    assertContains(client.get(reverse("mfa_index")), "Remove the app")
    assertRedirects(sign_in(Client(), officer), TYPE_CODE, fetch_redirect_response=False)
    page = client.post(reverse("mfa_deactivate_totp"), follow=True)
    assertContains(page, "You have removed the app. Its codes no longer work.")
    assertRedirects(sign_in(Client(), officer), "/", fetch_redirect_response=False)


def test_staff_who_remove_their_app_set_up_another_at_once(client, administrator):
    sign_in(client, administrator)
    set_up(client)
    removed = client.post(reverse("mfa_deactivate_totp"), follow=True)
    assert removed.redirect_chain[-1][0].startswith(SET_UP)


def test_to_see_or_change_a_second_factor_one_confirms_that_it_is_oneself(client, administrator):
    key = second_factor(administrator)
    sign_in(client, administrator)
    type_code(client, codes.code(key))
    assert client.get(reverse("mfa_view_recovery_codes")).status_code == 200  # who has just signed in
    with codes.at(minutes=6):
        assertRedirects(
            client.get(reverse("mfa_view_recovery_codes")), "/accounts/confirm/?next=/accounts/second-factor/codes/"
        )
        page = client.get("/accounts/confirm/?next=/accounts/second-factor/codes/")
        assertContains(page, "Use a code instead")
        confirmed = {"code": codes.code(key), "next": reverse("mfa_view_recovery_codes")}
        assertRedirects(client.post(reverse("mfa_reauthenticate"), confirmed), reverse("mfa_view_recovery_codes"))


def test_new_recovery_codes_replace_the_old(client, administrator):
    key = second_factor(administrator)
    sign_in(client, administrator)
    type_code(client, codes.code(key))
    file = client.get(reverse("mfa_download_recovery_codes"))
    assert file.headers["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    old = file.content.decode().split()
    assertContains(client.get(reverse("mfa_generate_recovery_codes")), "Your present codes will stop working.")
    page = client.post(reverse("mfa_generate_recovery_codes"), follow=True)
    for former in old:
        assertNotContains(page, former)


def test_recovery_codes_are_refused_to_who_has_no_app(client, db):
    sign_in(client, user("Ada Officer"))
    page = client.post(reverse("mfa_generate_recovery_codes"))
    assertContains(page, "You need to set up an app before you can have recovery codes.")


def test_the_qr_code_stands_in_the_page_for_the_policy_allows_no_other_image(client, administrator):
    sign_in(client, administrator)
    page = client.get(SET_UP).content.decode()
    assert '<div class="app-qr" role="img"' in page
    assert re.search(
        r'<svg width="\d+mm" height="\d+mm" version="1.1" viewBox="[\d ]+" xmlns=[^>]+><path d="M4,4H5', page
    )
    assert "data:" not in page
    assert "style=" not in page
    assert "Improvement%20plan%20tracker" in page


def test_secrets_are_encrypted_at_rest(administrator, settings):
    key = second_factor(administrator)
    stored = Authenticator.objects.get(type="totp").data["secret"]
    assert key not in stored
    assert Authenticator.objects.get(type="totp").wrap().validate_code(codes.code(key))
    settings.MFA_ADAPTER = "allauth.mfa.adapter.DefaultMFAAdapter"  # which encrypts nothing
    Authenticator.objects.all().delete()
    second_factor(administrator)
    assert Authenticator.objects.get(type="totp").data["secret"] == key


def test_a_changed_secret_key_needs_the_former_one_to_read_them(administrator, settings):
    key, former = second_factor(administrator), settings.SECRET_KEY
    settings.SECRET_KEY = "another-long-text-that-is-random-enough-for-a-test"
    assert not Authenticator.objects.get(type="totp").wrap().validate_code(codes.code(key))
    settings.SECRET_KEY_FALLBACKS = [former]
    assert Authenticator.objects.get(type="totp").wrap().validate_code(codes.code(key))


def test_an_administrator_takes_a_lost_second_factor_away_and_it_is_recorded(client, administrator):
    officer = user("Ada Officer")
    second_factor(officer)
    sign_in(client, administrator)
    set_up(client)
    chosen = {"action": "remove_second_factor", "_selected_action": [officer.pk]}
    page = client.post(reverse("admin:accounts_user_changelist"), chosen, follow=True)
    assertContains(page, "Second factor removed: Ada Officer.")
    assert list(Authenticator.objects.filter(user=officer)) == []
    (event,) = Event.objects.all()
    assert (event.by, event.what, event.on_text) == (administrator, "user.second_factor_removed", "Ada Officer")
    page = client.post(reverse("admin:accounts_user_changelist"), chosen, follow=True)
    assertContains(page, "None of the selected people had a second factor.")
    assert Event.objects.count() == 1


def test_verify_finds_second_factors_that_the_present_key_does_not_open(administrator, settings):
    second_factor(administrator)
    assert list(verification.problems()) == []
    former = settings.SECRET_KEY
    settings.SECRET_KEY = "the-key-of-another-machine-after-a-restore"
    assert list(verification.problems()) == [
        "2 second factor(s) cannot be read with this SECRET_KEY, so nobody can sign in with them. "
        "Set the site’s previous key, or add it to SECRET_KEY_FALLBACKS."
    ]
    settings.SECRET_KEY_FALLBACKS = [former]
    assert list(verification.problems()) == []
