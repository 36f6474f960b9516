"""What a file holds, told by its content: what is accepted, what is refused and in which words."""

import io
import struct
import zipfile

import docx
import pytest
import xlsxwriter

from improvement.files import content

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
ODF = "application/vnd.oasis.opendocument"
OPEN_XML = "application/vnd.openxmlformats-officedocument"
MAIN = {
    "docx": f"{OPEN_XML}.wordprocessingml.document.main+xml",
    "pptx": f"{OPEN_XML}.presentationml.presentation.main+xml",
    "xlsx": f"{OPEN_XML}.spreadsheetml.sheet.main+xml",
}


def packed(*parts, **more):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (*parts, *more.items()):
            archive.writestr(name, text)
    return file.getvalue()


def office(kind, *parts, types=""):
    return packed(("[Content_Types].xml", f'<Types><Override ContentType="{MAIN[kind]}"/>{types}</Types>'), *parts)


def word():
    file = io.BytesIO()
    docx.Document().save(file)
    return file.getvalue()


def excel():
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet().write(0, 0, "Rates")
    return file.getvalue()


def compound(stream="__properties_version1.0", start=1):
    """Return a compound file of one directory, as Outlook begins one: a header, then the root and one stream."""

    def entry(name, kind):
        written = f"{name}\0".encode("utf-16-le")
        return written.ljust(64, b"\0") + struct.pack("<HB", len(written), kind) + bytes(61)

    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(22) + struct.pack("<H", 9) + bytes(16)
    header = (header + struct.pack("<L", start)).ljust(512, b"\0")
    return header + bytes(512) + entry("Root Entry", 5) + entry(stream, 2) + bytes(256)


MAIL = (
    b"From: Ada <ada@council.example>\r\nSubject: Figures\r\n for May\r\nDate: Mon, 2 May 2011\r\n\r\nThey are up.\r\n"
)


@pytest.mark.parametrize(
    ("name", "data", "is_accepted"),
    [
        ("a.msg", compound(), True),
        ("a.MSG", compound(), True),
        ("a.msg", compound("WordDocument"), False),
        ("a.msg", compound(start=40), False),
        ("a.msg", compound()[:512], False),
        ("a.msg", compound()[:20], False),
        ("a.msg", MAIL, False),
        ("a.msg", b"", False),
        ("a.doc", compound("WordDocument"), False),
        ("a.eml", MAIL, True),
        ("a.eml", MAIL.replace(b"\r\n", b"\n"), True),
        ("a.eml", b"Received: by a\nFrom: b\n\n", True),
        ("a.eml", b"<script>alert(1)</script>\n" + MAIL, False),
        ("a.eml", b"\r\n" + MAIL, False),
        ("a.eml", b"From: only\n\n<html>", False),
        ("a.eml", MAIL + b"\x00\x01", False),
        ("a.eml", compound(), False),
    ],
)
def test_an_email_is_accepted_as_what_it_is(name, data, is_accepted):
    assert (refusal(name, data) == "") is is_accepted


def refusal(name, data):
    """Return the sentence with which the file is refused, or nothing."""
    stream = io.BytesIO(data)
    stream.read(3)
    try:
        content.require(name, stream)
    except content.NotAccepted as refused:
        return str(refused)
    finally:
        assert stream.tell() == 0
    return ""


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("figures.csv", b"month,rate\r\nMay,80\n"),
        ("from-excel.csv", "Sure Start – Ärger;£5\n".encode("cp1252")),
        ("unicode.CSV", "month\trate\n".encode("utf-16")),
        ("marked.csv", "month,rate\n".encode("utf-8-sig")),
        ("page.txt", b"<script>alert(1)</script>"),
        ("notes.txt", "A 90-character name: 評估\n".encode()),
        ("report.pdf", PDF),
        ("chart.png", PNG),
        ("photo.jpg", JPEG),
        ("photo.jpeg", JPEG),
        ("minutes.docx", word()),
        ("rates.xlsx", excel()),
        ("slides.pptx", office("pptx", ("ppt/presentation.xml", "<p/>"))),
        ("letter.odt", packed(("mimetype", f"{ODF}.text"), ("content.xml", "<o/>"))),
        ("rates.ods", packed(("mimetype", f"{ODF}.spreadsheet"), ("content.xml", "<o/>"))),
    ],
)
def test_require_lets_pass_what_is_what_its_name_says(name, data):
    assert refusal(name, data) == ""


