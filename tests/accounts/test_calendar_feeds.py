"""A calendar's address is shown once, known by its hash alone, and ends when it is replaced or stopped."""

import re

import pytest

from accounts.models import CalendarFeed, Event
from accounts.people import calendar_feeds
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db


def test_only_the_hash_of_an_address_is_kept():
    token = calendar_feeds.make(by=user(), at=AT)
    feed = CalendarFeed.objects.get()
    assert (feed.user, feed.made_at, len(feed.token_sha256)) == (user(), AT, 64)
    assert token not in str(vars(feed)) + str(list(Event.objects.values()))
    assert calendar_feeds.find(token) == user()


def test_a_new_address_ends_the_one_before():
    first = calendar_feeds.make(by=user(), at=AT)
    second = calendar_feeds.make(by=user(), at=later(days=1))
    assert (calendar_feeds.find(first), calendar_feeds.find(second)) == (None, user())
    assert CalendarFeed.objects.count() == 1


def test_an_address_ends_once_it_is_stopped_and_that_is_recorded_once():
    token, other = (calendar_feeds.make(by=person, at=AT) for person in (user(), user("Olga Office")))
    calendar_feeds.stop(by=user(), at=AT)
    calendar_feeds.stop(by=user(), at=AT)
    assert (calendar_feeds.find(token), calendar_feeds.of(user())) == (None, None)
    assert calendar_feeds.find(other) == user("Olga Office")
    assert list(Event.objects.filter(by=user()).order_by("pk").values_list("what", flat=True)) == [
        "user.calendar_made",
        "user.calendar_stopped",
    ]


def test_whose_account_is_deactivated_has_no_calendar():
    token = calendar_feeds.make(by=user(), at=AT)
    person = user()
    person.is_active = False
    person.save()
    assert calendar_feeds.find(token) is None


def test_the_page_shows_the_address_once(client):
    client.force_login(user())
    page = client.post("/accounts/calendar/", {"do": "make"}).content.decode()
    (token,) = re.findall(r'value="https?://[^/]*/calendar/([^/"]+)\.ics"', page)
    assert calendar_feeds.find(token) == user()
    page = client.get("/accounts/calendar/").content.decode()
    assert (".ics" in page, "Make a new address" in page, "Stop the calendar" in page) == (False, True, True)
    assert client.post("/accounts/calendar/", {"do": "stop"}).status_code == 302
    assert "Make an address" in client.get("/accounts/calendar/").content.decode()
