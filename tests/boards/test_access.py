"""Who reads an item, an action, a question or advice: the verb itself, whatever page asks for it."""

import pytest

from accounts.models import Event
from boards import access
from improvement.records.refusals import Conflict, Incomplete, Refused
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def held():
    return factories.held(factories.plan())


@pytest.fixture
def action(held):
    """The second of two actions, of which the first is nobody's concern here."""
    factories.action(held, "Ask the schools.")
    return factories.action(held)


def restrict(thing, version=None, **said):
    return access.restrict(
        thing=thing, version=thing.version if version is None else version, by=user("Olga Office"), at=AT, **said
    )


def events(what):
    return Event.objects.filter(what=what)


def test_what_is_restricted_keeps_its_reason_and_tells_what_it_was(action):
    row = restrict(action, restricted_because=" Names a post. ", excludes_observers=True)
    assert (row.restricted_because, row.excludes_observers, row.version) == ("Names a post.", True, action.version + 1)
    told = events("action.restricted").get().detail
    assert (told["restricted_because_before"], told["restricted_because"]) == ("", "Names a post.")
    assert (told["excludes_observers_before"], told["excludes_observers"]) == (False, True)


def test_the_same_again_changes_and_tells_nothing(action):
    first = restrict(action, restricted_because="Names a post.")
    again = restrict(action, restricted_because="Names a post.")
    assert (again.version, events("action.restricted").count()) == (first.version, 1)


def test_another_reason_over_an_old_page_is_a_conflict(action):
    restrict(action, restricted_because="Names a post.")
    with pytest.raises(Conflict):
        restrict(action, restricted_because="Names a school.")
    action.refresh_from_db()
    assert action.restricted_because == "Names a post."


def test_observers_are_kept_out_for_a_reason(action):
    with pytest.raises(Incomplete):
        restrict(action, excludes_observers=True)


def test_what_is_opened_again_has_no_reason(action):
    restricted = restrict(action, restricted_because="Names a post.")
    assert restrict(restricted, restricted_because="").restricted_because == ""
    assert events("action.restricted").count() == 2


def test_an_action_goes_under_an_item_of_the_meeting_that_raised_it(held, action):
    item = held.items.first()
    row = restrict(action, item=item)
    assert (row.item, events("action.restricted").get().detail["item"]) == (item, item.position)
    assert restrict(row, item=None).item is None


def test_an_item_of_another_meeting_is_refused(held, action):
    other = factories.meeting(held.board.plan).items.first()
    with pytest.raises(Refused, match="on this meeting’s agenda"):
        restrict(action, item=other)
    action.refresh_from_db()
    assert action.item is None


@pytest.mark.parametrize("has_meeting", [True, False])
def test_an_item_belongs_to_a_meeting(held, has_meeting):
    item = held.items.first()
    if has_meeting:
        assert access.require_item_of(held, item) is None
    else:
        with pytest.raises(Refused, match="on this meeting’s agenda"):
            access.require_item_of(None, item)


def test_an_item_of_an_agenda_that_is_not_published_is_refused(held):
    planned = factories.meeting(held.board.plan)
    with pytest.raises(Refused, match="has not been published yet"):
        access.require_item_of(planned, planned.items.first())


def test_no_item_is_asked_nothing():
    assert access.require_item_of(None, None) is None


def test_an_agenda_item_is_told_under_its_meeting(held):
    item = held.items.first()
    restrict(item, restricted_because="Names a post.", public_title=" Staffing ")
    event = events("meeting.item_restricted").get()
    assert (event.on_id, event.detail["item"], event.detail["public_title"]) == (held.pk, item.position, "Staffing")


def test_what_is_under_no_meeting_has_none():
    advice = factories.advice(factories.plan().board)
    assert access.meeting_of(advice) is None
    assert set(access.stands(advice)) >= {"restricted_because", "excludes_observers", "version"}


def test_what_is_raised_asked_or_advised_at_a_meeting_belongs_to_it(held, action):
    things = [action, factories.challenge(held.board.plan, meeting=held), factories.advice(held.board, meeting=held)]
    assert [access.meeting_of(thing) for thing in things] == [held] * 3
