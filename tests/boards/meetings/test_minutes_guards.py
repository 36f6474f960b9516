"""The database holds how far minutes are, whoever writes: sent as they say it, and agreed in a later meeting."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from boards import guards
from boards.models import AgendaItem, Attendance, BoardAction, Decision, Declaration, Guest, Meeting
from improvement.records import triggers
from tests import factories
from tests.factories import AT, user
from tests.guarded import DELETIONS, UPDATES, WAYS

pytestmark = pytest.mark.django_db
CHANGES = {
    AgendaItem: {"minute": "x"},
    Attendance: {"name": "x"},
    Decision: {"wording": "x"},
    Guest: {"name": "x"},
    Declaration: {"interest": "x"},
}


def sending():
    return {"minutes_sent_at": AT, "minutes_sent_by": user("Olga Office")}


def agreeing(later):
    return {"minutes_agreed_at": AT, "minutes_agreed_by": user("Olga Office"), "minutes_agreed_in": later}


def refused(rows, changes, sentence):
    """Whether the update is refused with the sentence, and succeeds once the guards are gone."""
    with pytest.raises(IntegrityError, match=sentence), transaction.atomic():
        rows.update(**changes)
    triggers.drop()
    with transaction.atomic():
        assert rows.update(**changes) == 1
    triggers.install()


@pytest.fixture
@factories.once
def held():
    """A meeting with something of everything that the minutes say, which are not sent yet."""
    meeting = factories.held(factories.plan(), date(2011, 4, 11))
    factories.minuted(meeting)
    factories.decision(meeting)
    factories.guest(meeting)
    factories.declaration(meeting)
    chair = meeting.board.seats.get(role="chair")
    meeting.attendance.create(seat=chair, name=chair.name, presence="present")
    return meeting


@pytest.fixture
def sent(held):
    return factories.with_chair(held)


def only(meeting):
    return Meeting.objects.filter(pk=meeting.pk)


# While they are with the chair.


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("model", CHANGES)
def test_what_the_chair_reads_stays_as_it_is(sent, model, way):
    before = list(model.objects.values())
    sentence = f"{guards.WITH_CHAIR}|{guards.AGREED}" if way in DELETIONS else guards.WITH_CHAIR
    with pytest.raises(IntegrityError, match=sentence), transaction.atomic():
        way(model.objects.all(), CHANGES[model])
    assert list(model.objects.values()) == before


@pytest.mark.parametrize("way", UPDATES)
@pytest.mark.parametrize("model", CHANGES)
def test_without_the_guards_it_does_not(sent, model, way):
    before = list(model.objects.values())
    triggers.drop()
    way(model.objects.all(), CHANGES[model])
    assert list(model.objects.values()) != before


@pytest.mark.parametrize("way", UPDATES)
@pytest.mark.parametrize("model", CHANGES)
def test_a_draft_is_written_freely(held, model, way):
    way(model.objects.all(), CHANGES[model])
    assert model.objects.filter(**CHANGES[model]).exists()


@pytest.mark.parametrize("model", CHANGES)
def test_nothing_is_added_to_what_the_chair_reads(sent, model):
    row = model.objects.first()
    row.pk, row.position, row.number, row.seat_id = None, 99, 99, sent.board.seats.get(role="member").pk
    with pytest.raises(IntegrityError, match=guards.WITH_CHAIR), transaction.atomic():
        model.objects.bulk_create([row])


def test_no_action_is_raised_in_what_the_chair_reads(held):
    action = factories.action(held)
    factories.with_chair(held)
    action.pk, action.number = None, 99
    with pytest.raises(IntegrityError, match=guards.WITH_CHAIR), transaction.atomic():
        BoardAction.objects.bulk_create([action])
    triggers.drop()
    assert len(BoardAction.objects.bulk_create([action])) == 1


@pytest.mark.parametrize("change", [{"place": "Elsewhere"}, {"starts_at": "09:30"}])
def test_neither_place_nor_time_changes_while_the_chair_reads_them(sent, change):
    refused(only(sent), change, guards.WITH_CHAIR)


def test_the_note_and_who_reads_an_item_change_all_the_same(sent):
    assert only(sent).update(note="x") == 1
    assert sent.items.update(restricted_because="About staff.", version=9) >= 1


def test_once_they_are_a_draft_again_they_change(sent):
    only(sent).update(minutes_sent_at=None, minutes_sent_by=None)
    assert sent.items.update(minute="x") >= 1


# Sent and agreed.


@pytest.mark.parametrize("step", ["sent", "agreed"])
def test_minutes_that_say_nothing_are_neither_sent_nor_agreed(held, step):
    later = factories.held(held.board.plan, date(2011, 4, 25))
    held.items.update(minute="")
    refused(only(held), sending() if step == "sent" else agreeing(later), guards.EMPTY)


def test_a_meeting_does_not_begin_with_its_minutes_sent(held):
    held.pk, held.held_on = None, date(2011, 4, 12)
    for name, value in sending().items():
        setattr(held, name, value)
    with pytest.raises(IntegrityError, match=guards.EMPTY), transaction.atomic():
        Meeting.objects.bulk_create([held])


def _earlier(held):
    return factories.held(held.board.plan, date(2011, 4, 4))


def _not_announced(held):
    return factories.meeting(held.board.plan, date(2011, 4, 25))


def _of_another_board(held):
    return factories.held(factories.plan(slug="second"), date(2011, 4, 25))


@pytest.mark.parametrize("meeting", [_earlier, _not_announced, _of_another_board, lambda held: held])
def test_minutes_are_agreed_in_a_later_meeting_of_the_board_alone(held, meeting):
    refused(only(held), agreeing(meeting(held)), guards.NOT_LATER)


def test_minutes_are_agreed_in_a_later_meeting_of_the_board(held):
    assert only(held).update(**agreeing(factories.held(held.board.plan, date(2011, 4, 25)))) == 1
