"""An agreed meeting, a report on an action and a tabled paper refuse a superuser's queryset and raw SQL.

With the guards dropped the same writes succeed.
"""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from boards import actions, guards, meetings
from boards.models import (
    AgendaItem,
    Attendance,
    BoardAction,
    BoardActionNote,
    Decision,
    Declaration,
    Guest,
    Meeting,
    Paper,
)
from improvement.records import triggers
from tests import factories
from tests.factories import AT, user
from tests.guarded import DELETIONS, UPDATES, WAYS

pytestmark = pytest.mark.django_db

# What a mischief would change of each, and the sentence that refuses it.
CHANGES = {
    Meeting: ({"note": "x"}, guards.AGREED),
    AgendaItem: ({"minute": "x"}, guards.AGREED),
    Attendance: ({"name": "x"}, guards.AGREED),
    Decision: ({"wording": "x"}, guards.AGREED),
    Guest: ({"name": "x"}, guards.AGREED),
    Declaration: ({"interest": "x"}, guards.AGREED),
    BoardAction: ({"wording": "x"}, guards.ACTION),
    BoardActionNote: ({"text": "x"}, guards.NOTE),
    Paper: ({"title": "x"}, guards.PAPER),
}


@pytest.fixture
@factories.once
def agreed():
    """A meeting whose minutes are agreed, with a row of every kind; the meeting that agreed them has none."""
    plan = factories.plan()
    meeting = factories.held(plan, date(2011, 4, 11))
    factories.minuted(meeting)
    factories.decision(meeting)
    factories.guest(meeting)
    factories.declaration(meeting)
    factories.tabled(factories.paper(meeting))
    chair = plan.board.seats.get(role="chair")
    seats = {chair: ("present", "")}
    meetings.record_attendance(meeting=meeting, version=1, seats=seats, by=user("Olga Office"), at=AT)
    action = factories.action(meeting)
    actions.note_progress(action=action, meeting=meeting, text="Begun.", by=user("Olga Office"), at=AT)
    later = factories.held(plan, date(2011, 4, 25))
    with triggers.lifted({guards.ITEMS, guards.PAPERS}):
        later.papers.all().delete()
        later.items.all().delete()
    return factories.agreed(meeting, later)


def rows(model):
    return model.objects.exclude(minutes_agreed_at=None) if model is Meeting else model.objects.all()


# What nothing else refers to can be deleted once the guards are gone.
LEAVES = [Attendance, Decision, Guest, Declaration, BoardActionNote, Paper]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("model", CHANGES)
def test_what_stands_is_refused(agreed, model, way):
    before = list(model.objects.values())
    with pytest.raises(IntegrityError, match=CHANGES[model][1]), transaction.atomic():
        way(rows(model), CHANGES[model][0])
    assert list(model.objects.values()) == before


@pytest.mark.parametrize(
    ("model", "way"),
    [*((model, way) for model in CHANGES for way in UPDATES), *((model, way) for model in LEAVES for way in DELETIONS)],
)
def test_without_the_guards_the_same_write_succeeds(agreed, model, way):
    before = list(model.objects.values())
    triggers.drop()
    way(rows(model), CHANGES[model][0])
    assert list(model.objects.values()) != before


@pytest.mark.parametrize("model", [model for model in CHANGES if model is not Meeting])
def test_nothing_is_added_to_an_agreed_meeting(agreed, model):
    row = model.objects.get()
    row.pk = None
    sentence = guards.PAPER if model is Paper else guards.AGREED
    with pytest.raises(IntegrityError, match=sentence), transaction.atomic():
        model.objects.bulk_create([row])


def test_a_meeting_is_not_made_agreed(agreed):
    agreed.pk = None
    with pytest.raises(IntegrityError, match=guards.AGREED), transaction.atomic():
        Meeting.objects.bulk_create([agreed])


@pytest.mark.parametrize("model", [AgendaItem, Attendance, Decision, Guest, Declaration])
def test_a_row_does_not_move_into_an_agreed_meeting(agreed, model):
    other = factories.held(agreed.board.plan, date(2011, 4, 28))
    factories.minuted(other)
    factories.decision(other)
    factories.guest(other)
    factories.declaration(other)
    seats = {agreed.board.seats.get(role="chair"): ("absent", "")}
    meetings.record_attendance(meeting=other, version=1, seats=seats, by=user("Olga Office"), at=AT)
    with pytest.raises(IntegrityError, match=guards.AGREED), transaction.atomic():
        model.objects.filter(meeting=other).update(meeting=agreed)


