"""What the pages cost, against yardsticks in the same process (`tests/bench/yardsticks.py`).

    DATABASE_URL=postgres://… make bench          both sizes
    … make bench ARGS="small 2"                   one size, with rounds of so many seconds
    … QUICK=1 make bench                          the small one, in about two minutes

It needs wrk, and a PostgreSQL server on this machine on which it may make databases of its own. Rounds alternate over
all pages, so that what the machine does meanwhile falls on each; shown are the medians with their range, as a table for
`docs/performance.md`. CPU time is what the workers and their connections of the database used, from /proc: it hardly
depends on what else runs. Its unit u is that of the plain list in the same run.
"""

import http.client
import os
import platform
import re
import statistics
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path
from time import perf_counter, sleep, strftime
from urllib.parse import urlencode, urlsplit, urlunsplit

import psycopg2

from tests.bench.data import EVERYWHERE

HERE = Path(__file__).parent
SIZES = {"small": (1, 44, 24), "large": (100, 44, 60)}
ADDRESS = "localhost:8791"
IS_QUICK = os.environ.get("QUICK") == "1"
ROUNDS = 2 if IS_QUICK else 3
CONNECTIONS = (16,) if IS_QUICK else (1, 16)
REQUESTS = 20
WRITERS = 16
OFFICE, OFFICER, LEAD, DIRECTOR = "Olga Office 1", "Ada Officer 1-1", "Liam Lead 1", "Liam Lead of Ten"
UNIT = "plain list"


@dataclass(frozen=True)
class Sample:
    """One round of a page: answers a second, the 95th percentile in ms, and the CPU time of one answer in ms."""

    rate: float
    slowest: float
    app: float
    database: float


@dataclass
class Page:
    """A page or a write: who asks for it, where, and how much CPU time of the app it may cost at most, in u.

    Where its limit is one of time, `slowest_at_most` is that of the 95th percentile in ms at one connection. What is
    written is undone at `undo`, which is not measured.
    """

    name: str
    path: str
    by: str = OFFICE
    at_most: float | None = None
    slowest_at_most: int | None = None
    undo: str = ""
    samples: dict = field(default_factory=dict)

    def values(self, name, connections=16):
        return [getattr(sample, name) for sample in self.samples.get(connections, ())]

    def median(self, name, connections=16):
        return statistics.median(self.values(name, connections))


PAGES = [
    Page("floor", "/floor/bench-1/"),
    Page("plain grid", "/plain/bench-1/grid/"),
    Page(UNIT, "/plain/bench-1/list/"),
    Page("plain form", "/plain/bench-1/R01/"),
    Page("any page, before its own content", "/plain/nothing/", at_most=0.25),
    Page("dashboard of a published month, warm", "/boards/bench-1/2011-10/", at_most=0.6),
    Page("dashboard of the open month", "/boards/bench-1/2011-11/", at_most=3),
    Page(
        "recommendations, filtered and sorted",
        "/plans/bench-1/recommendations/?rating=amber&sort=due_on",
        at_most=0.9,
    ),
    Page("one recommendation", "/plans/bench-1/recommendations/R01/", at_most=2),
    Page("update form", "/plans/bench-1/2011-11/R01/", by=OFFICER, at_most=0.9),
    Page("my updates", "/my/updates/", by=OFFICER, at_most=0.9),
    Page("my updates, of ten plans", "/my/updates/", by="Ada Officer of Ten"),
    Page("my sign-offs", "/my/sign-offs/", by=LEAD),
    Page("my sign-offs, of ten plans", "/my/sign-offs/", by=DIRECTOR),
    Page("console", "/plans/bench-1/2011-11/", at_most=2),
    Page("coverage", "/plans/bench-1/coverage/", at_most=3),
    Page("Notice", "/notices/bench/", at_most=2),
    Page("all plans side by side", "/", by=EVERYWHERE, slowest_at_most=100),
]
UPDATE = "/plans/bench-1/2011-11/R{:02}/"
WRITES = [
    Page("plain write", "/plain/bench-1/R{:02}/", by=OFFICER),
    Page("save a draft", UPDATE, by=OFFICER, at_most=0.7),
    Page("submit", f"{UPDATE}check/", by=OFFICER, at_most=1.2, undo=f"{UPDATE}take-back/"),
]
SIGN_IN = """
import sys, django
django.setup()
from django.test import Client
from accounts.models import User
for name in sys.argv[1:]:
    client = Client()
    client.force_login(User.objects.get(name=name))
    print(name, client.cookies["session"].value, sep="\t")
"""
ANSWERS = {
    "rating": "amber",
    "direction": "steady",
    "progress": "Two teams were trained.",
    "impact": "Families are seen sooner.",
    "next_steps": "Train the other teams.",
    "cause": "Too few staff.",
    "remedy": "More trainers.",
    "remedy_owner": "Head of Training",
    "green_by_0": "31",
    "green_by_1": "3",
    "green_by_2": "2012",
}
TOKEN = "a" * 32


