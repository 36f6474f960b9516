"""Minutes are agreed as they were checked."""

from datetime import date

import pytest

from boards import meetings
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
