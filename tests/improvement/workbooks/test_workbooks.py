"""Files as anybody may hand them in: what is read of them, and what is refused before it does harm."""

import io
import struct
import zipfile
from datetime import date, datetime, time

import pytest

from improvement import workbooks
from improvement.workbooks import archive
from improvement.workbooks.tables import MAX_COLUMNS, MAX_FAULTS, MAX_ROWS, Cell, Fault, Unreadable, letter
from tests.improvement.workbooks.books import part, repacked, workbook

SHEETS = {"A": [["Name", "Value"], ["one", 1]]}
SHEET = "xl/worksheets/sheet1.xml"
DAMAGED = "This workbook could not be read. Open it in your spreadsheet program and save it again as .xlsx."
TOO_LARGE = "This workbook is too large when unpacked. Save a copy with only its values, or split it."
NO_BOOK = "This is not an Excel workbook (.xlsx) or a CSV file (.csv)."
NO_MACROS = "This workbook contains macros. Save it as an Excel workbook (.xlsx) without them."
HIDDEN = "Hidden content is not loaded."


def read(content, name="file.xlsx", sheets=("A",)):
    return workbooks.read(name, content, sheets)


def table(sheets=SHEETS, change=None):
    return read(workbook(sheets, change)).tables["A"]


def refusal(content, name="file.xlsx"):
    with pytest.raises(Unreadable) as caught:
        read(content, name)
    return str(caught.value)


def values(found):
    return [[cell.value for cell in cells] for _, cells in found.rows]


def test_a_workbook_is_read_as_its_cells_hold_it():
    rows = [["Text", "Number", "Share", "Day", "Flag"], ["=x", 1.5, 0.85, date(2011, 3, 1), True]]

    def mark(book):
        book["A"]["A2"].data_type = "s"
        book["A"]["C2"].number_format = "0.0%"

    found = table({"A": rows}, mark)
    assert found.headings == ("Text", "Number", "Share", "Day", "Flag")
    assert found.rows == (
        (
            2,
            (
                Cell("=x"),
                Cell(1.5),
                Cell(0.85, is_percent=True),
                Cell(datetime.combine(date(2011, 3, 1), time())),
                Cell(True),
            ),
        ),
    )
    assert found.faults == ()


def test_rows_keep_the_spreadsheet_s_own_numbers_and_empty_ones_are_passed_over():
    found = table({"A": [[], ["Name"], [], ["one"], [" "], [None, None], ["two"]]})
    assert (found.top, [number for number, _ in found.rows]) == (2, [4, 7])


def test_only_the_sheets_asked_for_are_read_and_the_others_named():
    book = read(workbook({"a ": [["Name"]], "Working": [["x"]], "Read me": []}))
    assert (list(book.tables), book.others) == (["A"], ("Working", "Read me"))


def test_a_formula_and_an_error_are_faults_of_their_cells():
    found = table({"A": [["Name", "Value", "Sum"], ["one", "=1+1", "#N/A"]]})
    assert [(cell.value, cell.fault) for _, cells in found.rows for cell in cells[1:]] == [
        ("=1+1", "The cell contains a formula. Replace it with its value (Paste special, Values)."),
        ("#N/A", "The cell contains the error #N/A."),
    ]


def test_merged_cells_are_a_fault_at_their_first_row():
    found = table({"A": [["Name", "Value"], ["one", 1], ["two", 2]]}, lambda book: book["A"].merge_cells("A2:A3"))
    assert found.faults == (Fault(2, "A2:A3", "", "The cells A2:A3 are merged. Unmerge them and fill in each one."),)


def test_what_is_hidden_is_a_fault_and_not_passed_over():
    def hide(book):
        book["A"].row_dimensions[2].hidden = True
        book["A"].row_dimensions[9].hidden = True
        book["A"].column_dimensions["B"].hidden = True
        book["A"].column_dimensions["D"].hidden = True

    found = table(SHEETS, hide)
    column = f"Column B is hidden. Show it. {HIDDEN}"
    assert found.faults == (
        Fault(1, "B", "Value", column),
        Fault(2, "", "", f"The row is hidden. Show it or delete it. {HIDDEN}"),
        Fault(2, "B", "1", column),
    )


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_a_fault(state):
    def hide(book):
        book.create_sheet("Seen")
        book["A"].sheet_state = state

    sentence = f"The sheet “A” is hidden. Show it or delete it. {HIDDEN}"
    assert table(SHEETS, hide).faults == (Fault(None, "", "", sentence),)


