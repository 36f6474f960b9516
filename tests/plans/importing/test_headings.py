"""Where the headings are found, and what each column is proposed to hold."""

import pytest

from plans.importing import mapped
from tests.plans.importing.plans_of_theirs import grid, opened, proposed

ROW = ["x y", "do it", "Head of Service", "May 25"]


def test_headings_stand_beneath_titles():
    sheet = opened([["Improvement plan 2026"], [], ["As agreed by the Board"], ["Ref", "Action", "Lead", "Due"], ROW])
    assert (sheet.shape.top, sheet.shape.bottom, sheet.title) == (4, 4, "Improvement plan 2026")


def test_headings_may_take_two_rows():
    rows = [
        ["Action", "Responsibility", "", "Dates", ""],
        ["", "Lead", "SRO", "Start", "Finish"],
        ["do it", "a", "b", "May 25", "June 25"],
    ]
    merged = [(1, 1, 1, 2), (1, 3, 1, 4), (1, 0, 2, 0)]
    expected = {
        "Action": "recommendation",
        "Responsibility Lead": "lead",
        "Responsibility SRO": "accountable",
        "Dates Start": "start",
        "Dates Finish": "due",
    }
    assert proposed(opened(rows, merged=merged)) == expected
    assert opened(rows, merged=merged).shape.bottom == 2


def test_the_first_row_beneath_the_headings_is_no_heading():
    sheet = opened([["Priority", "Action", "Lead"], ["Theme 1", "Action plan", "Lead officer"], ["", "b", "c"]])
    assert sheet.shape.bottom == 1


def test_the_user_may_say_where_the_headings_are():
    rows = [["Ref", "Action", "Lead"], ["Was", "Tun", "Wer"], ["1", "do it", "a"]]
    assert opened(rows).shape.top == 1
    assert [column.heading for column in opened(rows, top=2).shape.columns] == ["Was", "Tun", "Wer"]


def test_a_sheet_may_have_no_headings():
    assert opened([["one text"]]).shape is None
    assert opened([["Ref", "Action"]], top=9).shape is None


def test_the_likeliest_sheet_is_read_and_another_where_it_is_named():
    plan = [["Ref", "Action", "Lead", "Due"], ROW, ROW]
    grids = [grid([["Notes"], ["a", "b"]], name="Cover"), grid(plan), grid([["KPI", "Value"], ["x", "1"]], name="KPIs")]
    assert mapped.opened(grids).grid.name == "Plan"
    assert mapped.opened(grids, "KPIs").grid.name == "KPIs"
    assert mapped.opened(grids, "No such").grid.name == "Plan"


LEVELS = [
    (["Action", "Lead"], "", {"Action": "recommendation"}),
    (["Theme", "Action"], "", {"Theme": "theme", "Action": "recommendation"}),
    (
        ["Priority", "Objective", "Action"],
        "",
        {"Priority": "theme", "Objective": "outcome", "Action": "recommendation"},
    ),
    (
        ["Theme", "Outcome", "Recommendation", "Action"],
        "",
        {"Theme": "theme", "Outcome": "outcome", "Recommendation": "recommendation", "Action": "action"},
    ),
    (
        ["Theme", "Recommendation", "Action"],
        "",
        {"Theme": "theme", "Recommendation": "recommendation", "Action": "action"},
    ),
    (["Action", "Milestone"], "", {"Action": "recommendation", "Milestone": "action"}),
    (["Action", "Outcome"], "", {"Action": "recommendation", "Outcome": "success"}),
    (["Recommendation", "Lead"], "", {"Recommendation": "recommendation"}),
    (["Objective", "Lead"], "", {"Objective": "recommendation"}),
    (["Recommendation", "Action"], "repeated", {"Recommendation": "theme", "Action": "recommendation"}),
    (["Recommendation", "Action"], "", {"Recommendation": "recommendation", "Action": "action"}),
]


@pytest.mark.parametrize(("headings", "how", "expected"), LEVELS)
def test_levels_are_told_by_their_headings_and_places(headings, how, expected):
    rows = [
        [f"{heading} words {number if not how or place else ''}" for place, heading in enumerate(headings)]
        for number in (1, 2)
    ]
    found = proposed(opened([headings, *rows]))
    assert {heading: found[heading] for heading in expected} == expected


def test_a_column_whose_heading_says_nothing_is_told_by_its_values():
    rows = [["Action", "Foo", "Bar", "Baz"], ["a b", "31 May 2026", "R", "x"], ["c d", "June 2026", "G", "y"]]
    assert proposed(opened(rows)) == {"Action": "recommendation", "Foo": "due", "Bar": "rating", "Baz": "note"}


def test_a_number_in_a_heading_is_no_month():
    rows = [["Action", "Foo 2", "Baz 3"], ["a b", "31 May 2026", "x"], ["c d", "June 2026", "y"]]
    assert proposed(opened(rows)) == {"Action": "recommendation", "Foo 2": "due", "Baz 3": "note"}


def test_a_column_of_colours_is_a_rating():
    sheet = opened(
        [["Action", "Now", ""], ["a b"], ["c d"]], colours={(2, 1): "FF0000", (3, 1): "00B050", (2, 2): "FFC000"}
    )
    assert proposed(sheet) == {"Action": "recommendation", "Now": "rating"}


def test_a_priority_that_is_high_or_low_is_no_theme():
    found = proposed(opened([["Priority", "Action"], ["High", "a b"], ["Low", "c d"]]))
    assert found == {"Priority": "note", "Action": "recommendation"}


def test_of_two_references_the_one_that_tells_the_rows_apart_is_taken():
    found = proposed(
        opened([["No.", "Theme", "Ref", "Action"], ["1", "A b", "1.1", "a b"], ["1", "A b", "1.2", "c d"]])
    )
    assert found == {"No.": "note", "Theme": "theme", "Ref": "reference", "Action": "recommendation"}


def test_a_heading_that_names_a_month_is_progress():
    found = proposed(opened([["Action", "November 2026", "Update October"], ["a b", "begun", "x"]]))
    assert found == {"Action": "recommendation", "November 2026": "progress", "Update October": "progress"}


def test_the_same_headings_have_the_same_signature_whatever_the_month():
    first = opened([["Action", "November update"], ["a b", "c"]]).shape.signature
    assert first == opened([["ACTION", "December update:"], ["d e", "f"]]).shape.signature
    assert first != opened([["Action", "Lead"], ["a b", "c"]]).shape.signature
