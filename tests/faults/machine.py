"""What may break underneath a site: a PostgreSQL that belongs to nobody else, a small disk."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from time import monotonic, sleep

import psycopg2

IS_ROOT = os.geteuid() == 0
_AS_POSTGRES = {"user": "postgres", "group": "postgres", "extra_groups": []} if IS_ROOT else {}


def wait_until(is_so, within=30, every=0.01):
    """Wait until `is_so` returns something true, and return that."""
    end = monotonic() + within
    while not (found := is_so()):
        if monotonic() > end:
            raise TimeoutError(f"Waited {within} s in vain for {is_so.__name__}")
        sleep(every)
    return found


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@cache
def can_mount():
    """Whether a disk may be mounted here: root may, but not in every container."""
    with tempfile.TemporaryDirectory() as folder:
        is_mounted = subprocess.run(["mount", "-t", "tmpfs", "tmpfs", folder], capture_output=True).returncode == 0
        if is_mounted:
            subprocess.run(["umount", folder], check=True)
    return is_mounted


@contextmanager
def small_disk(folder, megabytes):
    """Let `folder` be a disk of so few megabytes, with what it holds. Needs root."""
    kept = folder.with_name(f"{folder.name}-before")
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(folder, kept)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=777", "tmpfs", folder], check=True)
    try:
        shutil.copytree(kept, folder, dirs_exist_ok=True)
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


@contextmanager
def read_only(folder):
    """Let nobody write to `folder`, root included. Needs root."""
    subprocess.run(["mount", "--bind", folder, folder], check=True)
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", folder], check=True)
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def fill(folder):
    """Fill the disk to its last byte; return the file that does."""
    filler = folder / ".filler"
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while file.write(bytes(1 << 12)):
            pass
    return filler


class Cluster:
    """A PostgreSQL that belongs to nobody else, in a folder."""

    bin = max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)

    def __init__(self, folder):
        self.folder, self.port = folder, free_port()
        folder.mkdir()
        if IS_ROOT:
            shutil.chown(folder, "postgres", "postgres")
        self._run("initdb", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8")
        with (folder / "postgresql.conf").open("a") as settings:
            settings.write(f"port = {self.port}\nlisten_addresses = '127.0.0.1'\n")
            settings.write(f"unix_socket_directories = '{folder}'\nmax_connections = 40\n")

    def _run(self, program, *arguments):
        command = [self.bin / program, "--pgdata", self.folder, *arguments]
        subprocess.run(command, check=True, capture_output=True, cwd=self.folder, **_AS_POSTGRES)

    def start(self):
        """Start it, however it went down, and return the moment from which it answers."""

        def started():
            with suppress(subprocess.CalledProcessError):
                self._run("pg_ctl", "--wait", "--log", self.folder / "log", "start")
                return monotonic()

        return wait_until(started)

    def stop(self, mode="fast"):
        self._run("pg_ctl", "--wait", "--mode", mode, "stop")

    def kill(self):
        """Kill its first process and all others, as a machine does that runs out of memory."""
        first = int((self.folder / "postmaster.pid").read_text().split()[0])
        for process in [first, *children(first)]:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)

    def connect(self, name="postgres", user="postgres"):
        made = psycopg2.connect(host="127.0.0.1", port=self.port, dbname=name, user=user)
        made.autocommit = True
        return made

    def ask(self, sql, *values):
        connection = self.connect()
        try:
            with connection.cursor() as cursor:
                cursor.execute(sql, values)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()


def children(process):
    with suppress(FileNotFoundError):
        return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    return []
