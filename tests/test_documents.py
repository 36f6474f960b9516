"""Every PDF that the product makes is accessible as far as can be checked here, and says so only where it is.

Of a pack with papers that is everything but the pages of the papers; it makes no claim.
"""

from datetime import date

import pytest
from django.urls import reverse

from boards import papers
from boards.meetings import minutes_document, proceedings
from boards.models import Meeting, Pack, PackFile, Report
from boards.packs import pack_files
from boards.permissions import Readership
from boards.reports import report_document
from improvement.documents import pdf
from notices.interim import interim_document, reported
from notices.models import InterimReport
from plans.refresh import draft_document, preview
from tests import addresses, factories, pdf_ua
from tests.boards.packs.packing import a_meeting, a_plan, built
from tests.factories import AT, a_file, later, user
from tests.improvement.documents.binding.pdfs import a_pdf
from tests.once import LOOKS

pytestmark = [pytest.mark.django_db, LOOKS]
Form = PackFile.Form
# Where a PDF is handed out: every one of these has its test below.
HANDED_OUT = {
    "boards:decisions_download",
    "boards:minutes_download",
    "boards:pack_download",
    "boards:public_minutes",
    "boards:public_pack",
    "boards:report_download",
    "notices:interim_pdf",
    "notices:notice_exit",
}


def accessible(content):
    """Whether a PDF has no fault and says that it is accessible; the faults are what the test then shows."""
    assert pdf_ua.faults(content) == []
    return pdf_ua.claims(content)


def test_every_address_that_hands_out_a_pdf_is_known():
    named = {name for name, args, *_ in addresses.TABLE if {"pdf", "docx"} & set(args) or name.endswith("_pdf")}
    assert named | {"notices:notice_exit", "boards:public_pack", "boards:pack_download"} == HANDED_OUT


# The small plan.


@pytest.fixture
@factories.once
def meeting():
    """A meeting with a month, papers that are PDFs and texts, a guest, a declaration, a decision and an action."""
    plan = a_plan()
    factories.result(plan.notice.targets.get().indicators.get())
    factories.target(plan.notice, 2)
    made = a_meeting(plan, papers={}, is_announced=False)
    for name, content in (("bound.pdf", a_pdf("Bound", "Bound")), ("note.txt", b"A note")):
        papers.add(meeting=made, title=name, file=a_file(name, content), by=user("Olga Office"), at=AT)
    made = factories.announced(made, papers=made.papers.all())
    factories.minuted(
        made, "It was discussed:\n\n- one\n- two\n\n| Month | In time |\n| May | 81% |", at=later(days=20)
    )
    for record in (factories.guest, factories.declaration, factories.decision):
        record(made, at=later(days=20))
    factories.action(made, at=later(days=20))
    return Meeting.objects.whole().get(pk=made.pk)


@pytest.fixture
def read(meeting):
    meeting.month.plan.board = meeting.board
    return meeting


@pytest.mark.parametrize("audience", list(Pack.Audience))
def test_a_pack_is_accessible_and_one_with_papers_makes_no_claim(read, audience):
    pack = pack_files.whole(built(read, audience))
    assert accessible(pack_files.written(pack, Form.PDF))
    full = pack_files.written(pack, Form.FULL)
    assert (pdf_ua.faults(full), pdf_ua.claims(full)) == ([], False)
    assert [pdf_ua.is_bound(page) for page in pdf_ua.reader_of(full).pages].count(True) == 2


@pytest.mark.parametrize("write", [minutes_document.minutes, minutes_document.decision_sheet])
@pytest.mark.parametrize("readership", [Readership.OFFICE, Readership.PUBLIC])
def test_minutes_and_decision_sheet_are_accessible(meeting, write, readership):
    told = proceedings.build(meeting, readership, now=later(days=30), is_chair=True)
    assert accessible(pdf.write(write(told)))


@pytest.mark.parametrize("kind", list(Report.Kind))
@pytest.mark.parametrize("is_issued", [True, False])
def test_reports_and_letters_are_accessible_with_a_letterhead_and_a_chart(meeting, kind, is_issued):
    factories.letterhead(meeting.board)
    given = {"sections": [("", "Dear Minister\n\nMuch was done.")]} if kind == Report.Kind.LETTER else {}
    row = factories.outgoing(meeting.board, kind, date(2011, 6, 1), **given)
    assert accessible(pdf.write(report_document.build(factories.issued(row) if is_issued else row)))


@pytest.mark.parametrize("make", [factories.report, factories.issued_report])
def test_a_report_to_the_department_is_accessible_with_its_charts(meeting, make):
    report = make(meeting.board.plan.notice, date(2011, 5, 31))
    document = interim_document.build(reported.build(report))
    assert [block for block in document.all_blocks if type(block).__name__ == "Figure"]
    assert accessible(pdf.write(document))


def test_the_exit_view_is_accessible(meeting, client):
    client.force_login(user("Cass Chair"))
    response = client.get(reverse("notices:notice_exit", args=["thornbury"]), {"_export": "pdf"})
    assert accessible(response.content)


def test_the_draft_of_a_revision_is_accessible(meeting):
    draft = factories.drafted(meeting.board.plan)
    factories.drafted_recommendation(draft, "R09")
    assert accessible(pdf.write(draft_document.build(preview.build(draft, on=date(2011, 6, 1)))))


# The demonstration.


@pytest.mark.parametrize(
    ("held_on", "audience"),
    [(date(2010, 11, 22), Pack.Audience.BOARD), (date(2010, 12, 13), Pack.Audience.PUBLIC)],
)
def test_the_packs_of_leeds_are_accessible_with_their_supplements(leeds, held_on, audience):
    found = PackFile.objects.filter(pack__meeting__held_on=held_on, pack__audience=audience, form=Form.PDF)
    assert found
    for row in found:
        with row.file.open() as stream:
            assert accessible(stream.read())


def test_the_letters_and_the_reports_to_the_department_of_leeds_are_accessible(leeds):
    for report in Report.objects.all():
        assert accessible(pdf.write(report_document.build(report)))
    november = InterimReport.objects.get(reported_on=date(2011, 11, 11))
    assert accessible(pdf.write(interim_document.build(reported.build(november))))


def test_the_decision_sheets_of_leeds_are_accessible(leeds):
    meeting = Meeting.objects.whole().exclude(decisions=None).first()
    told = proceedings.build(meeting, Readership.OFFICE, now=later(days=1000))
    assert accessible(pdf.write(minutes_document.decision_sheet(told)))
