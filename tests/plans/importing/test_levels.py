"""What the rows of a plan come to: themes, outcomes, recommendations and steps."""

from plans.importing import mapped
from tests.plans.importing.plans_of_theirs import come_to, grid, named, opened, split

HEADINGS = ["Theme", "Action", "Lead", "Due"]


def levels(result):
    """Return (theme, outcome, recommendation) of each, by title."""
    themes = dict(named(result, "Themes", "Number", "Title"))
    outcomes = {row[:2]: row[2] for row in named(result, "Outcomes", "Theme", "Number", "Title")}
    rows = named(result, "Recommendations", "Theme", "Outcome", "Title")
    return [(themes[theme], outcomes[theme, outcome], title) for theme, outcome, title in rows]


def said(result, *, understood=False):
    remarks = [remark for remark in result.remarks if remark.is_understood is understood]
    return {remark.cell: remark.sentence for remark in reversed(remarks)}


A, B, C = ("Leadership", "Leadership", "do a"), ("Leadership", "Leadership", "do b"), ("Practice", "Practice", "do c")


def test_a_level_may_be_repeated_merged_left_empty_or_named_by_its_number():
    repeated = [HEADINGS, ["Leadership", "do a"], ["Leadership", "do b"], ["Practice", "do c"]]
    empty = [HEADINGS, ["Leadership", "do a"], ["", "do b"], ["Practice", "do c"]]
    ditto = [HEADINGS, ["Leadership", "do a"], ["As above", "do b"], ["Practice", "do c"]]
    numbered = [HEADINGS, ["1 Leadership", "do a"], ["1", "do b"], ["2. Practice", "do c"]]
    alone = [HEADINGS, ["Leadership"], ["", "do a"], ["", "do b"], ["Practice"], ["", "do c"]]
    for rows, merged in (
        (repeated, ()),
        (empty, ()),
        (empty, [(2, 0, 3, 0)]),
        (ditto, ()),
        (numbered, ()),
        (alone, ()),
    ):
        assert levels(come_to(opened(rows, merged=merged))) == [A, B, C]


def test_a_theme_may_stand_in_a_row_of_its_own():
    rows = [
        ["Action", "Lead", "Due"],
        ["Leadership"],
        ["do a", "x", "y"],
        ["do b", "x", "y"],
        ["Practice"],
        ["do c", "x", "y"],
    ]
    wide = come_to(opened(rows, merged=[(2, 0, 2, 2), (5, 0, 5, 2)]))
    bold = come_to(opened(rows, bold={(2, 0), (5, 0)}))
    filled = come_to(opened(rows, colours={(2, 0): "BDD7EE", (5, 0): "BDD7EE"}))
    assert levels(wide) == levels(bold) == levels(filled) == [A, B, C]
    called = [
        ["Ref", "Action", "Lead"],
        ["Priority 1: Leadership"],
        ["1", "do a", "x"],
        ["Priority 2: Practice"],
        ["2", "do c", "x"],
    ]
    assert levels(come_to(opened(called))) == [
        ("Priority 1: Leadership", "Priority 1: Leadership", "do a"),
        ("Priority 2: Practice", "Priority 2: Practice", "do c"),
    ]


def test_two_rows_of_their_own_are_a_theme_and_an_outcome():
    rows = [
        ["Ref", "Action", "Lead"],
        *(
            ["Theme 1: Leadership"],
            ["Outcome 1: leaders know"],
            ["1", "do a", "x"],
            ["Outcome 2: leaders act"],
            ["2", "do b", "x"],
        ),
        *(["Theme 2: Practice"], ["Outcome 1: good plans"], ["3", "do c", "x"]),
    ]
    assert levels(come_to(opened(rows))) == [
        ("Theme 1: Leadership", "Outcome 1: leaders know", "do a"),
        ("Theme 1: Leadership", "Outcome 2: leaders act", "do b"),
        ("Theme 2: Practice", "Outcome 1: good plans", "do c"),
    ]


def test_tables_may_stand_beneath_each_other_each_under_its_theme():
    heads = ["What we will do", "Who", "By when"]
    rows = [["Our plan"], ["Leadership"], heads, ["do a", "x", "May 26"], ["Practice"], heads, ["do c", "x", "June 26"]]
    result = come_to(opened(rows))
    assert levels(result) == [A, C]
    assert said(result, understood=True)["A6:C6"] == "The headings are repeated here."


