"""Signing in through the council's identity provider, tried against one on this machine."""

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import NoReverseMatch, reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts import views
from accounts.models import User
from tests import production
from tests.accounts.conftest import ENVIRONMENT
from tests.accounts.signing_in.identity_provider import new_key
from tests.factories import second_factor, user

SIGN_IN = reverse("openid_connect_login")
NOT_SIGNED_IN = "You are not signed in"


@pytest.fixture
def officer(db):
    return user("Ada Officer")


def go(client, **more):
    """Press the button, let the provider answer, and come back; return where that leads."""
    sent = client.post(SIGN_IN, more)
    back = requests.get(sent.url, allow_redirects=False, timeout=5).headers["Location"]
    return client.get(back.removeprefix("http://testserver"))


def test_the_sign_in_page_offers_it_where_there_is_one(client, provider, db):
    assertContains(client.get(reverse("account_login")), "Sign in with your Microsoft account")


def test_without_one_there_is_nothing_of_it(client, db):
    assertNotContains(client.get(reverse("account_login")), "Sign in with")
    assert client.post(SIGN_IN).status_code == 404
    assert client.get(reverse("openid_connect_callback")).status_code == 404


def test_who_has_an_account_is_signed_in_and_led_on(client, provider, officer):
    assertRedirects(go(client, next="/my/updates/"), "/my/updates/")
    assertContains(client.get(reverse("home")), "Ada Officer")
    officer.refresh_from_db()
    assert officer.has_usable_password()  # it is left alone
    assert SocialAccount.objects.count() == 0


def test_the_provider_is_asked_for_no_more_than_an_address_and_proof(client, provider, officer):
    client.post(f"{SIGN_IN}?scope=Mail.Read&auth_params=prompt%3Dnone&process=connect")
    go(client)
    (asked,) = provider.asked
    assert set(asked.pop("scope").split()) == {"openid", "profile", "email"}
    assert asked.keys() == {
        "client_id",
        "redirect_uri",
        "response_type",
        "state",
        "code_challenge",
        "code_challenge_method",
    }
    assert asked["redirect_uri"] == "http://testserver/accounts/sign-in/council/back/"
    assert asked["code_challenge_method"] == "S256"


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "Ada.Officer@Thornbury.Example"},
        {"email_verified": True},
        {"email_verified": "true"},
        {"sub": "quite another"},
    ],
)
def test_the_address_is_what_counts(client, provider, officer, claims):
    provider.claims |= claims
    assertRedirects(go(client), "/", fetch_redirect_response=False)


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "nobody@thornbury.example"},
        {"email": "olga@elsewhere.example"},  # has an account, but not of a domain that the council vouches for
        {"email": "olga@elsewhere.example", "email_verified": True},
        {"email": "ada.officer@elsewhere.example"},
        {"email_verified": False},
        {"email_verified": "false"},
        {"email": None},
    ],
)
def test_who_has_no_account_or_no_vouched_address_is_not_let_in(client, provider, officer, claims):
    User.objects.create_user("olga@elsewhere.example", name="Olga")
    provider.claims |= claims
    assertContains(go(client), NOT_SIGNED_IN, status_code=403)
    assert client.get(reverse("home")).status_code == 302
    assert User.objects.count() == 2  # nobody was signed up


def test_an_address_that_an_administrator_corrects_counts_at_once(client, provider, officer):
    go(client)
    officer.email = "ada.smith@thornbury.example"
    officer.save()
    assertContains(go(Client()), NOT_SIGNED_IN, status_code=403)
    provider.claims["email"] = "ada.smith@thornbury.example"
    assertRedirects(go(Client()), "/", fetch_redirect_response=False)


def test_who_is_deactivated_is_not_let_in(client, provider, officer):
    officer.is_active = False
    officer.save()
    assertRedirects(go(client), reverse("account_inactive"))


@pytest.mark.parametrize(
    "claims",
    [{"aud": "another-tracker"}, {"iss": "https://elsewhere.example"}, {"exp": 1}, {"sub": None}, {"email": 5}],
)
def test_a_token_that_is_not_for_us_is_refused(client, provider, officer, claims):
    provider.claims |= claims
    assertContains(go(client), NOT_SIGNED_IN, status_code=401)
    assert client.get(reverse("home")).status_code == 302


