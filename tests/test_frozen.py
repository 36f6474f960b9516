"""What is frozen prints its own text: whatever is renamed afterwards, its pages and files stay the same."""

import importlib
import re
from datetime import date

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import CharField, TextField
from django.urls import reverse

from accounts.models import User
from boards import meetings, verification
from boards.models import Challenge, Report, Seat
from boards.reports import digests
from improvement.records import triggers
from notices.models import InterimReport
from plans.models import ReportingMonth, Revision
from plans.months import digests as month_records
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db
OFFICE = "Olga Office"
BOARD = "thornbury"
DAY = date(2011, 5, 10)
MEETING = date(2011, 4, 11)
# What a reader may rename: whatever is kept in the administration, and people.
RENAMED = {
    "accounts.Post": ("title", "organisation"),
    "accounts.User": ("name",),
    "boards.Board": ("name",),
    "boards.Body": ("name", "receives"),
    "boards.Seat": ("person", "organisation"),
    "notices.Area": ("name",),
    "notices.Indicator": ("name",),
    "notices.Milestone": ("wording",),
    "notices.Notice": ("title",),
    "notices.Target": ("wording",),
    "plans.AreaOfFocus": ("title",),
    "plans.Outcome": ("title",),
    "plans.Plan": ("title", "caveat", "council"),
    "plans.RatingDefinition": ("wording",),
    "plans.Recommendation": ("title", "wording"),
    "plans.Revision": ("title", "summary"),
    "plans.Theme": ("title",),
}


@pytest.fixture
def frozen():
    """A plan of which everything that can be frozen is: month, report, interim report, minutes, question, pack."""
    plan = factories.plan(2)
    plan.caveat, plan.notice = "An invented plan.", factories.notice()
    plan.save()
    factories.area(plan)
    plan.recommendations.filter(reference="R02").update(lead_post=factories.post("Police Commander"))
    recommendation = plan.recommendations.first()
    month = factories.month(plan)
    factories.signed_off(month.updates.get(reference="R01"))
    factories.published(month)
    board = plan.board
    held = factories.held(plan, MEETING)
    seats = {board.seats.get(role="chair"): ("present", ""), board.seats.get(role="member"): ("deputy", "Della")}
    meetings.record_attendance(meeting=held, version=held.version, seats=seats, by=user(OFFICE), at=AT)
    held.refresh_from_db()
    factories.minuted(held)
    refresh = Revision.objects.create(plan=plan, title="Refresh", agreed_on=MEETING)
    factories.decision(held, recommendation=recommendation, revision=refresh)
    action = factories.action(held, recommendation=recommendation)
    asked = factories.answered(factories.challenge(plan, meeting=held))
    factories.concluded(asked, "action", action=action)
    factories.received(held, ReportingMonth.objects.get())
    factories.tabled(factories.paper(held))
    factories.kept_pack(held)
    factories.agreed(held, factories.held(plan, date(2011, 4, 25)))
    factories.issued_report(plan.notice)
    report = factories.outgoing(
        board, dated_on=AT.date(), author="The Chair", sections=[("Progress", "Much was done.")]
    )
    report = factories.issued(report)
    factories.sent(factories.body(board), sent_on=AT.date(), report=report)
    return plan


def pages():
    """Return the address of every frozen page and of every file that is made of one."""
    report, kept = Report.objects.get(), {"audience": "board", "number": 1}
    sent = (BOARD, report.kind, report.dated_on)
    interim = (BOARD, InterimReport.objects.get().reported_on)
    month = date(2011, 5, 1)
    return [
        reverse("plans:month_detail", args=[BOARD, month]),
        reverse("plans:recommendation_list", args=[BOARD]),
        *(reverse("plans:recommendation_list", args=[BOARD]) + f"?_export={kind}" for kind in ("csv", "xlsx")),
        reverse("boards:dashboard", args=[BOARD, month]),
        reverse("boards:report_detail", args=sent),
        *(reverse("boards:report_download", args=[*sent, form]) for form in ("pdf", "docx")),
        reverse("notices:interim_detail", args=interim),
        reverse("notices:interim_pdf", args=interim),
        reverse("notices:interim_docx", args=interim),
        reverse("boards:meeting_detail", args=[BOARD, MEETING]),
        reverse("boards:challenge_detail", args=[BOARD, Challenge.objects.order_by("number").first().number]),
        *(
            reverse("boards:pack_download", args=[BOARD, MEETING, form]) + f"?audience={kept['audience']}&number=1"
            for form in ("pdf", "docx", "xlsx")
        ),
    ]


