"""The downloads of the list: the same rows, the same bytes, and nothing that a spreadsheet would run."""

import csv
import io
from datetime import date, datetime

import openpyxl
import pytest
from django.http import QueryDict

from accounts.models import Removal
from improvement.workbooks import sheets
from plans import reporting
from plans.models import Correction, MonthlyUpdate
from plans.months import exports
from plans.recommendations.filters import RecommendationFilter
from tests import factories
from tests.factories import AT
from tests.plans import told


@pytest.fixture
def may(told_plan, db):
    return told_plan.months.get(month=date(2011, 5, 1))


def exported(kind, month, query=""):
    filters = RecommendationFilter(QueryDict(query), month=month, now=factories.later(days=60))
    return sheets.response(exports.sheet(filters, filters.rows), "recommendations", kind)


def read_csv(response):
    text = response.content.decode("utf-8-sig")
    assert text.count("\n") == text.count("\r\n") + text.replace("\r\n", "").count("\n")
    lines = list(csv.reader(io.StringIO(text, newline="")))
    top = lines.index([])
    return [line[0] for line in lines[:top]], [dict(zip(lines[top + 1], row, strict=True)) for row in lines[top + 2 :]]


def read_xlsx(response):
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    sheet = book.active
    top, bottom = (int("".join(filter(str.isdigit, part))) for part in sheet.tables["Recommendations"].ref.split(":"))
    lines = list(sheet.iter_rows(values_only=True))
    heading = [line[0] for line in lines[: top - 2]]
    return heading, [dict(zip(lines[top - 1], row, strict=True)) for row in lines[top:bottom]], book


def test_both_files_hold_the_rows_of_the_list_in_its_order(may):
    filters = RecommendationFilter(QueryDict("theme=1"), month=may, now=factories.later(days=60))
    rows = filters.rows[::-1]
    for kind, read in (("csv", read_csv), ("xlsx", read_xlsx)):
        _, found, *_ = read(sheets.response(exports.sheet(filters, rows), "recommendations", kind))
        assert [row["Reference"] for row in found] == ["R07", "R05", "R03", "R01"]


def test_the_heading_says_what_it_is_and_how_it_was_filtered(may):
    may.caveat = "An invented plan."
    expected = [
        "Thornbury Improvement Plan: recommendations, May 2011",
        "As published on 31 May 2011, 09:00",
        "An invented plan.",
        "Red: Not on track: will not be achieved by its date without significant intervention. "
        "Amber: At risk: progress is being made, and specific action is needed to achieve it by its date. "
        "Green: On track: will be achieved by its date, and there is evidence of progress.",
        "Filters: Rating: Green; Overdue. 0 of 9 recommendations.",
    ]
    query = "rating=green&overdue=yes"
    assert read_csv(exported("csv", may, query)) == (expected, [])
    assert read_xlsx(exported("xlsx", may, query))[0] == expected


def test_the_heading_of_an_open_month_says_that_the_board_has_not_read_it(db):
    month = factories.month(factories.plan(slug="open"))
    heading, _ = read_csv(exported("csv", month))
    assert heading[1] == "Open: live figures that the Board has not seen yet"


def test_every_text_of_a_row_is_there(may):
    _, rows = read_csv(exported("csv", may, "q=R03"))
    assert {heading: text for heading, text in rows[0].items() if text} == {
        "Reference": "R03",
        "Title": "Recommendation 3",
        "Recommendation": "Improve matter 3 without delay.",
        "Theme": "1. Theme 1",
        "Outcome": "1.1 Outcome 1",
        "Lead post": "Head of Safeguarding",
        "Lead officer": "Ada Officer",
        "Accountable post": "Director of Children",
        "Accountable lead": "Liam Lead",
        "Original due date": "2011-12-31",
        "Due date": "2012-03-31",
        "Due date changes agreed this month": (
            "31 December 2011 to 31 March 2012, agreed by Liam Lead. Reason: It starts late."
        ),
        "Rating": "Amber",
        "Direction of travel": "Steady",
        "Rating last reported": "Amber",
        "Month last reported": "April 2011",
        "Movement": "Same",
        "Months at this rating, or at the one last reported": "3",
        "At this rating since": "March 2011",
        "Stuck": "yes",
        "Status": "Signed off; Stuck",
        "Progress this month": "New dates.",
        "Impact": "Families are seen sooner.",
        "Next steps": "Train the other teams.",
        "What is needed": "More trainers.",
        "Who will do it": "Head of Training",
        "Back to Green by": "2012-09-30",
        "Proposed due date": "2012-03-31",
        "Reason for the new date": "It starts late.",
        "Submitted by": "Ada Officer",
        "Submitted at": "2011-05-01 09:00",
        "Signed off by": "Liam Lead",
        "Signed off at": "2011-05-01 09:00",
    }


