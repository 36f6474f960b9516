"""What a cell means: a table that an officer could read."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement.workbooks.tables import Cell
from notices.loading import cells
from notices.loading.cells import Wrong

MEANT_BOTH = "This could mean 85% or 0.85%. Add a percent sign."
NO_NUMBER = "This is not a number. If there is no value, leave the cell empty."
EMPTY = "This is not a number. Leave this column empty."
NOT_ONE = (
    "This is not one number. Enter {} in this column, without “{}”."
    " Whether more or less is better belongs in Better, on the sheet Indicators."
)
NO_DATE = "This is not a date. Enter the day, month and four-digit year, such as 31 March 2011."
NO_SUCH = "There is no such date. Enter the day first, then the month, such as 31/03/2011."


def read(kind, value, unit="", *, percent=False):
    """Return what the cell means, or the sentence that refuses it."""
    try:
        return kind.read(Cell(value, is_percent=percent), unit)
    except Wrong as wrong:
        return str(wrong)


@pytest.mark.parametrize(
    ("typed", "is_percent", "meant"),
    [
        (85, False, "85"),
        (85.5, False, "85.5"),
        (0.85, True, "85"),
        (0.8009999999999999, True, "80.1"),
        (0.0085, True, "0.85"),
        (1, True, "100"),
        (85, True, "8500"),
        (1, False, "1"),
        (0, False, "0"),
        (-2, False, "-2"),
        ("85", False, "85"),
        ("85%", False, "85"),
        ("85 %", False, "85"),
        (" 85 ", False, "85"),
        ("'85", False, "85"),
        ("0.85%", False, "0.85"),
        ("80.125%", False, "80.125"),
        ("−5%", False, "-5"),
    ],
)
def test_a_percentage_has_one_meaning(typed, is_percent, meant):
    assert read(cells.Measure(), typed, "%", percent=is_percent) == Decimal(meant)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (0.85, MEANT_BOTH),
        ("0.85", MEANT_BOTH),
        (-0.85, "This could mean -85% or -0.85%. Add a percent sign."),
        ("n/a", EMPTY),
        ("-", EMPTY),
        ("TBC", EMPTY),
        ("85% (provisional)", NO_NUMBER),
        ("80.5*", NO_NUMBER),
        ("1 063", NO_NUMBER),
        ("1,06", "If the comma is a decimal point, use a full stop."),
        ("<5", NOT_ONE.format("5", "<")),
        ("≥ 85%", NOT_ONE.format("85%", "≥")),
        ("At least 85", NOT_ONE.format("85", "at least")),
        ("80 per cent", "Enter 80% in this column."),
        ("80.5 percent", "Enter 80.5% in this column."),
        ("80.1234", "The number has more than 3 decimal places. Round it."),
        (80.43478260869566, "The number has more than 3 decimal places. Round it."),
        (1e12, "The number is too large. Enter up to 9 digits before the decimal point."),
        (float("nan"), "This is not a number."),
        (float("inf"), "This is not a number."),
        (True, "This is not a number. Your spreadsheet may have changed it."),
        (date(2011, 3, 1), "This is not a number. Your spreadsheet may have changed it."),
    ],
)
def test_a_percentage_that_could_be_another_is_refused(typed, sentence):
    assert read(cells.Measure(), typed, "%") == sentence


@pytest.mark.parametrize(
    ("typed", "is_percent", "meant"),
    [
        (0.85, False, Decimal("0.85")),
        ("1,063", False, Decimal(1063)),
        ("1,234,567.5", False, Decimal("1234567.5")),
        ("85%", False, "This is a percentage, but the indicator is in schools. Enter a number without a percent sign."),
        (0.85, True, "This is a percentage, but the indicator is in schools. Enter a number without a percent sign."),
    ],
)
def test_a_number_in_another_unit_takes_no_sign_of_percent(typed, is_percent, meant):
    assert read(cells.Measure(), typed, "schools", percent=is_percent) == meant


def test_a_numerator_is_no_percentage():
    assert (
        read(cells.Number(), 0.5, "%", percent=True) == "This is a percentage. Enter a number without a percent sign."
    )
    assert read(cells.Number(), "50%", "%") == NO_NUMBER
    assert read(cells.Number(), 0.5, "%") == Decimal("0.5")


@pytest.mark.parametrize(
    "typed",
    [
        date(2011, 3, 4),
        datetime.combine(date(2011, 3, 4), time()),
        40606,
        "40606",
        "4 March 2011",
        "4 mar 2011",
        "04/03/2011",
        "4.3.2011",
        "04-Mar-2011",
        "2011-03-04",
        "2011-03-04 00:00:00",
        "2011-03-04T00:00",
        "'4 March 2011",
        " 4  March 2011 ",
    ],
)
def test_a_day_may_be_written_in_many_ways_the_day_first(typed):
    assert read(cells.Day(), typed) == date(2011, 3, 4)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("03/31/2011", NO_SUCH),
        ("31/02/2011", NO_SUCH),
        ("1 Foo 2011", NO_SUCH),
        ("4/3/11", NO_DATE),
        ("March 2011", NO_DATE),
        ("soon", NO_DATE),
        ("2011/12", NO_DATE),
        (2011, "This is not a date. Enter the day, month and year, such as 31 March 2011."),
        (20110304, "This is not a date. Enter the day, month and year, such as 31 March 2011."),
        (40606.5, NO_DATE),
        (0.5, NO_DATE),
        (datetime.combine(date(2011, 3, 4), time(17, 30)), "This includes a time. Enter only the date."),
        (time(17, 30), "This is not a date."),
        (timedelta(hours=30), "This is not a date."),
        (True, "This is not a date."),
        (date(1066, 10, 14), "Enter a year from 1900 to 2199."),
        ("1 1 9999", "Enter a year from 1900 to 2199."),
    ],
)
def test_what_is_no_day_is_refused(typed, sentence):
    assert read(cells.Day(), typed) == sentence


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_is_known_by_its_name(month):
    day = date(2011, month, 9)
    assert [read(cells.Day(), f"{day:{form}}") for form in ("%-d %B %Y", "%-d %b %Y")] == [day, day]
    assert read(cells.Day(), "9 Sept 2011") == date(2011, 9, 9)


@pytest.mark.parametrize(
    ("typed", "is_percent", "meant"),
    [
        ("  A target\r\nin lines ", False, "A target in lines"),
        (59, False, "59"),
        (59.0, False, "59"),
        (0.8, True, "80%"),
        (True, False, "TRUE"),
        ("'quoted'", False, "'quoted'"),
        ("=1+1", False, "=1+1"),
        ("a\x0bb", False, "ab"),
        (
            date(2011, 3, 1),
            False,
            "Your spreadsheet has changed this to a date. Format the cell as text and enter it again.",
        ),
        ("x" * 21, False, "This has 21 characters. The limit is 20."),
    ],
)
def test_a_text_is_taken_as_it_shows(typed, is_percent, meant):
    assert read(cells.Text(20), typed, percent=is_percent) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Level to reach", "level"),
        ("  LEVEL  to reach", "level"),
        ("level", "level"),
        ("Levels", "Choose one of: Level to reach, Judged in words."),
        (3, "Choose one of: Level to reach, Judged in words."),
    ],
)
def test_a_choice_is_known_by_its_label_or_its_short_word(typed, meant):
    assert read(cells.Choice({"level": "Level to reach", "judged": "Judged in words"}), typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Yes", True),
        ("y", True),
        ("TRUE", True),
        (True, True),
        ("no", False),
        (False, False),
        ("maybe", None),
        (1, None),
    ],
)
def test_yes_and_no(typed, meant):
    assert read(cells.YesNo(), typed) == ("Choose one of: Yes, No." if meant is None else meant)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [(3, 3), (3.0, 3), ("3", 3), (0, 0), (2.5, None), (-1, None), (40_000, None), ("third", NO_NUMBER)],
)
def test_a_place_is_a_whole_number(typed, meant):
    assert read(cells.Place(), typed) == ("This is not a whole number from 0 to 32767." if meant is None else meant)


VALUES = st.decimals(min_value=-999_999_999, max_value=999_999_999, places=3)


@given(VALUES, st.sampled_from(["%", "schools", "percentage points"]))
def test_the_words_of_a_measure_mean_the_measure(number, unit):
    words = cells.Measure().words(number, unit).removesuffix(f" {unit}")
    assert cells.Measure().read(Cell(words), unit) == number


@given(VALUES)
def test_a_percentage_survives_the_cell_that_shows_it(number):
    assert cells.Measure().read(Cell(float(number / 100), is_percent=True), "%") == number


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_the_words_of_a_day_mean_the_day(day):
    assert [cells.Day().read(Cell(text)) for text in (cells.day_words(day), day.isoformat())] == [day, day]


@given(st.one_of(st.text(max_size=12), st.integers(), st.floats(), st.booleans(), st.datetimes(), st.timedeltas()))
def test_whatever_is_typed_has_a_meaning_or_a_sentence(value):
    for kind in (cells.Measure(), cells.Number(), cells.Day(), cells.YesNo(), cells.Place(), cells.Text(5)):
        for percent in (False, True):
            read(kind, value, "%", percent=percent)


def test_a_text_of_one_line_has_its_line_breaks_folded():
    typed = Cell("A title \r\n in two lines")
    assert cells.Text(200).read(typed) == "A title in two lines"
    assert cells.Text().read(typed) == "A title \n in two lines"
