"""The meetings of Leeds as `load_demonstration` leaves them, against what its sources publish."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from boards import permissions
from boards.actions import action_log
from boards.meetings import proceedings
from boards.models import AgendaItem, BoardAction, BoardActionNote, Decision, Meeting, Paper
from boards.permissions import Readership
from tests.boards.reading import text
from tests.browser import person

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2011, 12, 9, 9, 0, tzinfo=LONDON)
PUBLISHED = {"[000]", "[001]", "[002]", "[004]"}


@pytest.fixture
def board(leeds):
    return leeds.board


def test_the_board_met_on_the_days_that_the_sources_give_and_every_month(board):
    days = list(board.meetings.values_list("held_on", flat=True))
    assert days[:2] == [date(2010, 1, 19), date(2010, 2, 22)]
    assert date(2011, 5, 9) in days
    months = {(day.year, day.month) for day in days}
    assert months == {(2010, month) for month in range(1, 13)} | {(2011, month) for month in range(1, 13)}


def test_each_meeting_from_march_2010_received_the_month_that_is_named_after_it(board):
    for meeting in board.meetings.exclude(month=None).select_related("month"):
        assert (meeting.month.month.year, meeting.month.month.month) == (meeting.held_on.year, meeting.held_on.month)
        assert meeting.month.published_at <= meeting.agenda_published_at
    received = set(board.meetings.values_list("month__month", flat=True)) - {None}
    assert received == set(board.plan.months.exclude(published_at=None).values_list("month", flat=True))


def test_what_is_told_of_a_meeting_names_its_source_or_says_that_it_is_illustrative(board):
    told = [
        *board.meetings.all(),
        *AgendaItem.objects.exclude(minute=""),
        *Decision.objects.all(),
        *BoardAction.objects.all(),
        *Paper.objects.exclude(file=""),
    ]
    for row in told:
        source = f"{row.source} {getattr(row, 'minute', '')}"
        assert "llustrative" in source or any(reference in source for reference in PUBLISHED), row


def test_only_what_is_published_is_minuted_and_decided(board):
    minuted = AgendaItem.objects.exclude(minute="").values_list("meeting__held_on", flat=True)
    assert set(minuted) == {
        date(2010, 1, 19),
        date(2010, 2, 22),
        date(2010, 9, 1),
        date(2010, 11, 22),
        date(2011, 5, 9),
    }
    decision = Decision.objects.get()
    assert (decision.revision.agreed_on, decision.meeting.held_on) == (date(2010, 9, 1), date(2010, 9, 1))
    assert "[001] 3.3.1" in decision.source


def test_nobody_is_named_in_what_the_meetings_say(board):
    names = {name.split()[-1] for name in board.seats.exclude(person="").values_list("person", flat=True)}
    texts = [
        *AgendaItem.objects.values_list("title", "minute", "presented_by"),
        *Decision.objects.values_list("wording"),
        *BoardAction.objects.values_list("wording", "owner", "outcome"),
        *BoardActionNote.objects.values_list("text"),
        *Paper.objects.values_list("title"),
        *Meeting.objects.values_list("note"),
    ]
    words = {word for row in texts for cell in row for word in re.findall(r"\w+", cell)}
    assert names & words == set()


def test_minutes_use_no_fact_later_than_their_meeting(board):
    for item in AgendaItem.objects.exclude(minute="").select_related("meeting"):
        years = {int(year) for year in re.findall(r"\b20\d\d\b", item.minute)}
        assert years <= {item.meeting.held_on.year}


def test_every_write_is_at_a_moment_of_the_story(board):
    for meeting in board.meetings.exclude(agenda_published_at=None):
        assert meeting.agenda_published_at.date() < meeting.held_on
    for note in BoardActionNote.objects.select_related("meeting"):
        assert timezone.localdate(note.at) == note.meeting.held_on


def test_december_2011_is_planned_and_not_announced(board):
    meeting = board.meetings.get(held_on=date(2011, 12, 19))
    assert (meeting.is_announced, meeting.month) == (False, None)
    items = list(meeting.items.values_list("title", flat=True))
    assert items == [
        "Minutes of the last meeting",
        "Action log",
        "Monthly report on the Improvement Plan",
        "Progress against the Improvement Notice",
        "Letter of the independent chair, 8 December 2011",
        "Date of the next meeting",
    ]
    assert set(meeting.papers.values_list("page", "tabled_at")) == {
        (page, None) for page in ("minutes", "actions", "dashboard", "notice", "letter")
    }


def test_the_action_log_has_one_action_overdue_and_one_open(board):
    log = action_log.build(board.actions.all(), on=NOW.date())
    assert [number for _, _, number in log.counts()] == [2, 1, 5, 7]


@pytest.mark.parametrize("readership", Readership)
def test_the_assessment_appears_by_itself_on_the_day_of_its_publication(board, readership):
    """[001] 3.3.10: the embargo on publication before the designated date is not broken."""
    meeting = board.meetings.get(held_on=date(2010, 12, 13))
    paper = meeting.papers.exclude(embargoed_until=None).get()
    assert timezone.localdate(paper.embargoed_until) == date(2010, 12, 9)
    assert paper.tabled_at < paper.embargoed_until
    for at in (paper.embargoed_until - timedelta(seconds=1), paper.embargoed_until):
        is_read = readership == Readership.OFFICE or at >= paper.embargoed_until
        assert (paper in permissions.readable_papers(meeting.papers.all(), readership, at=at)) is is_read


def test_the_restricted_paper_is_the_boards_and_its_observers(client, board):
    meeting = board.meetings.get(held_on=date(2010, 12, 13))
    address = reverse("boards:meeting_detail", args=["leeds", meeting.held_on])
    title = "Outline leadership structure: the posts that it affects"
    for name, is_read in (
        ("programme-office", True),
        ("independent-chair", True),
        ("observer", True),
        ("lead-officer-safeguarding", False),
    ):
        client.force_login(person(name))
        assert (title in text(client.get(address))) is is_read


@pytest.mark.parametrize("name", ["independent-chair", "observer", "lead-officer-safeguarding"])
def test_every_paper_of_every_meeting_leads_its_readers_somewhere(client, board, name):
    client.force_login(person(name))
    readership = permissions.readership(person(name), board, on=NOW.date())
    addresses = set()
    for meeting in board.meetings.select_related("board__plan__notice", "month"):
        listed = proceedings.build(meeting, readership, now=NOW).papers
        assert all(paper.address for paper in listed)
        addresses |= {paper.address.partition("#")[0] for paper in listed}
    for address in sorted(addresses):
        response = client.get(address)
        assert response.status_code == 200, address
        if response.streaming:
            response.getvalue()


def test_the_refresh_stands_in_the_story_of_its_recommendation(client, board):
    client.force_login(person("observer"))
    shown = text(client.get(reverse("plans:recommendation_detail", args=["leeds", "R01"])))
    assert "The refreshed plan is agreed, with its six areas of focus. Meeting of 1 September 2010" in shown
