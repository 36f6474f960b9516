"""Who is told by e-mail of a question, its answer, and what a meeting gives out."""

from datetime import date

import pytest

from accounts.models import Kind, Message
from boards import challenges
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return factories.plan()


def told(kind):
    return sorted(Message.objects.filter(kind=kind).values_list("user__name", "subject", "path"))


def test_a_question_is_told_to_those_who_act_for_the_answering_post(plan):
    asked = factories.challenge(plan, "Why?")
    subject, path = f"Question {asked.number} of the Board is for you to answer: R01", "/boards/thornbury/challenges/1/"
    assert told(Kind.QUESTION) == [("Ada Officer", subject, path), ("Dev Deputy", subject, path)]


def test_a_question_that_is_given_to_another_post_is_told_to_it(plan):
    asked = factories.challenge(plan, "Why?")
    Message.objects.all().delete()
    lead = plan.themes.get().outcomes.get().accountable_post
    challenges.assign(challenge=asked, post=lead, version=asked.version, by=user("Olga Office"), at=AT)
    assert [name for name, *_ in told(Kind.QUESTION)] == ["Dina Deputy", "Liam Lead"]


def test_an_answer_is_told_to_the_seat_that_asked_while_it_lasts(plan):
    first, second = factories.challenge(plan, "Why?"), factories.challenge(plan, "When?")
    factories.answered(first)
    plan.board.seats.filter(user=user("Mo Member")).update(to_on=date(2011, 1, 31))
    factories.answered(second)
    subject = f"Your question {first.number} about R01 has an answer"
    assert told(Kind.ANSWER) == [("Mo Member", subject, "/boards/thornbury/challenges/1/")]


def test_what_a_meeting_gives_out_is_told_to_all_seats_but_the_publisher(plan):
    plan.board.seats.create(role="member", person="Olga", user=user("Olga Office"))
    factories.announced(factories.meeting(plan))
    subject, path = "The agenda is published, meeting of 9 May 2011", "/boards/thornbury/meetings/2011-05-09/"
    assert told(Kind.PUBLISHED) == [(name, subject, path) for name in ("Cass Chair", "Mo Member", "Obi Observer")]
