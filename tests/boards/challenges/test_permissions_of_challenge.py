"""Who sees, asks, answers and settles, as a table: one row a predicate, one column a person."""

import pytest

from boards import permissions
from boards.models import Challenge, Seat
from plans import permissions as plan_permissions
from tests import factories
from tests.factories import AT, post, user

pytestmark = pytest.mark.django_db

ON = AT.date()
PEOPLE = {
    "officer": "Ada Officer",
    "deputy": "Dev Deputy",
    "lead": "Liam Lead",
    "target's owner": "Tia Target",
    "office": "Olga Office",
    "chair": "Cass Chair",
    "member": "Mo Member",
    "attending": "Ari Attending",
    "observer": "Obi Observer",
    "stranger": "Stan Stranger",
}
SEATED = {"chair", "member", "attending", "observer"}
PLAN = {"officer", "deputy", "lead", "office"} | SEATED


@pytest.fixture
def plan():
    plan = factories.plan()
    plan.notice = factories.notice()
    plan.save()
    plan.notice.targets.update(owner_post=post("Head of Targets", user("Tia Target")))
    Seat.objects.create(board=plan.board, role="in-attendance", person="Ari", user=user("Ari Attending"))
    return plan


def allowed(predicate, thing):
    return {role for role, name in PEOPLE.items() if predicate(user(name), thing, on=ON)}


def fresh(row):
    return Challenge.objects.select_related("board__plan", "target__notice").get(pk=row.pk)


def test_of_a_board(plan):
    assert allowed(permissions.has_seat, plan.board) == SEATED
    assert allowed(permissions.can_ask, plan.board) == {"office", "chair", "member"}
    assert allowed(permissions.can_settle, plan.board) == {"office", "chair"}
    assert allowed(plan_permissions.asks_about, plan) == {"chair", "member"}


def test_of_a_question_about_a_recommendation(plan):
    row = fresh(factories.challenge(plan))
    assert allowed(permissions.can_see_challenge, row) == PLAN
    assert allowed(permissions.can_answer, row) == {"officer", "deputy", "office"}
    assert allowed(permissions.can_conclude, row) == {"office", "chair"}


def test_of_a_question_about_a_target(plan):
    row = fresh(factories.challenge(plan, target=plan.notice.targets.get()))
    assert allowed(permissions.can_see_challenge, row) == PLAN | {"target's owner"}
    assert allowed(permissions.can_answer, row) == {"target's owner", "office"}


def test_who_is_to_answer_sees_the_question_and_whoever_leaves_the_post_does_not(plan):
    row = factories.challenge(plan)
    Challenge.objects.update(answering_post=post("Head of Nowhere", user("Stan Stranger")))
    assert "stranger" in allowed(permissions.can_see_challenge, fresh(row))
    user("Stan Stranger").tenures.update(to_on=AT.date().replace(month=4))
    assert "stranger" not in allowed(permissions.can_see_challenge, fresh(row))


def test_a_seat_that_ended_asks_nothing(plan):
    plan.board.seats.filter(user=user("Mo Member")).update(to_on=AT.date().replace(month=4))
    assert allowed(permissions.can_ask, plan.board) == {"office", "chair"}
    assert allowed(plan_permissions.asks_about, plan) == {"chair"}
