"""What is wrong with a file of a Notice names its row, column, value and rule, and nothing of it is loaded."""

import pytest

from accounts.models import Post
from improvement.workbooks import Unreadable
from notices.loading import uploads
from notices.loading.sheets import NOTICE
from notices.models import Milestone, Notice
from notices.targets import results
from tests.factories import AT, user
from tests.notices.loading.files import BARNMOUTH, altered, check, column, load, problems, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def barnmouth():
    """Barnmouth's Notice, loaded."""
    return load(check(typed(BARNMOUTH)))


WRONG = [
    # sheet, row of the sheet, cells, (column, value, sentence)
    (
        "Indicators",
        0,
        {"Floor": "80%"},
        ("Floor's source", "", "A floor and the source that states it belong together."),
    ),
    (
        "Indicators",
        0,
        {"Floor": "0.8", "Floor's source": "The regulations"},
        ("Floor", "0.8", "This could mean 80% or 0.8%. Add a percent sign."),
    ),
    (
        "Indicators",
        1,
        {"Floor": "20%", "Floor's source": "The regulations"},
        (
            "Floor",
            "20%",
            "This is a percentage, but the indicator is in days. Enter a number without a percent sign.",
        ),
    ),
    ("Notice", 0, {"Title": None}, ("Title", "", "Fill in this cell.")),
    ("Notice", 0, {"Name_in_addresses": "Barn mouth"}, ("Name in addresses", "Barn mouth", None)),
    (
        "Notice",
        0,
        {"Ends_on": "1 January 2011"},
        ("Ends on", "1 January 2011", "The Notice must end after it is issued."),
    ),
    (
        "Notice",
        0,
        {"Ends_on": None, "Extended_to": "1 1 2013"},
        ("Extended to", "1 January 2013", "An extension needs the first end date and must be later than it."),
    ),
    (
        "Notice",
        0,
        {"Recommended by": "The chair"},
        ("Recommendation", "", "A recommendation needs its day, who made it, its words and its source."),
    ),
    (
        "Targets",
        0,
        {"End verdict stated on": "1 5 2011"},
        ("End verdict stated on", "1 May 2011", "An end verdict that is not stated has no day."),
    ),
    (
        "Targets",
        0,
        {"Held since": "1 5 2011"},
        ("How long it has held", "", "How long it has held needs the source’s words and their source."),
    ),
    ("Notice", 0, {"Document": "notice.pdf"}, ("Document", "notice.pdf", "Enter a valid URL.")),
    (
        "Areas",
        1,
        {"Place": "second"},
        ("Place", "second", "This is not a number. If there is no value, leave the cell empty."),
    ),
    ("Targets", 0, {"Kind": "Numeric"}, ("Kind", "Numeric", "Choose one of: Measured, Narrative.")),
    (
        "Targets",
        1,
        {"Area": "Children in care"},
        (
            "Area",
            "Children in care",
            "“Children in care” is not in the Areas of this file or of the tracker."
            " Did you mean “Children in our care”?",
        ),
    ),
    (
        "Targets",
        0,
        {"Owner_post": "Head of Front Door"},
        (
            "Owner post",
            "Head of Front Door",
            "“Head of Front Door, Barnmouth Borough Council” is not in the Posts of this file or of the tracker."
            " Did you mean “Head of the Front Door, Barnmouth Borough Council”?",
        ),
    ),
    (
        "Targets",
        2,
        {"Reference": "B 3"},
        ("Reference", "B 3", "Use letters, digits, full stops and hyphens only."),
    ),
    ("Targets", 2, {"Reference": "B2"}, ("Reference", "B2", "Row 3 already has B2. Remove one of the two rows.")),
    (
        "Targets",
        2,
        {"Reference": "B1234567890"},
        ("Reference", "B1234567890", "This has 11 characters. The limit is 10."),
    ),
    (
        "Indicators",
        1,
        {"Target": "B9"},
        ("Target", "B9", "“B9” is not in the Targets of this file or of the tracker."),
    ),
    (
        "Milestones",
        0,
        {"Indicator": "Contact"},
        (
            "Indicator",
            "Contact",
            "“B1, Contact” is not in the Indicators of this file or of the tracker. Did you mean “B1, Contacts”?",
        ),
    ),
    (
        "Milestones",
        0,
        {"Threshold": 0.95},
        ("Threshold", "0.95", "This could mean 95% or 0.95%. Add a percent sign."),
    ),
    (
        "Milestones",
        1,
        {"Threshold": "20%"},
        (
            "Threshold",
            "20%",
            "This is a percentage, but the indicator is in days. Enter a number without a percent sign.",
        ),
    ),
    (
        "Milestones",
        0,
        {"Threshold": "<5"},
        (
            "Threshold",
            "<5",
            "This is not one number. Enter 5 in Threshold, without “<”."
            " Whether more or less is better belongs in Better, on the sheet Indicators.",
        ),
    ),
    (
        "Milestones",
        2,
        {"Threshold": 5},
        ("Threshold", "5", "A level or a change needs its threshold; a judged milestone has none."),
    ),
    (
        "Milestones",
        0,
        {"Threshold": None},
        ("Threshold", "", "A level or a change needs its threshold; a judged milestone has none."),
    ),
    ("Milestones", 0, {"Baseline": 3}, ("Baseline", "3", "Only a change is counted from a baseline.")),
    (
        "Milestones",
        0,
        {"Period_ends": "28 February 2011"},
        ("Period ends", "28 February 2011", "The period cannot end before it starts."),
    ),
    (
        "Milestones",
        0,
        {"Wording": "=A1"},
        ("Wording", "=A1", "The cell contains a formula. Replace it with its value (Paste special, Values)."),
    ),
]