def main(*chosen):
    seconds = next((int(word) for word in chosen if word.isdigit()), 2 if IS_QUICK else 3)
    chosen = [name for name in SIZES if name in chosen] or (["small"] if IS_QUICK else SIZES)
    print(strftime("%-d %B %Y,"), _machine())
    for size in chosen:
        print(f"\n{size}: {' × '.join(map(str, SIZES[size]))} (plans, recommendations, months), medians of {ROUNDS}\n")
        with database(size) as (name, environment), server(environment) as workers:
            measure(session_keys(environment), seconds, Processors(workers, name))


def _machine():
    model = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    busy = ", ".join(f"{load:.0f}" for load in os.getloadavg())
    return (
        f"{os.cpu_count()} × {model[1] if model else platform.machine()}, load {busy}, "
        f"Python {platform.python_version()}"
    )


class Processors:
    """The CPU time that the workers and the connections to the database have used so far, in ms."""

    def __init__(self, workers, database):
        self.workers, self.database = workers, database

    def used(self):
        return sum(map(_used, self.workers)), sum(map(_used, self._backends()))

    def settle(self):
        """Wait until the workers do nothing."""
        before = -1.0
        while self.used()[0] - before > 5:
            before = self.used()[0]
            sleep(0.2)

    def _backends(self):
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                title = path.read_text()
            except OSError:
                continue
            if title.startswith("postgres: ") and f" {self.database} " in title:
                yield path.parent.name


def _used(pid):
    """Return the ms that all threads of the process have run; 0 where it has ended."""
    try:
        return sum(int(path.read_text().split()[0]) for path in Path(f"/proc/{pid}/task").glob("*/schedstat")) / 1e6
    except OSError:
        return 0


@contextmanager
def database(size):
    """Make a database of that size on the server of DATABASE_URL; yield its name and the environment with it."""
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
        yield name, environment
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
        workers = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        yield workers
        print(f"\nmemory of a worker after the load: {max(map(_memory, workers)):.0f} MB")
    finally:
        process.terminate()
        process.wait()


def measure(keys, seconds, processors):
    """Drive every page and write in rounds, and print what came of it."""
    for write in WRITES:
        write.samples = {}
    for page in PAGES:
        page.samples = {}
        _drive(page, keys[page.by], 2 * len(processors.workers), 1)  # What is kept is then in each worker.
    for number in range(1, WRITERS + 1):
        _post(UPDATE, number, keys[OFFICER])
    for _ in range(ROUNDS):
        for page in PAGES:
            cost = _cost(page, keys[page.by], processors)
            for connections in CONNECTIONS:
                found = Sample(*_drive(page, keys[page.by], connections, seconds), *cost)
                page.samples.setdefault(connections, []).append(found)
        for write in WRITES:
            write.samples.setdefault(16, []).append(_write(write, keys[write.by], seconds, processors))
    _report()


def _cost(page, key, processors):
    """Return the ms of CPU that the page costs the app and the database, one request at a time.

    At the end of a round wrk leaves requests behind that are worked on and not counted, so they are waited for first.
    """
    processors.settle()
    before = processors.used()
    for _ in range(REQUESTS):
        connection = http.client.HTTPConnection(ADDRESS)
        connection.request("GET", page.path, headers={"Cookie": f"session={key}", "Accept-Encoding": "gzip"})
        connection.getresponse().read()
        connection.close()
    return tuple((now - then) / REQUESTS for now, then in zip(processors.used(), before, strict=True))


