"""The plan that takes over another gets its Board, with the same seats; the old Board keeps its record."""

from datetime import date

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import Event
from boards.meetings import succession
from boards.models import Board, Seat
from improvement.records.refusals import Incomplete, Refused
from plans import refresh
from plans.models import Plan
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db
PAGE = "/boards/thornbury/carry-over/"
SAID = {"name": "The second Board", "slug": "second"}


@pytest.fixture
def board():
    board = factories.plan(2).board
    factories.SeatFactory(board=board, person="Lee Left", user=None, to_on=date(2011, 4, 30))
    board.terms.create(number=1, text="To oversee the plan.", agreed_on=date(2011, 1, 10))
    board.terms.create(number=2, text="A draft.")
    factories.body(board)
    return board


def by():
    return {"by": user("Olga Office"), "at": AT}


def succeeded(board):
    return refresh.succeed(plan=board.plan, title="The second plan", slug="second", **by())


def carried(board, **said):
    return succession.carry_over(board=board, **SAID | said, **by())


def test_the_new_plan_has_a_board_with_the_present_seats_terms_and_bodies(board):
    plan, seats = succeeded(board), board.seats.count()
    new = carried(board)
    assert (new.plan, new.name, new.slug) == (plan, "The second Board", "second")
    kept = [(seat.role, seat.person, seat.user) for seat in board.seats.exclude(person="Lee Left")]
    assert [(seat.role, seat.person, seat.user) for seat in new.seats.all()] == kept
    assert set(new.seats.values_list("from_on", flat=True)) == {AT.date()}
    assert [(terms.number, terms.text) for terms in new.terms.all()] == [(1, "To oversee the plan.")]
    assert [body.name for body in new.bodies.all()] == ["Executive Board"]
    assert (board.seats.count(), board.terms.count(), board.bodies.count()) == (seats, 2, 1)
    for row in (new, new.seats.first(), new.terms.get(), new.bodies.get()):
        written = row.history.get()
        assert (written.history_user, written.history_date) == (user("Olga Office"), AT)
    told = Event.objects.get(what="board.carried_over")
    assert (told.on_id, told.detail) == (new.pk, {"seats": len(kept), "taken_over_from": board.name})


TODAY, TOMORROW = AT.date(), date(2011, 5, 2)


@pytest.mark.parametrize(
    ("from_on", "to_on", "begins"),
    [
        (None, TODAY, TODAY),  # its last day
        (date(2011, 1, 1), None, TODAY),
        (TOMORROW, None, TOMORROW),
        (None, date(2011, 4, 30), None),  # it has ended
    ],
)
def test_a_seat_and_a_body_begin_on_that_day_or_later_and_are_the_same_in_all_else(board, from_on, to_on, begins):
    days = {"from_on": from_on, "to_on": to_on, "source": "The terms, page 2"}
    of_a_seat = {"role": "chair", "position": 7, "person": "Cy", "organisation": "The NHS", "user": None}
    of_a_body = {"name": "Scrutiny", "number": 3, "receives": "A letter", "cadence": "Yearly", "every_months": 12}
    factories.SeatFactory(board=board, **of_a_seat | days)
    factories.body(board, **of_a_body | days)
    succeeded(board)
    new = carried(board)
    for rows, same in ((new.seats.filter(person="Cy"), of_a_seat), (new.bodies.filter(name="Scrutiny"), of_a_body)):
        same |= days | {"from_on": begins}
        assert list(rows.values(*same)) == ([] if begins is None else [same])


def test_of_the_terms_of_reference_the_latest_agreed_are_carried_over_as_the_first(board):
    latest = {"text": "To see it through.", "agreed_on": date(2011, 2, 1), "source": "Minute 4", "note": "No annex."}
    board.terms.create(number=3, **latest)
    succeeded(board)
    assert list(carried(board).terms.values("number", *latest)) == [{"number": 1} | latest]


def test_it_is_carried_over_once(board):
    with pytest.raises(Refused, match="No plan has taken over the plan of this Board"):
        carried(board)
    succeeded(board)
    assert carried(board) == carried(board, name=" The second Board ")
    for other in ({"name": "A third"}, {"slug": "third"}):
        with pytest.raises(Refused, match="“The second plan” already has a Board"):
            carried(board, **other)
    assert Board.objects.count() == 2


def test_it_needs_a_name_and_an_address_of_its_own(board):
    succeeded(board)
    with pytest.raises(Incomplete) as incomplete:
        carried(board, name=" ")
    assert incomplete.value.errors == {"name": "Enter the name of the Board."}
    with pytest.raises(Incomplete) as incomplete:
        carried(board, name=board.name, slug="thornbury")
    assert list(incomplete.value.errors) == ["slug"]


def test_the_new_plan_asks_for_it_until_it_is_there(board, client):
    client.force_login(user("Olga Office"))
    assertContains(client.get(PAGE), "No plan has taken over the plan of this Board.")
    said = {"title": "The second plan", "slug": "second"}
    assertRedirects(client.post("/plans/thornbury/succeed/", said), PAGE)
    assertContains(client.get("/plans/second/"), f'href="{PAGE}"')
    page = client.get(PAGE)
    assert (page.context["form"]["name"].value(), page.context["form"]["slug"].value()) == (board.name, "second")
    assertNotContains(page, "Lee Left")
    assertRedirects(client.post(PAGE, SAID), "/boards/second/")
    assertNotContains(client.get("/plans/second/"), PAGE)
    assertContains(client.get(PAGE), "“The second plan” already has a Board.")


def test_who_sits_there_reads_the_new_plan_too(board, client):
    succeeded(board)
    client.force_login(user("Obi Observer"))
    assert client.get("/plans/second/").status_code == 404
    carried(board)
    client.force_login(user("Obi Observer"))
    assert client.get("/plans/second/").status_code == 200
    assert client.get("/plans/thornbury/").status_code == 200
    assert (Plan.objects.count(), Seat.objects.filter(board__slug="second").exists()) == (2, True)