def shown(client, address):
    """Return what the address answers; of a page what is its own, without the site's frame and the ways out of it."""
    response = client.get(address)
    assert response.status_code == 200, address
    content = b"".join(response) if response.streaming else response.content
    if "text/html" not in response["Content-Type"]:
        return content
    page = content.decode()
    (main,) = re.findall(r"<main.*</main>", page, re.S)
    # What the dashboard says of the Notice is, as it says there, from what is known today.
    main = re.sub(r'<details[^>]*id="targets".*?</details>', "", main, flags=re.S)
    return re.sub(r"csrfmiddlewaretoken\" value=\"\w+", "", main)


def difference(before, after):
    """Return the lines of a page that are new; of a file that it is another."""
    if isinstance(before, bytes):
        return "another file"
    return [line.strip() for line in after.splitlines() if line not in before.splitlines()]


def rename():
    """Give everything another name, which comes in another order too."""
    for label, fields in RENAMED.items():
        model = apps.get_model(label)
        for row in model.objects.all():
            for field in fields:
                room = model._meta.get_field(field).max_length or 1000
                row.__dict__[field] = f"Renamed {9999 - row.pk} {getattr(row, field)}"[:room]
            model.objects.filter(pk=row.pk).update(**{field: getattr(row, field) for field in fields})
    Seat.objects.filter(role="chair").update(position=99)


def test_nothing_frozen_changes_with_what_is_renamed(frozen, client):
    client.force_login(user(OFFICE))
    addresses = pages()
    before = {address: shown(client, address) for address in addresses}
    # The dashboard keeps its body in memory; the others are made anew.
    rename()
    client.logout()
    client.force_login(User.objects.get(email="olga.office@thornbury.example"))
    after = {address: shown(client, address) for address in addresses}
    changed = [address for address in addresses if after[address] != before[address]]
    assert {address: difference(before[address], after[address]) for address in changed} == {}
    assert "Renamed" in client.get(reverse("boards:board_detail", args=[BOARD])).content.decode()


def test_every_text_that_a_person_may_rename_is_renamed():
    """A model with texts that is kept in the administration has its place in RENAMED, or prints on no frozen page."""
    elsewhere = {
        "boards.TermsOfReference",
        "notices.Category",
        "notices.CategoryMapping",
        "notices.Continuation",
        "notices.FactorEvidence",
        "notices.Finding",
        "notices.Inspection",
        "notices.Judgement",
        "notices.NoticeVersion",
        "notices.ReportedStatement",
        "notices.SustainabilityFactor",
        "plans.Action",
    }
    kept = {
        model._meta.label
        for model in apps.get_models()
        if hasattr(model, "history") and any(isinstance(field, CharField | TextField) for field in model._meta.fields)
    }
    assert kept - elsewhere - set(RENAMED) == set()


def test_who_published_and_who_issued_is_in_the_digest(frozen):
    triggers.drop()
    ReportingMonth.objects.update(published_name="Somebody Else")
    Report.objects.update(issued_name="Somebody Else")
    triggers.install()
    month, report = ReportingMonth.objects.get(), Report.objects.get()
    assert month_records.digest(month) != month.digest
    assert digests.digest(report) != report.digest


def test_a_report_of_the_first_format_still_verifies(frozen):
    triggers.drop()
    report = Report.objects.get()
    report.digest_format = 1
    Report.objects.update(digest_format=1, digest=digests.digest(report))
    triggers.install()
    assert not [problem for problem in verification.problems() if "digest" in problem]


def test_the_rows_from_before_are_stamped_as_they_are_named_now(frozen, client):
    client.force_login(user(OFFICE))
    before = {address: shown(client, address) for address in pages()}
    triggers.drop()
    unstamped = {
        "plans.ReportingMonth": {"opened_name": "", "published_name": ""},
        "boards.Report": {"issued_name": ""},
        "boards.Circulation": {"body_name": ""},
        "boards.Attendance": {"position": 0},
        "boards.Decision": {"about": "", "revision_title": ""},
        "boards.BoardAction": {"about_reference": "", "about_title": ""},
        "boards.Challenge": {"about_reference": "", "about_title": "", "answering_title": ""},
        "boards.Meeting": {"stood": {}},
    }
    for label, fields in unstamped.items():
        apps.get_model(label).objects.update(**fields)
    for name in (
        "plans.migrations.0017_name_who_opened_and_published",
        "boards.migrations.0013_fill_what_frozen_pages_print",
    ):
        importlib.import_module(name).fill(apps, type("Editor", (), {"connection": connection}))
    triggers.install()
    assert {address: shown(client, address) for address in pages()} == before
