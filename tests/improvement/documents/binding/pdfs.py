"""Small PDFs, made by hand so that each holds one thing that a paper might."""

import io

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NullObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

HELVETICA = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}


def thing(value):
    """Return a value of Python as one of a PDF: a text that begins with a stroke is a name."""
    match value:
        case dict():
            return DictionaryObject({NameObject(key): thing(one) for key, one in value.items()})
        case list() | tuple():
            return ArrayObject(map(thing, value))
        case None:
            return NullObject()
        case int():
            return NumberObject(value)
        case float():
            return FloatObject(value)
        case str():
            return NameObject(value) if value.startswith("/") else TextStringObject(value)
    return value


def stream(data, **about):
    made = StreamObject()
    made.set_data(data)
    made.update(thing({f"/{key}": value for key, value in about.items()}))
    return made


def says(text):
    """Return contents that write a text."""
    return f"BT /F1 24 Tf 72 72 Td ({text}) Tj ET".encode()


def a_pdf(*texts, change=None, size=(595, 842)):
    """Return a PDF with a page for each text; `change(writer)` is called before it is written."""
    writer = PdfWriter()
    for text in texts or ("Page 1",):
        page = writer.add_blank_page(*size)
        page.update(thing({"/Resources": {"/Font": {"/F1": HELVETICA}}}))
        page[NameObject("/Contents")] = writer._add_object(stream(says(text)))
    if change:
        change(writer)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def on_page(**about):
    """Return the change that says something more of the first page."""
    return lambda writer: writer.pages[0].update(thing({f"/{key}": value for key, value in about.items()}))


def in_root(**about):
    """Return the change that says something more of the document."""
    return lambda writer: writer.root_object.update(thing({f"/{key}": value for key, value in about.items()}))


def with_note(*, shows=None, **about):
    """Return the change that puts a note, a field or a link on the first page, which shows a text."""

    def change(writer):
        note = {"/Type": "/Annot", "/Rect": [100, 100, 300, 150]} | {f"/{key}": value for key, value in about.items()}
        if shows is not None:
            fonts = thing({"/Font": {"/F1": HELVETICA}})
            contents = f"BT /F1 12 Tf 5 5 Td ({shows}) Tj ET".encode()
            drawing = stream(contents, Type="/XObject", Subtype="/Form", BBox=[0, 0, 200, 50], Resources=fonts)
            note["/AP"] = {"/N": writer._add_object(drawing)}
        writer.pages[0].update(thing({"/Annots": [note]}))

    return change


def locked(writer):
    writer.encrypt("secret", algorithm="AES-256")


def read(content):
    return PdfReader(io.BytesIO(content))


def text_of(content):
    return [" ".join(page.extract_text().split()) for page in read(content).pages]
