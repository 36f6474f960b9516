"""What is refused before any page is asked."""

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
