"""What a new agenda carries over is told with who reads it, where that is not everybody."""

from datetime import date

import pytest

from accounts.models import Event
from boards import meetings, papers
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


def test_what_is_carried_over_keeps_its_words_its_readers_and_the_names_of_its_pages():
    plan, by = factories.plan(), {"by": user("Olga Office"), "at": AT}
    words = {"title": "Staffing", "purpose": "To note", "presented_by": "Head of Staff", "source": "Terms, page 2"}
    closed = {"restricted_because": "About staff.", "public_title": "A staffing matter", "excludes_observers": True}
    held = factories.held(plan)
    item = meetings.add_item(meeting=held, is_standing=True, **words, **closed, **by)
    papers.add(meeting=held, item=item, title="Progress", page="dashboard", **by)
    made = meetings.plan_meeting(board=plan.board, held_on=date(2011, 5, 9), **by)
    assert made.items.values(*words, *closed, "is_standing").get(position=3) == words | closed | {"is_standing": True}
    assert list(made.papers.values_list("position", "title", "item__position", "added_by__name", "added_at")) == [
        (1, "The minutes of the last meeting", 1, "Olga Office", AT),
        (2, "The action log", 2, "Olga Office", AT),
        (3, "Progress", 3, "Olga Office", AT),
    ]
