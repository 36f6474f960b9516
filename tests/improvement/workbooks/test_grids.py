"""Every sheet of a file of unknown form, as its reader sees it."""

from datetime import date

import pytest
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.colors import Color

from improvement.workbooks import Unreadable, read_all
from improvement.workbooks.colours import theme
from improvement.workbooks.grids import MAX_SHEETS, plain
from tests.hostile.files import FILES, PLAN, WORKBOOKS
from tests.improvement.workbooks.books import repacked, workbook


def only(content, name="plan.xlsx"):
    (grid,) = read_all(name, content)
    return grid


def texts(grid):
    return [[cell.text for cell in cells] for _, cells in grid.rows]


def test_a_workbook_is_read_as_it_is_seen():
    def change(book):
        sheet = book.active
        sheet["A1"].number_format, sheet["B1"].number_format = "0.00", "mmm-yy"
        sheet["C1"].number_format, sheet["D1"].number_format = "d mmm yyyy", "0%"

    row = [1.1, date(2025, 5, 1), date(2025, 5, 31), 0.85, True, 3, " a\u00a0 b \r\n c"]
    assert texts(only(workbook({"Plan": [row]}, change))) == [
        ["1.10", "May 2025", "31 May 2025", "85%", "TRUE", "3", "a b\nc"]
    ]


def test_rows_keep_their_numbers_and_the_file_all_of_its_sheets():
    found = read_all("plan.xlsx", workbook({"One": [[], ["a"], [], ["b"]], "Two": []}))
    assert [(grid.name, [number for number, _ in grid.rows]) for grid in found] == [("One", [2, 4]), ("Two", [])]


def test_colours_bold_struck_merged_and_hidden_are_seen():
    def change(book):
        sheet = book.active
        sheet["A1"].fill = PatternFill("solid", fgColor="FFFFC000")
        sheet["B1"].fill = PatternFill("solid", fgColor=Color(theme=9))
        sheet["C1"].fill = PatternFill("solid", fgColor=Color(indexed=10))
        sheet["D1"].fill = PatternFill("solid", fgColor=Color(theme=0, tint=-0.25))
        sheet["A1"].font = Font(bold=True)
        sheet["C2"].font = Font(strike=True)
        sheet.merge_cells("A2:B3")
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["D"].hidden = True

    grid = only(workbook({"Plan": [["a"], ["b", "", "d"], ["", "", "c"]]}, change))
    assert [cell.colour for cell in grid.rows[0][1]] == ["FFC000", "F79646", "FF0000", "BFBFBF"]
    assert [cell.is_bold for cell in grid.rows[0][1]] == [True, False, False, False]
    assert [cell.is_struck for cell in grid.rows[1][1]] == [False, False, True]
    assert [(each.top, each.left, each.bottom, each.right) for each in grid.merged] == [(2, 0, 3, 1)]
    assert (grid.hidden_rows, grid.hidden_columns) == ({3}, {3})


def test_a_formula_is_its_last_value_or_else_its_own_text():
    grid = only(workbook({"Plan": [["=1+1", "x"]]}))
    assert [(cell.text, cell.formula) for cell in grid.rows[0][1]] == [("=1+1", "=1+1"), ("x", "")]
    sheet = "xl/worksheets/sheet1.xml"
    computed = repacked(workbook({"Plan": [["=1+1"]]}), {sheet: _computed(sheet)})
    assert [(cell.text, cell.formula) for cell in only(computed).rows[0][1]] == [("2", "=1+1")]


def _computed(name):
    from tests.improvement.workbooks.books import part

    return part(workbook({"Plan": [["=1+1"]]}), name).replace(b"<v />", b"<v>2</v>").replace(b"<v></v>", b"<v>2</v>")


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_csv_file_is_one_sheet_whatever_parts_its_columns(mark):
    content = mark.join(["Our plan", "", ""]) + "\r\n\r\n" + mark.join(["a", '"b\r\nc"', "'d"])
    grid = only(content.encode("utf-8-sig"), "Our plan.csv")
    assert (grid.name, texts(grid)) == ("Our plan", [["Our plan", "", ""], ["a", "b\nc", "d"]])
    assert [number for number, _ in grid.rows] == [1, 3]


@pytest.mark.parametrize("what", sorted(FILES))
def test_a_hostile_file_is_refused(what):
    with pytest.raises(Unreadable):
        read_all("plan.xlsx", FILES[what]("xlsx"))


@pytest.mark.parametrize("what", sorted(WORKBOOKS))
def test_a_workbook_that_is_wrong_in_one_place_is_read_or_refused(what):
    try:
        found = read_all("plan.xlsx", WORKBOOKS[what](PLAN))
    except Unreadable as refusal:
        found = str(refusal).endswith(".")
    assert found


def test_too_many_sheets_rows_or_columns_are_refused():
    for sheets, sentence in (
        ({f"S{number}": [["a"]] for number in range(MAX_SHEETS + 1)}, "This workbook has more than 50 sheets."),
        ({"Plan": [["a"] * 61]}, "A row of this file has more than 60 columns."),
        ({"One": [["a"]] * 8_000, "Two": [["a"]] * 8_000}, "This workbook has more than 15,000 rows."),
    ):
        with pytest.raises(Unreadable, match=sentence):
            read_all("plan.xlsx", workbook(sheets))
    with pytest.raises(Unreadable, match="more than 60 columns"):
        read_all("plan.csv", b"a," * 60 + b"b")


def test_at_most_two_empty_lines_stay_in_a_text():
    assert plain("a\n\n\nb" + "\n \t" * 9 + "\r\nc\n") == "a\n\n\nb\n\n\nc"


def test_a_workbook_without_a_theme_has_no_themed_colours():
    assert theme(None) == {}
