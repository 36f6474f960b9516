"""Minutes are read from the agenda of a later meeting on, and agreed as they were checked."""

from datetime import date

import pytest

from accounts.models import Message
from boards import meetings
from boards.meetings import proceedings
from boards.permissions import Readership
from improvement.records.refusals import Refused
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db


def test_minutes_that_stand_as_they_were_checked_are_agreed():
    plan = factories.plan()
    held, after = factories.held(plan), factories.held(plan, date(2011, 4, 25))
    factories.minuted(held)
    seen = meetings.agreeing(held)
    row = meetings.agree_minutes(meeting=held, agreed_in=after, seen=seen, by=user("Olga Office"), at=AT)
    assert (row.is_agreed, row.minutes_agreed_in) == (True, after)


def test_that_minutes_are_agreed_is_told_once_to_all_seats_but_whoever_agreed_them():
    plan = factories.plan()
    held, after = factories.held(plan), factories.held(plan, date(2011, 4, 25))
    factories.minuted(held)
    for _ in range(2):  # a double click
        meetings.agree_minutes(meeting=held, agreed_in=after, by=user("Cass Chair"), at=AT)
    told = Message.objects.filter(subject="The minutes are agreed, meeting of 11 April 2011")
    assert sorted(told.values_list("user__name", flat=True)) == ["Mo Member", "Obi Observer"]


@pytest.mark.parametrize("record", ["decision", "action", "guest", "declaration"])
def test_minutes_are_not_agreed_where_something_was_recorded_since_they_were_checked(record):
    plan = factories.plan()
    held, after = factories.held(plan), factories.held(plan, date(2011, 4, 25))
    factories.minuted(held)
    seen = meetings.agreeing(held)
    getattr(factories, record)(held)
    with pytest.raises(Refused, match="The minutes have changed since you checked them"):
        meetings.agree_minutes(meeting=held, agreed_in=after, seen=seen, by=user("Olga Office"), at=AT)


def test_minutes_are_the_offices_until_a_later_agenda_is_published_and_then_everybodys():
    plan, by = factories.plan(), {"by": user("Olga Office"), "at": AT}
    held = factories.held(plan)
    meetings.add_item(meeting=held, title="Of which nothing is minuted", **by)
    factories.minuted(held)

    def read():
        found = {who: proceedings.build(plan.board.meetings.get(pk=held.pk), who, now=AT) for who in Readership}
        return {
            who.value: (one.minutes_state, sum(bool(item.minute) for item in one.items)) for who, one in found.items()
        }

    others = ("board", "observers", "public")
    assert read() == {"office": ("draft", 1)} | dict.fromkeys(others, ("none", 0))
    after = factories.meeting(plan, date(2011, 4, 25))
    assert read() == {"office": ("draft", 1)} | dict.fromkeys(others, ("none", 0))
    factories.announced(after)
    assert read() == dict.fromkeys(("office", *others), ("tabled", 1))
    factories.agreed(held, after)
    assert read() == dict.fromkeys(("office", *others), ("agreed", 1))