def _drive(page, key, connections, seconds):
    """Ask for the page with wrk; return the answers a second and the 95th percentile in ms."""
    command = [
        "wrk",
        "-t1",
        f"-c{connections}",
        f"-d{seconds}s",
        "--timeout",
        "60s",
        "-s",
        str(HERE / "percentiles.lua"),
    ]
    done = subprocess.run(
        [*command, "-H", f"Cookie: session={key}", "-H", "Accept-Encoding: gzip", f"http://{ADDRESS}{page.path}"],
        capture_output=True,
        text=True,
        check=True,
    )
    percentile, bad = re.search(r"p95 ([\d.]+) bad (\d+)", done.stdout).groups()
    count = int(re.search(r"(\d+) requests in", done.stdout)[1])
    if not count:  # The machine did something else meanwhile.
        return _drive(page, key, connections, seconds * 2)
    if bad != "0":
        sys.exit(f"{page.name}: {bad} answers were errors\n{done.stdout}")
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)[1])
    return rate, float(percentile)


def _write(write, key, seconds, processors):
    """Write at the same time in as many recommendations as there are writers, again and again."""
    times, took, app, database = [], 0.0, 0.0, 0.0
    until, numbers = perf_counter() + seconds, range(1, WRITERS + 1)
    with ThreadPoolExecutor(WRITERS) as pool:
        while perf_counter() < until:
            versions = list(pool.map(_version, numbers, repeat(key)))
            before, started = processors.used(), perf_counter()
            times += pool.map(_post, repeat(write.path), numbers, repeat(key), versions)
            took += perf_counter() - started
            used = processors.used()
            app, database = app + used[0] - before[0], database + used[1] - before[1]
            if write.undo:
                list(pool.map(_post, repeat(write.undo), numbers, repeat(key)))
    count = len(times)
    return Sample(count / took, 1000 * statistics.quantiles(times, n=20)[-1], app / count, database / count)


def _version(number, key):
    """Return the version that the page of the update holds now."""
    connection = http.client.HTTPConnection(ADDRESS)
    connection.request("GET", UPDATE.format(number), headers={"Cookie": f"session={key}"})
    return re.search(r'name="version" value="(\d+)"', connection.getresponse().read().decode())[1]


def _post(path, number, key, version=None):
    """Send the answers, of which each time differs; return the seconds that it took."""
    version = version or _version(number, key)
    fields = ANSWERS | {"progress": f"{ANSWERS['progress']} {version}", "version": version}
    headers = {"Cookie": f"session={key}; csrf={TOKEN}", "Content-Type": "application/x-www-form-urlencoded"}
    connection, started = http.client.HTTPConnection(ADDRESS), perf_counter()
    body = urlencode(fields | {"csrfmiddlewaretoken": TOKEN})
    connection.request("POST", path.format(number), body, headers | {"Origin": f"http://{ADDRESS}"})
    answer = connection.getresponse()
    content = answer.read()
    if answer.status != 302:
        sys.exit(f"{path.format(number)}: {answer.status} {content[:300]}")
    return perf_counter() - started


def _report():
    known = [*PAGES, *WRITES]
    unit = next(page for page in known if page.name == UNIT).median("app")
    print("\n| page | app, CPU ms | database, CPU ms | u | at most | requests/s at 16 | p95 ms | at 1 |")
    print("|---|---|---|---|---|---|---|---|")
    for page in known:
        cost = page.median("app") / unit
        limit = "" if page.at_most is None else f"{page.at_most}" + (" missed" if cost > page.at_most else "")
        cells = [
            page.name,
            _spread(page.values("app")),
            f"{page.median('database'):.1f}",
            f"{cost:.2f}",
            limit,
            f"{page.median('rate'):.0f}",
            f"{page.median('slowest'):.0f}",
            _alone(page),
        ]
        print(f"| {' | '.join(cells)} |")


def _alone(page):
    """Return the answers a second at one connection, and the 95th percentile where that has the limit."""
    if not page.values("rate", 1):
        return ""
    found, limit = page.median("slowest", 1), page.slowest_at_most
    told = f", p95 {found:.0f} ms of {limit}{' missed' if found > limit else ''}" if limit else ""
    return f"{page.median('rate', 1):.0f}{told}"


def _spread(values):
    return f"{statistics.median(values):.1f} ({min(values):.1f} to {max(values):.1f})"


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
    """Return the resident memory of the process in MB."""
    return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
