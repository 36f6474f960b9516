"""Charts over a small invented indicator."""

from datetime import date

import pytest

from notices.models import Indicator, Target
from notices.targets import charts, progress
from tests import factories

pytestmark = pytest.mark.django_db

TODAY = date(2011, 12, 9)


def month(number):
    return {"period_start": date(2011, number, 1), "period_end": date(2011, number, 28)}


@pytest.fixture
def indicator():
    return factories.notice().targets.get().indicators.get()


def measure():
    return progress.of_target(Target.objects.get(), as_of=TODAY).measures[0]


def test_there_is_no_chart_without_two_things_to_show(indicator):
    assert charts.chart(measure()) is None
    assert charts.spark(measure()) is None


def test_a_value_stands_beside_the_step_that_it_is_held_against(indicator):
    factories.result(indicator, "79")
    drawn = charts.chart(measure())
    [step], [line] = drawn.steps, drawn.lines
    assert (step.text, [point.text for point in line.points]) == ("80 by Mar 2011", ["79"])
    assert line.points[0].y > step.y
    assert line.points[0].is_provisional


def test_what_touches_a_provisional_value_is_provisional_and_nothing_crosses_a_break(indicator):
    factories.result(indicator, "79", **month(1), is_provisional=False)
    factories.result(indicator, "81", **month(2), is_provisional=True)
    factories.result(indicator, "60", **month(4), breaks_series=True)
    factories.result(indicator, "61", **month(5))
    drawn = charts.chart(measure())
    assert [segment.is_provisional for segment in drawn.lines[0].segments] == [True, True]
    assert len(drawn.breaks) == 1
    said = "60 in 1 April 2011 to 28 April 2011, 61 in 1 May 2011 to 28 May 2011; higher is better; to reach 80"
    assert charts.spark(measure()).text == said


def test_comparators_and_other_bases_are_lines_of_their_own(indicator):
    factories.result(indicator, "79", **month(1))
    factories.result(indicator, "81", **month(2), basis="cumulative")
    factories.result(indicator, "85", **month(2), subject="national")
    drawn = charts.chart(measure())
    assert [(line.is_comparator, line.short, len(line.points)) for line in drawn.lines] == [
        (False, "", 1),
        (False, "", 1),
        (True, "national", 1),
    ]


def test_a_value_of_another_basis_says_so_and_one_basis_alone_does_not(indicator):
    factories.result(indicator, "79", **month(1))
    assert [point.text for line in charts.chart(measure()).lines for point in line.points] == ["79"]
    factories.result(indicator, "81", **month(2))
    factories.result(indicator, "80.1", **month(2), basis="cumulative")
    assert sorted(point.text for line in charts.chart(measure()).lines for point in line.points) == [
        "79",
        "80.1 cumulative",
        "81",
    ]


def test_the_label_of_a_step_goes_above_it_where_a_value_stands_beneath(indicator):
    factories.result(indicator, "60", **month(1))
    [step] = charts.chart(measure()).steps
    assert step.text_y > step.y
    factories.result(indicator, "75")
    factories.result(indicator, "100", **month(2))
    [step] = charts.chart(measure()).steps
    assert step.text_y < step.y


def test_no_line_runs_through_the_label_of_a_step(indicator):
    factories.result(indicator, "78", period_start=date(2010, 3, 1), period_end=date(2010, 3, 31))
    factories.result(indicator, "80", period_start=date(2011, 8, 1), period_end=date(2011, 8, 31))
    drawn = charts.chart(measure())
    [step], [segment] = drawn.steps, drawn.lines[0].segments
    at_end = segment.y1 + (segment.y2 - segment.y1) * (step.text_x - segment.x1) / (segment.x2 - segment.x1)
    assert step.text_y - 11 > at_end or step.text_y + 3 < at_end


def test_everything_lies_within_the_drawing(indicator):
    for number, value in ((1, "0"), (2, "250.5"), (3, "-4")):
        factories.result(indicator, value, **month(number))
    factories.result(indicator, None, low=1, high=3, **month(4))
    drawn = charts.chart(measure())
    points = [point for line in drawn.lines for point in line.points]
    assert all(drawn.left <= point.x <= drawn.right and drawn.top <= point.y <= drawn.base for point in points)
    assert points[-1].text == "1 to 3"


def test_a_floor_is_a_line_across_the_chart_and_without_one_there_is_none(indicator):
    factories.result(indicator, "79")
    assert charts.chart(measure()).floor is None
    Indicator.objects.update(floor=60, floor_source="The regulations")
    drawn = charts.chart(measure())
    assert (drawn.floor.text, drawn.floor.y > drawn.lines[0].points[0].y) == ("floor 60", True)
    assert drawn.top <= drawn.floor.text_y <= drawn.base


@pytest.mark.parametrize(("better", "arrow"), [("higher", "↑"), ("lower", "↓")])
def test_a_small_chart_says_the_better_direction_the_level_the_floor_and_comparators(indicator, better, arrow):
    for number, value in ((1, "70"), (2, "75")):
        factories.result(indicator, value, **month(number))
    factories.result(indicator, "82", **month(2), subject="national")
    factories.result(indicator, "90", **month(1), subject="neighbours")
    Indicator.objects.update(better=better, floor=60, floor_source="The regulations")
    drawn = charts.spark(measure())
    assert drawn.arrow == arrow
    assert drawn.text.endswith(f"; {better} is better; to reach 80; floor 60; national 82 in February 2011")
    [national] = drawn.comparators
    heights = [national, drawn.level_y, drawn.points[-1].y, drawn.points[0].y, drawn.floor_y]
    assert heights == sorted(heights)
    assert all(0 <= height <= drawn.height for height in heights)


def test_a_small_chart_has_no_level_of_another_basis(indicator):
    for number, value in ((1, "70"), (2, "75")):
        factories.result(indicator, value, **month(number), basis="cumulative")
    drawn = charts.spark(measure())
    assert (drawn.level_y, drawn.floor_y, drawn.comparators) == (None, None, ())