def test_a_token_that_the_provider_did_not_sign_is_refused(client, provider, officer):
    provider.signing_key = new_key()
    assertContains(go(client), NOT_SIGNED_IN, status_code=401)


def test_without_our_word_allauth_would_not_look_at_the_signature(client, provider, officer, monkeypatch):
    monkeypatch.delattr(views.ProviderAdapter, "get_access_token_data")
    provider.signing_key = new_key()
    assertRedirects(go(client), "/", fetch_redirect_response=False)


@pytest.mark.parametrize("error", ["access_denied", "server_error"])
def test_who_cancels_is_told_so_and_gets_back(client, provider, officer, error):
    provider.answer_with = {"error": error}
    page = go(client)
    assertContains(page, NOT_SIGNED_IN, status_code=401)
    assertContains(page, reverse("account_login"), status_code=401)


def test_an_answer_that_nobody_asked_for_is_refused(client, provider, officer):
    """Otherwise a link could sign somebody in as somebody else."""
    sent = Client().post(SIGN_IN)
    back = requests.get(sent.url, allow_redirects=False, timeout=5).headers["Location"]
    assertContains(client.get(back.removeprefix("http://testserver")), NOT_SIGNED_IN, status_code=401)


def test_a_provider_that_is_away_is_no_error_of_ours(client, provider, officer):
    sent = client.post(SIGN_IN)
    back = requests.get(sent.url, allow_redirects=False, timeout=5).headers["Location"]
    provider.close()
    assertContains(client.get(back.removeprefix("http://testserver")), NOT_SIGNED_IN, status_code=401)
    assertContains(client.post(SIGN_IN), NOT_SIGNED_IN, status_code=401)


def test_who_comes_through_the_provider_is_not_asked_for_a_second_factor_here(client, provider, db):
    administrator = user("Abe Administrator", is_staff=True, is_superuser=True)
    provider.claims["email"] = administrator.email
    assertRedirects(go(client, next="/admin/"), "/admin/")
    second_factor(administrator)
    assertRedirects(go(Client(), next="/admin/"), "/admin/", fetch_redirect_response=False)
    assertRedirects(
        Client().post(reverse("account_login"), {"login": administrator.email, "password": "three random words"}),
        reverse("mfa_authenticate"),
        fetch_redirect_response=False,
    )


def test_who_has_no_password_is_offered_none(client, provider, officer):
    officer.set_unusable_password()
    officer.save()
    go(client)
    assertNotContains(client.get(reverse("mfa_index")), "Change password")
    assert client.get(reverse("account_change_password")).status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "account_signup",
        "account_email",
        "account_set_password",
        "account_confirm_login_code",
        "socialaccount_signup",
        "socialaccount_connections",
        "socialaccount_login_cancelled",
        "mfa_trust",
        "mfa_add_webauthn",
    ],
)
def test_what_allauth_offers_besides_does_not_exist(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_the_policy_lets_the_form_lead_to_the_provider_and_nowhere_else(tmp_path):
    printed = production.values(tmp_path, "RESPONSE_HEADERS", **production.PRODUCTION, **ENVIRONMENT)
    directives = printed["RESPONSE_HEADERS"]["Content-Security-Policy"].split("; ")
    assert [text for text in directives if text.startswith("form-action")] == [
        "form-action 'self' https://login.example"
    ]


@pytest.mark.parametrize(
    "issuer",
    ["http://login.example/tenant/v2.0", "https://login.microsoftonline.com/common/v2.0"],
)
def test_a_provider_that_vouches_for_nobody_is_refused_at_the_start(tmp_path, issuer):
    environment = production.PRODUCTION | ENVIRONMENT | {"OIDC_ISSUER": issuer}
    done = production.start(tmp_path, "manage.py", "check", **environment)
    assert done.returncode == 1
    assert "OIDC_ISSUER must be an https address of one tenant" in done.stderr


@pytest.mark.parametrize("name", ["OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_EMAIL_DOMAINS"])
def test_half_a_provider_is_a_clear_error(tmp_path, name):
    environment = production.PRODUCTION | ENVIRONMENT
    del environment[name]
    done = production.start(tmp_path, "manage.py", "check", **environment)
    assert done.stderr.splitlines()[-1] == f"{name} is not set. The README explains it."
