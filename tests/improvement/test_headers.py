"""Every kind of response has exactly the headers that keep browsers strict, under production's settings."""

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpResponse
from django.test import Client
from django.urls import path, reverse

from improvement.urls import urlpatterns as ours
from tests import production
from tests.addresses import APRIL, MAY, PLAN, address, build
from tests.factories import user

FROM_ENVIRONMENT = (
    "ALLOWED_HOSTS",
    "CSRF_COOKIE_NAME",
    "CSRF_COOKIE_SECURE",
    "DEMONSTRATION",
    "KNOWN_BROWSER_COOKIE_NAME",
    "MESSAGES_COOKIE_NAME",
    "RESPONSE_HEADERS",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SECURE_HSTS_PRELOAD",
    "SECURE_HSTS_SECONDS",
    "SECURE_SSL_REDIRECT",
    "SESSION_COOKIE_NAME",
    "SESSION_COOKIE_SECURE",
)
POLICY = (
    "base-uri 'none'; connect-src 'self'; default-src 'none'; font-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; img-src 'self'; manifest-src 'self'; script-src 'self'; style-src 'self'"
)
EVERYWHERE = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), display-capture=(), fullscreen=(), geolocation=(), microphone=(), payment=(), usb=()"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
OVER_HTTPS = {"Strict-Transport-Security": "max-age=3600"}
UNCACHED = {"Cache-Control": "no-store"}
KEPT_FOR_EVER = {"Cache-Control": "max-age=315360000, public, immutable"}
# A file that somebody uploaded is never opened within the site.
ALONE = {"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox"}
# What a response says of its own content.
OF_ITS_OWN = {
    "Accept-Ranges",
    "Allow",
    "Content-Disposition",
    "Content-Encoding",
    "Content-Language",
    "Content-Length",
    "Content-Type",
    "ETag",
    "Expires",
    "Last-Modified",
    "Location",
    "Set-Cookie",
    "Vary",
}


def broken(request):
    raise RuntimeError("This page is broken.")


def wide_open(request):
    return HttpResponse(headers={"Cache-Control": "public", "Access-Control-Allow-Origin": "*"})


urlpatterns = [path("broken/", broken), path("wide-open/", wide_open), *ours]


@pytest.fixture
def in_production(settings, tmp_path):
    for name, value in production.values(tmp_path, *FROM_ENVIRONMENT, **production.PRODUCTION).items():
        setattr(settings, name, value)
    settings.ROOT_URLCONF = __name__


@pytest.fixture
def pks(in_production, db):
    return build()


def ask(client, path, method="GET", is_secure=True, host="improvement.example", **more):
    client.raise_request_exception = False
    response = client.generic(method, path, secure=is_secure, headers={"host": host}, **more)
    if response.streaming:
        response.getvalue()  # reads a file to its end, which closes it
    return response


def security_headers(response):
    found = {name: value for name, value in response.headers.items() if name not in OF_ITS_OWN}
    # django-csp writes the directives in any order.
    policy = {"Content-Security-Policy": "; ".join(sorted(found.get("Content-Security-Policy", "").split("; ")))}
    return found | policy if "Content-Security-Policy" in found else found


def differences(response, expected):
    """Return each header that is there and should not be, or should be and is not."""
    return sorted(security_headers(response).items() ^ expected.items())


