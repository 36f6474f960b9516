"""Sends an input to an address, undoes what that wrote, and says what is wrong with the answer."""

import time
from copy import deepcopy
from urllib.parse import quote_from_bytes, unquote_to_bytes, urlsplit

from django.db import connection, transaction
from django.test import Client

from tests.hostile import live

LIMIT = 5  # seconds
FORM = "application/x-www-form-urlencoded"
HERE = {"", "testserver"}


def asker(**options):
    """Return a client that gets an answer where the site would break, as a browser does."""
    return Client(raise_request_exception=False, **options)


def wrong(client, method, path, **sent):
    """Return what is wrong with the answer, or an empty text."""
    _, found = ask(client, method, path, **sent)
    return found


def ask(client, method, path, *, is_kept=False, **sent):
    """Return (answer, what is wrong with it); what it wrote is undone, unless it is to be kept."""
    cookies, watch = deepcopy(client.cookies), Watch()
    with transaction.atomic(), connection.execute_wrapper(watch.query):
        response, content, found = _asked(client, method, path, **sent)
        took = watch.took
        if not is_kept:
            transaction.set_rollback(True)
            client.cookies = cookies
    if took > LIMIT:
        return response, f"took {took:.1f} s"
    return response, found or complaint(response, content)


class Watch:
    """How long an answer takes, but for what the machine did meanwhile for somebody else."""

    def __init__(self):
        self.began, self.worked, self.queried = time.perf_counter(), time.process_time(), 0

    def query(self, execute, *args):
        began = time.perf_counter()
        try:
            return execute(*args)
        finally:
            self.queried += time.perf_counter() - began

    @property
    def took(self):
        return min(time.perf_counter() - self.began, time.process_time() - self.worked + self.queried)


def _asked(client, method, path, query=b"", body=b"", kind=FORM, **environ):
    """Send the bytes as they are, path and query as they would stand in an address: (answer, content, what broke)."""
    environ = {
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query.decode("latin-1"),
    } | environ
    try:
        response = client.generic(method, "/", body, kind, **environ)
        return response, response.getvalue(), ""
    except Exception as fault:  # of the handler itself, which a server answers with a 500
        return None, b"", f"raises {fault!r}"


def kept(client, method, path, **sent):
    """Return the same as `ask` of an answer whose writes stay, each in the transaction that the site itself opens."""
    response, content, found = _asked(client, method, path, **sent)
    return response, found or complaint(response, content)


def complaint(response, content):
    if response.status_code >= 500:
        return f"{response.status_code}: {response.exc_info[1] if response.exc_info else ''!r}"
    to = urlsplit(response.headers.get("Location", ""))
    if to.netloc not in HERE or to.scheme not in {"", "http"}:
        return f"leads to {to.geturl()}"
    found = live.within(response, content)
    return f"would run {found[:3]}" if found else ""


def encoded(pairs):
    """Return (name, text or bytes) as the body of a form."""
    return b"&".join(b"%b=%b" % (_escaped(name), _escaped(value)) for name, value in pairs)


def _escaped(value):
    return quote_from_bytes(_bytes(value)).encode()


def multipart(pairs, file, name, content):
    """Return the same as the body of a form with a file, and its kind; whatever the name of the file holds."""
    parts = [b'name="%b"\r\n\r\n%b' % (_bytes(each), _bytes(value)) for each, value in pairs]
    parts.append(b'name="%b"; filename="%b"\r\n\r\n%b' % (_bytes(file), _bytes(name), content))
    body = b"".join(b"--hostile\r\nContent-Disposition: form-data; %b\r\n" % part for part in parts)
    return {"body": body + b"--hostile--\r\n", "kind": "multipart/form-data; boundary=hostile"}


def _bytes(value):
    return value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")
