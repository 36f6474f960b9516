"""The figures of a target as they are read across, and each remark once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.interim import values
from notices.interim.values import MOST_PERIODS, NO_VALUE, build


def value(amount="80%", period="March 2011", **told):
    return {
        "indicator": "NI 1",
        "name": "Assessments in time",
        "subgroup": "",
        "period": period,
        "basis": "Month",
        "value": amount,
        "fraction": "",
        "is_provisional": False,
        "subject": "The council",
        "source": "Return",
        "remarks": "",
    } | told


def step(**told):
    return {
        "indicator": "NI 1",
        "wording": "80% in time",
        "period": "March 2011",
        "basis": "Month",
        "to_reach": "80%",
        "value": "80%",
        "is_provisional": False,
        "gap": "exactly reached",
        "words": "Met",
        "remarks": "",
    } | told


def test_schools_stand_in_one_table_by_year_after_all_other_values():
    rows = [
        value("3 schools", "academic year 2010/11", name="Schools below", basis="Academic year"),
        value("33%", "academic year 2008/09", name="Pupils", subgroup="Alder", basis="Academic year"),
        value("38%", "academic year 2010/11", name="Pupils", subgroup="Alder", basis="Academic year"),
        value("31%", "academic year 2010/11", name="Pupils", subgroup="Birch", basis="Academic year"),
    ]
    others, schools = build(rows, []).grids
    assert others.rows == (("NI 1 Schools below", "3 schools"),)
    assert schools.caption == "Pupils"
    assert schools.headers == ("School or group", "academic year 2008/09", "academic year 2010/11")
    assert schools.rows == (("Alder", "33%", "38%"), ("Birch", NO_VALUE, "31%"))


def test_a_measure_of_one_group_alone_stands_among_the_others():
    (grid,) = build([value(), value("70%", subgroup="Girls")], []).grids
    assert grid.rows == (("NI 1 Assessments in time", "80%"), ("NI 1 Assessments in time: Girls", "70%"))


def test_another_subject_is_never_the_councils_own():
    (grid,) = build([value(), value("75%", subject="National")], []).grids
    assert [name for name, _ in grid.rows] == ["NI 1 Assessments in time", "NI 1 Assessments in time, national"]


def test_two_values_of_one_indicator_and_period_stand_in_one_cell():
    (grid,) = build([value(), value("81%", is_provisional=True, fraction="81 of 100")], []).grids
    assert grid.rows == (("NI 1 Assessments in time", "80%\n81% p\n81 of 100"),)


@pytest.mark.parametrize(
    ("period", "basis", "header"),
    [
        ("March 2011", "Month", "March 2011"),
        ("academic year 2010/11", "Academic year", "academic year 2010/11"),
        ("October 2010 to March 2011", "Cumulative", "October 2010 to March 2011, cumulative"),
        ("7 September 2011", "Point in time", "7 September 2011, point in time"),
    ],
)
def test_a_period_says_its_basis_where_that_does_not_follow(period, basis, header):
    (grid,) = build([value(period=period, basis=basis)], []).grids
    assert grid.headers == ("Indicator", header)


def test_a_period_that_begins_with_its_basis_in_capitals_does_not_say_it_twice():
    (grid,) = build([value(period="Academic year 2010/11", basis="Academic year")], []).grids
    assert grid.headers[1] == "Academic year 2010/11"


def test_more_periods_than_fit_a_page_make_another_table():
    rows = [value(f"{year}%", f"March {year}") for year in range(2004, 2004 + MOST_PERIODS + 1)]
    first, second = build(rows, []).grids
    assert (len(first.headers), second.headers) == (MOST_PERIODS + 1, ("Indicator", "March 2009"))


def test_a_remark_on_several_values_and_a_milestone_is_one_note_with_one_letter():
    slip = "Printed: March. Read as April."
    rows = [value(remarks=slip), value("81%", "April 2011", remarks=f"{slip} Provisional then.")]
    told = build(rows, [step(remarks=slip)])
    assert told.notes == ("Source: Return.", "a: Printed: March. Read as April.", "b: Provisional then.")
    assert told.grids[0].rows == (("NI 1 Assessments in time", "80% (a)", "81% (a, b)"),)
    assert told.steps == (("NI 1: 80% in time", "March 2011", "80%", "80%\nexactly reached", "Met (a)"),)


def test_the_source_of_most_values_is_told_once_and_another_by_its_letter():
    rows = [value(), value("81%", "April 2011"), value("82%", "May 2011", source="Letter")]
    told = build(rows, [])
    assert told.notes == ("Source: Return, unless a note says otherwise.", "a: Source: Letter.")
    assert build(rows[:2], [], known="Return, page 3").notes == ()


def test_provisional_says_what_its_letter_means_and_a_milestone_without_a_value_says_none():
    told = build([value(is_provisional=True)], [step(value="", gap="", words="No data")])
    assert told.notes[0] == "p: provisional."
    assert told.steps[0][3:] == ("None", "No data")


@pytest.mark.parametrize(
    ("sources", "told"),
    [
        (("A", "A", "Z"), "A, unless a note says otherwise"),
        (("", "", "A"), "A, unless a note says otherwise"),
        (("A", "A"), "A"),
    ],
)
def test_the_source_of_most_is_the_one_that_most_values_name(sources, told):
    rows = [value(period=f"March {2009 + place}", source=source) for place, source in enumerate(sources)]
    assert build(rows, []).notes[0] == f"Source: {told}."


def test_periods_stand_in_the_order_of_their_last_years():
    periods = ("October 2009 to March 2012", "March 2011", "March 2010")
    (grid,) = build([value(period=period) for period in periods], []).grids
    assert grid.headers == ("Indicator", *reversed(periods))


def test_more_notes_than_letters_have_two():
    assert [values._letter(at) for at in (0, 25, 26, 27, 52)] == ["a", "z", "aa", "ab", "ba"]


def test_nothing_makes_nothing():
    told = build([], [])
    assert (told.grids, told.steps, told.notes) == ((), (), ())


WORDS = st.sampled_from(["", "One.", "Two.", "Three.", "One. Two.", "Two. Three."])


@given(st.lists(st.tuples(st.sampled_from(["A", "B", "C"]), st.integers(2000, 2010), WORDS), max_size=40))
def test_no_value_and_no_remark_is_lost_or_told_twice(told):
    rows = [
        value(f"{place}#", f"March {year}", subgroup=name, remarks=remarks)
        for place, (name, year, remarks) in enumerate(told)
    ]
    figures = build(rows, [])
    cells = "\n".join(cell for grid in figures.grids for _, *cells in grid.rows for cell in cells).split("\n")
    found = sorted(cell.partition("#")[0] for cell in cells if "#" in cell)
    assert found == sorted(str(place) for place in range(len(rows)))
    notes = " ".join(figures.notes)
    for sentence in ("One.", "Two.", "Three."):
        assert notes.count(sentence) == any(sentence in remarks for *_, remarks in told)
