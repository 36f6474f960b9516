"""The check constraints read in Python say what the database says."""

from contextlib import nullcontext
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models import CheckConstraint, F, Q, Value

from improvement import constraints
from notices.loading.sheets import NOTICE
from notices.models import Milestone, Notice, Result
from tests import factories

MARCH = {"period_start": date(2011, 3, 1), "period_end": date(2011, 3, 31)}


def values(row):
    return {each.name: getattr(row, each.attname) for each in row._meta.concrete_fields}


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        ({}, []),
        ({"period_end": date(2011, 3, 1)}, []),
        ({"period_end": date(2011, 2, 28)}, ["milestone_period_ends_after_it_starts"]),
        ({"threshold": None}, ["milestone_has_a_threshold_unless_it_is_judged"]),
        ({"kind": "judged"}, ["milestone_has_a_threshold_unless_it_is_judged"]),
        ({"kind": "judged", "threshold": None}, []),
        ({"baseline": 1}, ["milestone_has_a_baseline_only_for_a_change"]),
        ({"baseline": 1, "kind": "change"}, []),
        ({"kind": "judged", "threshold": None, "judged": True}, ["milestone_is_judged_by_someone_with_a_reason"]),
        ({"judged_reason": "Why."}, ["milestone_is_judged_by_someone_with_a_reason"]),
    ],
)
def test_a_milestone_breaks_in_python_what_it_breaks_in_the_database(db, fields, names):
    factories.notice()
    row = Milestone.objects.get()
    for name, value in fields.items():
        setattr(row, name, value)
    assert [check.name for check in constraints.broken(Milestone, values(row))] == names
    with transaction.atomic(), pytest.raises(IntegrityError, match=names[0]) if names else nullcontext():
        row.save()


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        ({}, []),
        ({"issued_on": date(2011, 1, 1)}, []),
        ({"issued_on": date(2011, 1, 1), "ends_on": date(2011, 1, 1)}, ["notice_ends_after_it_is_issued"]),
        ({"extended_to": date(2011, 1, 1)}, ["notice_is_extended_beyond_its_end"]),
        ({"ends_on": date(2011, 1, 1), "extended_to": date(2011, 1, 2)}, []),
    ],
)
def test_an_empty_value_leaves_a_comparison_open_as_in_sql(fields, names):
    row = Notice(slug="a", **fields)
    assert [check.name for check in constraints.broken(Notice, values(row))] == names


def test_every_constraint_of_what_is_loaded_can_be_read():
    for model in {*(sheet.model for sheet in NOTICE), Result}:
        row = model()
        for check in model._meta.constraints:
            if isinstance(check, CheckConstraint):
                constraints.holds(check.condition, values(row) | dict.fromkeys(MARCH, date(2011, 3, 1)))


@pytest.mark.parametrize(
    "condition", [Q(name__startswith="a"), Q(name__gt=Value("a")), Q(name="a") ^ Q(name=F("name"))]
)
def test_a_condition_that_is_not_known_is_not_guessed_at(condition):
    with pytest.raises((NotImplementedError, KeyError)):
        constraints.holds(condition, {"name": "abc"})
