"""Who sees, asks, answers and settles, as a table: one row a predicate, one column a person."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from boards import permissions
from boards.models import Challenge
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
    factories.SeatFactory(board=plan.board, role="in-attendance", user=user("Ari Attending"))
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


def test_the_owner_of_a_target_sees_what_is_asked_about_it_where_another_post_answers_and_it_is_open(plan):
    row = factories.challenge(plan, target=plan.notice.targets.get())
    Challenge.objects.update(answering_post=post("Head of Safeguarding"))
    assert allowed(permissions.can_see_challenge, fresh(row)) == PLAN | {"target's owner"}
    Challenge.objects.update(restricted_because="Names a person.")
    assert allowed(permissions.can_see_challenge, fresh(row)) == PLAN - {"lead"}


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


# Who drafts, issues and sees a report of each kind, and which kinds one may start.
BY_CHAIR, BY_OFFICE = {"chair", "office"}, {"office"}
REPORTS = [
    ("chair", BY_CHAIR, {"chair"}),
    ("letter", BY_CHAIR, {"chair"}),
    ("council", BY_OFFICE, {"office"}),
]


@pytest.mark.parametrize(("kind", "writers", "issuers"), REPORTS)
def test_of_a_report(plan, kind, writers, issuers):
    draft = factories.outgoing(plan.board, kind, sections=[("", "It is better.")])
    assert allowed(permissions.can_write_report, draft) == writers
    assert allowed(permissions.can_see_report, draft) == writers
    assert allowed(permissions.can_issue_report, draft) == issuers
    seeing = {role for role, name in PEOPLE.items() if permissions.visible_reports(user(name), plan.board, on=ON)}
    assert seeing == writers
    issued = factories.issued(draft)
    assert allowed(permissions.can_write_report, issued) == allowed(permissions.can_issue_report, issued) == set()
    assert allowed(permissions.can_see_report, issued) == PLAN
    assert list(permissions.visible_reports(user("Obi Observer"), plan.board, on=ON)) == [issued]


def test_of_the_kinds_of_report(plan):
    started = {role: permissions.startable_reports(user(name), plan.board, on=ON) for role, name in PEOPLE.items()}
    kinds = {role: set(found) for role, found in started.items() if found}
    assert kinds == {"office": {"council", "chair", "letter"}, "chair": {"chair", "letter"}}


@pytest.mark.parametrize(
    ("seats", "readership"),
    [
        (["observer"], "observers"),
        (["observer", "member"], "board"),
        (["member"], "board"),
        (["chair"], "board"),
        (["in-attendance"], "board"),
        ([], "public"),
    ],
    ids=str,
)
def test_of_how_much_is_read_from_which_seats(plan, seats, readership):
    """Whoever observes and has another seat besides reads what that seat reads."""
    for role in seats:
        factories.SeatFactory(board=plan.board, role=role, user=user("Sam Seats"))
    assert permissions.readership(user("Sam Seats"), plan.board, on=ON) == readership


def test_of_who_cannot_sign_in_and_of_another_day(plan):
    chair = user("Cass Chair")
    assert permissions.has_seat(chair, plan.board, on=ON)
    assert not permissions.has_seat(chair, plan.board, on=factories.SINCE - timedelta(days=1))
    assert not permissions.has_seat(AnonymousUser(), plan.board, on=ON)
    gone = user("Cass Chair")
    gone.is_active = False
    assert not permissions.has_seat(gone, plan.board, on=ON)


def test_of_the_packs(plan):
    of = {readership: permissions.readable_packs(readership) for readership in permissions.Readership}
    assert of == {
        "office": ["board", "observers", "public"],
        "board": ["board", "observers", "public"],
        "observers": ["observers", "public"],
        "public": ["public"],
    }
    own = {readership: permissions.own_audience(readership) for readership in permissions.Readership}
    assert own == {"office": "board", "board": "board", "observers": "observers", "public": "public"}
