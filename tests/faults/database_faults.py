"""Faults of the database. What was done stands in the docstring of each."""

import sqlite3
from hashlib import sha256
from time import monotonic, sleep

from tests.faults.inside import RESULTS
from tests.faults.machine import fill, wait_until
from tests.faults.people import Officer, load
from tests.faults.registry import POSTGRESQL, SQLITE, fault

# Seconds from the database's return to that of the service.
SOON = 5


def save_much(officer):
    """Save a draft of 8,000 letters that do not compress."""
    words = (sha256(f"{officer.reference} {officer.notes} {number}".encode()).hexdigest() for number in range(120))
    return officer.save(" ".join(words))


def is_held(site, cursor):
    """Hold the month, on SQLite the whole database, within a transaction; on SQLite, unless somebody else does."""
    if site.name:
        cursor.execute("BEGIN")
        cursor.execute("SELECT 1 FROM plans_reportingmonth FOR UPDATE")
        return True
    try:
        cursor.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return False
    return True


@fault("Worker killed in mid-submit", SQLITE, POSTGRESQL)
def worker_killed(site):
    """Eight officers submit; three times one of the two workers is killed within a transaction."""
    with load(site.some(8), Officer.hand_in) as going:
        for _ in range(3):
            killed = site.kill_in_mid_write("plans_monthlyupdate", 1)
        return going.back_after(killed)


@fault("PostgreSQL restarted", POSTGRESQL, within=SOON)
def database_restarted(site):
    """Eight officers save; the database is restarted three times."""
    with load(site.some(8)) as going:
        backs = []
        for _ in range(3):
            site.cluster.stop()
            backs.append(going.back_after(site.cluster.start()))
        return max(backs)


@fault("PostgreSQL killed", POSTGRESQL, within=SOON)
def database_killed(site):
    """Eight officers save; every process of the database is killed, and it is started again."""
    with load(site.some(8)) as going:
        site.cluster.kill()
        return going.back_after(site.cluster.start())


@fault("PostgreSQL away for 20 s", POSTGRESQL, within=SOON)
def database_away(site):
    """Eight officers save; the database is shut down at once, and started after 20 s."""
    with load(site.some(8)) as going:
        site.cluster.stop("immediate")
        sleep(20)
        return going.back_after(site.cluster.start())


@fault("Connections exhausted", POSTGRESQL, within=SOON)
def connections_exhausted(site):
    """Eight officers save; somebody else holds every connection until the officers were told so sixteen times."""
    with load(site.some(8)) as going:
        told = site.answers.count(503)
        held = site.take_all_connections()
        assert going.wait_until(lambda: site.answers.count(503) >= told + 16)
        for connection in held:
            connection.close()
        return going.back_after(monotonic())


@fault("Row locked for 30 s", SQLITE, POSTGRESQL, within=SOON)
def row_locked(site):
    """Four officers save while another transaction holds their month (SQLite: the database) for 30 s; a fifth reads."""
    reader = site.officer(5)
    with load(site.some(4)) as going, site.connected() as cursor:
        wait_until(lambda: is_held(site, cursor))
        end = monotonic() + 30
        while (began := monotonic()) < end:
            assert reader.ask("/my/updates/").status == 200
            assert monotonic() - began < 10, "a page that is only read waited for the lock"
            sleep(1)
        cursor.execute("ROLLBACK")
        return going.back_after(monotonic())


@fault("Disk of the database full", SQLITE, POSTGRESQL, within=SOON, small="database")
def database_full(site):
    """Four officers save long texts while the disk is full, until they were told so eight times; then there is room."""
    with load(site.some(4), save_much) as going:
        filler = fill(site.disk)
        assert going.wait_until(lambda: site.answers.count(503) >= 8)
        filler.unlink()
        return going.back_after(monotonic())


@fault("Forty writers", SQLITE)
def forty_writers(site):
    """Forty officers save at once, two drafts each or more."""
    with load(site.some(40)) as going:
        assert going.wait_until(lambda: min(len(officer.saved_at) for officer in site.officers) >= 2, within=120)
    assert set(site.answers) == {200, 302}, "somebody was not answered as usual"


@fault("Import killed half way", SQLITE, POSTGRESQL)
def import_killed(site):
    """1,500 results are loaded; all workers are killed in the midst of it, and the file is loaded again."""
    administrator = site.administrator()
    file = ("results.xlsx", (site.folder / "results.xlsx").read_bytes())
    page = administrator.post("/admin/notices/result/load/", file).location
    connection = administrator.send(page, administrator.ask(page).hidden())
    killed = site.kill_in_mid_write("notices_result", 2)
    connection.close()
    assert site.look()["results"] == 0, "a part of the file was loaded"
    assert administrator.post(page).is_taken
    site.acknowledged += 1
    if site.look()["results"] != RESULTS:
        site.lost.append("the results of a file that was loaded")
    return monotonic() - killed


@fault("Backup under load", SQLITE, POSTGRESQL)
def backup_under_load(site):
    """Eight officers save while `manage.py backup` runs; it is restored on SQLite, verified, and compared."""
    with load(site.some(8)) as going:
        assert going.wait_until(lambda: min(len(officer.saved_at) for officer in site.officers) >= 2)
        before = {officer.reference: officer.last_note for officer in site.officers}
        site.run("manage.py", "backup", str(site.folder / "backup"))
    found = site.restored(site.folder / "backup")
    assert found["problems"] == []
    for officer in site.officers:
        if officer.note_in(found) < before[officer.reference]:
            site.lost.append(f"{officer.reference}: a draft that was acknowledged before the backup began")