def test_a_lone_action_is_no_theme():
    assert levels(come_to(opened([["Action", "Lead"], ["do a", "x"], ["do b"], ["do c", "x"]]))) == [
        ("Barnmouth plan", "Barnmouth plan", title) for title in ("do a", "do b", "do c")
    ]


def test_a_plan_without_themes_has_one_with_its_title():
    result = come_to(opened([["Action", "Lead"], ["do a", "x"]]))
    assert named(result, "Themes", "Number", "Title") == [(1, "Barnmouth plan")]
    assert named(result, "Outcomes", "Theme", "Number", "Title") == [(1, 1, "Barnmouth plan")]


def test_a_theme_that_nothing_is_under_is_kept_and_said():
    result = come_to(opened([HEADINGS, ["Leadership", "do a"], ["Practice"]]))
    assert named(result, "Themes", "Title") == [("Leadership",), ("Practice",)]
    assert "Nothing is under this theme, so it has no outcome." in said(result).values()


FOUR = ["Theme", "Outcome", "Recommendation", "Action", "Owner", "Deadline", "Status"]


def test_four_levels_with_steps_that_have_their_own_leads_and_dates():
    rows = [
        FOUR,
        ["Leadership", "Leaders know", "R1 Know the service", "Write", "A Manager", "31/01/2026", "Begun"],
        ["", "", "", "Share", "B Manager", "Feb 26", "Not begun"],
        ["", "", "R2 Audit", "Audit cases", "C Manager", "Ongoing", ""],
    ]
    for merged in ((), [(2, 0, 4, 0), (2, 1, 4, 1), (2, 2, 3, 2)]):
        result = come_to(opened(rows, merged=merged))
        assert levels(result) == [
            ("Leadership", "Leaders know", "Know the service"),
            ("Leadership", "Leaders know", "Audit"),
        ]
        assert [
            tuple(map(str, row))
            for row in named(result, "Actions", "Recommendation", "Title", "Owner post", "Due date")
        ] == [
            ("R1", "Write", "A Manager", "2026-01-31"),
            ("R1", "Share", "B Manager", "2026-02-28"),
            ("R2", "Audit cases", "C Manager", "None"),
        ]
        assert [
            tuple(map(str, row))
            for row in named(result, "Recommendations", "Reference", "Original due date", "Timescale", "Note")
        ] == [
            ("R1", "2026-02-28", "Feb 26", "Status of “Write”: Begun\nStatus of “Share”: Not begun"),
            ("R2", "None", "Ongoing", ""),
        ]


def test_a_repeated_recommendation_is_one_with_several_steps():
    rows = [FOUR, ["T", "O", "Know it", "Write"], ["T", "O", "Know it", "Share"], ["T", "O", "Act", "Do"]]
    result = come_to(opened(rows))
    assert named(result, "Recommendations", "Title") == [("Know it",), ("Act",)]
    assert named(result, "Actions", "Recommendation", "Title") == [("1.1", "Write"), ("1.1", "Share"), ("1.2", "Do")]


def test_a_row_without_an_action_goes_on_with_the_one_above():
    rows = [["Action", "Success criteria", "Comments"], ["do a", "one", "x"], ["", "two", ""], ["do b", "three", "y"]]
    result = come_to(opened(rows))
    assert named(result, "Recommendations", "Title", "Success") == [("do a", "one\ntwo"), ("do b", "three")]
    assert said(result, understood=True)["B3"] == "The row has no action of its own. This was added to the row above."


def test_a_row_without_an_action_under_a_new_theme_is_one_of_its_own():
    result = come_to(
        opened([HEADINGS, ["Leadership", "do a", "x", "y"], ["Practice", "", "Head of Service", "May 26"]])
    )
    assert named(result, "Recommendations", "Wording") == [("do a",), ("Head of Service",)]
    assert named(result, "Recommendations", "Lead post") == [("x",), ("Head of Service",)]
    assert said(result)["C3"] == "The row has no text in column “Action”. This was used instead."


def test_a_row_of_totals_is_named_and_not_loaded():
    result = come_to(opened([HEADINGS, ["Leadership", "do a", "x", "y"], ["Total actions", "", "1", ""]]))
    assert named(result, "Themes", "Title") == [("Leadership",)]
    assert said(result)["A3:C3"] == "This row of totals was not loaded."


