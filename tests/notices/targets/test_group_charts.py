"""Charts of schools or groups side by side, over small invented ones."""

from datetime import date

import pytest

from notices.models import Indicator, Target
from notices.targets import group_charts, progress
from tests import factories

pytestmark = pytest.mark.django_db

TODAY = date(2011, 12, 9)
YEAR = {"period_start": date(2010, 9, 1), "period_end": date(2011, 8, 31), "basis": "academic-year"}
BEFORE = {"period_start": date(2009, 9, 1), "period_end": date(2010, 8, 31), "basis": "academic-year"}


@pytest.fixture
def schools():
    """Two schools and one that is closed, which has no value of the last year."""
    target = factories.notice().targets.get()
    made = [
        factories.IndicatorFactory(target=target, name="Pupils", subgroup=name, reference=name, decides=False)
        for name in ("Ash", "Beech", "Closed")
    ]
    for school, value in zip(made, ("31", "64"), strict=False):
        factories.result(school, value, **YEAR)
    factories.result(made[2], "20", **BEFORE)
    return made


def charts():
    found = progress.of_target(Target.objects.get(), as_of=TODAY)
    return [one for plot in group_charts.of_measures(found.others) for one in group_charts.drawn(plot)]


def test_the_last_period_of_several_is_drawn_the_best_first(schools):
    [drawn] = charts()
    assert [(mark.label, mark.text) for mark in drawn.marks] == [("Beech", "64"), ("Ash", "31")]
    assert drawn.marks[0].x > drawn.marks[1].x
    assert (drawn.period, drawn.floor, drawn.direction) == ("academic year 2010/11", None, "higher is better →")
    Indicator.objects.update(better="lower")
    [drawn] = charts()
    assert [mark.label for mark in drawn.marks] == ["Ash", "Beech"]
    assert drawn.direction == "← lower is better"


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Swallow Hill (Wortley and West Leeds)", "Swallow Hill (Wortley and West Leeds)"),
        ("Pupils known to be eligible for free school meals", "Pupils known to be eligible for free…"),
    ],
)
def test_a_name_is_cut_where_it_would_leave_the_chart_and_read_aloud_whole(schools, label, name):
    Indicator.objects.filter(subgroup="Ash").update(subgroup=label)
    [drawn] = charts()
    assert drawn.marks[1].name == name
    assert len(name) * group_charts.LETTER * 0.86 <= group_charts.NAMES
    assert f"{label} 31" in drawn.words


def test_one_school_alone_is_no_chart(schools):
    Indicator.objects.filter(subgroup__in=["Beech", "Closed"]).update(subgroup="")
    assert charts() == []


def test_the_floor_is_a_line_between_those_above_and_below_it(schools):
    Indicator.objects.filter(name="Pupils").update(floor=35, floor_source="The floor standard")
    [drawn] = charts()
    beech, ash = drawn.marks
    assert ash.x < drawn.floor.x < beech.x
    assert (drawn.floor.text, drawn.plot.floor_source) == ("floor 35", "The floor standard")
    assert (ash.is_left, beech.is_left) == (True, False)
    assert "The floor is 35 %." in drawn.words


def test_comparators_are_marks_of_their_own_and_are_told(schools):
    factories.result(schools[0], "45", **YEAR, subject="national")
    [drawn] = charts()
    ash = drawn.marks[1]
    assert (len(ash.comparators), ash.compared) == (1, "national 45")
    assert ash.comparators[0] > ash.x
    assert (drawn.has_comparators, drawn.marks[0].comparators) == (True, ())
    assert "Ash 31 (national 45)" in drawn.words


def test_the_last_period_that_has_comparators_is_drawn_too(schools):
    for school in schools[:2]:
        factories.result(school, "30", **BEFORE)
    factories.result(schools[0], "45", **BEFORE, subject="neighbours")
    assert [(one.period, one.has_comparators) for one in charts()] == [
        ("academic year 2010/11", False),
        ("academic year 2009/10", True),
    ]


@pytest.mark.parametrize(("one", "other"), [("-5", "-5"), ("-5", "-3"), ("0", "0"), ("0.001", "0.001")])
def test_values_that_are_the_same_or_below_nought_are_drawn(schools, one, other):
    """Gaps are below nought; where two were the same, the page of the target broke."""
    for school, value in zip(schools, (one, other), strict=False):
        school.results.all().delete()
        factories.result(school, value, **YEAR)
    [drawn] = charts()
    assert all(drawn.left <= mark.x <= drawn.right for mark in drawn.marks)


def test_everything_lies_within_the_drawing(schools):
    factories.result(schools[2], None, low=-3, high=90, **YEAR)
    factories.result(schools[0], "120", **YEAR, subject="national")
    [drawn] = charts()
    for mark in drawn.marks:
        ends = [mark.x, *mark.comparators, *(x for x in (mark.low_x, mark.high_x) if x is not None)]
        assert all(drawn.left <= x <= drawn.right for x in ends)
        assert drawn.top <= mark.y <= drawn.base
    assert drawn.marks[1].text == "-3 to 90"
