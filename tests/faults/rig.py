"""The real server in front of a small site, one for each fault, and what is found there afterwards."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from time import monotonic
from urllib.request import Request, urlopen

import psycopg2

from tests.faults.machine import Cluster, children, free_port, small_disk, wait_until
from tests.faults.people import HOST, Officer, Person
from tests.faults.registry import POSTGRESQL, SQLITE
from tests.production import PRODUCTION, ROOT

# As README has it.
_SERVER = ["-m", "gunicorn", "improvement.wsgi"]


def _run(environment, *arguments):
    """Run Python with the settings of a site; return what it printed."""
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{arguments} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


class Rig:
    """A site of each database that is only ever copied, and PostgreSQL's cluster."""

    def __init__(self, folder):
        folder.chmod(0o755)  # The user postgres goes through it.
        self.folder, self.count = folder, 0
        self.cluster = Cluster(folder / "cluster") if Cluster.bin else None

    def __enter__(self):
        """Seed a site of each database, both at once."""
        with ExitStack() as closing:
            if self.cluster:
                self.cluster.start()
                closing.callback(self.cluster.stop, "immediate")
                self.cluster.ask("CREATE ROLE improvement LOGIN")
                self.cluster.ask("CREATE DATABASE seeded OWNER improvement")
            with ThreadPoolExecutor() as pool:
                list(pool.map(self._seed, self.databases()))
            (self.folder / SQLITE / "static").rename(self.folder / "static")
            self._closing = closing.pop_all()
        return self

    def __exit__(self, *_):
        self._closing.close()

    def databases(self):
        return [SQLITE, POSTGRESQL] if self.cluster else [SQLITE]

    def _seed(self, database):
        folder = self.folder / database
        environment = self.environment(folder, "seeded" if database == POSTGRESQL else "")
        _run(environment, "manage.py", "migrate", "--verbosity=0")
        _run(environment, "manage.py", "createcachetable")
        if database == SQLITE:
            shutil.copytree(folder, self.folder / "empty")
        _run(environment, "-m", "tests.faults.inside", "seed", str(folder))
        if database == SQLITE:
            _run(environment, "manage.py", "collectstatic", "--noinput", "--verbosity=0")

    def environment(self, folder, name="", **more):
        """Return the environment of a site in production; `name` is that of its PostgreSQL database."""
        url = {"DATABASE_URL": f"postgres://improvement@127.0.0.1:{self.cluster.port}/{name}"} if name else {}
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        own = {"DJANGO_SETTINGS_MODULE": "improvement.settings", "BEHIND_PROXY": "1", "DATA_DIR": str(folder)}
        return kept | PRODUCTION | own | url | more

    @contextmanager
    def site(self, database, small="", **environment):
        """Serve a copy of the seeded site; `small` names what stands on a small disk, "database" or "files"."""
        self.count += 1
        folder = self.folder / f"site{self.count}"
        shutil.copytree(self.folder / database, folder)
        (folder / "static").symlink_to(self.folder / "static")
        name = folder.name if database == POSTGRESQL else ""
        disk = folder.with_name(f"{folder.name}-tables") if name and small == "database" else folder
        with ExitStack() as closing:
            if small:
                closing.enter_context(small_disk(disk, 64))
            if name:
                self._create(name, disk if disk != folder else None)
                closing.callback(self._drop, name)
            made = Site(self, name, folder, disk, self.environment(folder, name, **environment))
            closing.callback(made.stop)
            made.start()
            yield made

    def _create(self, name, disk):
        place = ""
        if disk:
            shutil.chown(disk, "postgres", "postgres")
            self.cluster.ask(f"CREATE TABLESPACE {name} LOCATION '{disk}'")
            place = f"TABLESPACE {name}"
        self.cluster.ask(f"CREATE DATABASE {name} TEMPLATE seeded OWNER improvement {place}")

    def _drop(self, name):
        self.cluster.ask(f"DROP DATABASE {name} WITH (FORCE)")
        for (tablespace,) in self.cluster.ask("SELECT spcname FROM pg_tablespace WHERE spcname = %s", name):
            self.cluster.ask(f"DROP TABLESPACE {tablespace}")


