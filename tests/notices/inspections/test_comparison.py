"""Judgements side by side, through the categories that they are mapped to."""

from collections import Counter
from datetime import date

import pytest

from notices.inspections import comparison
from notices.inspections.grades import Comparison
from notices.models import Category, ReportedStatement
from tests.factories import inspection, judgement, notice


@pytest.fixture
def thornbury(db):
    return notice()


def held(thornbury, number, *grades):
    """Return an inspection that judges the first categories so; an empty grade is a judgement without one."""
    made = inspection(f"number-{number}", ordered_on=date(2000 + number, 1, 1))
    made.notices.add(thornbury)
    for position, grade in enumerate(grades, 1):
        category, _ = Category.objects.get_or_create(
            group="Safeguarding", name=f"Category {position}", defaults={"position": position}
        )
        judgement(made, position, grade or "", category=category, **({} if grade else {"grade_as_printed": "Mixed"}))
    return made


def told(row):
    return [(cell.judgement and cell.judgement.grade, cell.comparison, cell.steps) for cell in row.cells]


def test_build_compares_each_grade_with_the_last_named_one_before_it(thornbury):
    first = held(thornbury, 1, "inadequate", "adequate")
    second = held(thornbury, 2, "", "adequate")
    third = held(thornbury, 3, "good", "requires-improvement")
    built = comparison.build(thornbury, ())
    assert built.inspections == [first, second, third]
    assert [told(row) for row in built.compared] == [
        [("inadequate", None, 0), ("", Comparison.NOT_COMPARABLE, 0), ("good", Comparison.BETTER, 2)],
        [
            ("adequate", None, 0),
            ("adequate", Comparison.SAME, 0),
            ("requires-improvement", Comparison.NOT_COMPARABLE, 0),
        ],
    ]


def test_build_tells_apart_what_is_judged_once_and_what_is_not_mapped(thornbury):
    first = held(thornbury, 1, "good", "adequate")
    held(thornbury, 2, "good")
    unmapped = judgement(first, 9, "good")
    judgement(first, 10)
    built = comparison.build(thornbury, ())
    assert [row.category.name for row in built.compared] == ["Category 1"]
    assert built.single == [(first, [first.judgements.get(category__name="Category 2")])]
    assert built.unmapped == [unmapped]


def test_build_keeps_a_count_as_it_was_reported(thornbury):
    made = held(thornbury, 1, "good")
    said = {"inspection": made, "source": "[004]"}
    counted = ReportedStatement.objects.create(
        position=1, wording="Six of nine.", counted=6, total=9, what="categories improved", **said
    )
    ReportedStatement.objects.create(position=2, wording="Much has improved.", **said)
    assert comparison.build(thornbury, ()).counts == [counted]


def test_build_leaves_out_the_inspections_of_another_notice(thornbury):
    held(notice("elsewhere"), 1, "good")
    built = comparison.build(thornbury, ())
    assert (built.inspections, built.rows, built.counts) == ([], [], [])


@pytest.mark.parametrize("number", [1, 3])
def test_build_takes_two_queries_for_one_category_as_for_three(thornbury, number, django_assert_num_queries):
    for place in range(1, number + 1):
        held(thornbury, place, *["good"] * number)
    with django_assert_num_queries(2):
        assert len(comparison.build(thornbury, ()).rows) == number


def test_the_two_announced_inspections_of_leeds_are_compared_where_both_name_a_grade(leeds):
    built = comparison.build(leeds.notice, [leeds])
    told = [
        (row.category.name, [cell.judgement.grade for cell in row.cells], row.cells[1].steps) for row in built.compared
    ]
    assert told == [
        ("Capacity to improve", ["adequate", "good"], 1),
        ("Leadership and management", ["inadequate", "good"], 2),
        ("Ambition and prioritisation", ["adequate", "good"], 1),
        ("Performance management and quality assurance", ["inadequate", "good"], 2),
        ("User engagement and participation", ["adequate", "good"], 1),
    ]
    assert [len(judgements) for _, judgements in built.single] == [28]
    assert [(said.counted, said.total) for said in built.counts] == [(6, 9), (5, 9)]


def test_the_announced_inspection_of_2009_stands_whole(leeds):
    announced = leeds.notice.inspections.get(slug="leeds-2009-announced")
    grades = announced.judgements.exclude(grade="").values_list("grade", flat=True)
    # [003] 3.1: 15 lines on safeguarding, 18 on looked after children, under three headings.
    assert Counter(grades) == {"inadequate": 10, "adequate": 17, "good": 6}
    assert announced.judgements.filter(grade="").count() == 3
    assert announced.judgements.filter(parent=None).count() == 2
    assert Counter(announced.findings.values_list("group", flat=True)) == {
        "Safeguarding": 14,
        "Looked after children": 10,
    }


SCALE = "Typically positive experiences\nInconsistent experiences\nWidespread failings"


@pytest.mark.parametrize(
    ("scales", "printed", "expected"),
    [
        ((SCALE, SCALE), ("Widespread failings", "inconsistent experiences"), (Comparison.BETTER, 1)),
        ((SCALE, SCALE), ("Inconsistent experiences", "Inconsistent experiences"), (Comparison.SAME, 0)),
        ((SCALE, SCALE), ("Typically positive experiences", "Widespread failings"), (Comparison.WORSE, 2)),
        ((SCALE, SCALE), ("Widespread failings", "Mixed"), (Comparison.NOT_COMPARABLE, 0)),
        ((SCALE, "Good\nBad"), ("Widespread failings", "Good"), (Comparison.NOT_COMPARABLE, 0)),
        ((SCALE, ""), ("Widespread failings", "Good"), (Comparison.NOT_COMPARABLE, 0)),
    ],
)
def test_grades_of_a_scale_of_their_own_are_compared_on_that_scale_alone(thornbury, scales, printed, expected):
    category = Category.objects.create(group="Services", name="Overall", position=1)
    for number, (scale, words) in enumerate(zip(scales, printed, strict=True), 1):
        made = inspection(f"number-{number}", ordered_on=date(2000 + number, 1, 1), scale=scale)
        made.notices.add(thornbury)
        judgement(made, 1, "", category=category, grade_as_printed=words)
    (row,) = comparison.build(thornbury, ()).rows
    assert (row.cells[1].comparison, row.cells[1].steps) == expected
