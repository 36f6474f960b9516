"""The charts of a report to the department, from what it has stamped: they stay as they were on its day."""

from datetime import date

import pytest

from improvement.documents.blocks import Beside, Figure
from improvement.records import triggers
from notices.interim import interim_document, plots, reported
from notices.models import Indicator, InterimEntry, InterimReport, Target
from tests import factories

pytestmark = pytest.mark.django_db

YEAR = {"period_start": date(2009, 9, 1), "period_end": date(2010, 8, 31), "basis": "academic-year"}
MAY = date(2011, 5, 31)


@pytest.fixture
def notice():
    return factories.notice()


def school(target, name, value, **facts):
    made = factories.IndicatorFactory(target=target, name="Pupils", subgroup=name, decides=False, **facts)
    factories.result(made, value, **YEAR)
    return made


def drawings(report):
    return [one for line in reported.build(report).lines for one in line.drawings]


def figures(report):
    document = interim_document.build(reported.build(report))
    return [block for block in document.all_blocks if isinstance(block, Figure)]


def test_what_has_a_level_to_reach_is_drawn_with_its_values(notice):
    factories.result(notice.targets.get().indicators.get(), "79")
    [drawing] = drawings(factories.issued_report(notice, MAY))
    assert ([step.text for step in drawing.chart.steps], drawing.caption) == (["80 by Mar 2011"], "NI 59, %")
    assert drawing.alt == (
        "Assessments in time, %. Higher is better. To reach 80 by 31 March 2011; 79% (provisional) in March 2011."
    )
    assert ">79</text>" in drawing.svg


def test_a_value_with_nothing_to_hold_it_against_is_left_to_the_table(notice):
    other = factories.IndicatorFactory(target=notice.targets.get(), decides=False)
    for value, period in (
        ("79", YEAR),
        ("81", YEAR | {"period_start": date(2010, 9, 1), "period_end": date(2011, 3, 31)}),
    ):
        factories.result(other, value, **period)
    assert drawings(factories.issued_report(notice, MAY)) == []
    factories.result(other, "85", **YEAR, subject="national")
    [drawing] = drawings(factories.issued_report(notice, date(2011, 6, 30)))
    assert drawing.chart.has_comparators
    assert "85% (provisional) in academic year 2009/10, national" in drawing.alt


def test_schools_are_drawn_side_by_side_where_they_have_a_floor_or_comparators(notice):
    target = notice.targets.get()
    for name, value in (("Ash", "31"), ("Beech", "64")):
        school(target, name, value)
    assert drawings(factories.issued_report(notice, MAY)) == []
    Indicator.objects.filter(name="Pupils").update(floor=35, floor_source="The floor standard")
    [drawing] = drawings(factories.issued_report(notice, date(2011, 6, 30)))
    assert [mark.text for mark in drawing.groups.marks] == ["64", "31"]
    assert "the dashed line is the floor, from The floor standard" in drawing.caption
    assert "The floor is 35 %." in drawing.alt


def test_the_charts_are_those_of_the_day_whatever_is_changed_afterwards(notice):
    indicator = notice.targets.get().indicators.get()
    factories.result(indicator, "79")
    report = factories.issued_report(notice, MAY)
    before = [(one.svg, one.alt, one.caption) for one in drawings(report)]
    Indicator.objects.update(name="Renamed", better="lower", floor=60, floor_source="Somewhere")
    indicator.milestones.update(threshold=99)
    assert [(one.svg, one.alt, one.caption) for one in drawings(InterimReport.objects.get(pk=report.pk))] == before


def test_a_report_that_stamped_no_numbers_has_no_charts(notice):
    factories.result(notice.targets.get().indicators.get(), "79")
    report = factories.issued_report(notice, MAY)
    triggers.drop()
    for entry in InterimEntry.objects.all():
        for rows in (entry.values, entry.steps):
            for row in rows:
                row.pop("drawn")
        entry.save()
    triggers.install()
    assert (drawings(InterimReport.objects.get(pk=report.pk)), figures(InterimReport.objects.get(pk=report.pk))) == (
        [],
        [],
    )


def test_a_short_table_stands_beside_a_chart_that_is_alone(notice):
    factories.result(notice.targets.get().indicators.get(), "79")
    document = interim_document.build(reported.build(factories.issued_report(notice, MAY)))
    [beside] = [block for block in document.blocks if isinstance(block, Beside)]
    assert [type(block).__name__ for block in beside.blocks] == ["Figure", "Table"]


def test_a_level_that_cannot_be_drawn_leaves_the_values(notice):
    indicator = Target.objects.get().indicators.get()
    indicator.milestones.update(kind="change")
    factories.result(indicator, "79")
    report = factories.issued_report(notice, MAY)
    entry = report.entries.get()
    assert (entry.steps[0]["drawn"], plots.build(entry.values, entry.steps)) == ({}, [])


def test_the_charts_of_leeds_say_comparators_floors_and_directions(leeds):
    report = InterimReport.objects.get(reported_on=date(2011, 11, 11))
    found = {line.entry.reference: line.drawings for line in reported.build(report).lines if line.drawings}
    assert {reference: len(drawn) for reference, drawn in found.items()} == {
        **dict.fromkeys(("N01", "N02", "N04", "N06"), 1),
        "N03": 2,
        "N07": 3,
    }
    schools = found["N03"][1].groups
    below = [mark.label for mark in schools.marks if mark.x < schools.floor.x]
    assert below == ["Swallow Hill (Wortley and West Leeds)", "Primrose", "South Leeds Academy", "City of Leeds"]
    not_known = found["N07"][1]
    assert [line.short for line in not_known.chart.lines if line.is_comparator] == ["national", "neighbours"]
    assert len(figures(report)) == 9
    for drawing in (one for drawn in found.values() for one in drawn):
        assert "higher is better" in drawing.alt.lower() or "lower is better" in drawing.alt.lower()
