"""What is recorded of the Board's advice, and what is refused."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Event
from boards.challenges import advice
from boards.models import Advice
from improvement.records.refusals import Conflict, Incomplete, Refused
from improvement.texts import days
from tests import factories
from tests.factories import AT, post, user

DAY = AT.date()
OF_THE_PLAN = "Choose a post with a part in the plan or in its Notice."


@pytest.fixture
def board(db):
    return factories.plan().board


def respond(row, response="We will.", **fields):
    given = {"advice": row, "response": response, "version": row.version, "by": user("Olga Office"), "at": AT}
    return advice.respond(**given | fields)


def conclude(row, result="It was done.", **fields):
    given = {"advice": row, "result": result, "version": row.version, "by": user("Cass Chair"), "at": AT}
    return advice.conclude(**given | fields)


def events():
    return list(Event.objects.filter(what__startswith="advice.").order_by("pk").values_list("what", flat=True))


def test_advice_is_numbered_and_recorded_once(board):
    first = factories.advice(board)
    assert factories.advice(board, " Appoint a permanent director. ") == first
    second = factories.advice(board, given_on=DAY, meeting=factories.held(board.plan))
    assert (first.number, second.number) == (1, 2)
    assert events() == ["advice.recorded"] * 2


def test_what_another_body_recommends_is_kept_with_the_boards_advice_and_names_that_body(board):
    body = factories.body(board, name="Scrutiny Board")
    row = factories.advice(board, "Review resources.", body=body)
    assert row.body == body
    assert factories.advice(board, "Review resources.") != row
    with pytest.raises(Refused, match="has no Board meeting"):
        factories.advice(board, "Another.", body=body, meeting=factories.held(board.plan))
    assert respond(row).response == "We will."


def test_advice_needs_words_and_no_day_to_come(board):
    with pytest.raises(Incomplete) as refusal:
        factories.advice(board, " ")
    assert refusal.value.errors == {"wording": "Enter the advice."}
    with pytest.raises(Incomplete) as refusal:
        factories.advice(board, given_on=date(2011, 5, 2))
    assert refusal.value.errors == {"given_on": "Enter today’s date or an earlier date."}
    with pytest.raises(Refused, match="meeting of this Board"):
        factories.advice(board, meeting=factories.held(factories.plan(slug="other")))
    assert not Advice.objects.exists()


@pytest.mark.parametrize(
    ("given", "sentence", "field"),
    [
        ({"body": "other"}, "Choose a body that this Board reports to.", "body"),
        ({"meeting": "to come"}, "Choose a meeting that has been held.", "meeting"),
    ],
)
def test_advice_is_given_by_a_body_of_the_board_or_at_a_meeting_that_was_held(board, given, sentence, field):
    others = {
        "other": lambda: factories.body(factories.plan(slug="other").board),
        "to come": lambda: factories.meeting(board.plan, date(2011, 5, 2)),
    }
    with pytest.raises(Refused) as refusal:
        factories.advice(board, **{name: others[key]() for name, key in given.items()})
    assert (str(refusal.value), refusal.value.field) == (sentence, field)


def test_advice_is_recorded_on_the_day_of_the_meeting_and_about_its_items(board):
    today, before = factories.held(board.plan, DAY), factories.held(board.plan)
    assert factories.advice(board, meeting=today, item=today.items.last()).meeting == today
    for meeting in (today, None):
        with pytest.raises(Refused, match="Choose an item on this meeting’s agenda"):
            factories.advice(board, "Another.", meeting=meeting, item=before.items.last())


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_neither_advice_nor_response_is_of_a_day_that_no_calendar_holds(board, day):
    with pytest.raises(Incomplete) as refusal:
        factories.advice(board, given_on=day)
    assert refusal.value.errors == {"given_on": days.OUTSIDE}
    with pytest.raises(Incomplete) as refusal:
        respond(factories.advice(board), responded_on=day)
    assert refusal.value.errors == {"responded_on": days.OUTSIDE}


def test_advice_of_a_meeting_was_given_on_its_day(board):
    row = factories.advice(board, meeting=factories.held(board.plan, date(2011, 4, 11)))
    with pytest.raises(Incomplete) as refusal:
        respond(row, responded_on=date(2011, 4, 10))
    assert refusal.value.errors == {"responded_on": "The response cannot be dated before the advice."}
    assert respond(row, responded_on=date(2011, 4, 11)).responded_on == date(2011, 4, 11)


def test_a_response_stands_beside_the_advice_and_the_event_keeps_what_stood_before(board):
    row = respond(factories.advice(board), responded_on=DAY, responding_post=post())
    assert (row.response, row.responded_on, row.responding_post) == ("We will.", DAY, post())
    row = respond(row, "We have.")
    assert (row.response, row.responded_on, row.version) == ("We have.", None, 2)
    assert Event.objects.filter(what="advice.responded").latest("pk").detail == {"before": "We will."}


def test_the_same_again_changes_nothing(board):
    row = factories.advice(board)
    for _ in range(2):
        respond(row)
    row.refresh_from_db()
    for _ in range(2):
        conclude(row)
    assert events() == ["advice.recorded", "advice.responded", "advice.concluded"]


def test_a_response_needs_words_and_comes_after_the_advice(board):
    row = factories.advice(board, given_on=DAY)
    for given, errors in (
        ({"response": " "}, {"response": "Enter the response."}),
        (
            {"responded_on": date(2011, 4, 30)},
            {"responded_on": "The response cannot be dated before the advice."},
        ),
        ({"responded_on": date(2011, 5, 2)}, {"responded_on": "Enter today’s date or an earlier date."}),
    ):
        with pytest.raises(Incomplete) as refusal:
            respond(row, **given)
        assert refusal.value.errors == errors


def test_a_response_needs_no_day_of_its_own(board):
    assert respond(factories.advice(board, given_on=DAY)).responded_on is None


def test_what_became_of_it_needs_words_and_no_response(board):
    row = factories.advice(board)
    with pytest.raises(Incomplete) as refusal:
        conclude(row, " ")
    assert refusal.value.errors == {"result": "Enter the conclusion."}
    assert conclude(row).result == "It was done."


def test_who_did_not_see_what_stands_does_not_write_over_it(board):
    row = factories.advice(board)
    respond(row)
    for write in (lambda: respond(row, "We will not."), lambda: conclude(row)):
        with pytest.raises(Conflict) as refusal:
            write()
        assert refusal.value.current.response == "We will."


def test_nothing_changes_once_what_became_of_it_is_recorded(board):
    row = conclude(factories.advice(board))
    for write in (lambda: respond(row), lambda: conclude(row, "It was undone.")):
        with pytest.raises(Refused, match="so it can no longer be changed"):
            write()


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [({"wording": ""}, "advice_says_something"), ({"responded_on": DAY}, "advice_response_says_something")],
)
def test_the_database_refuses_half_of_it(board, fields, constraint):
    row = factories.advice(board)
    row.pk, row.number = None, 2
    for field, value in fields.items():
        setattr(row, field, value)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Advice.objects.bulk_create([row])


def test_a_response_is_given_by_a_post_with_a_part_in_the_plan(board):
    row = factories.advice(board)
    with pytest.raises(Refused) as caught:
        respond(row, responding_post=post("Director of Elsewhere"))
    assert (str(caught.value), caught.value.field) == (OF_THE_PLAN, "responding_post")
    assert respond(row, responding_post=post("Head of Safeguarding")).responding_post == post("Head of Safeguarding")
