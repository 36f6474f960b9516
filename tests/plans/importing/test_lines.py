"""The rows of a sheet as its reader sees them: merged cells filled in, and several sheets read as one."""

import pytest

from improvement.workbooks.grids import NOTHING, Grid, Seen
from improvement.workbooks.layout import Merged
from improvement.workbooks.tables import Unreadable
from plans.importing import lines
from plans.importing.lines import Line


def seen(text):
    return Seen(text, text) if text else NOTHING


def grid(*rows, merged=(), hidden=()):
    numbered = tuple((number, tuple(map(seen, row))) for number, row in rows)
    return Grid("Plan", numbered, tuple(merged), frozenset(hidden))


def texts(line):
    return [cell.text for cell in line.cells]


def test_each_row_that_holds_anything_keeps_its_number_and_says_whether_it_is_hidden():
    found = lines.of(grid((2, ["A", ""]), (5, ["", "B"]), hidden=[5]))
    assert [(line.number, line.is_hidden, line.held) for line in found] == [(2, False, [0]), (5, True, [1])]
    assert (found[0].name(2), found[0].where, found[0].row_number) == ("C2", "row 2", 2)
    assert (found[0].at(0).text, found[0].at(1), found[0].at(2)) == ("A", NOTHING, NOTHING)


def test_a_merged_cell_shows_its_text_in_each_of_its_rows_and_is_held_by_the_first_alone():
    found = lines.of(grid((1, ["Lead", "A"]), (2, ["", "B"]), (3, ["", "C"]), merged=[Merged("", 1, 0, 2, 0)]))
    assert [texts(line) for line in found] == [["Lead", "A"], ["Lead", "B"], ["", "C"]]
    assert [line.held for line in found] == [[0, 1], [1], [1]]
    assert [line.repeated for line in found] == [set(), {0}, set()]
    assert [line.wide for line in found] == [{}, {}, {}]


def test_a_merged_cell_that_reaches_across_others_says_how_far():
    found = lines.of(grid((1, ["Theme"]), (2, ["A", "B", "C"]), merged=[Merged("", 1, 0, 1, 2)]))
    assert [line.wide for line in found] == [{0: 2}, {}]


def test_a_text_beneath_a_merged_cell_is_left_and_a_shorter_row_is_filled_up():
    found = lines.of(grid((1, ["A", "Lead"]), (2, ["B"]), (3, ["C", "Other"]), merged=[Merged("", 1, 1, 3, 1)]))
    assert [texts(line) for line in found] == [["A", "Lead"], ["B", "Lead"], ["C", "Other"]]
    assert [line.repeated for line in found] == [set(), {1}, set()]


def test_a_merged_cell_whose_first_row_is_empty_fills_nothing():
    found = lines.of(grid((1, ["", "A"]), (2, ["", "B"]), merged=[Merged("", 1, 0, 2, 0)]))
    assert [texts(line) for line in found] == [["", "A"], ["", "B"]]
    assert [line.repeated for line in found] == [set(), set()]
    (below,) = lines.of(grid((2, ["", "B"]), merged=[Merged("", 1, 0, 2, 0)]))
    assert (below.repeated, below.wide) == (set(), {})
    beneath = lines.of(grid((2, ["A", "B"]), (3, ["", "C"]), merged=[Merged("", 1, 0, 3, 1)]))
    assert [(line.repeated, line.wide) for line in beneath] == [(set(), {})] * 2
    assert lines.of(grid((9, ["A"]), merged=[Merged("", 1, 0, 3, 1)]))[0].wide == {}


def test_a_long_name_of_a_sheet_is_cut_where_a_row_is_named():
    assert Line(1, [], sheet="S" * 41, row=3).where == f"sheet “{'S' * 40}”, row 3"


