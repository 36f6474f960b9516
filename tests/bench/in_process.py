"""What the pages cost in one process, where what else the machine does matters least: CPU ms, and u as in `make bench`.

    DATABASE_URL=postgres://… .venv/bin/python -m tests.bench.in_process           everything
    … .venv/bin/python -m tests.bench.in_process "update form" "submit"            some pages, beside the plain list
    … PROFILE=1 .venv/bin/python -m tests.bench.in_process "update form"           where the time goes, by function

The database named by DATABASE_URL is made if it holds no table yet, in the small size of the bench. Shown is the lowest
of the rounds; a page is warm when it is measured. The CPU time of the database is not in it.
"""

import cProfile
import io
import os
import pstats
import re
import sys
from contextlib import nullcontext
from time import process_time
from urllib.parse import urlencode
from wsgiref.util import setup_testing_defaults

from tests.bench.__main__ import ANSWERS, PAGES, SIZES, TOKEN, UNIT, UPDATE, WRITES

ROUNDS = int(os.environ.get("ROUNDS", "8"))
REQUESTS = 10
HOST = "localhost"


class Browser:
    """Asks the whole WSGI application, as one person."""

    def __init__(self, name):
        from django.test import Client

        from accounts.models import User
        from improvement.wsgi import application

        client = Client()
        client.force_login(User.objects.get(name=name))
        self._application = application
        self._cookies = f"session={client.cookies['session'].value}; csrf={TOKEN}"

    def ask(self, address, **fields):
        """Return the status and the content of the answer; `fields` are posted."""
        path, _, query = address.partition("?")
        environ = {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_COOKIE": self._cookies, "HTTP_HOST": HOST}
        if fields:
            body = urlencode(fields | {"csrfmiddlewaretoken": TOKEN}).encode()
            environ |= {
                "REQUEST_METHOD": "POST",
                "CONTENT_TYPE": "application/x-www-form-urlencoded",
                "CONTENT_LENGTH": str(len(body)),
                "HTTP_ORIGIN": f"http://{HOST}",
                "wsgi.input": io.BytesIO(body),
            }
        setup_testing_defaults(environ)
        found = []
        answer = self._application(environ, lambda status, headers: found.append(status))
        content = b"".join(answer)
        answer.close()
        return int(found[0][:3]), content


def main(*chosen):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")
    import django

    django.setup()
    _fill()
    rows = [*PAGES, *WRITES]
    chosen = [row for row in rows if row.name in {UNIT, *chosen}] if chosen else rows
    browsers = {row.by: Browser(row.by) for row in chosen}
    lowest = {row.name: float("inf") for row in chosen}
    profile = cProfile.Profile(process_time) if os.environ.get("PROFILE") else None
    for _ in range(ROUNDS):
        for row in chosen:
            kept = profile if row.name != UNIT else None
            lowest[row.name] = min(lowest[row.name], _cost(row, browsers[row.by], kept))
    print("| page | CPU ms | u | at most |\n|---|---|---|---|")
    for row in chosen:
        limit = "" if row.at_most is None else row.at_most
        print(f"| {row.name} | {lowest[row.name]:.1f} | {lowest[row.name] / lowest[UNIT]:.2f} | {limit} |")
    if profile:
        pstats.Stats(profile).sort_stats(os.environ.get("SORT", "cumulative")).print_stats(90)


def _fill():
    from django.core.management import call_command
    from django.db import connection

    if connection.introspection.table_names():
        return
    from tests.bench import data

    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    call_command("collectstatic", interactive=False, verbosity=0)
    data.load(*SIZES["small"])
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _cost(row, browser, profile):
    """Return the ms of CPU that one request for the page, or one write, takes."""
    if row in WRITES:
        return _cost_of_write(row, browser, profile)
    browser.ask(row.path)
    with profile or nullcontext():
        started = process_time()
        for _ in range(REQUESTS):
            status, content = browser.ask(row.path)
        took = process_time() - started
    if status != 200:
        sys.exit(f"{row.path}: {status} {content[:300]}")
    return 1000 * took / REQUESTS


def _cost_of_write(write, browser, profile):
    took = 0.0
    for number in range(1, REQUESTS + 1):
        if write.undo:
            _write(browser, UPDATE, number)
        fields = _fields(browser, number)
        with profile or nullcontext():
            started = process_time()
            status, content = browser.ask(write.path.format(number), **fields)
            took += process_time() - started
        if status != 302:
            sys.exit(f"{write.path.format(number)}: {status} {content[:300]}")
        if write.undo:
            _write(browser, write.undo, number)
    return 1000 * took / REQUESTS


def _write(browser, path, number):
    browser.ask(path.format(number), **_fields(browser, number))


def _fields(browser, number):
    """Return the answers with the version that the page of the update holds now; each time they differ."""
    page = browser.ask(UPDATE.format(number))[1].decode()
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    return ANSWERS | {"progress": f"{ANSWERS['progress']} {version}", "version": version}


if __name__ == "__main__":
    main(*sys.argv[1:])
