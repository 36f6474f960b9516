"""How fast the pages are, against two yardsticks in the same process (`tests/bench/yardsticks.py`).

    DATABASE_URL=postgres://… make bench          both sizes
    … .venv/bin/python -m tests.bench small 2     one size, with rounds of so many seconds

It needs wrk, and a PostgreSQL server on which it may make databases of its own. Rounds alternate over all pages, so
that what the machine does meanwhile falls on each; shown are the medians with their range.
"""

import http.client
import json
import os
import re
import statistics
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from urllib.parse import urlencode, urlsplit, urlunsplit

import psycopg2

HERE = Path(__file__).parent
SIZES = {"small": (1, 44, 24), "large": (100, 44, 60)}
ADDRESS = "localhost:8791"
ROUNDS = 3
CONNECTIONS = (1, 16)


@dataclass
class Page:
    """A page or a write: who asks for it, where, what it is compared with and how much of that it has to reach."""

    name: str
    path: str
    by: str = "Olga Office"
    against: str = ""
    at_least: float = 0
    accept: str = "text/html"
    rates: dict = field(default_factory=dict)
    slowest: dict = field(default_factory=dict)

    def median(self, connections):
        return statistics.median(self.rates[connections])


PAGES = [
    Page("floor", "/floor/bench-1/"),
    Page("plain grid", "/plain/bench-1/grid/"),
    Page("plain list", "/plain/bench-1/list/"),
    Page("plain form", "/plain/bench-1/R01/"),
    Page("dashboard, published", "/boards/bench-1/2011-10/", against="plain grid", at_least=1.0),
    Page("dashboard, open month", "/boards/bench-1/2011-11/", against="plain grid", at_least=0.5),
    Page(
        "recommendations, filtered and sorted",
        "/plans/bench-1/recommendations/?rating=amber&sort=due_on",
        against="plain list",
        at_least=0.7,
    ),
    Page("one recommendation", "/plans/bench-1/recommendations/R01/", against="plain grid", at_least=0.5),
    Page("update form", "/plans/bench-1/2011-11/R01/", by="Ada Officer", against="plain form", at_least=0.7),
    Page("my updates", "/my/updates/", by="Ada Officer", against="plain list", at_least=0.7),
]
JSON = "application/json"
WRITES = [
    Page("plain write", "/plain/bench-1/R{:02}/", by="Ada Officer"),
    Page(
        "save a draft",
        "/plans/bench-1/2011-11/R{:02}/",
        by="Ada Officer",
        against="plain write",
        at_least=0.5,
        accept=JSON,
    ),
]
SIGN_IN = """
import sys, django
django.setup()
from django.test import Client
from accounts.models import User
for name in sys.argv[1:]:
    client = Client()
    client.force_login(User.objects.get(name=name))
    print(name, client.cookies["session"].value, sep="\\t")
"""
ANSWERS = {
    "rating": "amber",
    "direction": "steady",
    "progress": "Two teams were trained.",
    "impact": "Families are seen sooner.",
    "next_steps": "Train the other teams.",
    "remedy": "More trainers.",
    "remedy_owner": "Head of Training",
}


def main(*chosen):
    seconds = next((int(word) for word in chosen if word.isdigit()), 3)
    for size in [name for name in SIZES if name in chosen] or SIZES:
        print(f"\n{size}: {' × '.join(map(str, SIZES[size]))} (plans, recommendations, months), medians of {ROUNDS}\n")
        with database(size) as environment, server(environment):
            measure(session_keys(environment), seconds)


