"""Writes of a meeting that arrive at once, each in a thread with a connection of its own."""

from threading import Barrier

import pytest
from django.db.models import Max

from accounts.models import Event
from boards import meetings, reports
from boards.meetings import succession
from boards.models import AgendaItem, Board, BoardAction, Meeting
from boards.reports import letterhead
from improvement.records.refusals import Conflict, Refused
from plans import refresh
from tests import factories
from tests.factories import AT, user
from tests.races import race

pytestmark = pytest.mark.django_db(transaction=True)
RACERS, FEW = 10, 4


@pytest.fixture
def held():
    return factories.held(factories.plan())


def test_actions_that_are_raised_at_once_are_numbered_through(held):
    user("Olga Office")
    raised = race(lambda number: factories.action(held, f"Action {number}."), RACERS)
    assert sorted(action.number for action in raised) == list(range(1, RACERS + 1))


def test_without_the_lock_numbers_are_given_twice(held):
    """The control: everybody reads the last number before anybody adds theirs."""
    read_by_all = Barrier(RACERS)

    def number_of(_):
        last = BoardAction.objects.aggregate(last=Max("number"))["last"] or 0
        read_by_all.wait(timeout=30)
        return last + 1

    assert race(number_of, RACERS) == [1] * RACERS


def test_of_ten_minutes_of_an_item_one_is_written(held):
    item, office = held.items.get(), user("Olga Office")

    def write(number):
        return meetings.write_minute(item=item, version=0, minute=f"Minute {number}.", by=office, at=AT)

    results = race(write, RACERS)
    assert sum(isinstance(result, AgendaItem) for result in results) == 1
    assert sum(isinstance(result, Conflict) for result in results) == RACERS - 1


def test_a_minute_that_races_with_its_agreement_is_in_it_or_refused(held):
    item = factories.minuted(held)
    after, office = factories.held(held.board.plan, AT.date()), user("Olga Office")

    def write(number):
        if number:
            return meetings.write_minute(item=item, version=item.version, minute="In time or not.", by=office, at=AT)
        return meetings.agree_minutes(meeting=held, agreed_in=after, by=office, at=AT)

    results = race(write, RACERS)
    item.refresh_from_db()
    assert isinstance(results[0], Meeting)
    is_in_time = item.minute == "In time or not."
    assert bool(sum(isinstance(result, AgendaItem) for result in results[1:])) == is_in_time
    assert all(isinstance(result, AgendaItem | Refused) for result in results[1:])


def test_of_ten_publications_one_is_told(held):
    meeting, office = factories.meeting(held.board.plan), user("Olga Office")
    race(lambda number: meetings.publish_agenda(meeting=meeting, by=office, at=AT), RACERS)
    assert Event.objects.filter(what="meeting.agenda_published", on_id=meeting.pk).count() == 1


def test_the_same_letterhead_at_once_is_kept_once(held, monkeypatch):
    # Pictures are drawn one after the other, so that nobody would meet anybody.
    monkeypatch.setattr(letterhead, "_fault", lambda file: "")
    board, given = held.board, {"shows": "A logo", "sender": "", "by": user("Cass Chair"), "at": AT}
    pictures = [factories.a_picture() for _ in range(FEW)]
    kept = race(lambda number: reports.upload(board=board, file=pictures[number], **given), FEW)
    assert {row.pk for row in kept} == set(board.letterheads.values_list("pk", flat=True))
    assert board.letterheads.count() == 1


def test_a_board_that_is_carried_over_twice_at_once_is_carried_over_once(held):
    board, by = held.board, {"by": user("Olga Office"), "at": AT}
    refresh.succeed(plan=board.plan, title="The next plan", slug="next", **by)
    made = race(lambda _: succession.carry_over(board=board, name="The second Board", slug="second", **by), FEW)
    assert made == [Board.objects.get(slug="second")] * FEW
