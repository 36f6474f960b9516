"""Every list can be taken away as a file, with what its page lists and no formula that runs."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import outbox
from accounts.models import Kind, Message
from boards import access
from boards.challenges import advice
from boards.models import Advice, Board
from improvement.workbooks import sheets
from notices.models import Inspection, Notice
from plans.models import Plan
from tests import factories, states
from tests.addresses import OFFICE, TABLE, address
from tests.factories import AT, user

pytestmark = pytest.mark.django_db

FORMULA = '=HYPERLINK("https://elsewhere.example")'
LISTS = [(name, args, allowed) for name, args, allowed in TABLE if name.endswith("_list") and name in states.SUMS_UP]
# By the name of a list: what its file is called, and the columns with what the small plan holds in its first row.
FILES = {
    "boards:advice_list": ("thornbury-advice", "Number,Advice,Recommended by,Given on"),
    "boards:meeting_list": ("thornbury-meetings", "Date,Begins at,Place,Month,State"),
    "boards:report_list": ("thornbury-reports", "Date,Title,Kind,State,Issued on"),
    "notices:inspection_list": ("thornbury-inspections", "Inspection,Kind,Council,From"),
    "notices:interim_list": ("thornbury-interim-reports", "Report of,Title,State"),
    "plans:outbox_list": ("thornbury-e-mails", "Written,To,About,Subject,Sent"),
}


@pytest.fixture
def office(thornbury, client):
    client.force_login(user("Olga Office"))
    return client


def file_of(client, name, kind="csv"):
    args = next(args for known, args, _ in LISTS if known == name)
    return client.get(address(name, args, {}), {"_export": kind})


def test_every_list_offers_its_files(office, thornbury):
    factories.sent(factories.body(Board.objects.get()))
    offered = {}
    for name, args, allowed in LISTS:
        assert allowed >= OFFICE
        page = office.get(address(name, args, thornbury)).content.decode()
        offered[name] = sorted(set(re.findall(r"_export=(csv|xlsx)", page)))
    assert len(offered) > 8
    assert offered == {name: ["csv", "xlsx"] for name in offered}


@pytest.mark.parametrize("name", FILES)
def test_a_list_is_a_file_of_its_columns_in_each_form(office, name):
    called, columns = FILES[name]
    answer = file_of(office, name)
    assert answer["Content-Disposition"] == f'attachment; filename="{called}.csv"'
    assert columns in answer.content.decode("utf-8-sig")
    for kind in sheets.FORMATS:
        assert file_of(office, name, kind).status_code == 200


def test_a_file_holds_what_its_reader_sees_listed_and_no_more(thornbury, client):
    """The chair's draft report is listed to the office and not to an officer; nor is restricted advice."""
    row = Advice.objects.get()
    access.restrict(thing=row, version=row.version, restricted_because="Names a post.", by=user("Olga Office"), at=AT)
    found = {}
    for name in ("Olga Office", "Ada Officer"):
        client.force_login(user(name))
        reports = file_of(client, "boards:report_list").content.decode()
        advised = file_of(client, "boards:advice_list").content.decode()
        found[name] = ("Draft" in reports, "Issued" in reports, row.wording in advised)
    assert found == {"Olga Office": (True, True, True), "Ada Officer": (False, True, False)}


@pytest.mark.parametrize(
    ("name", "model", "field"),
    [
        ("notices:inspection_list", Inspection, "title"),
        ("plans:outbox_list", Message, "subject"),
    ],
)
def test_no_text_becomes_a_formula(office, name, model, field):
    model.objects.update(**{field: FORMULA})
    text = file_of(office, name).content.decode()
    assert ("'=HYPERLINK" in text, re.search(r'(^|,|")=HYPERLINK', text)) == (True, None)


def _advice(number):
    """Record advice of the Board's or of another body, with a post's response."""
    board, by = Board.objects.get(), {"by": user("Cass Chair"), "at": AT}
    meeting = board.meetings.order_by("held_on").first()
    given = {"body": factories.body(board, 50 + number)} if number % 2 else {"meeting": meeting}
    row = factories.advice(board, f"Advice {number}", **given)
    post = board.plan.recommendations.first().lead_post
    advice.respond(advice=row, response="Taken.", version=row.version, responding_post=post, **by)


# By the name of a list: what makes one more row of it, with all that its file names beside it.
ONE_MORE = {
    "boards:advice_list": _advice,
    "boards:meeting_list": lambda number: factories.held(Plan.objects.get(), date(2011, 2, number)),
    "boards:report_list": lambda number: factories.outgoing(Board.objects.get(), "letter", date(2011, 2, number)),
    "notices:inspection_list": lambda number: factories.inspection(f"more-{number}").notices.add(Notice.objects.get()),
    "plans:outbox_list": lambda number: outbox.tell(
        [user(f"Person {number}")], kind=Kind.NOTE, subject="A note", path="/", on=Plan.objects.get(), at=AT
    ),
}


@pytest.mark.parametrize("name", ONE_MORE)
def test_a_file_takes_as_many_queries_however_long_it_is(office, name):
    counted = []
    for numbers in ((), (1, 2, 3)):
        for number in numbers:
            ONE_MORE[name](number)
        with CaptureQueriesContext(connection) as asked:
            lines = file_of(office, name).content.count(b"\n")
        counted.append((lines, len(asked)))
    (few, before), (many, after) = counted
    assert (many - few, after) == (3, before)