def test_the_workbook_holds_the_same_values_with_dates_as_dates(may):
    _, texts = read_csv(exported("csv", may))
    _, cells, book = read_xlsx(exported("xlsx", may))
    assert len(cells) == len(texts) == 9
    for row, read in zip(cells, texts, strict=True):
        for heading, value in row.items():
            if isinstance(value, datetime):
                assert read[heading] in {f"{value:%Y-%m-%d}", f"{value:%Y-%m-%d %H:%M}"}
            else:
                assert read[heading].removeprefix("'") == str(value or "")
    assert cells[2]["Months at this rating, or at the one last reported"] == 3
    assert isinstance(cells[0]["Due date"], datetime)
    assert isinstance(cells[0]["Signed off at"], datetime)
    assert book.active.freeze_panes == "C8"


def test_a_row_that_was_not_received_shows_no_draft(may):
    for kind in sheets.FORMATS:
        response = exported(kind, may, "update=none")
        _, rows, *_ = {"csv": read_csv, "xlsx": read_xlsx}[kind](response)
        assert [(row["Reference"], row["Rating"], row["Status"]) for row in rows] == [
            ("R04", "No update received", "No update received; Stuck"),
            ("R05", "No update received", "No update received; Stuck"),
            ("R06", "No update received", "No update received; Stuck"),
        ]
        assert not any(told.SECRET in str(value) for row in rows for value in row.values())
        assert not any(row["Submitted by"] or row["Contradictions, each with its reason"] for row in rows)


def test_who_it_was_entered_for_and_an_area_stand_in_the_file(may):
    _, rows = read_csv(exported("csv", may))
    rows = {row["Reference"]: row for row in rows}
    assert rows["R08"]["Entered for"] == "Police Commander, Thornbury Council"
    assert rows["R09"]["Areas of focus"] == "A. Area A"
    assert rows["R09"]["Overdue"] == "yes"
    assert rows["R07"]["Same as last time because"] == "The results come in June."


def test_a_spreadsheet_runs_nothing(may):
    _, rows = read_csv(exported("csv", may, "q=R02"))
    assert rows[0]["Progress this month"] == "'=SUM(A1) was typed here."
    assert rows[0]["Cause"] == "'- Two trainers left."
    assert rows[0]["Decision asked of the Board"] == "-5"
    _, _, book = read_xlsx(exported("xlsx", may, "q=R02"))
    kinds = {cell.data_type for line in book.active.iter_rows() for cell in line}
    assert kinds <= {"s", "d", "n"}
    numbers = [cell.value for line in book.active.iter_rows() for cell in line if cell.data_type == "n" and cell.value]
    # The months at this rating are the only numbers; what was typed stays a text.
    assert numbers == [1]


