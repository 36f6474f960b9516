"""Results from a file: added through the rules of `notices.targets.results`, never changed."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import Event
from notices.loading import results_file, uploads
from notices.models import Indicator, Result
from tests import factories
from tests.factories import AT, later, user
from tests.notices.loading.files import VALUES, altered, check, found, load, problems, rows_of, typed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def notice():
    return factories.notice()


def checked(sheets=VALUES, change=None, at=AT):
    return check(typed(sheets, "results", change), "results", at=at)


def more(*rows):
    """Return a file of the first value, each time with other cells."""
    return {"Results": [VALUES["Results"][0] | row for row in rows]}


def test_a_file_of_results_is_recorded_as_by_the_programme_office():
    upload = checked()
    assert upload.report["counts"] == {"wrong": 0, "new": 1, "changed": 0, "same": 0}
    load(upload)
    row = Result.objects.get()
    assert (row.value, row.subject, row.basis, row.is_provisional, row.source_on, row.recorded_by, row.recorded_at) == (
        Decimal("80.5"),
        "council",
        "month",
        True,
        date(2011, 4, 20),
        user("Abe Administrator"),
        AT,
    )
    event = Event.objects.get()
    assert (event.what, event.on_text, event.detail) == (
        "results.recorded",
        "Thornbury Improvement Notice",
        {"added": 1, "confirmed": 0, "file": "file.xlsx", "sha256": upload.sha256},
    )


def test_the_same_file_twice_adds_nothing():
    load(checked())
    again = checked(at=later(hours=1))
    assert found(again, "same") == [
        (
            "Results",
            2,
            "thornbury, N01, NI 59, The council, Month, 1 March 2011, 31 March 2011, Yes, 20 April 2011",
        )
    ]
    load(again, at=later(hours=1))
    assert Result.objects.count() == Event.objects.count() == 1


def test_a_value_that_differs_from_a_recorded_one_is_wrong_and_says_where():
    factories.result(Indicator.objects.get(), "80.5", note="As told.")
    sentence = (
        "This period already has a provisional value of that date. A result cannot be changed: "
        "Value is 80.5% there; Note is As told. there."
    )
    assert problems(checked(altered(VALUES, "Results", 0, Value="81%"))) == [
        ("Results", 2, "Source's date", "20 April 2011", sentence)
    ]


def test_a_second_confirmed_value_is_wrong():
    factories.result(Indicator.objects.get(), "80.5", is_provisional=False)
    upload = checked(altered(VALUES, "Results", 0, Provisional="No", Source="Another"))
    assert problems(upload) == [
        (
            "Results",
            2,
            "Value",
            "80.5%",
            "This period already has a confirmed value. A result cannot be changed: Source is Monthly return there.",
        )
    ]


def test_a_confirmed_value_confirms_the_provisional_one_in_whichever_order_they_stand():
    confirmed = {"Value": "81%", "Provisional": "No", "Source's date": "1 May 2011"}
    upload = checked(more(confirmed, {}))
    assert upload.report["rows"][0]["details"][-1] == {
        "column": "Confirms",
        "after": "the provisional 80.5% of Monthly return",
        "before": None,
    }
    load(upload)
    provisional, later_one = Result.objects.order_by("is_provisional").reverse()
    assert (provisional.value, later_one.value, later_one.confirms) == (Decimal("80.5"), 81, provisional)
    assert Event.objects.get().detail["confirmed"] == 1
    assert checked(more(confirmed, {})).report["counts"]["same"] == 2


def test_a_confirmed_value_confirms_the_latest_that_is_recorded():
    indicator = Indicator.objects.get()
    factories.result(indicator, "79")
    latest = factories.result(indicator, "79.5", source_on=date(2011, 4, 25))
    load(checked(more({"Provisional": "No"})))
    assert Result.objects.get(is_provisional=False).confirms == latest


def test_a_range_a_fraction_and_a_comparator_are_read():
    upload = checked(
        more(
            {
                "Value": None,
                "Low": "79%",
                "High": 82,
                "Whose value": "national",
                "As printed": "about 80",
                "Discrepancy": "A range.",
            },
            {"Value": 80, "Numerator": 4, "Denominator": "5", "Break in series": "yes"},
        )
    )
    assert problems(upload) == []
    load(upload)
    ranged, exact = sorted(Result.objects.all(), key=lambda row: row.value is not None)
    assert (ranged.subject, ranged.low, ranged.high, ranged.discrepancy) == ("national", 79, 82, "A range.")
    assert (exact.numerator, exact.denominator, exact.breaks_series) == (4, 5, True)


@pytest.mark.parametrize(
    ("cells", "column", "value", "sentence"),
    [
        ({"Value": 0.805}, "Value", "0.805", "This could mean 80.5% or 0.805%. Add a percent sign."),
        ({"Value": "n/a"}, "Value", "n/a", "This is not a number. Leave Value empty. Say why in Note."),
        ({"Value": "80 per cent"}, "Value", "80 per cent", "Enter 80% in Value."),
        ({"Low": "≥80%"}, "Low", "≥80%", "This is not one number. Enter 80% in Low, without “≥”."),
        (
            {"Value": "<5"},
            "Value",
            "<5",
            "This is not one number. Leave Value empty, and enter the lowest and the highest possible value in Low and "
            "High.",
        ),
        ({"Value": None}, "Value", "", "Give a value, a range, or both."),
        ({"Low": 79}, "Low", "79%", "A range needs both its ends, the lower first."),
        ({"Low": 81, "High": 82}, "Value", "80.5%", "The value must lie within its range."),
        ({"Numerator": 4, "Denominator": 10}, "Numerator", "4", "4 of 10 is 40.0%, not 80.5%."),
        ({"Numerator": 4}, "Denominator", "", "A numerator and a denominator above zero belong together."),
        ({"Source": " "}, "Source", "", "Fill in this cell."),
        ({"Source's date": "2 May 2011"}, "Source's date", "2 May 2011", "The source's date cannot be in the future."),
        ({"Period ends": "1 2 2011"}, "Period ends", "1 February 2011", "The period cannot end before it starts."),
        ({"As printed": "March"}, "Discrepancy", "", "Give what the source prints and why it cannot mean it."),
        ({"Provisional": None}, "Provisional", "", "Fill in this cell."),
        (
            {"Provisional": "No", "Confirmed value expected on": "1 6 2011"},
            "Confirmed value expected on",
            "1 June 2011",
            "A confirmed value cannot have an expected date.",
        ),
        (
            {"Basis": "Quarter"},
            "Basis",
            "Quarter",
            "Choose one of: Month, Cumulative, Academic year, Point in time, Average.",
        ),
        (
            {"Indicator": "NI 60"},
            "Indicator",
            "NI 60",
            "There is no indicator thornbury, N01, NI 60. Load the Notice with its indicators first."
            " Did you mean “thornbury, N01, NI 59”?",
        ),
        (
            {"Notice": "thornberry"},
            "Notice",
            "thornberry",
            "There is no indicator thornberry, N01, NI 59. Load the Notice with its indicators first."
            " Did you mean “thornbury, N01, NI 59”?",
        ),
    ],
)
def test_what_is_wrong_names_row_column_value_and_rule(cells, column, value, sentence):
    upload = checked(more({}, {"Source's date": "19 April 2011"} | cells))
    assert problems(upload) == [("Results", 3, column, value, sentence)]
    with pytest.raises(uploads.CheckedAgain):
        load(upload)
    assert not Result.objects.exists()


def test_two_rows_for_the_same_value_are_wrong_even_where_they_agree():
    (problem,) = problems(checked(more({}, {})))
    assert problem[1:3] == (3, "Indicator")
    assert problem[4] == "Row 2 already has this value. Remove one of the two rows."


@pytest.mark.parametrize("number", [1, 3])
def test_a_comparison_takes_two_queries_however_many_rows(number, django_assert_num_queries):
    rows = rows_of(
        typed(more(*({"Source's date": date(2011, 4, day + 1)} for day in range(number))), "results"), "results"
    )
    with django_assert_num_queries(2):
        results_file.compare(rows, at=AT)


@pytest.mark.parametrize("number", [1, 3])
def test_recording_takes_the_same_queries_however_many_rows(number, django_assert_num_queries):
    upload = checked(more(*({"Source's date": date(2011, 4, day + 1)} for day in range(number))))
    with django_assert_num_queries(15):
        load(upload)
