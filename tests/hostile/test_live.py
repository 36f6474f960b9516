"""What would run is noticed, in each kind of file; what only looks like it is not."""

import io

import docx
import openpyxl
import pypdf
import pytest
from docx.oxml import OxmlElement
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from tests.hostile import live
from tests.hostile.inputs import texts

# Markup that does nothing by itself in the middle of a page: an attribute without its tag, text, another language.
HARMLESS = {
    "onmouseover",
    "onfocus",
    "x onerror",
    "<w:p",
    "&lt;script",
    "＜script",
    "<?xml",
    "<form",
    "<p ",
    "<noscript",
}


@pytest.mark.parametrize("text", [one for one in texts("markup") if not any(part in one[:16] for part in HARMLESS)])
def test_markup_that_runs_is_noticed_in_a_page(text):
    assert live.in_page(f"<p>{text}</p>") != []


def test_what_the_pages_hold_is_not_taken_for_it():
    page = '<script defer src="/static/a.js"></script><a href="https://a.example/">a</a><svg><path d="M0"/></svg>'
    assert live.in_page(page + "&lt;script&gt; on the whole=1 <p class='on'>javascript:</p>") == []


@pytest.mark.parametrize("text", texts("markup"))
@pytest.mark.parametrize("around", ["<p>{}</p>", "<input value='{}'>", '<input value="{}" />', "<!-- {} -->", "{}<p>"])
def test_a_page_of_plain_tags_is_read_as_any_other(text, around):
    page = around.format(text)
    assert live.in_page(page) == list(dict.fromkeys(live.in_markup(page)))


@pytest.mark.parametrize("text", ["=1+1", " +1", "@a", "-a", "\t=1", "\r=1", "＝1", "-1-1", "- 1"])
def test_a_formula_is_noticed_in_a_csv_file(text):
    assert live.in_csv(f'a,b\r\nc,"{text}"\r\n'.encode("utf-8-sig")) == [text]


def test_numbers_and_texts_are_not_taken_for_formulas():
    assert live.in_csv(b"-5,'=1+1,a=b,-80.5%,1-1\r\n") == []


def test_a_formula_and_a_link_are_noticed_in_a_workbook():
    book = openpyxl.Workbook()
    book.active.append(["=1+1", "text", 5])
    book.active["B1"].hyperlink = "https://elsewhere.example/"
    file = io.BytesIO()
    book.save(file)
    assert live.in_workbook(file.getvalue()) == ["=1+1", "text"]


def test_a_script_is_noticed_in_a_pdf():
    writer, file = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.write(file)
    assert live.in_pdf(file.getvalue()) == []
    action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    writer.write(file := io.BytesIO())
    assert live.in_pdf(file.getvalue()) != []


def test_a_field_is_noticed_in_a_word_document():
    document = docx.Document()
    paragraph = document.add_paragraph("DDEAUTO is but a word here")
    document.save(file := io.BytesIO())
    assert live.in_word(file.getvalue()) == []
    field = OxmlElement("w:instrText")
    field.text = "DDEAUTO c:\\cmd.exe"
    paragraph.add_run()._r.append(field)
    document.save(file := io.BytesIO())
    assert live.in_word(file.getvalue()) == ["word/document.xml"]
