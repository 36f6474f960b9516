"""A list within a text, in a PDF and in a Word file."""

import io
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn

from improvement.documents import word
from improvement.documents.blocks import Facts, Listing, Paragraph, Table
from improvement.documents.prose import blocks
from improvement.texts import lists, prose
from tests.improvement.documents.test_pdf import read, says_accessible, tagged, text_of

LIST = "(c) one\n(d) two\n   - under it\n(e) three"
TEXT = f"Done:\n{LIST}\nMore to come."
PLACES = {
    "among facts": Facts([("Progress", TEXT)]),
    "among compact facts": Facts([("Lead", "Ada"), ("Progress", TEXT), ("Due", "May")], is_compact=True),
    "in a table": Table("", ["Reference", "Progress"], [["R01", TEXT]]),
    "in a paragraph": Paragraph(TEXT),
}


@pytest.fixture(params=PLACES)
def document(request, pack):
    return replace(pack, blocks=[PLACES[request.param]])


def paragraphs(file):
    return [one for one in file.element.body.iter(qn("w:p")) if one.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None]


def numbering(file, paragraph):
    """Return how Word marks the paragraph: the format, the text around the number, and the first number."""
    mark = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    level, number = (mark.find(qn(f"w:{tag}")).get(qn("w:val")) for tag in ("ilvl", "numId"))
    root = file.part.numbering_part.element
    own = next(one for one in root.findall(qn("w:num")) if one.get(qn("w:numId")) == number)
    kind = own.find(qn("w:abstractNumId")).get(qn("w:val"))
    described = next(one for one in root.findall(qn("w:abstractNum")) if one.get(qn("w:abstractNumId")) == kind)
    (shown,) = [one for one in described.findall(qn("w:lvl")) if one.get(qn("w:ilvl")) == level]
    words = [shown.find(qn(f"w:{tag}")).get(qn("w:val")) for tag in ("numFmt", "lvlText")]
    return int(level), *words, int(own.find(f"{qn('w:lvlOverride')}/{qn('w:startOverride')}").get(qn("w:val")))


def test_a_pdf_has_it_as_a_list_with_its_numbers(document):
    reader = read(document)
    tags = [tag for tag, *_ in tagged(reader.trailer["/Root"]["/StructTreeRoot"], [])]
    assert says_accessible(reader)
    assert (tags.count("L"), tags.count("LI")) == (2, 4)
    page = " ".join(text_of(reader.pages[0]).split())
    assert "Done: (c) one (d) two • under it (e) three More to come." in page


def test_word_has_it_as_a_list_with_its_numbers(document):
    file = docx.Document(io.BytesIO(word.write(document)))
    items = paragraphs(file)
    assert ["".join(text.text for text in item.iter(qn("w:t"))) for item in items] == [
        "one",
        "two",
        "under it",
        "three",
    ]
    ordered, below = (0, "lowerLetter", "(%1)", 3), (1, "bullet", "–", 1)
    assert [numbering(file, item) for item in items] == [ordered, ordered, below, ordered]


def test_each_list_of_a_word_file_counts_by_itself(pack):
    file = docx.Document(
        io.BytesIO(word.write(replace(pack, blocks=[Paragraph("1. a\n2. b"), Paragraph("1. c\n2. d")])))
    )
    numbers = [item.find(f".//{qn('w:numId')}").get(qn("w:val")) for item in paragraphs(file)]
    assert (numbers[0] == numbers[1], numbers[2] == numbers[3], numbers[1] == numbers[2]) == (True, True, False)


@pytest.mark.usefixtures("drawn_anew")
def test_a_word_file_with_lists_is_the_same_each_time(document):
    assert word.write(document) == word.write(document)


def test_the_parts_of_a_report_are_blocks():
    (listed,) = lists.read(LIST)
    assert blocks(prose.parts(TEXT)) == [Paragraph("Done:"), Listing(listed), Paragraph("More to come.")]


def test_a_listing_is_a_list_of_its_own(pack):
    (listed,) = lists.read("1. one\n2. two")
    made = replace(pack, blocks=[Listing(listed)])
    assert "1. one 2. two" in " ".join(text_of(read(made).pages[0]).split())
    assert len(paragraphs(docx.Document(io.BytesIO(word.write(made))))) == 2


def test_a_table_among_compact_facts_is_drawn_beneath_its_term(pack):
    text = "By month:\n| Month | In time |\n| May | 81% |"
    for said in (text, "| A | B |\n| 1 | 2 |"):
        reader = read(replace(pack, blocks=[Facts([("Progress", said)], is_compact=True)]))
        tags = [tag for tag, *_ in tagged(reader.trailer["/Root"]["/StructTreeRoot"], [])]
        assert ("Progress:" in text_of(reader.pages[0]), tags.count("TH")) == (True, 2)
