"""A report as a document: the same format every time, as accessible PDF and as Word."""

import io
from datetime import date

import docx
import pypdf
import pytest

from improvement.documents import pdf, word
from improvement.documents.blocks import Bullets, Facts, Heading, Paragraph, Table
from improvement.records import triggers
from notices import interim, verification
from notices.interim import digests, former_document, interim_document, reported
from notices.models import InterimReport
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice():
    made = factories.notice()
    factories.result(made.targets.get().indicators.get())
    factories.target(made, 2)
    return made


def built(report):
    return interim_document.build(reported.build(report))


def headings(document):
    return [(block.level, block.text) for block in document.blocks if isinstance(block, Heading)]


COVER = ["Purpose", "Background", "Main points", "Conclusion", "Recommendations"]


def test_the_format_is_the_same_every_time(notice):
    first = built(factories.issued_report(notice))
    second = built(factories.issued_report(notice, date(2011, 5, 31)))
    assert [(level, text) for level, text in headings(first) if level == 1] == [
        *((1, section) for section in COVER),
        (1, "Summary of targets"),
        (1, "Report on each target"),
    ]
    assert [text for level, text in headings(first) if level == 2] == [
        "Increase timely assessments to 80%.",
        "Demand 2 is to be met.",
    ]
    assert headings(second) == headings(first)


def test_a_target_has_its_status_verdict_steps_values_recap_and_narrative(notice):
    factories.issued_report(notice)
    report = factories.report(notice, date(2011, 5, 31))
    text = "Begun.\n\n- one school\n- another"
    target = notice.targets.get(reference="N01")
    interim.write_entry(
        report=report, target=target, version=1, narrative=text, note="A slip.", by=user("Olga Office"), at=AT
    )
    blocks = list(built(report).blocks)
    start = blocks.index(Heading(2, "Increase timely assessments to 80%."))
    stands, *told, steps, beside, notes = blocks[start + 1 : blocks.index(Heading(2, "Demand 2 is to be met."))]
    assert stands == Paragraph(
        "N01: Well on the way. Computed verdict: Met, provisional.\n"
        "Last reported. In April 2011 it was reported (well on the way): Matter N01 was seen to."
    )
    assert told == [Paragraph("Begun."), Bullets(("one school", "another"))]
    assert steps.rows[0][2:] == ("80%", "80.5% p\n0.5 percentage points beyond it", "Met, provisional")
    chart, values = beside.blocks
    assert chart.caption == "NI 59, %"
    assert values.headers == ("Indicator", "March 2011")
    assert values.rows[0][1:] == ("80.5% p",)
    assert notes == Paragraph("p: provisional.\nSource: Monthly return.\nNote: A slip.", "note")


def test_what_was_issued_in_the_first_format_is_laid_out_as_it_was(notice):
    report = factories.issued_report(notice)
    triggers.drop()
    InterimReport.objects.update(digest_format=1)
    report = InterimReport.objects.get(pk=report.pk)
    InterimReport.objects.update(digest=digests.digest(report))
    triggers.install()
    assert not [problem for problem in verification.problems() if "digest" in problem]
    document = built(report)
    assert document == former_document.build(reported.build(report))
    blocks = list(document.blocks)
    start = blocks.index(Heading(2, "Increase timely assessments to 80%."))
    assert blocks[start + 1] == Facts(
        [("Reference", "N01"), ("Status", "Well on the way"), ("Computed verdict", "Met, provisional")]
    )
    assert [block.caption for block in blocks[start:] if isinstance(block, Table)] == [
        "Milestones of N01",
        "Values of N01",
    ]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (factories.report, "draft: not yet tabled at the Board"),
        (factories.tabled_report, "tabled at the Board: 1 May 2011; not yet issued"),
        (
            factories.issued_report,
            "tabled at the Board: 1 May 2011; agreed by the Board: 1 May 2011; issued: 1 May 2011",
        ),
    ],
)
def test_the_title_says_how_far_it_has_come(notice, make, said):
    assert list(built(make(notice)).lines) == ["Thornbury Improvement Notice", f"Report of 30 April 2011, {said}"]


def test_a_day_that_is_not_known_says_so(notice):
    report = interim.table(report=factories.report(notice), by=user("Olga Office"), at=AT)
    assert "tabled at the Board: day not given" in built(report).lines[1]


def test_what_is_illustrative_stands_at_the_foot_of_every_page(notice):
    plan = factories.plan()
    plan.notice, plan.caveat = notice, "Illustrative."
    plan.save()
    assert built(factories.issued_report(notice)).caveat == "Illustrative."


@pytest.mark.usefixtures("drawn_anew")
def test_the_pdf_declares_that_it_is_accessible_and_is_the_same_each_time(notice):
    document = built(factories.issued_report(notice))
    content = pdf.write(document)
    reader = pypdf.PdfReader(io.BytesIO(content))
    assert b"<pdfuaid:part>1</pdfuaid:part>" in reader.trailer["/Root"]["/Metadata"].get_data()
    assert reader.metadata.title == "Report of April 2011"
    assert pdf.write(document) == content


@pytest.mark.usefixtures("drawn_anew")
def test_the_word_file_opens_with_headings_and_header_rows_and_is_the_same_each_time(notice):
    document = built(factories.issued_report(notice))
    content = word.write(document)
    file = docx.Document(io.BytesIO(content))
    levels = {"Heading 1": 7, "Heading 2": 2}
    styles = [paragraph.style.name for paragraph in file.paragraphs]
    assert {name: styles.count(name) for name in levels} == levels
    marked = [table for table in file.tables if "w:tblHeader" in table.rows[0]._tr.xml]
    assert len(marked) == len([block for block in document.all_blocks if isinstance(block, Table)]) == 3
    assert word.write(document) == content


def test_a_text_that_looks_like_markup_stays_text(notice):
    report = factories.report(notice)
    target = notice.targets.get(reference="N01")
    hostile = "#panic() *b* <script>alert(1)</script> \\ $x$ 漢字 😀"
    interim.write_entry(report=report, target=target, version=1, narrative=hostile, by=user("Olga Office"), at=AT)
    document = built(report)
    assert "#panic()" in "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf.write(document))).pages)
    assert hostile in {paragraph.text for paragraph in docx.Document(io.BytesIO(word.write(document))).paragraphs}
