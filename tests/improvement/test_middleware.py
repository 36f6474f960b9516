"""What is refused before any page is asked."""

from importlib import import_module
from wsgiref.util import setup_testing_defaults

import pytest
from django.urls import reverse


def test_a_cookie_that_no_database_can_look_up_is_a_bad_request(client, db):
    assert client.get(reverse("home"), HTTP_COOKIE='session="abcdefgh\\000"').status_code == 400


@pytest.mark.parametrize("path", ["/%00", "/plans/a%00b/"])
def test_a_strange_path_is_not_found(client, db, path):
    assert client.get(path).status_code == 404


def test_a_strange_next_is_not_followed(client, db):
    assert client.get("/accounts/sign-in/?next=%00").status_code == 200


def test_a_request_that_is_too_large_is_refused_before_it_is_read(client, db, settings):
    settings.REQUEST_MAX_BYTES = 1000
    data = {"login": "a" * 1000, "password": "b"}
    assert client.post(reverse("account_login"), data).status_code == 400
    assert client.post(reverse("account_login"), {"login": "a", "password": "b"}).status_code == 200


@pytest.mark.parametrize(("length", "status"), [("", 200), ("0", 200), ("abc", 400), ("-1", 400), ("9" * 5000, 400)])
def test_a_length_that_is_none_is_a_bad_request(client, db, length, status):
    assert client.get(reverse("account_login"), CONTENT_LENGTH=length).status_code == status


@pytest.mark.parametrize(("charset", "status"), [("UTF-8", 200), ("nonsense", 200), ("rot13", 400), ("utf-16", 400)])
def test_another_encoding_than_that_of_our_pages_is_a_bad_request(client, db, charset, status):
    body = b'--x\r\nContent-Disposition: form-data; name="login"\r\n\r\na\r\n--x--\r\n'
    kind = f"multipart/form-data; boundary=x; charset={charset}"
    assert client.generic("POST", reverse("account_login"), body, kind).status_code == status


def test_a_kind_of_content_that_cannot_be_read_is_none(db):
    """The test client makes its requests itself, so the site is asked as a server asks it."""
    environ, statuses = {"PATH_INFO": "/healthz", "CONTENT_TYPE": "text/plain; charset*=nonsense''x"}, []
    setup_testing_defaults(environ)
    import_module("improvement.wsgi").application(environ, lambda status, headers: statuses.append(status))
    assert statuses == ["200 OK"]
