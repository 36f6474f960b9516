"""Keys, notes, second tables and labels are told from the rows of the plan, and named."""

import pytest

from plans.importing.cells.fields import Field
from tests.plans.importing.plans_of_theirs import come_to, named, opened

HEADS = ["Ref", "Action", "Lead", "Due"]
ROW = ["1", "do a", "Head of Service", "May 26"]


def loaded(result):
    return [title for (title,) in named(result, "Recommendations", "Title")]


def left_out(result):
    return {remark.cell: remark.sentence for remark in result.remarks if "was not loaded" in remark.sentence}


NOTES = [
    ["Key:", "Green – on track", "Red – off track"],
    ["RAG key", "Green – on track"],
    ["Note: blue is complete"],
    ["Notes – see the annex", "and the cover"],
    ["Prepared by the programme office", "May 2026"],
    ["Summary", "", "3", "green"],
]


@pytest.mark.parametrize("note", NOTES)
def test_a_key_or_a_note_beneath_an_empty_row_is_named_and_not_loaded(note):
    result = come_to(opened([HEADS, ROW, [], note, ["G", "on track"]]))
    assert loaded(result) == ["do a"]
    assert len(left_out(result)) == 2
    assert named(result, "Themes", "Title") == [("Barnmouth plan",)]


def test_an_action_that_begins_like_a_note_is_an_action():
    rows = [HEADS, ROW, [], ["Key 1", "do b", "Head of Service", "May 26"], [], ["2", "Note what children say"]]
    assert loaded(come_to(opened(rows))) == ["do a", "do b", "Note what children say"]


def test_a_key_may_stand_between_two_blocks():
    rows = [HEADS, ROW, [], ["Key:", "Green – on track"], [], ["2", "do b", "Head of Service", "May 26"]]
    result = come_to(opened(rows))
    assert (loaded(result), left_out(result)) == (
        ["do a", "do b"],
        {"A4:B4": "This is below the table and was not loaded."},
    )


def test_what_is_beneath_the_last_row_and_is_no_level_is_no_theme():
    result = come_to(opened([HEADS, ROW, ["Not for onward circulation"]]))
    assert named(result, "Themes", "Title") == [("Barnmouth plan",)]
    assert left_out(result) == {"A3": "This is below the table and was not loaded."}


OTHER = ["Measure", "Baseline", "Target", "Owner", "Frequency"]


def test_another_table_beneath_is_named_with_its_title_and_not_loaded():
    rows = [HEADS, ROW, [], ["Performance measures"], OTHER, ["Visits", "71%", "≥85%", "Head of Service", "Monthly"]]
    result = come_to(opened(rows))
    other = "This is part of another table, which has other headings. It was not loaded."
    assert loaded(result) == ["do a"]
    assert {remark.cell: remark.sentence for remark in result.remarks if "another table" in remark.sentence} == {
        "A4": other,
        "A5:E5": other,
        "A6:E6": other,
    }


def test_after_another_table_the_plan_goes_on_where_its_headings_do():
    rows = [
        HEADS,
        ROW,
        [],
        OTHER,
        ["Visits", "71%", "85%", "x", "y"],
        [],
        ["Priority 2: Practice"],
        HEADS,
        ["2", "do b"],
    ]
    result = come_to(opened(rows))
    assert loaded(result) == ["do a", "do b"]
    assert ("Priority 2: Practice",) in named(result, "Themes", "Title")


def test_headings_may_be_repeated_in_other_words_and_with_more_columns():
    other = ["No.", "What we will do", "Who", "By when", "Comments"]
    rows = [HEADS, ROW, other, ["2", "do b", "QA Manager", "June 26", "begun"]]
    sheet = opened(rows)
    assert [column.heading for column in sheet.shape.columns] == [*HEADS, "Comments"]
    result = come_to(sheet)
    assert (loaded(result), named(result, "Recommendations", "Note")) == (
        ["do a", "do b"],
        [("",), ("Comments: begun",)],
    )


def test_headings_that_were_chosen_and_say_nothing_make_no_other_table_of_those_beneath():
    rows = [["Was", "Wer", "Wann", "Wo"], HEADS, ROW]
    assert len(opened(rows, top=1).shape.columns) == 4
    assert [column.values for column in opened(rows, top=1).shape.columns][1] == ("Action", "do a")