def test_every_kind_of_response_has_exactly_these_headers(pks, settings):
    static = staticfiles_storage.url("improvement/css/site.css")
    officer, administrator, visitor = Client(), Client(), Client(enforce_csrf_checks=True)
    officer.force_login(user("Ada Officer"))
    administrator.force_login(user("Abe Administrator"))
    evidence = address("plans:evidence_download", (*PLAN, APRIL, "R01", "published"), pks)
    page = address("plans:update_edit", (*PLAN, MAY, "R02"), pks)
    table = address("plans:recommendation_list", PLAN, pks)
    kinds = [
        (officer, page, {}, 200, UNCACHED),
        (officer, page, {"method": "HEAD"}, 200, UNCACHED),
        (officer, evidence, {}, 200, UNCACHED | ALONE),
        (officer, f"{table}?_export=csv", {}, 200, UNCACHED),
        (officer, f"{table}?_export=xlsx", {}, 200, UNCACHED),
        (officer, "/", {}, 302, UNCACHED),
        (officer, "/admin/", {}, 404, UNCACHED),
        (officer, "/nowhere/", {}, 404, UNCACHED),
        (officer, "/broken/", {}, 500, UNCACHED),
        (officer, "/wide-open/", {}, 200, UNCACHED | {"Access-Control-Allow-Origin": "*"}),
        (officer, page, {"method": "TRACE"}, 405, UNCACHED),
        (officer, page, {"method": "OPTIONS"}, 405, UNCACHED),
        (administrator, "/admin/", {}, 302, UNCACHED),
        (visitor, reverse("account_login"), {}, 200, UNCACHED),
        (visitor, reverse("account_login"), {"method": "POST"}, 403, UNCACHED),
        (visitor, "/", {}, 302, UNCACHED),
        (visitor, "/nowhere/", {}, 404, UNCACHED),
        (visitor, "/healthz", {}, 200, UNCACHED),
        (visitor, "/readyz", {}, 200, UNCACHED),
        (visitor, "/", {"host": "elsewhere.example"}, 400, UNCACHED),
        (visitor, "/", {"CONTENT_LENGTH": str(settings.REQUEST_MAX_BYTES + 1)}, 400, UNCACHED),
        (visitor, static, {}, 200, KEPT_FOR_EVER),
        (visitor, static, {"method": "TRACE"}, 405, {}),
        (visitor, "/static/nowhere.css", {}, 404, UNCACHED),
    ]
    found = [(path, ask(client, path, **more)) for client, path, more, *_ in kinds]
    wrong = [
        (path, answer.status_code, *difference)
        for (path, answer), (*_, status, own) in zip(found, kinds, strict=True)
        if (difference := differences(answer, EVERYWHERE | OVER_HTTPS | own)) or answer.status_code != status
    ]
    assert wrong == []


def test_over_plain_http_there_is_nothing_but_the_way_to_https(in_production, db):
    found = [ask(Client(), "/", is_secure=False), ask(Client(), "/", is_secure=False, host="elsewhere.example")]
    assert [answer.status_code for answer in found] == [301, 400]
    assert [differences(answer, EVERYWHERE | UNCACHED) for answer in found] == [[], []]
    assert found[0].headers["Location"] == "https://improvement.example/"


@pytest.mark.parametrize(
    ("middleware", "lost"),
    [
        (
            "improvement.middleware.headers",
            {"Cross-Origin-Resource-Policy", "Cache-Control", "Content-Security-Policy"},
        ),
        ("django_permissions_policy.PermissionsPolicyMiddleware", {"Permissions-Policy"}),
        ("django.middleware.clickjacking.XFrameOptionsMiddleware", {"X-Frame-Options"}),
        ("django.middleware.security.SecurityMiddleware", {"Strict-Transport-Security"}),
    ],
)
def test_each_header_comes_from_its_middleware(in_production, settings, middleware, lost):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != middleware]
    found = security_headers(ask(Client(), "/healthz"))
    assert (EVERYWHERE | OVER_HTTPS | UNCACHED).keys() - found.keys() == lost


def test_without_its_middleware_another_method_would_be_answered(in_production, db, settings):
    assert ask(Client(), "/healthz", method="TRACE").headers["Allow"] == "GET, HEAD, POST"
    assert ask(Client(), "/accounts/inactive/", method="OPTIONS").status_code == 405
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != "improvement.middleware.bounds"]
    assert ask(Client(), "/accounts/inactive/", method="OPTIONS").status_code == 200


NAMES = ("__Host-csrf", "__Host-session", "__Host-known", "__Host-messages")


def test_cookies_are_for_this_host_alone_and_only_over_https(in_production, db):
    person, client = user("Ada Officer"), Client()
    credentials = {"login": person.email, "password": "three random words"}
    client.get(reverse("account_login"), secure=True, headers={"host": "improvement.example"})
    client.post(reverse("account_login"), credentials, secure=True, headers={"host": "improvement.example"})
    signed_in = _cookies(client)
    client.post(reverse("account_logout"), secure=True, headers={"host": "improvement.example"})
    told = {name: cookie for name, cookie in _cookies(client).items() if name == "__Host-messages"}
    assert signed_in | told == dict.fromkeys(NAMES, (True, "/", "", True, "Lax"))


def _cookies(client):
    return {
        name: (cookie["secure"], cookie["path"], cookie["domain"], cookie["httponly"], cookie["samesite"])
        for name, cookie in client.cookies.items()
    }
