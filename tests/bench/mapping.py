"""How long a council's own spreadsheet of 500 rows and 2,000 steps takes to be loaded: at most 20 s and 300 MB.

    .venv/bin/python -m tests.bench.mapping

Choosing it, showing its columns, checking it and loading it are counted together, in a SQLite database of its own or in
the PostgreSQL database of DATABASE_URL, in a process of their own.
"""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

ROWS, STEPS = 500, 4


def main():
    with tempfile.TemporaryDirectory() as folder:
        run = {**os.environ, "DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        for step in ("make", "measure"):
            subprocess.run([sys.executable, "-m", "tests.bench.mapping", step, folder], env=run, check=True)


def make(folder):
    """Make the database and the spreadsheet: themes in rows of their own, four steps in a cell."""
    from django.core.management import call_command

    from tests.improvement.workbooks.books import workbook

    call_command("migrate", verbosity=0)
    rows = [["Action", "Milestones", "Lead", "By when", "What success looks like", "Status", "Progress"]]
    for number in range(ROWS):
        if number % 50 == 0:
            rows.append([f"Priority {number // 50 + 1}: improve what children experience"])
        steps = "\n".join(f"• step {step} of action {number} by 31 March {2026 + step}" for step in range(STEPS))
        lead = f"Head of Service {number % 40}; Team Manager {number % 7}"
        told = f"What was done about action {number}, at some length, so that the cell is as long as they are."
        rows.append(
            [f"Improve the work of part {number} of the service", steps, lead, "May 27", told, "In progress", told]
        )
    Path(folder, "own.xlsx").write_bytes(workbook({"Plan": rows}))


def measure(folder):
    from datetime import date

    from notices.loading import uploads
    from plans.importing import files
    from plans.importing.cells.fields import Field
    from plans.models import Action, Recommendation
    from tests.factories import AT, user

    by, content = user("Abe Administrator"), Path(folder, "own.xlsx").read_bytes()
    started, used = perf_counter(), process_time()
    kept = files.keep(name="own.xlsx", content=content, by=by, at=AT)
    files.opened(kept)
    sheet = files.opened(kept)
    split = [place for place, field in sheet.proposed.items() if field is Field.ACTION]
    said = {"slug": "bench", "title": "Bench", "council": "Bench", "notice": "", "organisation": "Bench"}
    said |= {"accountable": "Director", "opened_on": date(2026, 1, 1)}
    chosen = files.chosen(sheet=sheet, spreadsheet=kept, split=split, **said)
    upload = files.check(
        spreadsheet=kept,
        sheet=sheet,
        chosen=chosen,
        columns=sheet.proposed,
        with_hidden=False,
        answers={},
        by=by,
        at=AT,
    )
    uploads.load(upload=upload, digest=upload.digest, by=by, at=AT)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{Recommendation.objects.count()} rows, {Action.objects.count()} steps: {perf_counter() - started:.1f} s"
        f" ({process_time() - used:.1f} s of its own), {memory} MB"
    )


if __name__ == "__main__":
    if len(sys.argv) == 1:
        main()
    else:
        import django

        django.setup()
        {"make": make, "measure": measure}[sys.argv[1]](sys.argv[2])
