"""The cells of our own workbook: references, leads, dates, and what is kept in the note."""

from plans.importing import made
from plans.importing.cells.fields import Field
from tests.plans.importing.plans_of_theirs import come_to, named, opened


def said(result):
    return [(remark.cell, remark.sentence) for remark in result.remarks if not remark.is_understood]


def notes(result):
    return [note for (note,) in named(result, "Recommendations", "Note")]


def references(rows):
    return [reference for (reference,) in named(come_to(opened(rows)), "Recommendations", "Reference")]


def test_references_are_taken_as_printed_or_made():
    heads = ["Ref", "Theme", "Action"]
    assert references([heads, ["1 (a)", "T", "a b"], ["3.2(b)", "T", "c d"]]) == ["1(a)", "3.2(b)"]
    assert references([heads, ["", "T", "a b"], ["", "U", "c d"], ["", "", "e f"]]) == ["1.1", "2.1", "2.2"]
    assert references([heads, ["1.1", "T", "a b"], ["", "T", "c d"]]) == ["1.1", "1.2"]
    assert references([heads, ["much too long", "T", "a b"]]) == ["1.1"]


def test_references_that_several_rows_share_are_told_apart():
    heads = ["Ref", "Theme", "Action"]
    assert references([heads, ["7", "T", "a b"], ["7", "T", "c d"], ["8", "T", "e f"]]) == ["7.1", "7.2", "8"]
    assert references([heads, ["R7", "T", "a b"], ["R8", "T", "c d"], ["r7", "T", "e f"]]) == ["R7", "R8", "r7-2"]
    assert references([heads, ["1", "T", "a b"], ["2", "T", "c d"], ["1", "U", "e f"]]) == ["1.1", "1.2", "2.1"]


def test_a_wording_may_begin_with_its_reference():
    rows = [["Action"], ["1.1 Review it"], ["1.2 Renew it"]]
    found = named(come_to(opened(rows)), "Recommendations", "Reference", "Wording")
    assert found == [("1.1", "Review it"), ("1.2", "Renew it")]
    rows = [["Action"], ["3 social workers join"], ["Renew it"], ["Tell all"]]
    assert named(come_to(opened(rows)), "Recommendations", "Wording")[0] == ("3 social workers join",)


def test_the_references_that_were_made_are_said_once():
    result = come_to(opened([["Action"], *([f"do {number}"] for number in range(12))]))
    (sentence,) = [remark.sentence for remark in result.remarks if "References" in remark.sentence]
    assert sentence.startswith("No row has a reference. References were made for row 2: 1.1, row 3: 1.2,")
    assert sentence.endswith("row 11: 1.10 and 2 more.")


def test_a_title_is_the_first_sentence_of_a_long_wording():
    long = "Agree the plan with partners. " + "Then tell everyone what it says and what it asks of them. " * 3
    found = named(come_to(opened([["Action"], [long], ["word " * 40]])), "Recommendations", "Title", "Wording")
    assert found[0] == ("Agree the plan with partners", long)
    assert found[1][0].endswith("word…")
    assert len(found[1][0]) <= 120


def test_the_first_lead_leads_and_the_text_is_kept_as_printed():
    rows = [
        ["Action", "Lead", "Lead (NHS)"],
        ["a b", "LA and ICB", ""],
        ["c d", "Head of Service", "Nurse (ICB)"],
        ["e f"],
    ]
    result = come_to(opened(rows))
    heads = ("Lead post", "Lead's organisation", "Lead as printed")
    assert named(result, "Recommendations", *heads) == [
        ("LA", "Barnmouth", "LA and ICB"),
        ("Head of Service", "Barnmouth", "Head of Service; Nurse (ICB)"),
        ("Director of Children’s Services", "Barnmouth", ""),
    ]
    assert ("A4", "No lead is named. Director of Children’s Services leads until you change it.") in said(result)


def test_one_post_is_written_in_one_way_and_as_the_tracker_knows_it():
    rows = [
        ["Action", "Lead"],
        ["a b", "Director of Children's services"],
        ["c d", "director of Children’s  Services"],
        ["e f", "Nurse"],
    ]
    result = come_to(opened(rows), posts={"nurse|barnmouth": ("nurse", "Barnmouth"), "nurse": ("nurse", "Barnmouth")})
    leads = named(result, "Recommendations", "Lead post", "Lead's organisation")
    assert leads == [("Director of Children's services", "Barnmouth")] * 2 + [("nurse", "Barnmouth")]
    assert named(result, "Posts", "Title", "Source") == [
        ("Director of Children's services", "plan.xlsx"),
        ("nurse", ""),
    ]


