"""What a new agenda carries over is told with who reads it, where that is not everybody."""

from datetime import date

import pytest

from accounts.models import Event
from boards import meetings
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db


def test_planning_a_meeting_tells_of_the_restricted_items_that_it_carries_over_and_of_no_open_one():
    plan, by = factories.plan(), {"by": user("Olga Office"), "at": AT}
    held = factories.held(plan)
    meetings.add_item(meeting=held, title="Monthly report", is_standing=True, **by)
    meetings.add_item(meeting=held, title="Staffing", is_standing=True, restricted_because="Names a person.", **by)
    made = meetings.plan_meeting(board=plan.board, held_on=date(2011, 5, 9), **by)
    told = Event.objects.filter(what="meeting.planned").latest("pk").detail["access"]
    assert [(item["pk"], item["is_restricted"]) for item in told] == [(made.items.get(title="Staffing").pk, True)]
