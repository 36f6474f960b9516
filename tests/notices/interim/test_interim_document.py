"""A report as a document: the same format every time, as accessible PDF and as Word."""

import io
from datetime import date

import docx
import pypdf
import pytest

from improvement.documents import pdf, word
from improvement.documents.blocks import Bullets, Facts, Heading, Paragraph, Table
from notices import interim
from notices.interim import interim_document, reported
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
    assert [pair for pair in headings(second) if pair[1] != "What was last reported"] == headings(first)


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
    facts, steps, values, *rest = blocks[start + 1 : blocks.index(Heading(2, "Demand 2 is to be met."))]
    assert facts == Facts(
        [("Reference", "N01"), ("Status", "Well on the way"), ("Computed verdict", "Met, provisional")]
    )
    assert isinstance(steps, Table)
    assert steps.rows[0][2:] == (
        "80%",
        "80.5% (provisional)\n0.5 percentage points beyond it",
        "Met, provisional",
    )
    assert values.rows[0][2:] == ("80.5% (provisional)", "The council", "Monthly return")
    assert rest == [
        Heading(3, "What was last reported"),
        Paragraph("In April 2011 it was reported (well on the way): Matter N01 was seen to."),
        Heading(3, "What is reported"),
        Paragraph("Begun."),
        Bullets(("one school", "another")),
        Paragraph("Note: A slip.", "note"),
    ]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (factories.report, ["Draft: not yet tabled at the Board"]),
        (factories.tabled_report, ["Tabled at the Board: 1 May 2011", "Not yet issued"]),
        (
            factories.issued_report,
            ["Tabled at the Board: 1 May 2011", "Agreed by the Board: 1 May 2011", "Issued: 1 May 2011"],
        ),
    ],
)
def test_the_title_says_how_far_it_has_come(notice, make, said):
    assert list(built(make(notice)).lines) == ["Thornbury Improvement Notice", "Report of 30 April 2011", *said]


def test_a_day_that_is_not_known_says_so(notice):
    report = interim.table(report=factories.report(notice), by=user("Olga Office"), at=AT)
    assert "Tabled at the Board: day not given" in built(report).lines


def test_what_is_illustrative_stands_at_the_foot_of_every_page(notice):
    plan = factories.plan()
    plan.notice, plan.caveat = notice, "Illustrative."
    plan.save()
    assert built(factories.issued_report(notice)).caveat == "Illustrative."


def test_the_pdf_declares_that_it_is_accessible_and_is_the_same_each_time(notice):
    document = built(factories.issued_report(notice))
    content = pdf.write(document)
    reader = pypdf.PdfReader(io.BytesIO(content))
    assert b"<pdfuaid:part>1</pdfuaid:part>" in reader.trailer["/Root"]["/Metadata"].get_data()
    assert reader.metadata.title == "Report of April 2011"
    assert pdf.write(document) == content


def test_the_word_file_opens_with_headings_and_header_rows_and_is_the_same_each_time(notice):
    document = built(factories.issued_report(notice))
    content = word.write(document)
    file = docx.Document(io.BytesIO(content))
    levels = {"Heading 1": 7, "Heading 2": 2}
    styles = [paragraph.style.name for paragraph in file.paragraphs]
    assert {name: styles.count(name) for name in levels} == levels
    marked = [table for table in file.tables if "w:tblHeader" in table.rows[0]._tr.xml]
    assert len(marked) == len([block for block in document.blocks if isinstance(block, Table)]) == 3
    assert word.write(document) == content


def test_a_text_that_looks_like_markup_stays_text(notice):
    report = factories.report(notice)
    target = notice.targets.get(reference="N01")
    hostile = "#panic() *b* <script>alert(1)</script> \\ $x$ 漢字 😀"
    interim.write_entry(report=report, target=target, version=1, narrative=hostile, by=user("Olga Office"), at=AT)
    document = built(report)
    assert "#panic()" in "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf.write(document))).pages)
    assert hostile in {paragraph.text for paragraph in docx.Document(io.BytesIO(word.write(document))).paragraphs}