@pytest.mark.parametrize(("name", "place", "cells", "expected"), WRONG)
def test_what_is_wrong_names_row_column_value_and_rule(name, place, cells, expected):
    upload = check(typed(altered(BARNMOUTH, name, place, **cells)))
    told = [problem for problem in problems(upload) if problem[0] == name]
    heading, value, sentence = expected
    assert [each[:4] for each in told] == [(name, place + 2, heading, value)]
    assert sentence in (None, told[0][4])
    with pytest.raises(uploads.CheckedAgain):
        load(upload)
    assert not Notice.objects.exists()
    assert not Post.objects.exists()


def test_two_that_decide_are_both_wrong():
    second = BARNMOUTH["Indicators"][0] | {"Reference": "Later", "Place": 2}
    upload = check(typed(BARNMOUTH | {"Indicators": [*BARNMOUTH["Indicators"], second]}))
    sentence = "Another indicator already decides this target."
    assert problems(upload) == [
        ("Indicators", 2, "Decides", "Yes", sentence),
        ("Indicators", 4, "Decides", "Yes", sentence),
    ]


def test_one_that_decides_beside_another_that_stands_is_wrong(barnmouth):
    second = BARNMOUTH["Indicators"][0] | {"Reference": "Later", "Place": 2}
    upload = check(typed(BARNMOUTH | {"Indicators": [second]}))
    assert problems(upload) == [("Indicators", 2, "Decides", "Yes", "Another indicator already decides this target.")]


def test_a_stated_judgement_is_not_made_into_a_level(barnmouth):
    milestone = Milestone.objects.get(kind="judged")
    results.judge(milestone=milestone, is_met=True, reason="Seen.", by=user("Olga Office"), at=AT)
    upload = check(typed(altered(BARNMOUTH, "Milestones", 2, Kind="Level to reach", Threshold=5)))
    assert problems(upload) == [
        ("Milestones", 4, "Kind", "Level to reach", "A judgement needs who, when and the reason.")
    ]


def test_the_notice_is_one_row():
    two = BARNMOUTH["Notice"] * 2
    two[1] = two[1] | {"Name in addresses": "other"}
    assert problems(check(typed(BARNMOUTH | {"Notice": two})))[0] == (
        "Notice",
        None,
        "",
        "",
        "This sheet must have one row, for the Notice. It has 2.",
    )
    assert problems(check(typed({})))[0][4] == "This sheet must have one row, for the Notice. It has 0."


def test_a_missing_sheet_and_a_renamed_one_are_told():
    def rename(book):
        book["Milestones"].title = "Milestone"
        book.remove(book["Versions"])
        book.create_sheet("Working")

    upload = check(typed(BARNMOUTH, change=rename))
    missing = "The sheet “{}” is missing. Keep every sheet of the template, even an empty one."
    assert problems(upload) == [
        ("Versions", None, "", "", missing.format("Versions")),
        ("Milestones", None, "", "", f"{missing.format('Milestones')} Is it “Milestone”?"),
    ]
    assert upload.report["remarks"][:2] == [
        "The sheet “Milestone” is not in the template, so it is not loaded.",
        "The sheet “Working” is not in the template, so it is not loaded.",
    ]


def test_headings_below_the_first_row_are_told():
    def push_down(book):
        book["Targets"].insert_rows(1, 2)
        book["Targets"]["A1"] = "Barnmouth’s targets"

    told = problems(check(typed(BARNMOUTH, change=push_down)))
    sentence = "Headings are expected in row 1. Row 3 looks like headings. Delete the rows above it."
    assert told[0] == ("Targets", None, "", "", sentence)
    assert {each[0] for each in told[1:]} == {"Indicators"}


