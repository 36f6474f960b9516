from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from notices.models import Category, Inspection, Judgement, ReportedStatement
from tests import factories


@pytest.fixture
def inspection(db):
    return factories.InspectionFactory(slug="first", title="First", ordered_on=date(2011, 1, 10))


def line(inspection, position=1, **fields):
    return factories.JudgementFactory(inspection=inspection, position=position, **fields)


def is_refused(make, *args, **fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make(*args, **fields)
    return True


def test_a_place_is_taken_once_in_an_inspection(inspection):
    line(inspection)
    assert is_refused(line, inspection)


def test_a_category_stands_once_in_an_inspection(inspection):
    category = Category.objects.create(group="Safeguarding", position=1, name="Partnerships")
    line(inspection, 1, category=category)
    line(inspection, 2)
    line(inspection, 3)
    assert is_refused(line, inspection, 4, category=category)


def test_a_category_name_is_unique_in_its_group(db):
    Category.objects.create(group="Safeguarding", position=1, name="Partnerships")
    Category.objects.create(group="Looked after children", position=2, name="Partnerships")
    assert is_refused(Category.objects.create, group="Safeguarding", position=3, name="Partnerships")


def test_a_grade_is_read_from_what_is_printed(inspection):
    line(inspection, 1, grade="good", grade_as_printed="Good")
    line(inspection, 2, grade="", grade_as_printed="Performs well")
    assert is_refused(line, inspection, 3, grade="good", grade_as_printed="")


def test_a_judgement_does_not_stand_under_itself(inspection):
    only = line(inspection)
    assert is_refused(Judgement.objects.filter(pk=only.pk).update, parent=only)


def test_a_judgement_stands_under_one_of_the_same_inspection_printed_before_it(inspection):
    other = factories.InspectionFactory(kind="Annual assessment", ordered_on=date(2011, 2, 1))
    first, second = line(inspection, 1), line(inspection, 2)
    Judgement(inspection=inspection, position=3, name="Third", parent=second).full_clean()
    for parent, sentence in (
        (line(other), "Choose a line of the same inspection."),
        (second, "Choose a line printed before this one."),
    ):
        first.parent = parent
        with pytest.raises(ValidationError) as refused:
            first.full_clean()
        assert refused.value.message_dict == {"parent": [sentence]}


@pytest.mark.parametrize(
    "count",
    [
        {"counted": 6},
        {"total": 9},
        {"what": "categories improved"},
        {"counted": 6, "total": 9},
        {"counted": 10, "total": 9, "what": "categories improved"},
    ],
)
def test_a_count_that_is_not_whole_is_refused(inspection, count):
    assert is_refused(
        ReportedStatement.objects.create, inspection=inspection, position=1, wording="Said.", source="[1]", **count
    )


@pytest.mark.parametrize("count", [{}, {"counted": 9, "total": 9, "what": "categories improved"}])
def test_a_statement_counts_whole_or_not_at_all(inspection, count):
    said = ReportedStatement.objects.create(inspection=inspection, position=1, wording="Said.", source="[1]", **count)
    said.full_clean()


def test_natural_keys_find_their_rows(inspection):
    category = Category.objects.create(group="Safeguarding", position=1, name="Partnerships")
    judged = line(inspection)
    assert Category.objects.get_by_natural_key(*category.natural_key()) == category
    assert Judgement.objects.get_by_natural_key(*judged.natural_key()) == judged


def test_inspections_come_in_the_order_in_which_they_were_held(inspection):
    earlier = factories.InspectionFactory(kind="Annual assessment", ordered_on=date(2010, 12, 31))
    assert list(Inspection.objects.all()) == [earlier, inspection]
