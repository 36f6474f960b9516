"""What was typed comes back: to whoever was signed out, whose page was too old, or when the database is away."""

import errno
import re

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from plans.models import MonthlyUpdate
from tests import factories
from tests.factories import user

TEXT = "Two teams were trained.\nA third follows."
PAGE = "/plans/thornbury/2011-05/R01/"
OURS = {"origin": "http://testserver"}
THEIRS = {"origin": "https://elsewhere.example"}
POSTED = {"version": "0", "rating": "amber", "progress": TEXT, "password": "three random words", "next": "return"}


@pytest.fixture
def update(db):
    return factories.month(factories.plan()).updates.get()


@pytest.fixture
def ada(update):
    client = Client(enforce_csrf_checks=True)
    client.force_login(user("Ada Officer"))
    return client


def token(response):
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', response.content.decode())[1]


def fields(response):
    """Return what the page's form would send."""
    html = response.content.decode()
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', html)
    return dict(hidden) | dict(re.findall(r'<textarea [^>]*name="(\w+)"[^>]*>\n(.*?)</textarea>', html, re.DOTALL))


def send(client, response, **headers):
    """Press the button of a page that gives a text back."""
    return client.post(response.request["PATH_INFO"], fields(response), headers=OURS | headers)


# Signed out


def test_whoever_was_signed_out_gets_the_text_back_and_can_send_it_once_signed_in_again(ada, update):
    posted = POSTED | {"csrfmiddlewaretoken": token(ada.get(PAGE))}
    Session.objects.all().delete()
    response = ada.post(PAGE, posted, headers=OURS)
    assertContains(response, "You have been signed out", status_code=403)
    assertContains(response, f'href="{reverse("account_login")}?next=%2Fplans%2F', status_code=403)
    assert response["Cache-Control"] == "no-store"
    assert fields(response)["progress"] == TEXT
    assert not Session.objects.exists()
    ada.force_login(user("Ada Officer"))
    # The form's token is that of before; one press is enough all the same.
    ada.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    assert send(ada, response).status_code == 302
    update.refresh_from_db()
    assert (update.progress, update.rating) == (TEXT, "amber")


def test_every_page_that_gives_a_text_a_button_is_sent_with_one_press_after_signing_in_again():
    pages = [
        path for path in (settings.BASE_DIR / "templates").rglob("*.html") if "kept/_send.html" in path.read_text()
    ]
    assert len(pages) == 3
    assert all("stamp=stamp" in path.read_text() for path in pages)


@pytest.mark.parametrize(
    ("path", "headers", "stamp"),
    [
        (PAGE, THEIRS, None),
        (PAGE, {}, None),
        (PAGE.replace("R01", "R02"), OURS, None),
        (PAGE, OURS, "forged"),
        (PAGE, OURS, ""),
    ],
)
def test_the_stamp_of_a_kept_page_counts_for_its_own_address_and_from_our_own_pages_alone(ada, path, headers, stamp):
    Session.objects.all().delete()
    kept = fields(
        ada.post(PAGE, POSTED | {"csrfmiddlewaretoken": token(ada.get(reverse("account_login")))}, headers=OURS)
    )
    if stamp is not None:
        kept["csrfmiddlewaretoken_kept"] = stamp
    ada.force_login(user("Ada Officer"))
    ada.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    assert ada.post(path, kept, headers=headers).status_code == 403
    assert not MonthlyUpdate.objects.exclude(progress="").exists()


def test_a_password_or_a_token_is_not_given_back(ada):
    posted = POSTED | {"csrfmiddlewaretoken": token(ada.get(PAGE))}
    Session.objects.all().delete()
    response = ada.post(PAGE, posted, headers=OURS)
    assertNotContains(response, "three random words", status_code=403)
    assertNotContains(response, posted["csrfmiddlewaretoken"], status_code=403)


def test_the_text_of_another_site_is_not_given_a_button(client, update):
    for headers in (THEIRS, {}):
        response = client.post(PAGE, POSTED, headers=headers)
        assert (response.status_code, response.url) == (302, f"{reverse('account_login')}?next={PAGE}")


def test_whoever_typed_nothing_is_sent_to_sign_in(client, update):
    response = client.post(PAGE, {"version": "0", "next": "check"}, headers=OURS)
    assert response.url == f"{reverse('account_login')}?next={PAGE}"


def test_the_script_that_saves_a_draft_is_told_where_to_sign_in(client, update):
    response = client.post(PAGE, POSTED, headers=OURS | {"accept": "application/json"})
    assert response.status_code == 401
    sign_in = f"{reverse('account_login')}?next=%2Fplans%2Fthornbury%2F2011-05%2FR01%2F"
    assert response.json() == {"message": "Not saved. You have been signed out.", "sign_in": sign_in}


