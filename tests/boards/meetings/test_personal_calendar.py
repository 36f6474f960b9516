"""A person's calendar holds what they have to do and where to be, and nothing about it."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.people import calendar_feeds
from boards import actions
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


@pytest.mark.parametrize(("days", "is_listed"), [(365, True), (366, False)])
def test_what_is_past_is_listed_for_a_year(days, is_listed):
    plan = factories.plan(0)
    factories.recommendation(plan, 1, due_on=AT.date(), original_due_on=AT.date())
    held = factories.held(plan, AT.date())
    post = factories.post()
    factories.action(held, due_on=AT.date(), owner_post=post)
    month = factories.month(plan)
    type(month).objects.update(due_on=AT.date(), sign_off_due_on=AT.date())
    now = later(days=days)
    assert bool(listed("Ada Officer", now)) is bool(listed("Olga Office", now)) is is_listed
    if is_listed:
        own = ["Action 1 of the Board due", "Recommendation R01 due", "Updates due for May 2011"]
        assert sorted(title for title, _ in listed("Ada Officer", now)) == own
        met = "Meeting of the Thornbury Improvement Board"
        assert sorted(title for title, _ in listed("Olga Office", now)) == [
            met,
            "Sign-off due for May 2011",
            "Updates due for May 2011",
        ]


def test_each_leads_to_the_page_on_which_it_is_done_and_says_of_which_council(settings):
    settings.SITE_ADDRESS = "https://plans.example:8443"
    plan = factories.plan()
    factories.month(plan)
    factories.action(factories.held(plan), owner_post=plan.recommendations.first().lead_post)
    factories.meeting(plan, date(2011, 5, 9), place="Room 2")
    found = {}
    for name in ("Ada Officer", "Liam Lead", "Olga Office"):
        for entry in personal_calendar.entries(user(name), now=AT):
            kind, _, rest = entry.uid.rpartition("-")
            assert rest.partition("@")[2] == "plans.example"
            found[name, kind, entry.place] = entry.address, entry.description
    pages = {
        ("Ada Officer", "updates-due", ""): "/my/updates/",
        ("Ada Officer", "due", ""): "/plans/thornbury/recommendations/R01/",
        ("Ada Officer", "action", ""): "/boards/thornbury/actions/1/",
        ("Liam Lead", "sign-off-due", ""): "/my/sign-offs/",
        ("Olga Office", "updates-due", ""): "/plans/thornbury/2011-05/",
        ("Olga Office", "sign-off-due", ""): "/plans/thornbury/2011-05/",
        ("Olga Office", "meeting", ""): "/boards/thornbury/meetings/2011-04-11/",
        ("Olga Office", "meeting", "Room 2"): "/boards/thornbury/meetings/2011-05-09/",
    }
    told = {key: f"https://plans.example:8443{page}" for key, page in pages.items()}
    assert found == {key: (page, f"Thornbury Council\n{page}") for key, page in told.items()}


def test_a_month_is_whose_post_led_when_it_was_opened_and_whose_leads_now(plan):
    """As long as the earlier one has a place in the plan: here it leads an area of focus."""
    factories.post("Head of Training", user("Tess Training"))
    factories.area(plan)
    Recommendation.objects.update(lead_post=factories.post("Head of Training"))
    assert listed("Ada Officer") == [UPDATES]
    assert listed("Tess Training") == [UPDATES, *DUE]


def test_neither_an_action_that_was_closed_nor_one_of_a_plan_without_a_place_is_listed(plan):
    held, post = factories.held(plan), factories.post("Head of Training", user("Tess Training"))
    factories.action(held, owner_post=post)
    assert listed("Tess Training") == []
    Recommendation.objects.filter(reference="R02").update(lead_post=post)
    due = ("Action 1 of the Board due", date(2011, 4, 25))
    assert listed("Tess Training")[0] == due
    row = plan.board.actions.get()
    actions.close(action=row, meeting=held, version=row.version, outcome="Done.", by=user("Olga Office"), at=AT)
    assert due not in listed("Tess Training")


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
