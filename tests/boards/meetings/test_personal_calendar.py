"""A person's calendar holds what they have to do and where to be, and nothing about it."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.people import calendar_feeds
from boards.meetings import personal_calendar
from boards.models import Meeting
from improvement.texts import icalendar
from plans.models import Recommendation
from tests import factories
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    plan = factories.plan(2)
    Recommendation.objects.update(title="Amber alert for Josie", wording="Josie Miller is to be seen.")
    factories.month(plan)
    return plan


def listed(name, now=AT):
    return [(entry.title, entry.when) for entry in personal_calendar.entries(user(name), now=now)]


UPDATES, SIGN_OFF = ("Updates due for May 2011", date(2011, 5, 20)), ("Sign-off due for May 2011", date(2011, 5, 24))
DUE = [(f"Recommendation R0{number} due", date(2011, 12, 31)) for number in (1, 2)]


def test_everybody_has_their_own_deadlines(plan):
    assert listed("Ada Officer") == listed("Dev Deputy") == [UPDATES, *DUE]
    assert listed("Liam Lead") == [SIGN_OFF]
    assert listed("Olga Office") == [UPDATES, SIGN_OFF]
    assert listed("Mo Member") == listed("Stan Stranger") == []


def test_who_sits_on_the_board_and_its_office_have_its_meetings(plan):
    factories.meeting(plan, date(2011, 5, 9), starts_at=time(10), place="Room 2")
    when = datetime(2011, 5, 9, 10, tzinfo=ZoneInfo("Europe/London"))
    met = ("Meeting of the Thornbury Improvement Board", when)
    assert listed("Mo Member") == listed("Obi Observer") == [met]
    assert listed("Olga Office") == [met, UPDATES, SIGN_OFF]
    assert listed("Ada Officer") == [UPDATES, *DUE]


def test_a_meeting_without_an_hour_is_of_the_whole_day(plan):
    factories.meeting(plan, date(2011, 5, 9))
    assert listed("Mo Member") == [("Meeting of the Thornbury Improvement Board", date(2011, 5, 9))]


def test_an_action_is_its_posts_until_it_is_closed_and_never_a_restricted_one(plan):
    post = plan.recommendations.first().lead_post
    held = factories.held(plan)
    factories.action(held, owner_post=post)
    factories.action(held, owner_post=post, restricted_because="Names a post.")
    assert ("Action 1 of the Board due", date(2011, 4, 25)) in listed("Ada Officer")
    assert [title for title, _ in listed("Ada Officer") if title.startswith("Action")] == ["Action 1 of the Board due"]
    assert [title for title, _ in listed("Liam Lead") if title.startswith("Action")] == []


def test_what_is_closed_or_more_than_a_year_past_is_not_listed(plan):
    Recommendation.objects.filter(reference="R01").update(
        closed_on=AT.date(), closure="completed", closure_reason="Done."
    )
    assert listed("Ada Officer") == [UPDATES, DUE[1]]
    assert listed("Ada Officer", later(days=800)) == []


def test_a_name_stays_the_same_whatever_is_changed(plan):
    factories.meeting(plan, date(2011, 5, 9))
    before = {entry.uid for entry in personal_calendar.entries(user("Mo Member"), now=AT)}
    Meeting.objects.update(held_on=date(2011, 5, 16), place="Elsewhere")
    assert before == {entry.uid for entry in personal_calendar.entries(user("Mo Member"), now=AT)}


def test_neither_a_rating_nor_what_somebody_wrote_is_in_it(plan):
    factories.signed_off(plan.months.get().updates.first(), progress="Josie was seen.")
    for name in ("Ada Officer", "Liam Lead", "Olga Office", "Mo Member"):
        written = icalendar.write("Plan", personal_calendar.entries(user(name), now=AT), at=AT).decode()
        assert [word for word in ("Josie", "Amber", "amber", "trained") if word in written] == []


def test_it_takes_as_many_queries_however_much_is_in_it(plan):
    with CaptureQueriesContext(connection) as few:
        listed("Olga Office")
    for day in (9, 16, 23):
        factories.meeting(plan, date(2011, 5, day))
    with CaptureQueriesContext(connection) as many:
        listed("Olga Office")
    assert (len(few), len(many)) == (4, 4)


def test_the_address_gives_the_calendar_to_whoever_knows_it(plan, client):
    token = calendar_feeds.make(by=user("Ada Officer"), at=AT)
    answer = client.get(reverse("calendar_feed", args=[token]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert answer.content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert client.get(reverse("calendar_feed", args=["another"])).status_code == 404