def csv_of(name, rows=BARNMOUTH):
    """Return a sheet of the workbook as a spreadsheet saves it alone."""
    headings = [column.heading for sheet in NOTICE if sheet.name == name for column in sheet.columns]
    lines = [headings, *([str(row.get(heading, "")) for heading in headings] for row in rows[name])]
    return "".join(",".join(f'"{cell}"' for cell in line) + "\n" for line in lines)


def test_a_sheet_saved_as_csv_alone_says_how_it_must_begin():
    with pytest.raises(Unreadable) as refusal:
        check(csv_of("Areas").encode(), name="areas.csv")
    assert str(refusal.value) == (
        "This looks like the sheet “Areas” alone. Put these lines before it: “Sheet: Notice”, the headings and the row "
        "of that sheet, and “Sheet: Areas”. Or load the whole workbook."
    )
    for begun in (csv_of("Notice"), "Sheet: Notice\n" + csv_of("Notice")):
        upload = check(f"{begun}\nSheet: Areas\n{csv_of('Areas')}".encode(), name="areas.csv")
        assert (problems(upload), upload.report["counts"]["new"]) == ([], 3)
        assert upload.report["remarks"] == [
            "Not in the file and unchanged: Posts, Versions, Targets, Indicators, Milestones."
        ]
    with pytest.raises(Unreadable, match="Begin with a line “Sheet: Notice”"):
        check(b"a,b\n1,2\n", name="other.csv")


@pytest.mark.parametrize(
    ("name", "cells", "sentence"),
    [
        ("Areas", {"Name": "the front door"}, "“The front door” and “the front door” differ only in case. Write"),
        ("Targets", {"Reference": "b1"}, "“B1” and “b1” differ only in case. Write “B1”, or rename one."),
        ("Indicators", {"Reference": "contacts"}, "“B1, Contacts” and “B1, contacts” differ only in case. Write"),
        ("Notice", {"Name in addresses": "Barnmouth"}, "“barnmouth” and “Barnmouth” differ only in case. Write"),
    ],
)
def test_what_differs_only_in_case_is_told(barnmouth, name, cells, sentence):
    told = [each[4] for each in problems(check(typed(altered(BARNMOUTH, name, 0, **cells)))) if each[0] == name]
    assert [each[: len(sentence)] for each in told] == [sentence]


def test_an_apostrophe_or_a_space_makes_no_second_thing():
    def written(name, target, indicator):
        sheets = altered(altered(BARNMOUTH, "Areas", 0, Name=name), "Targets", 0, Area=name)
        sheets = altered(altered(sheets, "Indicators", 0, Reference=indicator), "Milestones", 0, Indicator=indicator)
        return altered(sheets, "Posts", 0, Title=target) if target else sheets

    load(check(typed(written("The council’s door", None, "Children’s  contacts"))))
    for name, indicator in (
        ("The council's door", "Children's contacts"),
        ("The\u00a0council‘s door", " Children’s\u00a0contacts"),
    ):
        upload = check(typed(written(name, "Head of  the Front\u00a0Door", indicator)))
        assert (problems(upload), upload.report["counts"]["same"]) == ([], 13)


def test_a_missing_column_and_a_renamed_one_are_told():
    def rename(book):
        sheet = book["Milestones"]
        sheet[f"{column(sheet, 'Threshold')}1"] = "Treshold"
        sheet[f"{column(sheet, 'Note')}1"] = None
        book["Versions"].delete_rows(1)

    missing = "This column is missing. Keep every column of the template, even an empty one."
    assert problems(check(typed(BARNMOUTH | {"Versions": []}, change=rename))) == [
        ("Versions", None, "", "", "The sheet is empty. It needs its headings even if it has no rows."),
        ("Milestones", 1, "Treshold", "Treshold", "This column is not in the template. Did you mean “Threshold”?"),
        ("Milestones", 1, "Threshold", "", missing),
        ("Milestones", 1, "Note", "", missing),
    ]


def test_columns_may_stand_in_any_order_and_case():
    def shuffle(book):
        sheet = book["Areas"]
        for row in sheet.iter_rows(min_row=1, max_row=3, max_col=2):
            row[0].value, row[1].value = row[1].value, row[0].value
        sheet["A1"] = " NAME "

    upload = check(typed(BARNMOUTH, change=shuffle))
    assert upload.report["counts"] == {"wrong": 0, "new": 13, "changed": 0, "same": 0}


def test_merged_and_hidden_cells_are_told_with_their_rows():
    def hide(book):
        book["Targets"].row_dimensions[3].hidden = True
        book["Areas"].merge_cells("A2:A3")
        book["Versions"].sheet_state = "hidden"

    told = problems(check(typed(BARNMOUTH, change=hide)))
    assert [each[:3] for each in told] == [
        ("Versions", None, ""),
        ("Areas", 2, "A2:A3"),
        ("Areas", 3, "Place"),
        ("Targets", 3, ""),
    ]
