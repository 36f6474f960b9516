"""How long 10,000 rows take to be checked and loaded, and the memory that it takes: at most 15 s and 300 MB.

So does a plan of 500 recommendations with 2,000 actions, which has 20 s.

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
        kinds = ("results", "notice", "plan")
        for step in (["make"], *([kind, extension] for kind in kinds for extension in ("xlsx", "csv"))):
            subprocess.run([sys.executable, "-m", "tests.bench.loading", *step, folder], env=run, check=True)


def make(folder):
    """Make the database and the files: results, and a Notice of as many milestones."""
    from datetime import date, timedelta
    from decimal import Decimal

    from django.core.management import call_command

    from improvement.workbooks import writing
    from notices.loading import exporting
    from notices.loading.layout import FILES
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
    for kind, filled in (("results", rows), ("notice", rows), ("plan", plan())):
        file, pages = FILES[kind], []
        for sheet in file.sheets:
            headings = [column.heading for column in sheet.columns]
            typed = [[row.get(heading) for heading in headings] for row in filled.get(sheet.name, [])]
            stands = [] if kind == "plan" else exporting._rows(sheet, notice, {})
            pages.append(exporting._page(file, sheet, typed or stands))
        guide = writing.Guide("Bench", [], [])
        Path(folder, f"{kind}.xlsx").write_bytes(writing.write_xlsx(guide, pages, date(2011, 5, 1)))
        Path(folder, f"{kind}.csv").write_bytes(writing.write_csv(pages))


def plan():
    """Return the rows of a plan of 500 recommendations, each with four actions and what it answers."""
    from datetime import date, timedelta

    council, years = "Bench Borough Council", date(2012, 1, 1)
    post = {"Title": "Head of Service {}", "Organisation": council}
    posts = [
        post | {"Title": post["Title"].format(number), "Holder": f"p{number}@bench.example"} for number in range(50)
    ]
    findings = [f"F{number:03}" for number in range(200)]
    recommendations, actions = [], []
    for number in range(500):
        lead = {"Lead post": posts[number % 50]["Title"], "Lead's organisation": council}
        recommendations.append(
            lead
            | {
                "Reference": f"R{number:03}",
                "Title": f"Recommendation {number}",
                "Wording": f"What has to be done in the matter {number}, word for word and at some length. " * 3,
                "Theme": number % 10 + 1,
                "Outcome": number % 5 + 1,
                "Lead as printed": "Head of Service with support from all partners",
                "Original due date": years + timedelta(days=number),
                "Success": "Children are seen sooner.\nFamilies say so.",
                "Opened on": date(2011, 1, 1),
                "Findings answered": ", ".join(findings[number % 190 : number % 190 + 5]),
                "Areas of focus": "A, B",
                "Source": f"Plan, page {number}",
            }
        )
        actions += [
            {
                "Recommendation": f"R{number:03}",
                "Title": f"Step {step} of recommendation {number}, in a sentence of some words",
                "Owner post": posts[step]["Title"],
                "Owner's organisation": council,
                "Due date": years + timedelta(days=number + step),
            }
            for step in range(4)
        ]
    return {
        "Plan": [{"Name in addresses": "bench-plan", "Title": "Bench plan", "Council": council, "Notice": "bench"}],
        "People": [{"E-mail address": f"p{number}@bench.example", "Name": f"Person {number}"} for number in range(50)],
        "Posts": posts,
        "Themes": [{"Number": number, "Title": f"Theme {number}"} for number in range(1, 11)],
        "Outcomes": [
            {
                "Theme": theme,
                "Number": number,
                "Title": f"Outcome {theme}.{number}",
                "Accountable post": posts[theme]["Title"],
                "Accountable post's organisation": council,
            }
            for theme in range(1, 11)
            for number in range(1, 6)
        ],
        "Areas of focus": [
            {
                "Letter": letter,
                "Title": f"Area {letter}",
                "Leading post": posts[0]["Title"],
                "Leading post's organisation": council,
                "From": date(2011, 1, 1),
            }
            for letter in "AB"
        ],
        "Inspections": [
            {
                "Name in addresses": "bench-2010",
                "Title": "Inspection, 2010",
                "Kind": "Standard inspection",
                "Council": council,
                "Notices": "bench",
                "Ordered on": date(2010, 11, 1),
            }
        ],
        "Findings": [
            {
                "Inspection": "bench-2010",
                "Place": place,
                "Reference": finding,
                "Group": "All",
                "Wording": f"Improve {place}.",
            }
            for place, finding in enumerate(findings, 1)
        ],
        "Recommendations": recommendations,
        "Actions": actions,
        "Board": [{"Name in addresses": "bench-plan", "Name": "Bench Board"}],
        "Seats": [{"Board": "bench-plan", "Place": 1, "Role": "Independent chair", "Person": "Cass Chair"}],
    }


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