def test_a_post_without_an_organisation_is_of_the_one_that_was_chosen_even_if_another_is_called_alike():
    rows = [["Action", "Lead"], ["a b", "Nurse"], ["c d", "Nurse (Barnmouth NHS)"], ["e f", "Director"], ["g h"]]
    known = {}
    for title in ("Nurse", "Director", "Director of Children’s Services"):
        post = (title, "Barnmouth NHS")
        known |= {made.key(title): post, f"{made.key(title)}|barnmouth nhs": post}
    result = come_to(opened(rows), posts=known)
    assert named(result, "Recommendations", "Lead post", "Lead's organisation") == [
        ("Nurse", "Barnmouth"),
        ("Nurse", "Barnmouth NHS"),
        ("Director", "Barnmouth"),
        ("Director of Children’s Services", "Barnmouth"),
    ]
    assert (
        "B2",
        "The tracker knows “Nurse” of Barnmouth NHS. As you chose, this is another post, of Barnmouth. If they are the "
        "same, write “Nurse (Barnmouth NHS)”.",
    ) in said(result)


def test_an_outcome_has_one_accountable_post_and_another_is_kept_in_the_note():
    rows = [["Theme", "Action", "SRO"], ["T", "a b", "Head of A"], ["T", "c d", "Head of B"], ["U", "e f", ""]]
    result = come_to(opened(rows))
    assert named(result, "Outcomes", "Accountable post") == [("Head of A",), ("Director of Children’s Services",)]
    assert notes(result) == ["", "SRO: Head of B", ""]
    assert ("C3", "Head of A is accountable for outcome 1.1. This one was kept in the note.") in said(result)


def test_the_words_of_a_date_are_kept_beside_it():
    rows = [
        ["Action", "Due date", "Revised date"],
        ["a b", "May 26", "June 26"],
        ["c d", "Ongoing"],
        ["e f", "Q3 2025"],
        ["g h"],
    ]
    result = come_to(opened(rows))
    found = named(result, "Recommendations", "Original due date", "Timescale", "Note")
    assert [tuple(map(str, row)) for row in found] == [
        ("2026-06-30", "June 26", "Due date: May 26"),
        ("None", "Ongoing", ""),
        ("None", "Q3 2025", ""),
        ("None", "Not stated", ""),
    ]
    assert ("B4", "This could mean several days, so no date was read.") in said(result)
    assert ("A5", "No due date or timescale is given.") in said(result)


def test_colours_become_words_where_they_say_something():
    rows = [["Action", "RAG", "Status"], ["a b", "", "Begun"], ["c d", "", "Begun"], ["e f", "G", "Done"]]
    colours = {
        (2, 1): "FF0000",
        (3, 1): "FFC000",
        (4, 1): "00B050",
        (2, 2): "BDD7EE",
        (3, 2): "BDD7EE",
        (4, 2): "BDD7EE",
    }
    assert notes(come_to(opened(rows, colours=colours))) == [
        "RAG: red (cell colour)\nStatus: Begun",
        "RAG: amber (cell colour)\nStatus: Begun",
        "RAG: G [green (cell colour)]\nStatus: Done",
    ]


def test_findings_that_the_tracker_knows_are_answered_and_others_kept_in_the_note():
    rows = [["Action", "Ofsted para no"], ["a b", "S01 and S02"], ["c d", "14"]]
    result = come_to(opened(rows), findings={"s01": "barnmouth-2026/S01", "s02": "barnmouth-2026/S02"})
    assert named(result, "Recommendations", "Findings answered") == [("barnmouth-2026/S01, barnmouth-2026/S02",), ("",)]
    assert notes(result)[1] == "Ofsted para no: 14"
    assert ("B3", "The tracker has no finding “14”. It was kept in the note.") in said(result)


def test_as_above_is_read_and_said():
    rows = [["Action", "Lead"], ["a b", "Head of Service"], ["c d", "Same as above"], ["e f", '"']]
    result = come_to(opened(rows))
    assert named(result, "Recommendations", "Lead as printed") == [("Head of Service",)] * 3
    assert [remark.sentence for remark in result.remarks if remark.cell in {"B3", "B4"}] == [
        "Read as “Head of Service”."
    ] * 2


def test_a_column_that_is_not_to_be_loaded_is_named_cell_by_cell():
    sheet = opened([["Action", "Comments"], ["a b", "private"]])
    result = come_to(sheet, columns={1: Field.UNUSED})
    assert notes(result) == [""]
    assert [(remark.cell, remark.text) for remark in result.remarks if "chose" in remark.sentence] == [
        ("B2", "private")
    ]


def test_a_long_step_is_cut_and_kept_whole_in_the_note():
    step = "tell everyone who works with children what has changed " * 6
    result = come_to(opened([["Action", "Milestone"], ["a b", step.strip()]]))
    ((title,),) = named(result, "Actions", "Title")
    assert (len(title) <= 250, title.endswith("…")) == (True, True)
    assert notes(result) == [f"Milestone: {step.strip()}"]


def test_the_title_of_a_list_is_what_introduces_it_or_its_items():
    rows = [["Action"], ["Caseloads:\n1) agree a limit\n2) check each week"], ["1. Map the path\n2. Publish it"]]
    rows += [["Train all staff\nand audit 20 plans"]]
    assert named(come_to(opened(rows)), "Recommendations", "Title") == [
        ("Caseloads",),
        ("Map the path; Publish it",),
        ("Train all staff and audit 20 plans",),
    ]
