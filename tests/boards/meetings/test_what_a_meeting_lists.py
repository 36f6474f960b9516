"""What is listed of a meeting: each paper under its own item, late or not, and the seats of which nothing is known."""

from datetime import date

import pytest

from boards import meetings
from boards.meetings import proceedings
from boards.models import Paper
from boards.permissions import Readership
from tests import factories
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def held():
    return factories.held(factories.plan())


def fresh(meeting):
    return meeting.board.meetings.get(pk=meeting.pk)


def test_a_paper_is_listed_under_its_own_item_or_under_none(held):
    by = {"by": user("Olga Office"), "at": AT}
    items = [held.items.get(), meetings.add_item(meeting=held, title="Audits", **by)]
    for title, item in (("First", items[0]), ("Second", items[1]), ("Third", items[1]), ("Loose", None)):
        factories.tabled(factories.paper(held, title, item=item))
    found = proceedings.build(fresh(held), Readership.BOARD, now=AT)
    titles = {item.item.title: [one.paper.title for one in item.papers] for item in found.items}
    assert titles == {"Item of 11 April": ["First"], "Audits": ["Second", "Third"]}
    assert [one.paper.title for one in found.other_papers] == ["Loose"]


@pytest.mark.parametrize(
    ("readership", "is_over", "withheld", "is_under_embargo"),
    [
        (Readership.BOARD, False, "To follow", False),  # not even its embargo is told
        (Readership.BOARD, True, "", False),
        (Readership.OFFICE, False, "", True),
        (Readership.OFFICE, True, "", False),
    ],
)
def test_a_paper_under_embargo_is_to_follow_up_to_that_moment(held, readership, is_over, withheld, is_under_embargo):
    factories.tabled(factories.paper(held, embargoed_until=later(days=1)))
    at = later(days=1) if is_over else later(days=1, seconds=-1)
    (found,) = proceedings.build(fresh(held), readership, now=at).other_papers
    assert (found.withheld, found.is_under_embargo, found.is_draft) == (withheld, is_under_embargo, False)


def test_a_paper_is_late_unless_it_is_tabled_with_the_agenda():
    meeting = factories.meeting(factories.plan())
    chosen, other = factories.paper(meeting, "Chosen"), factories.paper(meeting, "Other")
    factories.paper(meeting, "Draft")
    meeting = factories.announced(meeting, papers=[chosen])
    factories.tabled(other)
    expected = {"Chosen": False, "Other": True, "Draft": False}
    assert dict(Paper.objects.values_list("title", "is_tabled_late")) == expected
    listed = proceedings.build(meeting, Readership.OFFICE, now=AT).listed
    assert {one.paper.title: one.is_late for one in listed} == expected


def silent(meeting):
    groups = {group.label: [line.name for line in group.lines] for group in proceedings.attendance(fresh(meeting))}
    return groups.get("Not recorded")


def test_a_seat_of_which_nothing_is_known_is_named_as_it_is_until_the_minutes_are_agreed_and_then_as_it_was(held):
    seats, chair = held.board.seats, held.board.seats.get(role="chair")
    assert silent(held) is None
    factories.minuted(held)
    meetings.record_attendance(
        meeting=held, version=fresh(held).version, seats={chair: ("present", "")}, by=user("Olga Office"), at=AT
    )
    assert silent(held) == ["Mo Member", "Obi Observer"]
    factories.SeatFactory(board=held.board, user=None, person="Nel New", from_on=factories.SINCE)
    assert sorted(silent(held)) == ["Mo Member", "Nel New", "Obi Observer"]
    factories.agreed(held, factories.held(held.board.plan, date(2011, 4, 25)))
    factories.SeatFactory(board=held.board, user=None, person="Una Unknown", from_on=factories.SINCE)
    seats.filter(person="Nel New").update(person="Nora Newer")
    assert sorted(silent(held)) == ["Mo Member", "Nel New", "Obi Observer"]