def test_hidden_rows_are_found_in_any_encoding():
    content = workbook(SHEETS, lambda book: book["A"].row_dimensions.__getitem__(2).__setattr__("hidden", True))
    text = part(content, SHEET).decode().replace("<?xml version='1.0' encoding='utf-8'?>", "")
    recoded = repacked(content, {SHEET: text.encode("utf-16")})
    assert [fault.row for fault in read(recoded).tables["A"].faults] == [2]


def test_a_cell_without_a_heading_and_a_heading_twice_are_faults():
    found = table({"A": [["Name", None, "name"], ["one", "stray", 3, "far"]]})
    assert [(fault.row, fault.column, fault.sentence) for fault in found.faults] == [
        (2, "B", "The cell is in column B, which has no heading in row 1."),
        (2, "D", "The cell is in column D, which has no heading in row 1."),
        (1, "name", "Two columns have this heading. The second is C."),
    ]


def test_letters_of_columns():
    assert [letter(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_rows_and_columns_are_capped():
    many = {"A": [["Name"], *([number] for number in range(MAX_ROWS + 1))]}
    assert refusal(workbook(many)) == "“A” has more than 15,000 rows. Split the file."
    assert refusal(workbook({"A": [["x"] * (MAX_COLUMNS + 1)]})) == "A row of this file has more than 60 columns."
    within = [["x"] * MAX_COLUMNS, *([number] for number in range(MAX_ROWS))]
    assert len(table({"A": within}).rows) == MAX_ROWS


@pytest.mark.parametrize("row", ["1048577", "99999999999999", "one"])
def test_a_row_that_cannot_be_ends_the_reading(row):
    content = workbook(SHEETS)
    lied = part(content, SHEET).replace(b'<row r="2"', f'<row r="{row}"'.encode())
    assert refusal(repacked(content, {SHEET: lied})) == DAMAGED


def test_the_size_that_a_sheet_states_of_itself_is_not_believed():
    content = workbook(SHEETS)
    lied = part(content, SHEET).replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"')
    assert lied != part(content, SHEET)
    assert values(read(repacked(content, {SHEET: lied})).tables["A"]) == [["one", 1]]


def test_days_counted_from_1904_are_refused():
    def change(book):
        book.epoch = datetime.combine(date(1904, 1, 1), time())

    assert refusal(workbook(SHEETS, change)).startswith("This workbook uses the 1904 date system.")


# Refused by looking at the archive.


def test_a_bomb_is_refused_by_its_directory():
    bomb = repacked(workbook(SHEETS), {SHEET: b" " * (20 * 1024 * 1024)})
    assert len(bomb) < 100_000
    assert refusal(bomb) == TOO_LARGE


def test_a_bomb_of_many_small_parts_is_refused():
    many = {f"xl/part{number}.xml": b"<a/>" for number in range(archive.MAX_ENTRIES)}
    assert refusal(repacked(workbook(SHEETS), many)) == TOO_LARGE


def test_a_bomb_that_does_not_pack_well_is_refused_by_its_size():
    stored = repacked(workbook(SHEETS), {"xl/media/a.bin": b"x" * 9_000_000}, compression=zipfile.ZIP_STORED)
    assert values(read(stored).tables["A"]) == [["one", 1]]
    heavy = {f"xl/media/{number}.bin": b"x" * 9_000_000 for number in range(6)}
    assert refusal(repacked(workbook(SHEETS), heavy)) == TOO_LARGE


def test_a_directory_that_lies_unpacks_no_more_than_it_says():
    """The part holds 30 MB of blanks after its end; the directory says that it holds 1,000 bytes."""
    text = part(workbook(SHEETS), SHEET)
    content = bytearray(repacked(workbook(SHEETS), {SHEET: text + b" " * (30 * 1024 * 1024)}))
    entry = content.rindex(SHEET.encode()) - 46
    assert content[entry : entry + 4] == b"PK\x01\x02"
    struct.pack_into("<I", content, entry + 24, len(text))
    struct.pack_into("<I", content, entry + 16, zipfile.crc32(text))
    with archive.opened(bytes(content)) as copy:
        assert copy.read(SHEET) == text
    # The control: zipfile itself says what the directory says, having unpacked it all.
    with zipfile.ZipFile(io.BytesIO(content)) as lying:
        assert lying.getinfo(SHEET).file_size == len(text)


@pytest.mark.parametrize(
    ("name", "piece", "number"),
    [
        (SHEET, b"<c/>", archive.MAX_ROW_TAGS + 1),
        (SHEET, b"<x:row>" + b"<c/>" * 50_000 + b"</x:row>", archive.MAX_TAGS // 50_000),
        ("xl/sharedStrings.xml", b"<si/>", archive.MAX_TEXT_TAGS + 1),
        ("xl/styles.xml", b"<xf/>", archive.MAX_OTHER_TAGS + 1),
    ],
)
def test_a_bomb_of_elements_is_refused(name, piece, number):
    content = repacked(workbook(SHEETS), {name: b"<a>" + piece * number + b"</a>"}, compression=zipfile.ZIP_STORED)
    assert refusal(content) == TOO_LARGE


def test_a_row_of_many_empty_cells_is_no_bomb():
    sheet = part(workbook(SHEETS), SHEET).replace(b"</sheetData>", b"<row>" + b"<c/>" * 16_384 + b"</row></sheetData>")
    stored = repacked(workbook(SHEETS), {SHEET: sheet}, compression=zipfile.ZIP_STORED)
    assert values(read(stored).tables["A"]) == [["one", 1]]


def test_faults_without_end_are_told_so_far():
    merges = b"<mergeCells>" + b'<mergeCell ref="A1:B2"/>' * 5_000 + b"</mergeCells>"
    sheet = part(workbook(SHEETS), SHEET).replace(b"</sheetData>", b"</sheetData>" + merges)
    assert len(read(repacked(workbook(SHEETS), {SHEET: sheet})).tables["A"].faults) == MAX_FAULTS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("name", [SHEET, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"])
def test_a_bomb_of_entities_is_refused(name, encoding):
    laughs = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
    content = repacked(workbook(SHEETS), {name: laughs.encode(encoding)})
    assert refusal(content) == "This workbook was not written by a spreadsheet program, so it cannot be read."


@pytest.mark.parametrize("name", ["xl/vbaProject.bin", "xl/VBAPROJECT.BIN", "xl/macrosheets/sheet1.xml"])
def test_macros_are_refused(name):
    assert refusal(repacked(workbook(SHEETS), {name: b"x"})) == NO_MACROS


def test_a_workbook_of_the_kind_that_holds_macros_is_refused():
    content = workbook(SHEETS)
    types = part(content, "[Content_Types].xml").replace(
        b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml"
    )
    assert refusal(content, "file.xlsm").startswith("This workbook may contain macros.")
    assert refusal(repacked(content, {"[Content_Types].xml": types})).startswith("This workbook is of a type")


def test_encrypted_and_old_workbooks_are_refused():
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    assert refusal(ole, "file.xls") == "This is an old Excel workbook (.xls). Save it as an Excel workbook (.xlsx)."
    assert refusal(ole + "EncryptedPackage".encode("utf-16-le")).startswith("This workbook is protected by a password.")
    content = bytearray(workbook(SHEETS))
    entry = content.rindex(SHEET.encode()) - 46
    content[entry + 8] |= 1
    assert refusal(bytes(content)) == "This workbook is encrypted. Save it again without a password."


@pytest.mark.parametrize(
    ("parts", "without", "sentence"),
    [
        ({"xl/workbook.bin": b"x"}, (), "This is a binary workbook (.xlsb). Save it as an Excel workbook (.xlsx)."),
        ({"content.xml": b"x"}, (), "This is an OpenDocument file. Save it as an Excel workbook (.xlsx) or as CSV."),
        ({}, ("[Content_Types].xml",), NO_BOOK),
        ({"[Content_Types].xml": b"<Types"}, (), DAMAGED),
        ({SHEET: b"<worksheet>"}, (), DAMAGED),
        ({SHEET: b"\xff\xfe\xff"}, (), DAMAGED),
        ({"xl/styles.xml": b"<styleSheet><cellXfs><xf numFmtId='x'/></cellXfs></styleSheet>"}, (), DAMAGED),
    ],
)
def test_another_kind_of_archive_is_refused(parts, without, sentence):
    assert refusal(repacked(workbook(SHEETS), parts, without=without)) == sentence


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "file.xlsx", "The file is empty."),
        (b"PK\x03\x04", "file.xlsx", DAMAGED),
        (workbook(SHEETS)[:-40], "file.xlsx", DAMAGED),
        (b"\x89PNG\r\n", "file.xlsx", NO_BOOK),
        (b"<html><table>", "file.xls", NO_BOOK),
        (b"Name,Value", "file.txt", NO_BOOK),
        (b"x" * (workbooks.MAX_BYTES + 1), "file.csv", "The file is larger than 10 MB."),
    ],
)
def test_what_is_no_workbook_is_refused(content, name, sentence):
    assert refusal(content, name) == sentence


def test_a_cell_that_names_no_text_or_style_is_refused_and_not_an_error():
    content = workbook(SHEETS)
    for broken in (b'<c r="A2" t="s"><v>999</v></c>', b'<c r="B2" s="999"><v>1</v></c>', b'<c r="B2"><v>x</v></c>'):
        sheet = part(content, SHEET).replace(b"</sheetData>", b'<row r="3">' + broken + b"</row></sheetData>")
        assert refusal(repacked(content, {SHEET: sheet})) == DAMAGED


# CSV.


def csv(text, sheets=("A",), encoding="utf-8"):
    return read(text.encode(encoding) if isinstance(text, str) else text, "file.csv", sheets)


def test_a_csv_file_of_one_table_needs_no_name():
    found = csv('Name,Value\r\none,1\r\n\r\n\'=two,"a\nb"\r\n').tables["A"]
    assert (found.top, found.rows) == (1, ((2, (Cell("one"), Cell("1"))), (4, (Cell("=two"), Cell("a\nb")))))


def test_a_csv_file_names_each_of_several_tables():
    text = "Sheet: A,,\nName,Value\none,1\n\nsheet: b\nOther\nSheet: Working\nx,y\n"
    book = csv(text, ("A", "B"))
    assert (values(book.tables["A"]), book.tables["B"].headings, book.others) == (
        [["one", "1"]],
        ("Other",),
        ("Working",),
    )


def test_what_comes_before_the_first_name_of_a_csv_file_has_none():
    book = csv("Name,Value\none,1\nSheet: B\nOther\n", ("A", "B"))
    assert {name: table.headings for name, table in book.tables.items()} == {"": ("Name", "Value"), "B": ("Other",)}
    assert list(csv("\nSheet: B\nOther\n", ("A", "B")).tables) == ["B"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_csv_is_read_in_the_encodings_that_excel_writes(encoding):
    assert values(csv("Name\n“five” – é\n", encoding=encoding).tables["A"]) == [["“five” – é"]]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("Name\n".encode("utf-16"), "Unicode text"),
        (b"Name\n\x81\x8d\n", "not a text file"),
        (b"Name\n\0\n", "not a text file"),
        (b"Name;Value\none;1\n", "not separated by commas"),
        (b"Name\tValue\n", "not separated by commas"),
        (b'Name,Value\n"one,1\n', "quotation mark"),
        (b'Name,Value\n"one"x,1\n', "quotation mark"),
        (b"Name,Value\n" + b"x" * 200_000, "too long"),
        (b"Name,Value\n" + b"x," * 200_000, "more than 60 columns"),
    ],
)
def test_another_kind_of_text_is_refused(content, words):
    with pytest.raises(Unreadable, match=words):
        csv(content)