def test_a_correction_stands_beside_what_it_corrects(may):
    reporting.correct(
        update=may.updates.get(reference="R01"),
        reason="The audit was miscounted.",
        by=factories.user("Olga Office"),
        at=factories.later(days=45),
        agreed_by=factories.user("Liam Lead"),
        agreed_on=date(2011, 6, 10),
        agreed_how="by e-mail",
        rating="amber",
    )
    _, rows = read_csv(exported("csv", may, "q=R01"))
    assert rows[0]["Rating"] == "Green"
    assert (rows[0]["Rating"], rows[0]["Corrected rating"]) == ("Green", "Amber")
    assert rows[0]["Corrections since publication"] == (
        "Rating: from “Green” to “Amber”. Reason: The audit was miscounted. "
        "(Olga Office, 15 June 2011) "
        "Rating agreed by Liam Lead on 10 June 2011 (by e-mail), as recorded by Olga Office."
    )


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [("", "The money.", "from “nothing” to “The money.”"), ("The money.", "", "from “The money.” to “nothing”")],
)
def test_a_correction_from_or_to_nothing_says_so(before, after, told):
    item = Correction(field="cause", before=before, after=after, reason="Told late.", by_name="Olga Office", at=AT)
    assert exports._correction(item) == f"Cause: {told}. Reason: Told late. (Olga Office, 1 May 2011)"


def test_a_first_due_date_takes_the_place_of_no_date():
    change = {"before": "", "after": "2012-03-31", "by_name": "Liam Lead", "reason": "It starts late."}
    assert exports._date_changes(MonthlyUpdate(date_changes=[change, change | {"before": "2011-12-31"}])) == (
        "No date to 31 March 2012, agreed by Liam Lead. Reason: It starts late.\n"
        "31 December 2011 to 31 March 2012, agreed by Liam Lead. Reason: It starts late."
    )


# What a row says that has the values of the middle, and what one says that has none.
@pytest.mark.parametrize(
    ("heading", "values", "said", "otherwise"),
    [
        ("Month last reported", {"previous_month": date(2011, 4, 1)}, "April 2011", ""),
        ("Months at this rating, or at the one last reported", {"months_at_rating": 3}, 3, None),
        ("At this rating since", {"rated_since": date(2011, 3, 1)}, "March 2011", ""),
        ("Submitted again at", {"is_resubmitted": True, "submitted_at": AT}, AT, ""),
        ("Stuck", {"is_stuck": True}, "yes", ""),
        ("Long at one rating", {"is_long": True}, "yes", ""),
    ],
)
def test_what_a_row_does_not_have_is_left_empty(heading, values, said, otherwise):
    (column,) = (one for one in exports.COLUMNS if one.heading == heading)
    without = MonthlyUpdate(submitted_at=AT, months_at_rating=0)
    assert (column.value(MonthlyUpdate(**values)), column.value(without)) == (said, otherwise)


def test_the_heading_says_what_was_removed_since_and_of_which_recommendation(may):
    of = {"label": "Progress this month", "reason": "names a child", "by_name": "Olga Office", "at": AT}
    for thing in (may.updates.get(reference="R03"), may):
        Removal.objects.create(on_type=thing._meta.label_lower, on_id=thing.pk, by=factories.user("Olga Office"), **of)
    heading, _ = read_csv(exported("csv", may))
    removed = "Removed since, because it could identify someone: "
    assert sorted(line for line in heading if line.startswith("Removed")) == [
        f"{removed}Progress this month (1 May 2011, by Olga Office: names a child)",
        f"{removed}R03, Progress this month (1 May 2011, by Olga Office: names a child)",
    ]


@pytest.mark.parametrize("kind", sorted(sheets.FORMATS))
def test_a_published_months_file_is_the_same_byte_for_byte_whatever_becomes_of_the_plan(may, kind):
    query = "theme=1&area=A"
    before = [exported(kind, may, asked).content for asked in ("", query)]
    told.refresh(may.plan)
    again = type(may).objects.get(pk=may.pk)
    assert [exported(kind, again, asked).content for asked in ("", query)] == before


def test_the_file_is_named_after_plan_and_month(may, client):
    client.force_login(may.plan.programme_office.first())
    answer = client.get("/plans/thornbury/recommendations/?month=2011-05&_export=xlsx")
    assert answer["Content-Disposition"] == 'attachment; filename="thornbury-2011-05-recommendations.xlsx"'
