"""Forged, foreign and broken cookies, and headers that nobody should send."""

from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import signing

from tests.addresses import APRIL, PEOPLE, PLAN, address
from tests.factories import user
from tests.hostile.asking import asker, encoded, wrong
from tests.hostile.inputs import tables

LIST = "/plans/thornbury/recommendations/"
SIGN_IN = "/accounts/sign-in/"
SENT = {"body": encoded({"login": "ada.officer@thornbury.example", "password": "wrong"}.items())}


def surfaces(pks):
    """Return (method, path, what is sent) of a page, a form, a download, an export, a static file and the admin."""
    return [
        ("GET", "/", {}),
        ("GET", LIST, {}),
        ("GET", LIST, {"query": b"_export=csv"}),
        ("GET", address("plans:evidence_download", (*PLAN, APRIL, "R01", "published"), pks), {}),
        ("GET", "/static/improvement/js/autosave.js", {}),
        ("GET", "/healthz", {}),
        ("GET", "/nowhere/", {}),
        ("GET", "/admin/", {}),
        ("POST", SIGN_IN, SENT),
        ("POST", "/boards/thornbury/advice/add/", {"body": b"wording=Said."}),
    ]


def session_of(person, **data):
    client = asker()
    client.force_login(person)
    session = client.session
    for name, value in data.items():
        session[name] = value
    session.save()
    return session.session_key


def deactivated():
    person = user("Gone Tomorrow")
    key = session_of(person)
    person.is_active = False
    person.save()
    return key


def of_nobody():
    person = user("Never Was")
    key = session_of(person)
    person.delete()
    return key


def run_out():
    key = session_of(user("Olga Office"))
    Session.objects.filter(pk=key).update(expire_date=datetime(2001, 1, 1, tzinfo=UTC))
    return key


def with_data(text):
    key = session_of(user("Olga Office"))
    Session.objects.filter(pk=key).update(session_data=text)
    return key


def signed_otherwise():
    store = import_module(settings.SESSION_ENGINE).SessionStore
    forged = signing.dumps({"_auth_user_id": "1"}, key="another key", salt=store().key_salt, compress=True)
    return with_data(forged)


MADE = {
    "of somebody who was deactivated": deactivated,
    "of nobody any more": of_nobody,
    "run out": run_out,
    "signed with another key": signed_otherwise,
    "with data that are no data": lambda: with_data("\x01漢:%:字"),
    "of a number that no user has": lambda: session_of(user("Olga Office"), _auth_user_id="9" * 30),
}


@pytest.mark.parametrize("enforce_csrf_checks", [False, True])
def test_no_cookie_breaks_the_site(pks, enforce_csrf_checks):
    found = {}
    for number, each in enumerate(tables("sessions")):
        held = MADE[each["made"]]().encode() if "made" in each else each["holds"]
        cookie = each["cookie"] + b"=" + held
        for method, path, sent in surfaces(pks):
            client = asker(enforce_csrf_checks=enforce_csrf_checks)
            if fault := wrong(client, method, path, HTTP_COOKIE=cookie.decode("latin-1"), **sent):
                found[number, cookie[:99], path] = fault
    assert found == {}


def test_no_made_up_session_is_let_in(pks):
    client = asker()
    keys = {name: made() for name, made in MADE.items()} | {"whole": session_of(user(PEOPLE["office"]))}
    answers = {name: client.get(LIST, HTTP_COOKIE=f"session={key}").status_code for name, key in keys.items()}
    assert answers == dict.fromkeys(MADE, 302) | {"whole": 200}


@pytest.mark.parametrize("role", ["anonymous", "office"])
def test_no_header_breaks_the_site(clients, pks, role):
    found = {}
    for each in tables("headers"):
        name, held = each["name"].decode(), each["holds"].decode("latin-1")
        for method, path, sent in surfaces(pks):
            if fault := wrong(clients[role], method, path, **sent, **{name: held}):
                found[name, held[:99], method, path] = fault
    assert found == {}
