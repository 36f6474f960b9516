"""What is refused before any page is asked, and who has their turn."""

import gzip
import re
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from threading import Barrier, Lock
from wsgiref.util import setup_testing_defaults

import pytest
from allauth.core.internal import ratelimit
from django.http import HttpResponse
from django.urls import reverse

from improvement import middleware
from improvement.middleware import turns


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


def test_a_page_is_compressed_for_whoever_can_read_that(client, db):
    plain, page = (
        client.get(reverse("account_login"), headers=headers) for headers in ({}, {"Accept-Encoding": "gzip"})
    )
    assert (plain.get("Content-Encoding"), page["Content-Encoding"]) == (None, "gzip")
    assert "Accept-Encoding" in page["Vary"]
    assert masked(gzip.decompress(page.content)) == masked(plain.content)


def test_a_page_is_of_another_length_each_time_it_is_compressed(client, db):
    pages = [client.get(reverse("account_login"), headers={"Accept-Encoding": "gzip"}) for _ in range(20)]
    assert len({len(page.content) for page in pages}) > 1


@pytest.mark.parametrize("kind", ["application/pdf", "image/png"])
def test_a_file_is_not_compressed_once_more(rf, kind):
    compressing = middleware.Compression(lambda request: HttpResponse(b"0" * 1000, content_type=kind))
    assert "Content-Encoding" not in compressing(rf.get("/", headers={"Accept-Encoding": "gzip"}))


def masked(page):
    """Return the page without its token, which is another each time."""
    return re.sub(rb'csrfmiddlewaretoken" value="[^"]*', b"", page)


class Gathering:
    """A page that is made once so many are at it."""

    def __init__(self, size):
        self.together, self.lock, self.inside, self.most = Barrier(size), Lock(), 0, 0

    def __call__(self, request):
        with self.lock:
            self.inside += 1
            self.most = max(self.most, self.inside)
        self.together.wait(timeout=30)
        with self.lock:
            self.inside -= 1
        return HttpResponse()


@pytest.mark.parametrize(("wrapped", "at_once"), [(turns, 4), (lambda page: page, 8)])
def test_four_requests_are_worked_on_at_once_and_the_others_wait(rf, wrapped, at_once):
    page = Gathering(at_once)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(wrapped(page), [rf.get("/") for _ in range(8)]))
    assert page.most == at_once


def test_a_request_has_come_in_whole_before_its_turn(rf):
    has_come = turns(lambda request: HttpResponse(str(hasattr(request, "_post"))))
    assert has_come(rf.post("/", {"progress": "Two teams."})).content == b"True"


def test_whoever_hangs_up_is_answered_as_if_nothing_was_sent(rf):
    class Gone:
        def read(self, *size):
            raise ConnectionResetError

    request = rf.post("/", {"progress": "Two teams."})
    request._stream = Gone()
    assert turns(lambda request: HttpResponse(str(len(request.POST))))(request).content == b"0"


@pytest.mark.parametrize(
    ("is_behind", "address", "sentences"),
    [
        (False, {}, []),
        (True, {"HTTP_X_FORWARDED_FOR": "192.0.2.7"}, []),
        (False, {"HTTP_X_FORWARDED_FOR": "192.0.2.7"}, [middleware.NOT_BELIEVED]),
        (True, {}, [middleware.NO_ADDRESS]),
    ],
)
def test_a_proxy_that_is_set_up_wrongly_is_told_to_the_log_once(rf, settings, caplog, is_behind, address, sentences):
    settings.BEHIND_PROXY = is_behind
    page = middleware.proxy(lambda request: HttpResponse())
    for path in ("/healthz", "/readyz"):
        page(rf.get(path))
    for _ in range(3):
        page(rf.get("/", **address))
    assert [record.getMessage() for record in caplog.records] == sentences


@pytest.mark.parametrize("forged", ["198.51.100.1", "198.51.100.1, 198.51.100.2"])
def test_behind_a_proxy_the_address_is_the_last_that_it_added(rf, settings, forged):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    request = rf.get("/", HTTP_X_FORWARDED_FOR=f"{forged}, 192.0.2.7", REMOTE_ADDR="127.0.0.1")
    assert ratelimit.get_ip(request) == "192.0.2.7"


@pytest.mark.parametrize(
    ("address", "status"), [("127.0.0.1", 200), ("::1", 200), ("192.0.2.1", 403), ("", 403), ("localhost", 403)]
)
def test_a_site_that_is_tried_answers_its_own_machine_alone(client, db, settings, address, status):
    settings.ON_LOCALHOST = True
    assert client.get(reverse("account_login"), REMOTE_ADDR=address).status_code == status


@pytest.mark.parametrize(
    "header", ["HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_FORWARDED_PROTO", "HTTP_X_REAL_IP"]
)
def test_a_site_that_is_tried_answers_nobody_through_a_proxy_on_this_machine(db, client, settings, header):
    settings.ON_LOCALHOST = True
    told = {"REMOTE_ADDR": "127.0.0.1", header: "192.0.2.1"}
    assert client.get(reverse("account_login"), **told).status_code == 403
