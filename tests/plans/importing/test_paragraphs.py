"""A plan that is written as labelled paragraphs is read like a table whose columns are the labels."""

import pytest

from tests.plans.importing.plans_of_theirs import come_to, named, opened, proposed

ONE_COLUMN = [
    ["Barnmouth improvement plan"],
    [],
    ["Priority 1: Leadership"],
    ["Recommendation 1: Agree who decides"],
    ["Lead: Head of Service"],
    ["Timescale: May 2026"],
    [],
    ["Recommendation 2: Train every manager"],
    ["and every deputy"],
    ["Timescale: Ongoing"],
    ["Lead: QA Lead"],
    ["Success criteria:"],
    ["(a) all are trained"],
    ["(b) audits show it"],
    ["Priority 2: Practice"],
    ["Aim: Better plans"],
    ["Recommendation 3: Improve plans"],
    ["Lead: Team Manager"],
    ["Timescale: 30 June 2026"],
]
TWO_COLUMNS = [
    ["Recommendation 1", "Agree who decides"],
    ["Lead", "Head of Service"],
    ["Due date", "31/05/2026"],
    ["Recommendation 2", "Train every manager"],
    ["Lead", "QA Lead"],
    ["Due date", "Ongoing"],
]
ONE_CELL = [
    ["Recommendation 1: Agree who decides\nLead: Head of Service\nTimescale: May 2026"],
    ["Recommendation 2: Train every manager\nLead: QA Lead\nTimescale: Ongoing"],
]
HEADS = ("Reference", "Wording", "Theme", "Lead post", "Timescale", "Success")


def rows(sheet):
    return named(come_to(sheet), "Recommendations", *HEADS)


def test_paragraphs_of_one_column_become_recommendations_under_their_themes():
    sheet = opened(ONE_COLUMN)
    assert proposed(sheet) == {
        "Reference": "reference",
        "Priority": "theme",
        "Recommendation": "recommendation",
        "Lead": "lead",
        "Timescale": "due",
        "Success criteria": "success",
        "Aim": "outcome",
    }
    assert rows(sheet) == [
        ("1", "Agree who decides", 1, "Head of Service", "May 2026", ""),
        (
            "2",
            "Train every manager\nand every deputy",
            1,
            "QA Lead",
            "Ongoing",
            "(a) all are trained\n(b) audits show it",
        ),
        ("3", "Improve plans", 2, "Team Manager", "30 June 2026", ""),
    ]
    assert (sheet.title, sheet.top) == ("Barnmouth improvement plan", 3)
    assert named(come_to(sheet), "Themes", "Title") == [("Priority 1: Leadership",), ("Priority 2: Practice",)]


@pytest.mark.parametrize("sheet", [TWO_COLUMNS, ONE_CELL], ids=["two columns", "one cell"])
def test_labels_in_a_column_of_their_own_or_in_one_cell_are_read_too(sheet):
    assert [(row[0], row[1], row[3]) for row in rows(opened(sheet))] == [
        ("1", "Agree who decides", "Head of Service"),
        ("2", "Train every manager", "QA Lead"),
    ]


def test_steps_beneath_a_recommendation_and_headings_without_a_label():
    sheet = opened(
        [
            ["LEADERSHIP"],
            ["Recommendation 1: Agree who decides"],
            ["Action: Write it down"],
            ["Action: Tell everyone"],
            ["Lead: Head of Service"],
            [],
            ["PRACTICE"],
            ["Recommendation 2: Improve plans"],
            ["Action: Audit plans"],
            ["Lead: QA Lead"],
        ],
    )
    result = come_to(sheet)
    assert named(result, "Recommendations", "Reference", "Wording") == [
        ("1", "Agree who decides"),
        ("2", "Improve plans"),
    ]
    assert named(result, "Actions", "Recommendation", "Title") == [
        ("1", "Write it down"),
        ("1", "Tell everyone"),
        ("2", "Audit plans"),
    ]
    assert named(result, "Themes", "Title") == [("LEADERSHIP",), ("PRACTICE",)]


def test_what_is_said_of_a_paragraph_names_its_own_cell():
    remarks = come_to(opened([*TWO_COLUMNS[:2], ["Due date", "Spring 2026"], *TWO_COLUMNS[3:]])).remarks
    assert [remark.cell for remark in remarks if remark.text == "Spring 2026"] == ["B3"]


def test_a_table_stays_a_table():
    table = [["Action", "Lead"], ["Governance", "Head of Service"], ["Progress: slow", "QA Lead"], ["Audit", "QA Lead"]]
    assert proposed(opened(table)) == {"Action": "recommendation", "Lead": "lead"}