class Site:
    """One site: its server, and what its people were answered."""

    def __init__(self, rig, name, folder, disk, environment):
        self.rig, self.name, self.folder, self.disk, self.port = rig, name, folder, disk, free_port()
        self.temporary, self.logs = folder / "temporary", folder.with_name(f"{folder.name}-logs")
        self.environment = {"TMPDIR": str(self.temporary)} | environment
        # Every status; when there was none or a 503; what was neither taken nor given back; what was taken and is gone.
        self.answers, self.refused_at, self.forgotten, self.lost = [], [], [], []
        self.officers, self.acknowledged, self.server = [], 0, None

    @property
    def cluster(self):
        return self.rig.cluster

    # The server

    def start(self):
        self.temporary.mkdir(exist_ok=True)
        self.logs.mkdir(exist_ok=True)
        log = [f"--access-logfile={self.logs / 'access'}", "--access-logformat=%(s)s %(m)s %(U)s"]
        with (self.logs / "error").open("a") as errors:
            self.server = subprocess.Popen(
                [sys.executable, *_SERVER, "--bind", f"127.0.0.1:{self.port}", *log],
                cwd=ROOT,
                env=self.environment,
                stderr=errors,
                start_new_session=True,
            )
        wait_until(self.is_ready)

    def is_ready(self):
        request = Request(f"http://127.0.0.1:{self.port}/readyz", headers={"Host": HOST})
        with suppress(OSError), urlopen(request) as answer:
            return answer.status == 200

    def stop(self):
        """Stop the server, whatever became of it."""
        with suppress(ProcessLookupError):
            os.killpg(self.server.pid, signal.SIGCONT)
            self.server.terminate()
            self.server.wait(timeout=40)

    def workers(self):
        return children(self.server.pid)

    def signal(self, number, workers):
        for worker in workers:
            with suppress(ProcessLookupError):
                os.kill(worker, number)

    def run(self, *arguments):
        return _run(self.environment, *arguments)

    def errors(self):
        """Return what the server answered with a 500: its own lines of them, and those of its access log."""
        access, error = ((self.logs / name).read_text().splitlines() for name in ("access", "error"))
        own = [line for line in error if "Error handling request" in line]
        return own + [line for line in access if line.startswith("500")]

    # Its people

    def officer(self, number):
        made = Officer(self, number).sign_in()
        self.officers.append(made)
        return made

    def some(self, count):
        return [self.officer(number) for number in range(1, count + 1)]

    def stranger(self):
        return Person(self, "")

    def administrator(self):
        code, *_ = json.loads((self.folder / "codes.json").read_text())
        return Person(self, "abe.administrator@thornbury.example").sign_in(code)

    # Its database

    @contextmanager
    def connected(self):
        """Give a connection to the database, in which a transaction begins with the first statement."""
        if self.name:
            made = self.cluster.connect(self.name)
        else:
            made = sqlite3.connect(self.folder / "db.sqlite3", timeout=0, isolation_level=None)
        try:
            yield made.cursor()
        finally:
            made.close()

    def kill_in_mid_write(self, table, count):
        """Kill so many workers at a moment at which one of the two is in the middle of a write; return the moment."""
        wait_until(lambda: len(self.workers()) == 2)
        with self.connected() as cursor:

            def caught():
                workers = self.workers()
                self.signal(signal.SIGSTOP, workers)
                if self._is_writing(cursor, table):
                    return workers
                self.signal(signal.SIGCONT, workers)
                return []

            workers = wait_until(caught, within=60, every=0.03)
        self.signal(signal.SIGKILL, workers[:count])
        self.signal(signal.SIGCONT, workers[count:])
        return monotonic()

    def _is_writing(self, cursor, table):
        """Whether a transaction is under way that writes, on PostgreSQL to `table`; the workers stand still."""
        if self.name:
            cursor.execute(
                "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)"
                " WHERE relation = %s::regclass AND mode LIKE 'Row%%' AND state LIKE 'idle in%%'",
                [table],
            )
            return cursor.fetchone()[0] > 0
        try:
            cursor.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
        cursor.execute("ROLLBACK")
        return False

    def take_all_connections(self):
        """Take every connection that the database has, in place of the site; return them."""
        held = []

        def are_all_taken():
            with suppress(psycopg2.OperationalError):
                while True:
                    held.append(self.cluster.connect(self.name, "improvement"))
            own = [connection.info.backend_pid for connection in held]
            others = "usename = 'improvement' AND NOT pid = ANY(%s)"
            return not self.cluster.ask(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}", own)

        wait_until(are_all_taken)
        return held

    # What is found

    def look(self):
        """Sweep and verify, and return what stands."""
        return json.loads(self.run("-m", "tests.faults.inside", "look"))

    def restored(self, backup):
        """Restore a backup on SQLite, and return what stands there."""
        folder = self.folder / "restored"
        shutil.copytree(self.rig.folder / "empty", folder)
        environment = self.rig.environment(folder)
        _run(environment, "manage.py", "restore", str(backup))
        return json.loads(_run(environment, "-m", "tests.faults.inside", "look"))