@pytest.mark.parametrize("name", ["page.html", "macro.xlsm", "script.svg", "none", ".csv", "report.pdf.exe", "old.doc"])
def test_require_refuses_a_kind_that_is_not_listed(name):
    assert refusal(name, b"month,rate\n").startswith("This kind of file is not accepted. Use one of: csv, docx,")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("program.pdf", b"MZ\x90\x00"),
        ("late.pdf", b"\n%PDF-1.7"),
        ("renamed.png", JPEG),
        ("renamed.jpg", PNG),
        ("short.png", b"\x89PNG\r\n\x1a\n"),
        ("binary.csv", b"month\x00rate"),
        ("half.csv", "month,rate".encode("utf-16") + b"\x00"),
        ("undefined.txt", b"\x81\x8d"),
        ("renamed.txt", PNG),
        ("renamed.docx", excel()),
        ("renamed.xlsx", word()),
        ("text.odt", packed(("mimetype", f"{ODF}.spreadsheet"))),
        ("any.docx", packed(("word/document.xml", "<w/>"))),
        ("not-a-zip.docx", b"PK\x03\x04 and nothing more"),
        ("text.docx", b"month,rate\n"),
        ("program-first.docx", b"MZ" + word()),
        ("cut.docx", word()[:-30]),
        ("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    ],
)
def test_require_refuses_what_is_not_what_its_name_says(name, data):
    kind = name.rpartition(".")[2]
    assert refusal(name, data) == (f"The file is not a real .{kind} file. Save it again as .{kind}.")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", office("docx", ("word/vbaProject.bin", "x"))),
        ("a.docx", office("docx", types='<Override ContentType="application/vnd.ms-office.vbaProject"/>')),
        ("a.docx", office("docx", types='<X ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>')),
        ("a.xlsx", office("xlsx", ("xl/macrosheets/sheet1.xml", "x"))),
        ("a.pptx", office("pptx", ("ppt/activeX/activeX1.bin", "x"))),
        ("a.ods", packed(("mimetype", f"{ODF}.spreadsheet"), ("Basic/Standard/Module1.xml", "x"))),
        ("a.odt", packed(("mimetype", f"{ODF}.text"), ("Scripts/python/run.py", "x"))),
    ],
)
def test_require_refuses_macros(name, data):
    assert refusal(name, data) == content.MACROS


def test_require_refuses_what_unpacks_to_far_more_than_it_is():
    assert refusal("a.xlsx", office("xlsx", ("xl/worksheets/sheet1.xml", "0" * (3 << 20)))) == content.SWOLLEN


def test_require_refuses_what_is_locked():
    locked = bytearray(office("docx"))
    for at in (locked.find(b"PK\x03\x04") + 6, locked.find(b"PK\x01\x02") + 8):
        locked[at] |= 1
    assert refusal("a.docx", bytes(locked)) == content.LOCKED


def test_require_reads_no_long_list_of_parts():
    """One of 20 MB would take some hundred megabytes of memory."""
    parts = [(f"{number:0200}", "") for number in range(5000)]
    assert "not a real" in refusal("a.docx", office("docx", *parts))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Rates <May>.csv", "Rates <May>.csv"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("rates\u202evsc.exe.csv", "ratesvsc.exe.csv"),
        ("two\nlines.csv", "twolines.csv"),
        ("評" * 90 + ".pdf", "評" * 90 + ".pdf"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_shown_name_is_what_it_reads_as(name, shown):
    assert content.shown_name(name) == shown