def test_an_open_action_is_reported_on_and_closed_at_a_later_meeting(agreed):
    action, later = BoardAction.objects.get(), agreed.minutes_agreed_in
    given = {"meeting": later, "by": user("Olga Office"), "at": AT}
    actions.note_progress(action=action, text="Half done.", due_on=date(2011, 6, 1), **given)
    action.refresh_from_db()
    actions.close(action=action, version=action.version, outcome="Done.", **given)
    for change in ({"outcome": "x"}, {"closed_at": None, "outcome": ""}, {"due_on": None}):
        with pytest.raises(IntegrityError, match=guards.ACTION), transaction.atomic():
            BoardAction.objects.update(**change)


@pytest.mark.parametrize(
    "change",
    [{"owner": "x"}, {"number": 9}, {"owner_post": True}, {"recommendation": True}, {"original_due_on": None}],
)
def test_an_open_action_is_not_reworded(agreed, change):
    things = {"owner_post": factories.post(), "recommendation": agreed.board.plan.recommendations.get()}
    change = {field: things.get(field, value) for field, value in change.items()}
    with pytest.raises(IntegrityError, match=guards.ACTION), transaction.atomic():
        BoardAction.objects.update(**change)


def test_an_action_is_not_closed_at_an_agreed_meeting(agreed):
    with pytest.raises(IntegrityError, match=guards.ACTION), transaction.atomic():
        BoardAction.objects.update(closed_at=agreed, outcome="Done.")


def test_a_tabled_paper_changes_its_audience_and_is_not_taken_back(agreed):
    assert Paper.objects.update(restricted_because="Names a post.", embargoed_until=AT, version=7) == 1
    with pytest.raises(IntegrityError, match=guards.PAPER), transaction.atomic():
        Paper.objects.update(tabled_at=None, tabled_by=None)


def test_a_draft_is_not_tabled_once_the_minutes_are_agreed(agreed):
    other = factories.paper(agreed.minutes_agreed_in)
    Paper.objects.filter(pk=other.pk).update(meeting=agreed)
    with pytest.raises(IntegrityError, match=guards.PAPER), transaction.atomic():
        Paper.objects.filter(pk=other.pk).update(tabled_at=AT, tabled_by=user("Olga Office"))


def test_a_meeting_that_is_not_agreed_is_written_freely(agreed):
    other = factories.held(agreed.board.plan, date(2011, 4, 28))
    assert other.items.update(minute="It was discussed.") == 3


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE")
@pytest.mark.parametrize("model", CHANGES)
def test_truncate_is_refused(agreed, model):
    connection.check_constraints()
    refused = pytest.raises(IntegrityError, match=r"agreed|changed|reworded|tabled")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {model._meta.db_table} CASCADE")


@pytest.fixture
@factories.once
def announced():
    meeting = factories.meeting(factories.plan(), date(2011, 4, 11))
    item = meetings.add_item(meeting=meeting, title="Second item", by=user("Olga Office"), at=AT)
    factories.paper(meeting, item=item)
    return factories.announced(meeting, papers=meeting.papers.all())


ANNOUNCED = {
    "its day": (Meeting, {"held_on": date(2011, 4, 12)}),
    "that it was published": (Meeting, {"agenda_published_at": None, "agenda_published_by": None}),
    "when it was published": (Meeting, {"agenda_published_at": AT.replace(year=2012)}),
    "an item's number": (AgendaItem, {"position": 7}),
    "a paper's item": (Paper, {"item": None}),
}


@pytest.mark.parametrize("stands", ANNOUNCED)
def test_a_published_agenda_keeps(announced, stands):
    model, change = ANNOUNCED[stands]
    row = model.objects.order_by("pk").last()
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=row.pk).update(**change)
    triggers.drop()
    assert model.objects.filter(pk=row.pk).update(**change) == 1


def test_an_item_of_a_published_agenda_is_not_deleted(announced):
    items = announced.items.filter(papers=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        items.delete()
    triggers.drop()
    assert items.delete()[0] == 1


def test_a_published_agenda_is_not_deleted(announced):
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=announced.pk)._raw_delete("default")
