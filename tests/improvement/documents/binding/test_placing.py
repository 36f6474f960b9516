"""A document with papers bound in: numbered through, named in contents and bookmarks, and the others attached."""

import os
from dataclasses import replace

import pytest
from pypdf.generic import DictionaryObject, NameObject

from improvement.documents import binding, pdf
from improvement.documents.blocks import Bound, Heading, PageBreak
from tests.improvement.documents.binding.pdfs import a_pdf, read, stream, text_of

WIDE = (842, 595)


@pytest.fixture
def papers():
    return [binding.cleaned(a_pdf("First", "Second")), binding.cleaned(a_pdf("Broad", size=WIDE))]


@pytest.fixture
def document(pack, papers):
    named = (
        Bound("Item 2: Quality", papers[0].pages),
        Bound("Item 3: Budget", (), "attached file"),
        Bound("Item 4: Map", papers[1].pages),
    )
    blocks = (Heading(1, "Summary"), PageBreak(), Heading(1, "Papers"))
    return replace(pack, blocks=blocks, papers=named)


@pytest.fixture
def made(document, papers):
    return binding.placed(pdf.laid_out([pdf.data(document)], with_papers=True), papers, [("budget.docx", b"docx")])


def test_papers_are_bound_in_their_order_and_numbered_on(made):
    said = text_of(made)
    assert read(made).page_labels == ["1", "2", "3", "4", "5", "6"]
    assert [page.partition(" ")[0] for page in said[3:]] == ["First", "Second", "Broad"]
    assert said[3] == "First Item 2: Quality Page 4 of 6"
    assert [page.endswith(f"Page {number} of 6") for number, page in enumerate(said, 1)] == [True] * 6
    assert [page.mediabox.width > page.mediabox.height for page in read(made).pages[3:]] == [False, False, True]


def test_contents_and_bookmarks_name_the_papers_with_their_pages(made):
    reader = read(made)
    contents = reader.pages[0].extract_text()
    assert [line.split(" ")[-1] for line in contents.splitlines() if line.startswith("Item")] == ["4", "file)", "6"]
    assert "Item 3: Budget (attached file)" in contents
    *_, last, below = reader.outline
    assert (last.title, [(one.title, reader.get_destination_page_number(one)) for one in below]) == (
        "Papers",
        [("Item 2: Quality", 3), ("Item 4: Map", 5)],
    )


def test_the_accessible_version_has_the_same_numbers_without_the_papers(document, made):
    without = pdf.write(document)
    assert text_of(without) == text_of(made)[:3]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in read(without).trailer["/Root"]["/Metadata"].get_data()
    assert b"pdfuaid" not in read(made).trailer["/Root"]["/Metadata"].get_data()


def test_other_files_are_attached_and_the_title_is_shown(made):
    reader = read(made)
    assert {name: list(files) for name, files in reader.attachments.items()} == {"budget.docx": [b"docx"]}
    assert reader.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"] is not None
    assert reader.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"].value is True


@pytest.mark.usefixtures("drawn_anew")
def test_placed_gives_the_same_bytes_for_the_same_files(document, papers, made):
    laid_out = pdf.laid_out([pdf.data(document)], with_papers=True)
    assert binding.placed(laid_out, papers, [("budget.docx", b"docx")]) == made


def test_several_parts_have_their_own_papers_after_each(document, papers):
    second = replace(document, title="Supplement 1", first_page=7, papers=(Bound("Item 5: Late", papers[1].pages),))
    parts = [pdf.data(document), pdf.data(second)]
    made = binding.placed(pdf.laid_out(parts, with_papers=True), [*papers, papers[1]])
    said = text_of(made)
    assert [number for number, page in enumerate(said, 1) if page.split(" ")[0] in {"First", "Second", "Broad"}] == [
        4,
        5,
        6,
        10,
    ]
    assert read(made).page_labels == [str(number) for number in range(1, 11)]


def test_as_many_large_papers_as_a_meeting_may_have_are_placed(document):
    """Together they take far more memory than one stranger's PDF may."""

    def heavy(writer):
        picture = stream(os.urandom(19 << 20), Type="/XObject", Subtype="/Image", Width=1, Height=1)
        drawings = DictionaryObject({NameObject("/Picture"): writer._add_object(picture)})
        writer.pages[0]["/Resources"][NameObject("/XObject")] = drawings

    paper = binding.cleaned(a_pdf("Heavy", change=heavy))
    whole = replace(document, papers=(Bound("Item 2: Map", paper.pages),) * 8)
    made = binding.placed(pdf.laid_out([pdf.data(whole)], with_papers=True), [paper] * 8)
    assert len(made) > 8 * (19 << 20)
