"""Who sees a Notice and the plans that answer it, asked without multiplying recommendations by areas by targets."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notices import permissions
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db
ON = AT.date()


@pytest.fixture
def plan():
    """A plan with three of all that a person may have a place by, and a post that owns a target and no more."""
    made = factories.plan(3, themes=3)
    made.notice = factories.notice()
    made.save()
    for letter in "ABC":
        factories.area(made, letter)
    for number in (2, 3):
        factories.target(made.notice, number)
    made.notice.targets.update(owner_post=factories.post("Head of Targets", user("Tara Target")))
    return made


@pytest.mark.parametrize(
    ("name", "notices", "plans"),
    [
        ("Ada Officer", 1, 1),
        ("Dina Deputy", 1, 1),
        ("Olga Office", 1, 1),
        ("Obi Observer", 1, 1),
        ("Tara Target", 1, 0),
        ("Nobody Atall", 0, 0),
    ],
)
def test_whoever_has_a_place_sees_the_notice_once(plan, name, notices, plans):
    factories.notice("other")
    seen = permissions.visible_notices(user(name), on=ON)
    assert [row.slug for row in seen] == ["thornbury"] * notices
    assert len(permissions.visible_plans(user(name), plan.notice, on=ON).seen) == plans


def test_neither_question_joins_a_row_of_the_notice_to_what_belongs_to_it(plan):
    person = user("Ada Officer")
    with CaptureQueriesContext(connection) as asked:
        list(permissions.visible_notices(person, on=ON))
        permissions.visible_plans(person, plan.notice, on=ON)
    outer = [row["sql"] for row in asked.captured_queries]
    assert len(outer) == 2
    assert [sql for sql in outer if "LEFT OUTER JOIN" in sql.split(" IN (")[0] or "DISTINCT" in sql] == []
