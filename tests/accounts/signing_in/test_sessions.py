"""A session ends with what it stood on: its row, the account, the password."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.signing_in.sessions import PersonBackend, SessionStore
from tests.factories import AT, user

PASSWORD = "three random words"
NEW = "other random words"


@pytest.fixture
def officer(db):
    return user("Ada Officer")


@pytest.fixture
def elsewhere(officer):
    """The officer, signed in at another desk."""
    return signed_in(officer)


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def is_signed_in(client):
    return client.get(reverse("plans:my_updates")).status_code == 200


def change_password(client):
    new = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    return client.post(reverse("account_change_password"), new)


def test_a_deactivated_person_is_shut_out_with_the_next_request(officer, elsewhere):
    assert is_signed_in(elsewhere)
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert not is_signed_in(elsewhere)


def test_a_changed_password_ends_every_other_session(officer, elsewhere):
    here = signed_in(officer)
    change_password(here)
    assert (is_signed_in(here), is_signed_in(elsewhere)) == (True, False)


def test_without_the_password_in_its_hash_the_other_session_would_go_on(officer, monkeypatch):
    monkeypatch.setattr(User, "get_session_auth_hash", lambda self: "the same for everybody")
    here, elsewhere = signed_in(officer), signed_in(officer)
    change_password(here)
    assert is_signed_in(elsewhere)


def test_who_is_no_longer_staff_is_out_of_the_administration_at_once(db):
    administrator = user("Abe Administrator", is_staff=True, is_superuser=True)
    client = signed_in(administrator)
    assert client.get("/admin/").status_code == 200
    User.objects.filter(pk=administrator.pk).update(is_staff=False)
    assert client.get("/admin/").status_code == 404


@pytest.mark.parametrize(("year", "is_in"), [(2011, False), (2111, True)])
def test_a_session_lasts_until_its_end(elsewhere, year, is_in):
    Session.objects.update(expire_date=AT.replace(year=year))
    assert is_signed_in(elsewhere) is is_in


def test_a_session_goes_on_under_its_key_and_a_key_that_none_has_is_never_taken_for_one(db):
    """Or whoever hands somebody a link with a key could follow them in."""
    kept = SessionStore()
    kept["said"] = "Yes."
    kept.save()
    found, chosen = SessionStore(kept.session_key), SessionStore("a" * 32)
    assert (found["said"], found.session_key) == ("Yes.", kept.session_key)
    assert chosen.get("said") is None
    chosen["said"] = "No."
    chosen.save()
    assert chosen.session_key != "a" * 32


@pytest.mark.parametrize("pk", [0, -1, 2**63, 2**80])
def test_a_session_may_name_a_person_who_cannot_be(officer, pk):
    backend = PersonBackend()
    assert (backend.get_user(pk), backend.get_user(officer.pk)) == (None, officer)
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert backend.get_user(officer.pk) is None
