"""Which questions pages and files tell of, in which order, and which meetings a form offers."""

from datetime import date, timedelta

import pytest

from boards import access
from boards.challenges import challenge_log
from boards.models import Challenge
from tests import factories
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db
ON = AT.date()


@pytest.fixture
def plan():
    return factories.plan(2)


def asked(plan, question, at=AT, **given):
    return factories.challenge(plan, question, at=at, **given)


def settled(plan, question, at=AT, outcome="none", **told):
    return factories.concluded(factories.answered(asked(plan, question, at), at=at), outcome, at=at, **told)


def questions(rows):
    return [row.question for row in rows]


def test_the_log_tells_the_newest_first_with_the_days_that_each_stood(plan):
    settled(plan, "First?", at=later(days=-9))
    asked(plan, "Second?", at=later(days=-3))
    asked(factories.plan(slug="other"), "Elsewhere?")
    found = challenge_log.of_board(plan.board, "board", on=ON)
    assert [(row.question, row.days) for row in found] == [("Second?", 3), ("First?", 0)]


def test_the_log_tells_each_what_they_read_and_no_action_that_they_do_not(plan):
    told = {"wording": "Audit again.", "owner_post": factories.post(), "meeting": factories.held(plan)}
    row = settled(plan, "Open?", outcome="action", **told)
    restricted = asked(plan, "Restricted?")
    closed = {"restricted_because": "Names a person.", "by": user("Olga Office"), "at": AT}
    access.restrict(thing=restricted, version=restricted.version, item=None, **closed)
    access.restrict(thing=row.action, version=row.action.version, item=None, **closed)
    found = {
        readership: [(one.question, one.action is not None) for one in challenge_log.of_board(plan.board, who, on=ON)]
        for readership, who in (("board", "board"), ("public", "public"))
    }
    assert found == {"board": [("Restricted?", False), ("Open?", True)], "public": [("Open?", False)]}


def test_what_was_asked_from_ones_own_seats_is_told_before_what_is_concluded(plan):
    settled(plan, "First?")
    asked(plan, "Second?")
    settled(plan, "Third?")
    asked(plan, "Fourth?")
    asked(plan, "The chair's?", by=user("Cass Chair"))
    elsewhere = factories.plan(slug="other")
    asked(elsewhere, "Elsewhere?")
    found = challenge_log.asked_from(user("Mo Member"), plan.board, on=ON)
    assert questions(found) == ["Fourth?", "Second?", "Third?", "First?"]


def test_what_waits_for_the_chair_is_answered_or_for_nobody_to_answer_the_oldest_first(plan):
    plan.notice = factories.notice()
    plan.save()
    for meeting, day in (("today", ON), ("to come", ON + timedelta(days=1))):
        made = factories.meeting(plan, day)
        factories.answered(asked(plan, f"For the meeting {meeting}?", meeting=made))
    factories.answered(asked(plan, "Answered?"))
    asked(plan, "Not answered?")
    asked(plan, "For nobody?", target=plan.notice.targets.get())
    settled(plan, "Concluded?")
    other = factories.plan(slug="other")
    factories.answered(asked(other, "Elsewhere?"))
    assert Challenge.objects.filter(answering_post=None).count() == 1
    found = challenge_log.to_settle(plan.board, on=ON)
    assert questions(found) == ["For the meeting today?", "Answered?", "For nobody?"]


def test_what_one_board_asked_about_a_thing_is_told_the_newest_first(plan):
    first, second = plan.recommendations.all()
    asked(plan, "First?", recommendation=first)
    asked(plan, "Of the other?", recommendation=second)
    asked(plan, "Second?", recommendation=first)
    assert questions(challenge_log.about(first, plan.board, on=ON)) == ["Second?", "First?"]
    assert questions(challenge_log.about(first, factories.plan(slug="other").board, on=ON)) == []


def days(meetings):
    return [(meeting.held_on - ON).days for meeting in meetings]


def test_a_question_is_for_a_meeting_of_today_or_to_come_and_settled_at_one_that_was_held(plan):
    for day in (1, 0):
        factories.announced(factories.meeting(plan, ON + timedelta(days=day)))
    factories.meeting(plan, ON - timedelta(days=1))  # of which no agenda was published
    for day in (-30, -20, -10):
        factories.held(plan, ON + timedelta(days=day))
    before, after = (plan.board.meetings.get(held_on=ON + timedelta(days=day)) for day in (-30, -20))
    factories.minuted(before)
    factories.agreed(before, after)
    factories.held(factories.plan(slug="other"), date(2011, 4, 11))
    assert days(challenge_log.meetings_asked_for(plan.board, on=ON)) == [0, 1]
    assert days(plan.board.meetings.open_to_record(ON)) == [0, -10, -20]
