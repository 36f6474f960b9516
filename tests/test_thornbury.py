"""The invented council of `fixtures/thornbury`: its workbooks hold what is beside them in words, and load."""

import io
from datetime import datetime
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from fixtures.thornbury import write
from improvement.setting_up.tasks import tasks
from tests.factories import user
from tests.notices.loading import files

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 12, 9, 0, tzinfo=ZoneInfo("Europe/London"))
KINDS = ("notice", "plan", "results")


def content(kind):
    return (write.HERE / f"{kind}.xlsx").read_bytes()


def check(kind):
    return files.check(content(kind), kind, f"{kind}.xlsx", at=NOW)


def load(kind):
    return files.load(check(kind), at=NOW)


def counts(upload):
    return {status: count for status, count in upload.report["counts"].items() if count}


def held(kind):
    """Return the rows of the workbook as `write.rows` returns those of the text."""
    book = openpyxl.load_workbook(io.BytesIO(content(kind)))
    found = {}
    for name in write.rows(kind):
        headings, *lines = book[name].iter_rows(values_only=True)
        filled = [
            {heading: value for heading, value in zip(headings, line, strict=True) if value is not None}
            for line in lines
        ]
        found[name] = [_days(row) for row in filled if row]
    return found


def _days(row):
    return {heading: value.date() if isinstance(value, datetime) else value for heading, value in row.items()}


@pytest.mark.parametrize("kind", KINDS)
def test_a_workbook_holds_what_the_text_beside_it_says(kind):
    assert held(kind) == write.rows(kind)


def test_the_workbooks_load_one_after_the_other_without_a_wrong_row():
    for kind in KINDS:
        rows = sum(len(rows) for rows in write.rows(kind).values())
        # The Notice adds the posts that own its targets; the plan gives them their holders.
        held_since = {"changed": len(write.rows("notice")["Posts"])} if kind == "plan" else {}
        assert (kind, counts(load(kind))) == (kind, {"new": rows - sum(held_since.values())} | held_since)
        assert (kind, counts(check(kind))) == (kind, {"same": rows})


def test_the_plan_has_the_size_that_is_said_of_it():
    sheets = write.rows("plan")
    names = ("Themes", "Outcomes", "Recommendations", "Posts", "Seats")
    assert [len(sheets[name]) for name in names] == [5, 12, 30, 8, 8]
    assert len(write.rows("notice")["Targets"]) == 8


def test_loaded_it_lacks_nothing_but_the_passwords_of_its_people_and_its_first_month(settings):
    settings.ORGANISATION, settings.ACCESSIBILITY_EMAIL = "Thornbury Council", "access@thornbury.example"
    administrator = user("Abe Administrator", is_staff=True, is_superuser=True)
    for kind in KINDS:
        load(kind)
    found = {task.name: (task.status, len(task.incomplete)) for task in tasks(administrator, on=NOW.date())}
    assert {name: what for name, what in found.items() if what != ("done", 0)} == {
        "People": ("in-progress", 1),
        "First month": ("not-started", 0),
    }


def test_everything_in_them_is_invented_and_says_so():
    assert "a council that does not exist" in (write.HERE / "README.md").read_text()
    assert "(invented)" in str(write.rows("notice")["Notice"])
