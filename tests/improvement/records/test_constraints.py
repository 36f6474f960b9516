"""The check constraints read in Python say what the database says."""

import ast
from contextlib import nullcontext
from datetime import date

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import CheckConstraint, F, Q, UniqueConstraint, Value

from accounts.models import User
from boards.loading.sheets import PLAN
from improvement.records import constraints
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


@pytest.mark.parametrize(
    ("email", "names"), [("ada@a.example", []), ("Ada@a.example", ["user_email_is_lower_case"]), (None, [])]
)
def test_a_text_is_held_against_itself_in_lower_case(email, names):
    assert [check.name for check in constraints.broken(User, values(User(email=email)))] == names


def test_every_constraint_of_what_is_loaded_can_be_read():
    for model in {*(sheet.model for sheet in (*NOTICE, *PLAN)), Result}:
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


# One UPDATE that renumbers several rows is refused or not as the database happens to go through them: it checks after
# each row that no two share a place.

OURS = ("accounts", "notices", "plans", "boards")
UNIQUE = {
    field
    for app in OURS
    for model in apps.get_app_config(app).get_models()
    for constraint in model._meta.constraints
    if isinstance(constraint, UniqueConstraint)
    for field in constraint.fields
}


def renumbered(source):
    """Yield each field of a unique constraint that one UPDATE in `source` works out from the rows themselves."""
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "update":
            for given in call.keywords:
                names = {part.id for part in ast.walk(given.value) if isinstance(part, ast.Name)}
                if given.arg in UNIQUE and names & {"F", "Case", "Subquery"}:
                    yield given.arg


def test_no_update_of_several_rows_renumbers_what_a_constraint_keeps_apart():
    files = [path for app in OURS for path in (settings.BASE_DIR / app).rglob("*.py")]
    assert {path: found for path in files if (found := list(renumbered(path.read_text())))} == {}


def test_an_update_that_renumbers_is_noticed():
    assert list(renumbered('rows.update(position=F("position") - 1, version=F("version") + 1)')) == ["position"]