def test_the_formula_of_a_merged_cell_is_that_of_its_first_row():
    rows = ((1, (Seen("2", 2, formula="=1+1"),)), (2, (NOTHING, Seen("A"))))
    found = lines.of(Grid("Plan", rows, (Merged("", 1, 0, 2, 0),)))
    assert [line.at(0).formula for line in found] == ["=1+1", ""]


@pytest.mark.parametrize(("times", "is_too_many"), [(2, False), (3, True)])
def test_too_many_merged_cells_are_refused(monkeypatch, times, is_too_many):
    monkeypatch.setattr(lines, "_MAX_FILLED", 4)
    made = grid((1, ["A"]), (2, ["B"]), merged=[Merged("", 1, 0, 2, 0)] * times)
    if not is_too_many:
        assert len(lines.of(made)) == 2
        return
    with pytest.raises(Unreadable, match="too many merged cells"):
        lines.of(made)


def sheet(name, title=None):
    """Return a sheet with its headings in row 3, two rows beneath and perhaps a title in row 1."""
    above = [Line(1, [seen(title)])] if title else []
    rows = [Line(number, [seen(f"{name} {number}"), seen("x")]) for number in (3, 4, 6)]
    return name, [*above, *rows], 3


def told(found):
    return [(line.number, line.sheet, line.row, line.at(0).text) for line in found]


def test_several_sheets_are_read_as_one_each_under_its_name():
    found, above = lines.stacked([sheet("Health"), sheet("Schools")], is_titled=True)
    assert told(found) == [
        (3, "Health", 0, "Health"),
        (4, "Health", 3, "Health 3"),
        (5, "Health", 4, "Health 4"),
        (7, "Health", 6, "Health 6"),
        (10, "Schools", 0, "Schools"),
        (11, "Schools", 3, "Schools 3"),
        (12, "Schools", 4, "Schools 4"),
        (14, "Schools", 6, "Schools 6"),
    ]
    assert (above, found[0].wide, found[1].wide) == ([], {0: 1}, {})
    assert (found[5].name(1), found[5].where) == ("Schools!B3", "sheet “Schools”, row 3")


def test_a_title_of_its_own_above_the_headings_of_each_stands_in_the_place_of_its_name():
    found, above = lines.stacked([sheet("1", "Health"), sheet("2", "Schools")], is_titled=True)
    assert [line[1:] for line in told(found) if line[3] in ("Health", "Schools")] == [
        ("1", 1, "Health"),
        ("2", 1, "Schools"),
    ]
    assert above == []


def test_titles_that_are_alike_or_missing_are_none():
    for titles in (("Health", "HEALTH"), ("Health", None)):
        made = [sheet(name, title) for name, title in zip("12", titles, strict=True)]
        found, above = lines.stacked(made, is_titled=True)
        assert [line.at(0).text for line in found if line.wide] == ["1", "2"]
        assert [(line.sheet, line.at(0).text) for line in above] == ([("2", "HEALTH")] if titles[1] else [])


def test_without_titles_the_rows_of_the_next_sheet_follow_and_what_is_above_its_headings_is_told_apart():
    found, above = lines.stacked([sheet("1", "Health"), sheet("2", "Schools")], is_titled=False)
    assert told(found) == [
        (1, "1", 1, "Health"),
        (3, "1", 3, "1 3"),
        (4, "1", 4, "1 4"),
        (6, "1", 6, "1 6"),
        (9, "2", 3, "2 3"),
        (10, "2", 4, "2 4"),
        (12, "2", 6, "2 6"),
    ]
    assert told(above) == [(1, "2", 1, "Schools")]


def test_what_paragraphs_are_called_stands_in_the_place_of_their_cells():
    line = Line(3, [seen("A"), seen("B")], names={0: "paragraph 7"})
    assert (line.name(0), line.name(1)) == ("paragraph 7", "B3")
    line.sheet, line.row = "Word", 9
    assert (line.name(0), line.name(1), line.row_number) == ("Word!paragraph 7", "Word!B9", 9)
