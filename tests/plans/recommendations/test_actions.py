"""When an action is done, and when that can be taken back."""

from datetime import date, timedelta

import pytest

from accounts.models import Event
from improvement.records.refusals import Refused
from plans.models import Action
from plans.recommendations import actions
from tests import factories
from tests.factories import AT, user

BY = {"at": AT + timedelta(days=3)}
DAY = date(2011, 5, 4)


@pytest.fixture
def action(db):
    plan = factories.plan()
    factories.month(plan)
    return Action.objects.create(recommendation=plan.recommendations.get(), title="Train.", timescale="Ongoing")


def test_an_action_is_done_on_the_day_it_is_marked_and_keeps_that_day(action):
    done = actions.finish(action=action, by=user("Ada Officer"), **BY)
    later = actions.finish(action=action, by=user("Dev Deputy"), at=AT + timedelta(days=9))
    assert (done.done_on, later.done_on) == (DAY, DAY)
    assert [
        (event.what, event.by.name) for event in Event.objects.filter(on_id=action.pk, what__contains="action")
    ] == [("recommendation.action_done", "Ada Officer")]
    assert action.history.get(done_on=DAY).history_user.name == "Ada Officer"


def test_a_mistake_is_taken_back(action):
    actions.finish(action=action, by=user("Ada Officer"), **BY)
    assert actions.reopen(action=action, by=user("Ada Officer"), **BY).done_on is None
    assert actions.reopen(action=action, by=user("Ada Officer"), **BY).done_on is None
    assert Event.objects.filter(what="recommendation.action_reopened").count() == 1


def test_what_was_done_before_the_month_was_opened_stays_done(action):
    action.done_on = date(2011, 4, 30)
    action.save()
    with pytest.raises(Refused, match="This action was done on 30 April 2011, before the month was opened"):
        actions.reopen(action=action, by=user("Ada Officer"), **BY)
    action.refresh_from_db()
    assert action.done_on == date(2011, 4, 30)
