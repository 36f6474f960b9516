"""The order of texts is each database's own: what is hashed, kept, handed out or backed up must not rest on it."""

import ast
from contextlib import contextmanager
from datetime import date

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import CharField, TextField
from django.db.models.expressions import OrderBy
from django.db.models.functions import Collate
from django.urls import reverse

from accounts.removal import kinds
from boards.models import Meeting, Report
from boards.packs import contents, pack_document
from boards.reports import digests as reports
from improvement.documents import pdf
from improvement.records import backup
from notices import interim
from notices.interim import digests as interim_records
from notices.models import InterimReport
from plans.models import ReportingMonth
from plans.months import digests, kept
from plans.reporting.months import freezing

# SQLite may be taught an order that nothing could rest on by chance.
ORDERS = ("BINARY", "backwards") if connection.vendor == "sqlite" else ("C", "en-x-icu")
# A single capital, which every collation puts in the same place.
SAME_EVERYWHERE = {"letter"}


@contextmanager
def texts_ordered(collation):
    """Let every text by which a query sorts be sorted by `collation`."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        connection.connection.create_collation("backwards", lambda one, other: (one < other) - (one > other))
    as_sql = OrderBy.as_sql

    def collated(self, compiler, connection, **options):
        field = getattr(self.expression, "output_field", None)
        if isinstance(field, CharField | TextField) and field.name not in SAME_EVERYWHERE:
            self = self.copy()
            self.set_source_expressions([Collate(self.expression, collation)])
        return as_sql(self, compiler, connection, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(OrderBy, "as_sql", collated)
        yield


def told(collation, tell):
    with texts_ordered(collation):
        return tell()


def differing(tell):
    """Return the names under which `tell` gives something else in another order."""
    one, other = (told(collation, tell) for collation in ORDERS)
    assert one.keys() == other.keys()
    assert len(one) > 3
    return [name for name in one if one[name] != other[name]]


def test_no_digest_and_no_check_of_what_was_seen_rests_on_the_order_of_texts(leeds):
    def tell():
        found = {}
        for month in ReportingMonth.objects.all():
            found[month, "digest"] = digests.canonical(month)
            found[month, "freezing"] = freezing(month)
            found[month, "fingerprint"] = kept.fingerprint(month)
        for report in InterimReport.objects.all():
            found[report, "digest"] = interim_records.canonical(report)
            found[report, "state"] = interim.state_of(report)
            found[report, "removal"] = [kinds.seen(one.places) for one in kinds.of(report).values()]
        for report in Report.objects.all():
            found[report, "digests"] = reports.digest(report), reports.seen(report)
        return found

    assert differing(tell) == []


def test_no_kept_pack_rests_on_the_order_of_texts(leeds):
    def tell():
        meeting = Meeting.objects.whole().get(held_on=date(2011, 11, 21))
        meeting.month.plan.board = meeting.board
        found = {}
        for audience, built in contents.build(meeting, at=meeting.agenda_published_at).items():
            sections = pack_document.sections(built)
            found |= {(audience, section.key): section.digests for section in sections}
            found[audience, "data"] = pdf.data(pack_document.build(built, sections))
        return found

    assert differing(tell) == []


def test_no_download_and_no_backup_rests_on_the_order_of_texts(leeds, client, tmp_path):
    client.force_login(leeds.programme_office.first())
    board, notice = leeds.board, leeds.notice
    addresses = {
        reverse("plans:recommendation_list", args=[leeds.slug]): ("csv", "xlsx"),
        reverse("plans:coverage", args=[leeds.slug]): ("csv",),
        reverse("plans:trail_list", args=[leeds.slug]): ("csv",),
        reverse("notices:notice_detail", args=[notice.slug]): ("csv",),
        reverse("notices:notice_exit", args=[notice.slug]): ("csv",),
        reverse("boards:challenge_list", args=[board.slug]): ("csv",),
        reverse("boards:action_list", args=[board.slug]): ("csv",),
        reverse("boards:circulation_list", args=[board.slug]): ("csv",),
        reverse("boards:dashboard", args=[board.slug, date(2011, 11, 1)]): ("",),
    }

    def tell():
        found = {}
        for address, files in addresses.items():
            for kind in files:
                answer = client.get(address, {"_export": kind})
                assert (answer.status_code, "attachment" in answer.headers.get("Content-Disposition", "")) == (
                    200,
                    bool(kind),
                )
                found[address, kind] = answer.content.split(b"<main")[-1]
        path = tmp_path / "database.jsonl"
        backup._write(path)
        found["backup"] = [line for line in path.read_text().splitlines() if "session" not in line]
        return found

    assert differing(tell) == []


def test_an_order_that_rests_on_texts_is_noticed(leeds):
    def tell():
        rows = leeds.recommendations
        return {
            name: list(rows.order_by(name, "pk").values_list("pk", flat=True))
            for name in ("pk", "reference_order", "due_on", "title", "lead_post__title")
        }

    noticed = set(differing(tell))
    assert "title" in noticed
    assert noticed <= {"title", "lead_post__title"}


# Where a query may sort by a text: pages that are read and never kept.
PAGES_ALONE = {
    "plans/forms/trail.py": "the choices of a filter",
    "accounts/admin.py": "a list of the administration",
    "accounts/checks.py": "what the operator is told",
    "boards/permissions.py": "a kind, of which each has a code of its own",
    "improvement/navigation.py": "the menu",
    "notices/searched.py": "a page",
    "notices/views/inspections.py": "a page",
    "plans/searched.py": "a page",
    "plans/office/console.py": "a page",
    "plans/office/chasing.py": "a page",
    "improvement/setting_up/gaps.py": "a page",
    "improvement/setting_up/tasks.py": "a page",
}


def sorted_by_text(source):
    """Yield every text field by which an `order_by` in `source` sorts, whatever model it is of."""
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "order_by":
            for argument in call.args:
                if isinstance(argument, ast.Constant) and argument.value.removeprefix("-").split("__")[-1] in TEXTS:
                    yield argument.value


OURS = ("accounts", "notices", "plans", "boards")
FIELDS_OF_OURS = [
    field for app in OURS for model in apps.get_app_config(app).get_models() for field in model._meta.fields
]
TEXTS = {field.name for field in FIELDS_OF_OURS if isinstance(field, CharField | TextField)} - SAME_EVERYWHERE


def test_only_a_page_is_sorted_by_a_text():
    found = {}
    for app in (*OURS, "improvement"):
        for path in sorted((settings.BASE_DIR / app).rglob("*.py")):
            name = str(path.relative_to(settings.BASE_DIR))
            if (
                name not in PAGES_ALONE
                and "migrations" not in name
                and (texts := list(sorted_by_text(path.read_text())))
            ):
                found[name] = texts
    assert found == {}


def test_an_order_by_a_text_is_noticed():
    assert list(sorted_by_text('rows.order_by("month", "-recommendation__reference", "reference_order")')) == [
        "-recommendation__reference"
    ]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows the order of code points alone.")
def test_the_tests_of_postgresql_have_a_natural_language_collation(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT datlocprovider, daticulocale FROM pg_database WHERE datname = %s",
            [connection.settings_dict["NAME"]],
        )
        assert cursor.fetchone() == ("i", "en-GB")
        cursor.execute("SELECT 'b' < 'C' AND 'R1-0' < 'R10'")
        assert cursor.fetchone() == (True,)