@contextmanager
def database(size):
    """Make a database of that size on the server of DATABASE_URL; yield the environment that leads to it."""
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        sys.exit("Name a PostgreSQL server in DATABASE_URL.")
    name = f"improvement_bench_{size}"
    own = {"DATABASE_URL": urlunsplit(urlsplit(given)._replace(path=f"/{name}"))}
    environment = os.environ | own | {"DJANGO_SETTINGS_MODULE": "tests.bench.settings"}
    _sql(given, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name}")
    try:
        for step in ("migrate --verbosity 0", "createcachetable", "collectstatic --noinput --verbosity 0"):
            _run(environment, "manage.py", *step.split())
        _run(environment, "-m", "tests.bench.data", *map(str, SIZES[size]))
        _sql(own["DATABASE_URL"], "VACUUM ANALYZE")
        yield environment
    finally:
        _sql(given, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextmanager
def server(environment):
    started = perf_counter()
    command = [sys.executable, "-m", "gunicorn", "improvement.wsgi", "--bind", ADDRESS, "--log-level", "error"]
    process = subprocess.Popen(command, env=environment)
    try:
        while not _answers():
            pass
        print(f"cold start until the first answer: {perf_counter() - started:.2f} s")
        yield
        print(f"memory of a worker after the load: {max(_memory(process.pid)):.0f} MB")
    finally:
        process.terminate()
        process.wait()


def measure(keys, seconds):
    """Drive every page and write in rounds, and print what came of it."""
    for _ in range(ROUNDS):
        for page in PAGES:
            for connections in CONNECTIONS:
                rate, slowest = _drive(page, keys[page.by], connections, seconds)
                page.rates.setdefault(connections, []).append(rate)
                page.slowest.setdefault(connections, []).append(slowest)
        for write in WRITES:
            write.rates.setdefault(16, []).append(_write(write, keys[write.by], seconds))
    _report()


def _drive(page, key, connections, seconds):
    """Ask for the page with wrk; return requests a second, and the 95th percentile in ms."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(HERE / "percentiles.lua")]
    done = subprocess.run(
        [*command, "-H", f"Cookie: session={key}", "-H", "Accept-Encoding: gzip", f"http://{ADDRESS}{page.path}"],
        capture_output=True,
        text=True,
        check=True,
    )
    percentile, bad = re.search(r"p95 ([\d.]+) bad (\d+)", done.stdout).groups()
    if bad != "0":
        sys.exit(f"{page.name}: {bad} answers were errors\n{done.stdout}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)[1]), float(percentile)


def _write(write, key, seconds):
    """Write from 16 threads, each in a recommendation of its own; return writes a second."""
    counts, until = [], perf_counter() + seconds
    threads = [
        threading.Thread(target=lambda number=number: counts.append(_writes(write, number, key, until)))
        for number in range(1, 17)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds


def _writes(write, number, key, until):
    """Write until the moment `until`; return how often. The answer to an autosave names the version that comes next."""
    token = "a" * 32
    headers = {"Cookie": f"session={key}; csrf={token}", "Content-Type": "application/x-www-form-urlencoded"}
    headers |= {"Accept": write.accept, "Origin": f"http://{ADDRESS}"}
    connection, count = http.client.HTTPConnection(ADDRESS), 0
    version = _version(connection, headers, number) if write.accept == JSON else 0
    while perf_counter() < until:
        text = ANSWERS["progress"] + f" {count}"
        body = urlencode(ANSWERS | {"progress": text, "version": version, "csrfmiddlewaretoken": token})
        connection.request("POST", write.path.format(number), body, headers)
        answer = connection.getresponse()
        content = answer.read()
        if answer.status not in {200, 302}:
            sys.exit(f"{write.name}: {answer.status} {content[:300]}")
        version, count = json.loads(content)["version"] if write.accept == JSON else 0, count + 1
    return count


def _version(connection, headers, number):
    """Return the version that the form of the update holds now."""
    connection.request("GET", WRITES[-1].path.format(number), headers=headers | {"Accept": "text/html"})
    return re.search(r'name="version" value="(\d+)"', connection.getresponse().read().decode())[1]


def _report():
    known = {page.name: page for page in [*PAGES, *WRITES]}
    print(f"\n{'':38} {'requests/s, 16':>22} {'p95 ms':>8} {'1 at once':>10}  against its yardstick")
    for page in known.values():
        rates, one = page.rates[16], page.rates.get(1)
        line = f"{page.name:38} {page.median(16):7.0f} ({min(rates):.0f} to {max(rates):.0f})".ljust(62)
        line += f"{statistics.median(page.slowest[16]):8.0f} {statistics.median(one):10.0f}" if one else " " * 19
        if page.against:
            ratio = page.median(16) / known[page.against].median(16)
            line += f"  {ratio:.2f} of {page.against}, at least {page.at_least}"
        print(line)
    for page in known.values():
        page.rates, page.slowest = {}, {}


def session_keys(environment):
    """Sign everybody in who asks for a page; return their sessions' keys."""
    names = {page.by for page in [*PAGES, *WRITES]}
    done = _run(environment, "-c", SIGN_IN, *names)
    return dict(line.split("\t") for line in done.stdout.splitlines())


def _run(environment, *command):
    return subprocess.run([sys.executable, *command], env=environment, check=True, stdout=subprocess.PIPE, text=True)


def _sql(url, *statements):
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    connection.close()


def _answers():
    try:
        connection = http.client.HTTPConnection(ADDRESS)
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False


def _memory(pid):
    """Yield the resident memory of each of the process's children, in MB."""
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        status = Path(f"/proc/{child}/status").read_text()
        yield int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
