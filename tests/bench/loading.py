"""How long 10,000 rows take to be checked and loaded, and the memory that it takes: at most 15 s and 300 MB.

    .venv/bin/python -m tests.bench.loading

In a SQLite database of its own, or in the PostgreSQL database of DATABASE_URL, which is migrated and written to. Each
measure is a process of its own, so that what made the file does not count.
"""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

ROWS = 10_000


def main():
    with tempfile.TemporaryDirectory() as folder:
        run = {**os.environ, "DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        for step in (["make"], *([kind, extension] for kind in ("results", "notice") for extension in ("xlsx", "csv"))):
            subprocess.run([sys.executable, "-m", "tests.bench.loading", *step, folder], env=run, check=True)


def make(folder):
    """Make the database and the files: results, and a Notice of as many milestones."""
    from datetime import date, timedelta
    from decimal import Decimal

    from django.core.management import call_command

    from improvement.workbooks import writing
    from notices.loading import exporting
    from notices.loading.sheets import NOTICE, RESULTS
    from notices.models import Notice
    from tests import factories

    call_command("migrate", verbosity=0)
    notice = Notice.objects.filter(slug="bench").first() or factories.notice("bench")
    days = [date(2000, 1, 1) + timedelta(days=number) for number in range(ROWS)]
    rows = {
        "Results": [
            {
                "Notice": "bench",
                "Target": "N01",
                "Indicator": "NI 59",
                "Basis": "Month",
                "Period starts": day,
                "Period ends": day,
                "Value": writing.Percent(Decimal(number % 1000) / 10),
                "Provisional": "Yes",
                "Source": f"Return of {day}, table {number}",
                "Source's date": date(2011, 4, 20),
                "Note": f"What the return says of the value on that day, at some length: {number}.",
            }
            for number, day in enumerate(days)
        ],
        "Milestones": [
            {
                "Target": "N01",
                "Indicator": "NI 59",
                "Place": number + 2,
                "Wording": f"{number % 100}% on {day}",
                "Kind": "Level to reach",
                "Basis": "Month",
                "Period starts": day,
                "Period ends": day,
                "Threshold": writing.Percent(Decimal(number % 100)),
                "Source": "Schedule 1",
            }
            for number, day in enumerate(days)
        ],
    }
    for kind, sheets in (("results", RESULTS), ("notice", NOTICE)):
        pages = []
        for sheet in sheets:
            headings = [column.heading for column in sheet.columns]
            filled = [[row.get(heading) for heading in headings] for row in rows.get(sheet.name, [])]
            pages.append(exporting._page(sheet, filled or exporting._rows(sheet, notice)))
        guide = writing.Guide("Bench", [], [])
        Path(folder, f"{kind}.xlsx").write_bytes(writing.write_xlsx(guide, pages, date(2011, 5, 1)))
        Path(folder, f"{kind}.csv").write_bytes(writing.write_csv(pages))


def measure(kind, extension, folder):
    from notices.loading import uploads
    from tests.factories import AT, user

    name, by = f"{kind}.{extension}", user("Abe Administrator")
    content = Path(folder, name).read_bytes()
    started, used = perf_counter(), process_time()
    upload = uploads.check(kind=kind, name=name, content=content, by=by, at=AT)
    uploads.load(upload=upload, digest=upload.digest, by=by, at=AT)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{name}: {upload.report['counts']}, {perf_counter() - started:.1f} s"
        f" ({process_time() - used:.1f} s of its own), {memory} MB"
    )


if __name__ == "__main__":
    if len(sys.argv) == 1:
        main()
    else:
        import django

        django.setup()
        make(sys.argv[2]) if sys.argv[1] == "make" else measure(*sys.argv[1:])
