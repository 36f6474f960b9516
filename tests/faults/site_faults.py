"""Faults of the server, its files, its neighbours and its clients. What was done stands in the docstring of each."""

import signal
import socket
from time import monotonic, sleep

from tests.faults.machine import fill, free_port, read_only, wait_until
from tests.faults.people import load
from tests.faults.registry import POSTGRESQL, SQLITE, fault

LARGE = b"month,rate\n" + b"2011-05,80.5\n" * 250_000
MAIL = free_port()


def add_next(officer):
    return officer.add(f"File {len(officer.files) + 1}", LARGE)


def is_told_of_no_room(answer):
    """Whether the answer says so: beside the field, or as a page of its own where not even the file could be read."""
    return answer.status == 503 or answer.holds("The file could not be saved.")


@fault("All workers killed in mid-upload", SQLITE, POSTGRESQL)
def workers_killed(site):
    """Six officers send files of 3 MB; all workers are killed when half is sent, and twice while a file is stored."""
    officers = site.some(6)
    halves = [officer.send_part(LARGE, 0.5) for officer in officers]
    wait_until(lambda: len(list(site.temporary.glob("*.upload*"))) == len(halves))
    site.signal(signal.SIGKILL, site.workers())
    with load(officers, add_next, pause=1.5) as going:
        for _ in range(2):
            killed = site.kill_in_mid_write("plans_evidence", 2)
        return going.back_after(killed)


@fault("Disk of the files full", POSTGRESQL, small="files")
def files_full(site):
    """Two officers add a small and a large file to a full disk, and save a draft; then there is room."""
    officers = site.some(2)
    filler = fill(site.disk)
    for officer in officers:
        assert is_told_of_no_room(officer.add("Small"))
        assert is_told_of_no_room(officer.add("Large", LARGE))
        assert officer.save().is_taken
    filler.unlink()
    emptied = monotonic()
    for officer in officers:
        assert officer.add("Small").is_taken
        assert officer.add("Large", LARGE).is_taken
    return monotonic() - emptied


@fault("Files directory read-only", SQLITE, POSTGRESQL, needs_mount=True)
def files_read_only(site):
    """Two officers add a file, read one that stands there and save a draft; then the directory may be written to."""
    officers = site.some(2)
    for officer in officers:
        assert officer.add("Before").is_taken
    with read_only(site.folder / "evidence"):
        for officer in officers:
            assert is_told_of_no_room(officer.add("Meanwhile"))
            assert officer.download("Before").status == 200
            assert officer.save().is_taken
    back = monotonic()
    for officer in officers:
        assert officer.add("Meanwhile").is_taken
    return monotonic() - back


@fault("Damaged evidence file", SQLITE)
def file_damaged(site):
    """One file is overwritten and one removed: `verify` names both; they are asked for; then both are put back."""
    officer = site.officer(1)
    for title in ("Overwritten", "Removed"):
        assert officer.add(title, title.encode()).is_taken
    paths = {path.read_bytes(): path for path in (site.folder / "evidence").rglob("*.csv")}
    paths[b"Overwritten"].write_bytes(b"overwritten")
    paths[b"Removed"].unlink()
    overwritten, removed = sorted(site.look()["problems"])
    assert "has changed since it was stored" in overwritten
    assert "is missing" in removed
    assert officer.download("Removed").status == 404
    assert officer.download("Overwritten").status == 200
    for content, path in paths.items():
        path.write_bytes(content)


@fault("Mail server away", SQLITE, EMAIL_URL=f"smtp://127.0.0.1:{MAIL}")
def mail_away(site):
    """New passwords are asked for, for an account and for none, with a mail server that is down, then silent."""
    person = site.officer(1)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", MAIL))
        for listening in (False, True):
            if listening:
                silent.listen(20)
            for email in (person.email, "nobody@thornbury.example"):
                began = monotonic()
                assert site.stranger().post("/accounts/password/reset/", email=email).is_taken
                assert monotonic() - began < 20


@fault("Twenty slow clients", SQLITE)
def slow_clients(site):
    """Twenty clients send a file letter by letter for 20 s, while four officers save."""
    officers = site.some(4)
    slow = [officer.send_part(LARGE, 0.1) for officer in officers * 5]
    end = monotonic() + 20
    with load(officers) as going:
        while monotonic() < end:
            for connection in slow:
                connection.send(b"x")
            sleep(0.5)
        assert min(len(officer.saved_at) for officer in officers) >= 3, "the officers waited for the slow clients"
        for connection in slow:
            connection.close()
        return going.back_after(monotonic())


@fault("Clients that hang up", SQLITE, POSTGRESQL)
def clients_hang_up(site):
    """Forty times a client goes away when half of a file is sent, or before it reads an answer; four officers save."""
    officers = site.some(4)
    with load(officers) as going:
        for number in range(40):
            officer = officers[number % 4]
            officer.send_part(LARGE, 0.5).close() if number % 2 else officer.send(officer.page).close()
        return going.back_after(monotonic())


@fault("Oversized bodies", SQLITE)
def oversized(site):
    """A body of 200 MB, a file of 21 MB, a text of 3 MB, 2,000 fields, a header of 20 KB; then a draft."""
    officer = site.officer(1)
    for answer in (
        officer.ask(officer.page, {"progress": "x"}, length=200_000_000),
        officer.post(officer.page, progress="x" * 3_000_000),
        officer.post(officer.page, **{f"field{number}": "x" for number in range(2000)}),
        officer.ask(f"{officer.page}?{'x' * 20_000}"),
    ):
        assert answer.status in (400, 413, 414), answer.status
    answer = officer.add("Too large", b"x" * 21 * 1024 * 1024)
    assert answer.holds("The file is larger than 20 MB."), answer.status
    assert officer.save().is_taken