def test_the_script_of_a_page_that_is_too_old_or_not_the_persons_any_more_is_told_so(ada, client, update):
    json_please = OURS | {"accept": "application/json"}
    response = ada.post(PAGE, POSTED, headers=json_please)
    assert (response.status_code, response.json()["message"][:35]) == (403, "Not saved. You signed in again in a")
    client.force_login(user("Stan Stranger"))
    response = client.post(PAGE, POSTED, headers=json_please)
    assert (response.status_code, response.json()["message"][:31]) == (404, "Not saved. There is no page at ")


def test_a_text_for_the_administration_comes_back_too(client, update):
    page = reverse("admin:plans_plan_change", args=[update.month.plan_id])
    response = client.post(page, {"title": "A title of several words"}, headers=OURS)
    assertContains(response, "A title of several words", status_code=403)


def test_what_is_given_back_is_no_markup(client, update):
    response = client.post(PAGE, {"progress": "</textarea><script>alert(1)</script> x"}, headers=OURS)
    assertNotContains(response, "<script>alert", status_code=403)
    response = client.post(PAGE, {'"><script>alert(1)</script>': "y", "progress": "Two words."}, headers=OURS)
    assertNotContains(response, "<script>alert", status_code=403)


# A page that is too old


def test_a_page_that_is_too_old_gives_the_text_back_with_a_form_that_is_not(ada, update):
    response = ada.post(PAGE, POSTED | {"csrfmiddlewaretoken": "x" * 64}, headers=OURS)
    assertContains(response, "Send your text again", status_code=403)
    ada.cookies[settings.CSRF_COOKIE_NAME] = response.cookies[settings.CSRF_COOKIE_NAME].value
    assert send(ada, response).status_code == 302
    update.refresh_from_db()
    assert update.progress == TEXT


@pytest.mark.parametrize("headers", [THEIRS, {}])
def test_a_page_that_is_none_of_ours_gives_nothing_back(ada, headers):
    response = ada.post(PAGE, POSTED, headers=headers)
    assertContains(response, "This page has expired", status_code=403)
    assertNotContains(response, "Two teams", status_code=403)


# Not the person's any more


def test_a_text_for_what_is_not_the_persons_any_more_comes_back_to_be_copied(client, update):
    client.force_login(user("Stan Stranger"))
    response = client.post(PAGE, POSTED, headers=OURS)
    assertContains(response, "Someone else may now hold your post.", status_code=404)
    assertContains(response, "A third follows.", status_code=404)
    assertNotContains(response, "<form", status_code=404)


# The database is away


@pytest.fixture
def broken(client, update):
    """Return a context in which whatever is asked of the table of updates fails."""
    client.force_login(user("Ada Officer"))
    client.raise_request_exception = False

    def fail(fault):
        def asked(execute, sql, params, many, context):
            if "plans_monthlyupdate" in sql:
                raise fault
            return execute(sql, params, many, context)

        return connection.execute_wrapper(asked)

    return fail


@pytest.mark.parametrize(
    "fault",
    [
        OperationalError("gone"),
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EROFS, "Read-only file system"),
        OSError(errno.EACCES, "Permission denied"),
    ],
)
def test_a_database_that_is_away_is_a_503_that_keeps_the_text(client, broken, fault):
    with broken(fault):
        response = client.post(PAGE, POSTED, headers=OURS)
    assertContains(response, "Sorry, the service is unavailable", status_code=503)
    assert response["Retry-After"] == "5"
    assert fields(response)["progress"] == TEXT
    assert response["Cache-Control"] == "no-store"


def test_the_text_can_be_sent_again_once_the_database_is_back(client, broken, update):
    with broken(OperationalError("gone")):
        response = client.post(PAGE, POSTED, headers=OURS)
    assert send(client, response).status_code == 302
    update.refresh_from_db()
    assert update.progress == TEXT


def test_the_script_that_saves_a_draft_is_told_in_its_own_words(client, broken):
    with broken(OperationalError("gone")):
        response = client.post(PAGE, POSTED, headers=OURS | {"accept": "application/json"})
    assert response.status_code == 503
    assert response.json()["message"].startswith("Not saved. The database is not responding")


def test_a_page_that_cannot_be_read_says_when_to_try_again(client, broken):
    with broken(OperationalError("gone")):
        response = client.get(PAGE)
    assertContains(response, f'href="{PAGE}">Try again', status_code=503)


def test_what_is_broken_is_a_500_that_keeps_the_text_to_be_copied(client, broken):
    with broken(ZeroDivisionError("A mistake of ours.")):
        response = client.post(PAGE, POSTED, headers=OURS)
    assertContains(response, "Something went wrong", status_code=500)
    assertContains(response, "A third follows.", status_code=500)
    assertNotContains(response, "<form", status_code=500)


def test_nothing_typed_is_kept_by_the_server(client, broken):
    before = list(Session.objects.values())
    with broken(OperationalError("gone")):
        client.post(PAGE, POSTED, headers=OURS)
    assert list(Session.objects.values()) == before
    assert not MonthlyUpdate.objects.exclude(progress="").exists()
