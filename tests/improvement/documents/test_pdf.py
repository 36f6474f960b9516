"""The PDF read back: what a reader, a screen reader and a printer find in it."""

import io
import re
from dataclasses import replace

import pypdf
import pytest

from improvement.documents import pdf
from improvement.documents.blocks import Figure, Heading, PageBreak, Paragraph, Table
from improvement.documents.template import NotCompiled, compiled

SVG = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"


def read(document):
    return pypdf.PdfReader(io.BytesIO(pdf.write(document)))


def text_of(page):
    return " ".join(page.extract_text().split())


def says_accessible(reader):
    return b"<pdfuaid:part>1</pdfuaid:part>" in reader.trailer["/Root"]["/Metadata"].get_data()


def tagged(element, found):
    """Collect the structure's elements as (tag, alternative text, attributes)."""
    children = element.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        child = child.get_object()
        if isinstance(child, dict) and "/S" in child:
            found.append((child["/S"][1:], child.get("/Alt"), child.get("/A")))
            tagged(child, found)
    return found


def bookmarks(outline):
    return [bookmarks(one) if isinstance(one, list) else one.title for one in outline]


def test_write_says_what_the_document_is_and_in_which_language(pack):
    reader = read(pack)
    assert dict(reader.metadata) | {"/Creator": ""} == {
        "/Title": "Board pack, November 2010",
        "/Author": "Programme office",
        "/Keywords": "pack, board",
        "/CreationDate": "D:20101111000000Z",
        "/ModDate": "D:20101111000000Z",
        "/Creator": "",
    }
    assert (reader.trailer["/Root"]["/Lang"], says_accessible(reader)) == ("en-GB", True)
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [595, 842]


def test_write_gives_contents_with_pages_and_bookmarks(pack):
    reader = read(pack)
    first = text_of(reader.pages[0])
    assert first.startswith("Board pack, November 2010 Meeting of 18 November 2010 Civic Hall Contents Summary")
    entries = re.findall(r"(Summary|Exceptions|Red) ?[. ]*(\d+)", first)
    assert entries == [("Summary", "2"), ("Exceptions", "3"), ("Red", "3")]
    assert bookmarks(reader.outline) == ["Summary", "Exceptions", ["Red", ["Paths to green"]]]
    assert [reader.get_destination_page_number(one) for one in reader.outline[:2]] == [1, 2]


def test_write_puts_caveat_and_number_on_every_page_and_the_title_on_all_but_the_first(pack):
    pages = [text_of(page) for page in read(pack).pages]
    total = len(pages)
    feet = [
        f"Illustrative where the report gives no rating. Page {number} of {total}" for number in range(1, total + 1)
    ]
    assert (total > 4, [foot in page for foot, page in zip(feet, pages, strict=True)]) == (True, [True] * total)
    assert [page.startswith("Board pack, November 2010") for page in pages] == [True] * total
    assert [page.count("Board pack, November 2010") for page in pages] == [1] * total


def test_write_numbers_a_supplement_on_without_a_total(pack):
    reader = read(replace(pack, first_page=29))
    last = 28 + len(reader.pages)
    assert [reader.page_labels[0], reader.page_labels[-1]] == ["29", str(last)]
    assert text_of(reader.pages[-1]).endswith(f"no rating. Page {last}")
    assert f" of {last}" not in text_of(reader.pages[0])


def test_write_leaves_contents_out_where_none_are_wanted(pack):
    reader = read(replace(pack, has_contents=False))
    assert ("Contents" in text_of(reader.pages[0]), "Six are red." in text_of(reader.pages[0])) == (False, True)


def test_write_repeats_a_tables_header_and_says_each_rating_in_a_word(pack):
    pages = [text_of(page) for page in read(pack).pages[2:]]
    headed = [page.count("Reference Rating Title Days late") for page in pages if "See each child alone" in page]
    assert (len(headed) > 2, headed) == (True, [1] * len(headed))
    assert sum(page.count("Red See each child alone") for page in pages) == 120
    assert "Decisions sought Nothing to show." in pages[-1]


def test_write_draws_what_a_rating_was_corrected_to_as_it_draws_the_rating(corrected):
    told = " ".join(text_of(page) for page in read(corrected).pages)
    assert told.count("G Green corrected to A Amber") == 2


def test_write_tags_headings_tables_lists_and_figures(pack):
    found = tagged(read(pack).trailer["/Root"]["/StructTreeRoot"], [])
    tags = [tag for tag, _, _ in found]
    # "Contents" is a heading too.
    assert [tag for tag in tags if tag in ("H1", "H2", "H3")] == ["H1", "H1", "H1", "H2", "H3"]
    assert (tags.count("THead"), tags.count("TH"), tags.count("TR"), tags.count("LI")) == (1, 4, 121, 2)
    assert [alt for tag, alt, _ in found if tag == "Figure"] == ["One green block."]


def test_write_takes_its_typeface_from_here_and_draws_what_english_needs(pack):
    reader = read(pack)
    faces = {
        str(font["/BaseFont"]) for page in reader.pages for font in map(_object, page["/Resources"]["/Font"].values())
    }
    assert {face.split("+")[1] for face in faces} == {"Inter-Bold", "Inter-Regular"}
    assert "Two moved up – “R02” and “R05”…" in text_of(reader.pages[1])
    assert "≥ 70% at the café" in text_of(reader.pages[1])


