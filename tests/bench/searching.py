"""How long a search takes in the large size of the bench, 264,000 updates, in one process.

    DATABASE_URL=postgres://… .venv/bin/python -m tests.bench.searching
    DATA_DIR=… .venv/bin/python -m tests.bench.searching                  the same on SQLite

The database is made if it holds no table yet, which takes half an hour. Shown are, for people who see one plan, ten and
none, the lowest of the rounds in ms, from the words to the groups that the page draws: the CPU time of this process,
that of its connection of PostgreSQL, and what a clock says, which on a quiet machine is the sum of both.
"""

import os
from pathlib import Path
from time import perf_counter, process_time

from tests.bench.__main__ import SIZES

ROUNDS = int(os.environ.get("ROUNDS", "7"))
PEOPLE = ("Olga Office 7", "Olga Office of Ten", "Ada Officer 7-2", "Liam Lead of Ten", "Stan Stranger")
# Of each plan's 2,640 updates all hold the first, a 44th the third and none the last.
ASKED = ("families", "improve matter", '"matter 12"', "train other teams", "fam", "elephants")


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    _filled()
    print("| words | who | found | app, CPU ms | database, CPU ms | clock, ms |\n|---|---|---|---|---|---|")
    for asked in ASKED:
        for name in PEOPLE:
            found, rounds = _measured(asked, name)
            own, database, clock = (min(values) for values in zip(*rounds, strict=True))
            print(f"| {asked} | {name} | {found} | {own:.0f} | {database:.0f} | {clock:.0f} |")


def _filled():
    from django.core.management import call_command
    from django.db import connection

    from improvement.searching import index
    from plans.models import MonthlyUpdate
    from tests.bench import data

    call_command("migrate", verbosity=0)
    if MonthlyUpdate.objects.exists():
        return
    index.drop()
    data.load(*SIZES["large"])
    began = perf_counter()
    print(f"The index of {index.rebuild():,} texts was written in {perf_counter() - began:.0f} s.")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _measured(asked, name):
    """Return what is found, in words, and how long it took each time; a person's roles are looked up each time."""
    from accounts.models import User
    from improvement.searching import asking
    from tests.factories import AT, user

    user(name)
    rounds = []
    for _ in range(ROUNDS):
        who = asking.Who(User.objects.get(name=name), AT.date(), AT)
        began = _clocks()
        groups = asking.search(asked, who)
        rounds.append([(after - before) * 1000 for before, after in zip(began, _clocks(), strict=True)])
    return ", ".join(f"{group.number} {group.kind.label.lower()}" for group in groups) or "nothing", rounds


def _clocks():
    """Return the seconds of CPU of this process and of its connection of PostgreSQL, and those of a clock."""
    from django.db import connection

    database = 0.0
    if connection.vendor == "postgresql":
        fields = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text().split()
        database = int(fields[0]) / 1e9
    return process_time(), database, perf_counter()


if __name__ == "__main__":
    main()
