"""Does each fault to the real server and prints, as a table, what it did and what was lost.

    .venv/bin/python -m tests.faults [NAME…]

NAME is that of a function in database_faults.py or site_faults.py. It ends with 1 where a count that has to be 0 is
not, the service was back too late, or anything else was not as it should be; what, is said on standard error.
"""

import signal
import sys
import tempfile
import traceback
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.faults import database_faults, inside, registry, site_faults
from tests.faults.machine import can_mount
from tests.faults.registry import POSTGRESQL
from tests.faults.rig import Rig

HEAD = ("Fault", "Database", "What was done", "Answers", "Acknowledged", "Lost", "500s", "Back after")


@dataclass
class Outcome:
    """What one fault did: every list has to be empty."""

    answers: Counter
    acknowledged: int
    lost: list
    without_file: list
    partial: list
    errors: list
    other: list
    back: float | None


def say(*words, file=None):
    print(*words, file=file, flush=True)


def outcome(fault, site):
    """Do the fault to the site, and count."""
    other = []
    back = None
    try:
        back = fault.run(site)
    except Exception:
        other.append(traceback.format_exc())
    if back is not None and back > fault.within:
        other.append(f"The service was back after {back:.1f} s.")
    site.stop()
    found = site.look()
    without = [problem for problem in found["problems"] if "its file" in problem]
    return Outcome(
        answers=Counter(site.answers),
        acknowledged=site.acknowledged + sum(officer.acknowledged for officer in site.officers),
        lost=site.lost + [lost for officer in site.officers for lost in officer.lost(found)],
        without_file=without,
        partial=[found["results"]] if found["results"] not in (0, inside.RESULTS) else [],
        errors=site.errors(),
        other=other + site.forgotten + [problem for problem in found["problems"] if problem not in without],
        back=back,
    )


def row(fault, database, done):
    answers = ", ".join(f"{count} × {status or 'none'}" for status, count in sorted(done.answers.items(), reverse=True))
    back = "–" if done.back is None else f"{done.back:.1f} s"
    lost = len(done.lost) + len(done.without_file) + len(done.partial)
    cells = (fault.title, database, fault.done, answers, f"{done.acknowledged:,}", lost, len(done.errors), back)
    return f"| {' | '.join(map(str, cells))} |"


def main(names):
    faults = registry.of(database_faults, site_faults)
    chosen = [fault for fault in faults if not names or fault.name in names]
    say(f"| {' | '.join(HEAD)} |\n|{'---|' * len(HEAD)}")
    done = []
    with tempfile.TemporaryDirectory(prefix="faults-") as folder, Rig(Path(folder)) as rig:
        for fault in chosen:
            for database in fault.databases:
                if reason := missing(rig, fault, database):
                    say(f"| {fault.title} | {database} | {fault.done} | {reason} |{' |' * 4}")
                    continue
                with rig.site(database, **fault.options) as site:
                    done.append(outcome(fault, site))
                    say(row(fault, database, done[-1]))
                    complain(site, done[-1])
    return summary(done)


def missing(rig, fault, database):
    """Return why the fault cannot be done here, if it cannot."""
    if fault.needs_mount and not can_mount():
        return "not run: needs root"
    return "not run: PostgreSQL is not installed" if database == POSTGRESQL and not rig.cluster else ""


def complain(site, done):
    for what in ("lost", "without_file", "partial", "errors", "other"):
        for complaint in getattr(done, what):
            say(f"{what}: {complaint}", file=sys.stderr)


def summary(done):
    """Say the four counts that have to be 0, and return whether all is as it has to be."""
    fields = {
        "lost": "Acknowledged writes lost",
        "without_file": "rows without files",
        "partial": "partial imports",
        "errors": "500s",
    }
    counts = {name: sum(len(getattr(one, field)) for one in done) for field, name in fields.items()}
    say(f"\n{'; '.join(f'{name}: {count}' for name, count in counts.items())}.")
    return not any(counts.values()) and not any(one.other for one in done)


if __name__ == "__main__":
    # Whoever stops it finds nothing left of it, no disk and no server.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    sys.exit(0 if main(sys.argv[1:]) else 1)
