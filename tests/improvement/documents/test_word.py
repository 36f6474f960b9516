"""The Word file read back: what an editor, a screen reader and a printer find in it."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import docx
import pytest
from docx.oxml.ns import qn

from improvement.documents import word


def read(document):
    return docx.Document(io.BytesIO(word.write(document)))


def found(file, path):
    """Return what an XPath finds in the body, with w: as its prefix."""
    return file.element.body.xpath(path)


def words(element):
    """Return the text of an element with its fields as they show."""
    return "".join(text.text for text in element.iter(qn("w:t")))


def test_write_says_what_the_document_is_and_in_which_language(pack):
    file = read(pack)
    properties = file.core_properties
    assert (properties.title, properties.author, properties.keywords, properties.language) == (
        "Board pack, November 2010",
        "Programme office",
        "pack, board",
        "en-GB",
    )
    assert properties.created == properties.modified == datetime(2010, 11, 11, tzinfo=UTC)
    assert {one.get(qn("w:val")) for one in file.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    assert [round(side.cm, 1) for side in (file.sections[0].page_width, file.sections[0].page_height)] == [21, 29.7]


def test_write_makes_true_headings_and_styles(pack):
    styled = [(one.style.name, one.text) for one in read(pack).paragraphs if one.style.name != "After Table"]
    assert styled == [
        ("Title", "Board pack, November 2010"),
        ("Subtitle", "Meeting of 18 November 2010"),
        ("Subtitle", "Civic Hall"),
        ("Heading 1", "Summary"),
        ("Lead", "Six are red.\nOne is late."),
        ("Lead", "None was closed."),
        ("Caveat", "Ratings are illustrative."),
        ("Note", "Source: [003] 3.4"),
        ("Caption", "Cover sheet"),
        ("List Bullet", "Two moved up – “R02” and “R05”…"),
        ("List Bullet", "≥ 70% at the café"),
        ("Caption", "Ratings by month"),
        ("Drawing", ""),
        ("Heading 1", "Exceptions"),
        ("Heading 2", "Red"),
        ("Heading 3", "Paths to green"),
        ("Caption", "Every recommendation"),
        ("Caption", "Decisions sought"),
        ("Normal", "Nothing to show."),
    ]


def test_write_draws_what_a_rating_was_corrected_to_as_it_draws_the_rating(corrected):
    file = read(corrected)
    for table in file.tables:
        cell = table.rows[-1].cells[-1]
        assert cell.text == "\tGreen\ncorrected to\n\tAmber"
        assert len(cell._tc.xpath(".//w:drawing")) == 2


def test_write_gives_contents_that_lead_to_the_headings_without_an_update(pack):
    file = read(pack)
    links = [(words(link), link.get(qn("w:anchor"))) for link in found(file, "./w:sdt//w:hyperlink")]
    targets = {mark.get(qn("w:name")): words(mark.getparent()) for mark in found(file, ".//w:bookmarkStart")}
    assert [f"{targets[anchor]}…" for _, anchor in links] == [text for text, _ in links]
    assert [targets[anchor] for _, anchor in links] == ["Summary", "Exceptions", "Red"]
    # The page of each, which Word fills in as it opens the file.
    asked = [field.get(qn("w:instr")) for field in found(file, "./w:sdt//w:fldSimple")]
    assert asked == [f"PAGEREF {anchor} \\h" for _, anchor in links]
    assert file.settings.element.find(qn("w:updateFields")).get(qn("w:val")) == "true"
    kinds = [one.get(qn("w:fldCharType")) for one in found(file, ".//w:fldChar")]
    assert (kinds, found(file, "string(.//w:instrText)")) == (["begin", "separate", "end"], 'TOC \\o "1-2" \\h \\z \\u')


def test_write_begins_a_page_after_the_contents_and_where_asked(pack):
    begun = [words(one.getparent().getparent()) for one in found(read(pack), ".//w:pageBreakBefore")]
    assert begun == ["Summary", "Exceptions"]


def test_write_marks_header_rows_and_first_columns(pack):
    cover, every = read(pack).tables
    assert [len(table._tbl.xpath(".//w:tblHeader")) for table in (cover, every)] == [0, 1]
    assert [table._tbl.xpath("string(.//w:tblLook/@w:firstRow)") for table in (cover, every)] == ["0", "1"]
    assert [table._tbl.xpath("string(.//w:tblLook/@w:firstColumn)") for table in (cover, every)] == ["1", "1"]
    assert [table._tbl.xpath("string(.//w:tblCaption/@w:val)") for table in (cover, every)] == [
        "Cover sheet",
        "Every recommendation",
    ]
    rows = [[words(cell) for cell in row.tc_lst] for row in every._tbl.tr_lst]
    assert (len(rows), rows[:2]) == (
        121,
        [["Reference", "Rating", "Title", "Days late"], ["R01", "Red", "See each child alone", "1"]],
    )
    assert [words(cell) for row in cover._tbl.tr_lst for cell in row.tc_lst] == [
        "Originator",
        "Director",
        "Subject",
        "Progress",
    ]


def test_write_describes_figures_and_marks_shapes_as_decoration(pack):
    file = read(pack)
    pictures = found(file, ".//wp:docPr")
    assert len({one.get("id") for one in pictures}) == 121
    assert [one.get("descr") for one in pictures if one.get("descr")] == ["One green block."]
    assert sum(len(one.xpath(".//*[local-name()='decorative']")) for one in pictures) == 120
    images = [name for name in zipfile.ZipFile(io.BytesIO(word.write(pack))).namelist() if "/media/" in name]
    assert images == ["word/media/image1.png", "word/media/image2.png"]


@pytest.mark.parametrize(("first", "line"), [(1, "Page 1 of 1"), (29, "Page 29")])
def test_write_puts_caveat_and_number_on_every_page(pack, first, line):
    section = read(replace(pack, first_page=first)).sections[0]
    for foot in (section.first_page_footer, section.footer):
        assert [words(one._p) for one in foot.paragraphs] == ["Illustrative where the report gives no rating.", line]
    assert [words(one._p) for one in section.header.paragraphs] == ["Board pack, November 2010"]
    assert section._sectPr.xpath("string(./w:pgNumType/@w:start)") == str(first)


@pytest.mark.usefixtures("drawn_anew")
def test_write_gives_the_same_bytes_for_the_same_document(pack):
    assert word.write(pack) == word.write(replace(pack, blocks=tuple(pack.blocks)))
    assert word.write(pack) != word.write(replace(pack, caveat="Another."))
    dates = {part.date_time for part in zipfile.ZipFile(io.BytesIO(word.write(pack))).infolist()}
    assert dates == {(2010, 11, 11, 0, 0, 0)}


def test_write_loses_no_document_to_its_texts(hostile):
    assert read(hostile).paragraphs[-1].text == "The end is reached."