def test_a_label_and_its_text_in_two_cells_are_a_theme_an_outcome_or_said_of_the_rows_beneath():
    rows = [
        ["Priority 1", "Good work"],
        ["What we want", "Children are heard"],
        ["Lead:", "Head of Service"],
        ["Baseline", "12 of 40"],
        ["Ref", "Action", "Lead", "Due"],
        ["1", "do a", "", "May 26"],
        ["2", "do b", "QA Manager", "May 26"],
        ["Priority 2", "Good homes"],
        ["3", "do c", "", "May 26"],
    ]
    result = come_to(opened(rows))
    assert named(result, "Themes", "Title") == [("Priority 1: Good work",), ("Priority 2: Good homes",)]
    assert named(result, "Outcomes", "Title")[0] == ("Children are heard",)
    assert named(result, "Recommendations", "Lead post", "Note") == [
        ("Head of Service", "Baseline: 12 of 40"),
        ("QA Manager", "Lead: Head of Service\nBaseline: 12 of 40"),
        ("Director of Children’s Services", ""),
    ]


def test_a_label_in_one_cell_beneath_a_theme_is_said_of_its_rows():
    rows = [HEADS, ["Priority 1: Leadership"], ["SRO: Chief Executive"], ROW]
    result = come_to(opened(rows, merged=[(2, 0, 2, 3), (3, 0, 3, 3)]))
    assert named(result, "Outcomes", "Title", "Accountable post") == [("Priority 1: Leadership", "Chief Executive")]


def test_ratings_of_actions_and_impact_are_no_actions():
    rows = [["Action", "Rating", ""], ["", "Action", "Impact"], ["do a", "G", "A"], ["do b", "", ""]]
    sheet = opened(rows, merged=[(1, 1, 1, 2), (1, 0, 2, 0)])
    assert [field.value for field in sheet.proposed.values()] == ["recommendation", "rating", "rating"]


def test_a_colour_alone_is_no_step_whatever_its_column_is_said_to_hold():
    sheet = opened(
        [["Action", "Milestone"], ["do a", ""], ["do b", "go"]], colours={(2, 1): "FF0000", (3, 1): "00B050"}
    )
    result = come_to(sheet)
    assert named(result, "Actions", "Title") == [("go",)]
    assert named(result, "Recommendations", "Note")[0] == ("Milestone: red (cell colour)",)


def test_what_is_said_of_each_step_is_kept_of_each_and_what_all_say_once():
    rows = [
        ["Recommendation", "Action", "RAG", "Comments"],
        ["R1 Know it", "Write", "G", "x"],
        ["R1 Know it", "Share", "A", "x"],
    ]
    rows += [["R1 Know it", "Use it", "G", "x"], ["R2 Act", "Do", "", ""]]
    result = come_to(opened(rows), columns={0: Field.RECOMMENDATION, 1: Field.ACTION})
    assert named(result, "Recommendations", "Note")[0] == (
        "RAG of “Write”: G\nComments: x\nRAG of “Share”: A\nRAG of “Use it”: G",
    )


def test_an_empty_reference_goes_on_with_the_one_above_it():
    rows = [HEADS, ROW, ["", "do b"], ["2", "do c"], ["3", "do d"], ["3", "do e"], ["", "do f"]]
    references = [reference for (reference,) in named(come_to(opened(rows)), "Recommendations", "Reference")]
    assert references == ["1", "1-2", "2", "3.1", "3.2", "3.3"]


def test_letters_that_begin_again_in_each_theme_get_its_number():
    rows = [["Theme", *HEADS], ["A b", "(a)", "do a"], ["", "(b)", "do b"], ["C d", "(a)", "do c"]]
    references = [reference for (reference,) in named(come_to(opened(rows)), "Recommendations", "Reference")]
    assert references == ["1.a", "1.b", "2.a"]


def test_a_name_with_another_apostrophe_or_and_is_one_post():
    rows = [HEADS, ["1", "do a", "Director of Children’s Services & Skills"]]
    rows += [["2", "do b", "Director of Children's Services and Skills"]]
    assert len({lead for (lead,) in named(come_to(opened(rows)), "Recommendations", "Lead post")}) == 1


def test_what_is_struck_through_is_loaded_and_said():
    result = come_to(opened([HEADS, ROW, ["2", "do b"]], struck={(3, 1)}))
    assert loaded(result) == ["do a", "do b"]
    assert [(remark.cell, remark.sentence) for remark in result.remarks if "struck" in remark.sentence] == [
        ("B3", "This is struck through. It was loaded all the same.")
    ]


@pytest.mark.parametrize("heading", ["", "Recommendation"])
def test_a_column_of_references_alone_is_one_whatever_its_heading(heading):
    rows = [["Theme", heading, "Action"], ["A b", "1.1", "do a"], ["", "1.2(a)", "do b"], ["", "R7", "do c"]]
    result = come_to(opened(rows))
    assert named(result, "Recommendations", "Reference", "Title") == [
        ("1.1", "do a"),
        ("1.2(a)", "do b"),
        ("R7", "do c"),
    ]