def _object(one):
    return one.get_object()


ADDRESS = "https://council.example/boards/a-very-long-name-of-a-board/meetings/2026-11-30/papers/12345/"


def test_what_is_longer_than_a_line_is_parted_without_a_character_that_would_be_copied(pack):
    table = Table("Files", ["Name", "SHA-256"], [["minutes.pdf", "0123456789abcdef" * 9]])
    made = pdf.write(replace(pack, blocks=[Heading(1, ADDRESS), Paragraph(f"See {ADDRESS} for it."), table]))
    said = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages]
    assert [letter for page in said for letter in page if ord(letter) in range(0x200B, 0x2010)] == []
    assert ADDRESS in said[1].replace("\n", "")
    assert "0123456789abcdef" * 9 in said[1].replace("\n", "")
    assert [text for text in (ADDRESS, "0123456789abcdef" * 9) if text in said[1]] == []  # each takes several lines


NAMES = {
    "Polish": "Łukasz Żółć Śnieżyński ąćęłńóśźż",
    "Romanian": "Ștefan Țîrlea ăâîșț",
    "Vietnamese": "Nguyễn Đặng Thị Ượng ảạấầẩẫậẹỏọốồổỗộớờởỡợủũụứừửữựỳỷỹỵđ",
    "Turkish": "Işık Ğülşen İ",
    "Yoruba": "Ọlá Ẹ̀bùn ṣ",
    "Welsh": "Siân Ŵyn ŷ",
    "Lithuanian": "Žydrūnė Šąįų",
    "Hungarian": "Erzsébet Őry ű",
    "Icelandic": "Þórður Æ",
    "Greek": "Ελένη",
    "Cyrillic": "Олександр Їжак ґ",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_peoples_names_are_drawn_in_the_typeface_of_the_document(pack, name):
    reader = read(replace(pack, blocks=[Heading(1, "One"), Paragraph(name)]))
    faces = {str(font.get_object()["/BaseFont"]) for font in reader.pages[1]["/Resources"]["/Font"].values()}
    assert ({face.split("+")[1] for face in faces}, says_accessible(reader)) == ({"Inter-Bold", "Inter-Regular"}, True)


@pytest.mark.parametrize("name", ["محمد", "שלום", "राम", "გია"])
def test_names_in_some_other_scripts_fall_back_to_another_typeface(pack, name):
    assert says_accessible(read(replace(pack, blocks=[Heading(1, "One"), Paragraph(name)])))


@pytest.mark.parametrize("text", ["Well done", "漢字 রাম ਰਾਮ 😀"])
def test_every_pdf_shows_its_title(pack, text):
    reader = read(replace(pack, blocks=[Heading(1, "One"), Paragraph(text)]))
    assert bool(reader.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]) is True


@pytest.mark.usefixtures("drawn_anew")
def test_write_gives_the_same_bytes_for_the_same_document(pack):
    assert pdf.write(pack) == pdf.write(replace(pack, blocks=tuple(pack.blocks)))
    assert pdf.write(pack) != pdf.write(replace(pack, caveat="Another."))


def test_write_loses_no_document_to_its_texts(hostile):
    reader = read(hostile)
    assert "The end is reached." in text_of(reader.pages[-1])


@pytest.mark.parametrize(
    ("text", "accessible"), [("Well done", True), ("Здравствуйте Γειά", True), ("Well done 😀", False)]
)
def test_write_gives_up_the_claim_of_accessibility_only_for_what_it_cannot_draw(pack, text, accessible):
    reader = read(replace(pack, blocks=[Heading(1, "One"), Paragraph(text)]))
    assert says_accessible(reader) is accessible
    assert ("/StructTreeRoot" in reader.trailer["/Root"], "One" in text_of(reader.pages[1])) == (True, True)


@pytest.mark.parametrize("text", ["Well done", "😀"])
def test_laid_out_really_checks_and_leaves_any_other_fault_an_error(pack, text):
    data = pdf.data(replace(pack, blocks=[Heading(1, "One"), Paragraph(text), Figure(SVG, "One green block.")]))
    assert pdf.laid_out([data]).startswith(b"%PDF-1.7")
    data["blocks"][2]["alt"] = None
    with pytest.raises(NotCompiled) as refusal:
        pdf.laid_out([data])
    assert "PDF/UA-1 error: missing alt text" in refusal.value.diagnostic


def test_a_template_stands_in_its_folder_and_reads_nothing_outside_of_it(tmp_path):
    (tmp_path / "outside.typ").write_text("outside")
    with pytest.raises(NotCompiled, match="input file must be contained in project root"):
        compiled(str(tmp_path / "outside.typ"), {})


def test_a_signature_has_its_room_at_the_top_of_a_page_too(pack):
    blocks = (Paragraph("Yours sincerely"), PageBreak(), Paragraph("Cass Chair", "signature"))
    page = read(replace(pack, blocks=blocks, has_contents=False)).pages[-1]
    heights = {}
    page.extract_text(visitor_text=lambda text, cm, tm, *_: heights.setdefault(text.strip(), tm[5] * cm[3] + cm[5]))
    header = heights["Board pack, November 2010"]
    assert header - heights["Cass Chair"] > 60  # points