def test_of_several_columns_of_steps_each_says_when_it_is_due():
    rows = [["Action", "Milestones 3 months", "Milestones 6 months"], ["do a", "begun", "done"]]
    found = named(come_to(opened(rows)), "Actions", "Title", "Timescale")
    assert found == [("begun", "Milestones 3 months"), ("done", "Milestones 6 months")]


def test_hidden_rows_are_loaded_or_named():
    rows = [["Action", "Lead"], ["do a", "x"], ["do b", "x"]]
    sheet = opened(rows, hidden={3})
    assert named(come_to(sheet), "Recommendations", "Title") == [("do a",), ("do b",)]
    result = come_to(sheet, with_hidden=False)
    assert named(result, "Recommendations", "Title") == [("do a",)]
    assert said(result)["A3:B3"] == "The row is hidden. You chose not to load hidden rows."


def test_what_is_above_and_below_the_table_is_named():
    result = come_to(opened([["Version 4"], ["Action", "Lead"], ["do a", "x"], [], ["Key: R is red"]]))
    assert said(result)["A1"] == "This is above the headings and was not loaded."
    assert said(result)["A5"] == "This is below the table and was not loaded."


def test_lists_become_steps_where_that_is_asked_for():
    rows = [
        ["Action", "Success criteria"],
        ["(i) Review by 30 April 2026 (ii) Launch by June 2026", "(a) read; (b) used"],
    ]
    sheet = opened(rows)
    assert named(come_to(sheet), "Actions", "Title") == []
    result = come_to(sheet, split=split(sheet, "Action"))
    assert [tuple(map(str, row)) for row in named(result, "Actions", "Title", "Due date")] == [
        ("Review by 30 April 2026", "2026-04-30"),
        ("Launch by June 2026", "2026-06-30"),
    ]
    assert named(result, "Recommendations", "Wording", "Success") == [(rows[1][0], "(a) read;\n(b) used")]
    assert named(come_to(sheet, split=split(sheet, "Success criteria")), "Actions", "Title") == [("read",), ("used",)]


HEALTH = [["Our plan"], ["Action", "Lead", "Due"], ["do a", "x", "May 26"], ["do b", "y", "June 26"]]
VOICE = [["Action", "Lead", "Due"], ["do c", "as above", "May 26"]]


def test_sheets_with_the_same_headings_are_read_as_one_each_as_a_theme():
    grids = [grid(HEALTH, name="Health"), grid(VOICE, name="Voice"), grid([["KPI", "x"], ["a", "b"]], name="KPIs")]
    sheet = mapped.opened(grids)
    assert (sheet.name, sheet.top, [each.name for each in sheet.alike]) == ("*", 2, ["Health", "Voice"])
    result = come_to(sheet)
    assert levels(result) == [("Health", "Health", "do a"), ("Health", "Health", "do b"), ("Voice", "Voice", "do c")]
    sources = [source for (source,) in named(result, "Recommendations", "Source")]
    assert sources[1:] == ["plan.xlsx, sheet “Health”, row 4", "plan.xlsx, sheet “Voice”, row 2"]
    assert said(result)["Health!A1"] == "This is above the headings and was not loaded."
    assert said(result, understood=True)["Voice!B2"] == "Read as “y”."
    assert [remark.text for remark in result.remarks if "sheet was not loaded" in remark.sentence] == ["KPIs"]
    alone = mapped.opened(grids, "Voice")
    assert (alone.name, [title for (title,) in named(come_to(alone), "Recommendations", "Title")]) == (
        "Voice",
        ["do c"],
    )


def test_copies_of_a_sheet_are_not_read_together():
    grids = [grid(HEALTH, name="March 2026"), grid(HEALTH, name="April 2026")]
    assert mapped.opened(grids).name == "March 2026"
    assert mapped.opened(grids, "*").name == "*"


def test_sheets_that_have_themes_of_their_own_keep_them():
    rows = [HEADINGS, ["Leadership", "do a"], ["Practice", "do c"]]
    result = come_to(mapped.opened([grid(rows, name="One"), grid(rows, name="Two")]))
    assert named(result, "Themes", "Title") == [("Leadership",), ("Practice",)]
    assert len(named(result, "Recommendations", "Title")) == 4
