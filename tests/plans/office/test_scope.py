from datetime import date

import pytest

from accounts.models import User
from plans import reporting, revisions
from plans.models import Outcome, Recommendation
from plans.office import scope
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db

TODAY = date(2011, 5, 1)
JUNE = date(2011, 6, 1)


def close(recommendation):
    revisions.close(recommendation=recommendation, closure="withdrawn", reason="Done.", by=user(), at=AT)


def references(rows):
    return [row.reference for row in rows]


def test_of_opening_is_what_open_month_then_creates():
    plan = factories.plan(5, themes=2)
    factories.area(plan, "A")
    later = factories.area(plan, "B")
    later.from_on = date(2011, 7, 1)
    later.save()
    close(plan.recommendations.get(reference="R05"))
    found = scope.of_opening(plan, JUNE, on=TODAY)
    assert [(theme.number, number) for theme, number in found.themes] == [(1, 2), (2, 2)]
    month = factories.month(plan, 6)
    assert found.total == month.updates.count() == 4
    assert [area.letter for area in found.areas] == list(month.area_updates.values_list("letter", flat=True)) == ["A"]


def test_of_opening_tells_what_joined_and_left_since_the_last_month():
    plan = factories.plan(3)
    factories.published(factories.month(plan))
    close(plan.recommendations.get(reference="R02"))
    factories.recommendation(plan, 4)
    found = scope.of_opening(plan, JUNE, on=TODAY)
    assert found.last.month == date(2011, 5, 1)
    assert (references(found.joined), references(found.left)) == (["R04"], ["R02"])


def test_of_opening_compares_a_first_month_with_nothing():
    found = scope.of_opening(factories.plan(3), JUNE, on=TODAY)
    assert (found.last, found.joined, found.left) == (None, [], [])


def test_of_opening_names_the_posts_for_which_nobody_acts():
    plan = factories.plan(2)
    Recommendation.objects.filter(reference="R02").update(lead_post=factories.post("District Commander"))
    Outcome.objects.update(accountable_post=factories.post("Chair of the Partnership"))
    found = scope.of_opening(plan, JUNE, on=TODAY)
    assert [post.title for post in found.vacant] == ["Chair of the Partnership", "District Commander"]


def test_of_opening_names_a_post_of_which_everybody_is_deactivated():
    plan = factories.plan()
    User.objects.filter(name__in=("Ada Officer", "Dev Deputy", "Liam Lead")).update(is_active=False)
    found = scope.of_opening(plan, JUNE, on=TODAY)
    assert [post.title for post in found.vacant] == ["Head of Safeguarding"]


def test_of_refreshing_is_what_refresh_scope_then_does():
    plan = factories.plan(3)
    month = factories.month(plan)
    row = month.updates.get(reference="R01")
    reporting.save_draft(update=row, version=0, by=user("Ada Officer"), at=AT, progress="Begun.")
    for reference in ("R01", "R02"):
        close(plan.recommendations.get(reference=reference))
    factories.recommendation(plan, 4)
    factories.area(plan, "A")
    found = scope.of_refreshing(month, on=TODAY)
    assert (references(found.joining), references(found.removed), references(found.kept)) == (["R04"], ["R02"], ["R01"])
    assert [area.letter for area in found.areas] == ["A"]
    assert found.is_any
    assert reporting.refresh_scope(month=month, by=user("Olga Office"), at=AT) == (1, 1)
    found = scope.of_refreshing(month, on=TODAY)
    assert (found.joining, found.removed, references(found.kept), found.areas) == ([], [], ["R01"], [])
    assert not found.is_any


def test_of_opening_counts_each_theme_by_itself_and_tells_everything_in_the_order_of_the_plan():
    plan = factories.plan(3, themes=2)
    factories.published(factories.month(plan, 4))
    factories.published(factories.month(plan, 5))
    factories.recommendation(plan, 7)
    factories.recommendation(plan, 6)
    for reference in ("R03", "R01"):
        close(plan.recommendations.get(reference=reference))
    found = scope.of_opening(plan, JUNE, on=TODAY)
    assert [(theme.number, number) for theme, number in found.themes] == [(1, 2), (2, 1)]
    assert found.last.month == date(2011, 5, 1)
    assert (references(found.joined), references(found.left)) == (["R06", "R07"], ["R01", "R03"])


def test_of_refreshing_tells_everything_in_the_order_of_the_plan():
    plan = factories.plan(2)
    month = factories.month(plan)
    for number in (4, 3):
        factories.recommendation(plan, number)
        reporting.refresh_scope(month=month, by=user("Olga Office"), at=AT)
    for reference in ("R02", "R03"):
        row = month.updates.get(reference=reference)
        reporting.save_draft(update=row, version=0, by=user("Ada Officer"), at=AT, progress="Begun.")
    for number in (1, 2, 3, 4):
        close(plan.recommendations.get(reference=f"R{number:02}"))
    for number in (6, 5):
        factories.recommendation(plan, number)
    found = scope.of_refreshing(month, on=TODAY)
    assert references(found.joining) == ["R05", "R06"]
    assert (references(found.removed), references(found.kept)) == (["R01", "R04"], ["R02", "R03"])


@pytest.mark.parametrize("name", ["joining", "removed", "areas"])
def test_a_change_is_any_that_adds_or_removes_something(name):
    nothing = {"joining": [], "removed": [], "kept": ["R01"], "areas": []}
    assert not scope.Change(**nothing).is_any
    assert scope.Change(**nothing | {name: ["x"]}).is_any


def test_of_closing_tells_what_becomes_of_the_row_in_the_open_month():
    plan = factories.plan(2)
    first, second = plan.recommendations.all()
    assert scope.of_closing(first) == scope.Fate(None, None, is_removable=False)
    factories.published(factories.month(plan))
    assert scope.of_closing(first) == scope.Fate(None, None, is_removable=False)
    june = factories.month(plan, 6)
    row, other = june.updates.all()
    reporting.save_draft(update=other, version=0, by=user("Ada Officer"), at=AT, progress="Begun.")
    assert scope.of_closing(first) == scope.Fate(june, row, is_removable=True)
    assert scope.of_closing(second) == scope.Fate(june, other, is_removable=False)
    assert scope.of_closing(factories.recommendation(plan, 3)) == scope.Fate(june, None, is_removable=False)


@pytest.mark.parametrize("number", [1, 3])
def test_the_scope_is_read_in_a_constant_number_of_queries(number, django_assert_num_queries):
    plan = factories.plan(number, themes=number)
    month = factories.month(plan)
    with django_assert_num_queries(4):
        scope.of_refreshing(month, on=TODAY)
    factories.published(month)
    with django_assert_num_queries(5):
        scope.of_opening(plan, JUNE, on=TODAY)
