"""Who came without a seat, and who declared an interest: recorded once, and taken back until the minutes are agreed."""

from datetime import date

import pytest

from accounts.models import Event
from boards import meetings
from boards.locking import AGREED
from boards.models import Declaration, Guest
from improvement.records.refusals import Incomplete, Refused
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db

APRIL, MAY = date(2011, 4, 11), date(2011, 5, 9)


def office():
    return {"by": user("Olga Office"), "at": AT}


@pytest.mark.parametrize(
    ("record", "what", "facts"),
    [
        (factories.guest, "meeting.guest_recorded", {"name": "Gita Guest", "organisation": "Head of Audit"}),
        (
            factories.declaration,
            "meeting.interest_declared",
            {"name": "Mo Member", "interest": "Trustee of a provider.", "done": "Left the room."},
        ),
    ],
    ids=["guest", "declaration"],
)
def test_a_guest_and_a_declaration_are_recorded_once(held, record, what, facts):
    row = record(held, **{field: f" {words} " for field, words in facts.items()})
    assert record(held, **facts) == row
    assert {field: getattr(row, field) for field in facts} == facts
    assert (row.recorded_by, row.recorded_at) == (user("Olga Office"), AT)
    assert Event.objects.get(what=what).on_id == row.pk


@pytest.mark.parametrize("record", [factories.guest, factories.declaration])
def test_the_same_of_another_meeting_or_of_one_item_is_recorded_beside_the_first(plan, held, record):
    rows = [record(held), record(held, item=held.items.get()), record(factories.held(plan, date(2011, 4, 25)))]
    assert len({row.pk for row in rows}) == 3


def test_a_guest_and_a_declaration_are_taken_back_once(held):
    guest, declaration = factories.guest(held), factories.declaration(held)
    for _ in range(2):
        meetings.remove_guest(guest=guest, **office())
        meetings.remove_declaration(declaration=declaration, **office())
    assert (held.guests.count(), held.declarations.count()) == (0, 0)
    told = Event.objects.filter(what__endswith="_removed").order_by("pk").values_list("what", "on_id", "detail")
    assert list(told) == [
        ("meeting.guest_removed", held.pk, {"guest": "Gita Guest"}),
        ("meeting.declaration_removed", held.pk, {"name": "Mo Member", "interest": "Trustee of a provider."}),
    ]


def test_a_guest_needs_a_name_and_a_declaration_who_and_what(held):
    with pytest.raises(Incomplete) as refusal:
        factories.guest(held, name=" ")
    assert refusal.value.errors == {"name": "Enter the guest’s name."}
    with pytest.raises(Incomplete) as refusal:
        factories.declaration(held, interest=" ", name="")
    assert refusal.value.errors == {
        "name": "Enter who declared the interest.",
        "interest": "Enter the interest that was declared.",
    }


def test_neither_is_recorded_before_the_day_nor_under_the_item_of_another_meeting(plan, held):
    to_come = factories.announced(factories.meeting(plan, MAY))
    for record in (factories.guest, factories.declaration):
        with pytest.raises(Refused, match="The meeting is on 9 May 2011"):
            record(to_come)
        with pytest.raises(Refused, match="Choose an item on this meeting’s agenda"):
            record(held, item=to_come.items.first())


def test_neither_is_recorded_or_removed_once_the_minutes_are_agreed(plan, held):
    guest, declaration = factories.guest(held), factories.declaration(held)
    factories.minuted(held)
    factories.agreed(held, factories.held(plan, date(2011, 4, 25)))
    for write in (
        lambda: factories.guest(held, "Another"),
        lambda: factories.declaration(held, "Another."),
        lambda: meetings.remove_guest(guest=guest, **office()),
        lambda: meetings.remove_declaration(declaration=declaration, **office()),
        lambda: factories.with_chair(held),
    ):
        with pytest.raises(Refused, match=AGREED):
            write()
    assert (Guest.objects.count(), Declaration.objects.count()) == (1, 1)
