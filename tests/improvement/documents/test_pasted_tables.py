"""A table within a text, in a PDF and in a Word file."""

import io
from dataclasses import replace

import docx
import pypdf
import pytest

from improvement.documents import pdf, word
from improvement.documents.blocks import Bullets, Facts, Paragraph, Table
from improvement.documents.prose import blocks
from improvement.texts import prose
from tests.improvement.documents.test_pdf import read, says_accessible, tagged, text_of

TEXT = "By month:\n| Month | In time |\n| May | 81% |\nMore to come."
ROWS = [["Month", "In time"], ["May", "81%"]]
PLACES = {
    "among facts": Facts([("Progress", TEXT)]),
    "in a table": Table("", ["Reference", "Progress"], [["R01", TEXT]]),
    "in a paragraph": Paragraph(TEXT),
}


@pytest.fixture(params=PLACES)
def document(request, pack):
    return replace(pack, blocks=[PLACES[request.param]])


def cells(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_a_pdf_has_it_as_a_table_with_its_heads(document):
    reader = read(document)
    found = tagged(reader.trailer["/Root"]["/StructTreeRoot"], [])
    assert says_accessible(reader)
    assert [tag for tag, *_ in found].count("TH") >= 2
    page = text_of(reader.pages[0])
    assert [page.index(words) for words in ("By month:", "Month In time", "May 81%", "More to come.")] == sorted(
        page.index(words) for words in ("By month:", "Month In time", "May 81%", "More to come.")
    )


def test_word_has_it_as_a_table_within_the_cell_or_the_text(document):
    file = docx.Document(io.BytesIO(word.write(document)))
    nested = [table for outer in file.tables for row in outer.rows for cell in row.cells for table in cell.tables]
    assert [cells(table) for table in nested or file.tables] == [ROWS]
    # Word calls a file damaged whose cell ends with a table.
    ends = [cell._tc[-1].tag.rpartition("}")[2] for outer in file.tables for row in outer.rows for cell in row.cells]
    assert set(ends) == {"p"}


def test_the_parts_of_a_report_are_blocks():
    assert blocks(prose.parts(f"- one\n\n{TEXT}")) == [
        Bullets(("one",)),
        Paragraph("By month:"),
        Table("", ("Month", "In time"), [("May", "81%")]),
        Paragraph("More to come."),
    ]


def test_what_has_no_table_is_laid_out_as_before(pack):
    data = pdf.data(replace(pack, blocks=[Paragraph("One | two.\n\nThree\tfour.")]))
    assert data["blocks"] == [{"kind": "Paragraph", "text": [["One | two."], ["Three\tfour."]], "style": ""}]
    assert isinstance(pypdf.PdfReader(io.BytesIO(pdf.laid_out([data]))), pypdf.PdfReader)
