"""The pages of the Board's advice."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from boards.challenges import advice
from boards.models import Advice
from tests import factories
from tests.boards.reading import main, text
from tests.factories import AT, post, user

pytestmark = pytest.mark.django_db

LIST = "/boards/thornbury/advice/"
ONE = f"{LIST}1/"


@pytest.fixture
def board(settings):
    settings.DEMONSTRATION_NOW = AT
    return factories.plan().board


def signed_in(client, name):
    client.force_login(user(name))
    return client


def test_it_is_listed_with_its_response_and_what_became_of_it(client, board):
    reader = signed_in(client, "Obi Observer")
    assert "No advice has been recorded yet." in text(reader.get(LIST))
    row = factories.advice(board, given_on=date(2011, 4, 12), source="[004]")
    assert "Given on 12 April 2011. [004]" in text(reader.get(LIST))
    assert "No response from the council is recorded." in text(reader.get(ONE))
    row = advice.respond(
        advice=row, response="We will.", version=0, by=user("Olga Office"), at=AT, responding_post=post()
    )
    advice.conclude(advice=row, result="It was done.", version=1, by=user("Cass Chair"), at=AT)
    for page in (LIST, ONE):
        for words in ("We will.", "Head of Safeguarding, date not stated", "It was done.", "Concluded"):
            assert words in text(reader.get(page))


def test_pasted_tables_are_tables_in_advice_and_its_response(client, board):
    row = factories.advice(board, "| Post | Vacant |\n| Director | yes |")
    advice.respond(advice=row, response="| Post | From |\n| Director | May |", version=0, by=user("Olga Office"), at=AT)
    page = signed_in(client, "Obi Observer").get(ONE).content.decode()
    assert page.count('<td class="govuk-table__cell">Director</td>') == 2


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_as_many_queries_for_one_as_for_three(client, board, number):
    for place in range(number):
        factories.advice(board, f"Advice {place}.", meeting=None)
    signed_in(client, "Cass Chair")
    with CaptureQueriesContext(connection) as captured:
        assert len(client.get(LIST).context["rows"]) == number
    assert len(captured) == 7


def test_the_chair_records_advice_that_a_meeting_gave(client, board):
    meeting = factories.held(board.plan)
    chair = signed_in(client, "Cass Chair")
    given = {"wording": "Appoint a director.", "meeting": meeting.pk}
    response = chair.post(f"{LIST}add/", given | {"given_on_0": "2", "given_on_1": "5", "given_on_2": "2011"})
    assert response.context["form"].errors == {"given_on": ["Enter today’s date or an earlier date."]}
    assert "Appoint a director." in response.content.decode()
    response = chair.post(f"{LIST}add/", given, follow=True)
    assert response.redirect_chain == [(ONE, 302)]
    assert "Given at the meeting of 11 April 2011" in text(response)


def test_an_empty_advice_is_pointed_out(client, board):
    response = signed_in(client, "Olga Office").post(f"{LIST}add/", {"wording": " "})
    assert response.context["form"].errors == {"wording": ["Enter the advice."]}


def test_the_office_records_the_response_and_the_chair_what_became_of_it(client, board):
    factories.advice(board)
    office = signed_in(client, "Olga Office")
    office.post(f"{ONE}respond/", {"response": "We will.", "responding_post": post().pk, "version": 0})
    assert Advice.objects.get().responding_post == post()
    chair = signed_in(client, "Cass Chair")
    assert chair.post(f"{ONE}respond/", {"response": "Mine.", "version": 1}).status_code == 404
    chair.post(f"{ONE}conclude/", {"result": "It was done.", "version": 1})
    assert Advice.objects.get().result == "It was done."
    assert chair.get(f"{ONE}conclude/").url == ONE


def test_both_texts_are_shown_when_somebody_else_was_first(client, board):
    row = factories.advice(board)
    advice.respond(advice=row, response="Theirs.", version=0, by=user("Olga Office"), at=AT)
    response = signed_in(client, "Olga Office").post(f"{ONE}respond/", {"response": "Mine.", "version": 0})
    assert response.status_code == 409
    assert "Theirs." in text(response)
    assert "Mine." in response.content.decode()
    client.post(f"{ONE}respond/", {"response": "Both.", "version": response.context["form"]["version"].value()})
    assert Advice.objects.get().response == "Both."


def test_what_comes_too_late_is_given_back(client, board):
    advice.conclude(advice=factories.advice(board), result="Done.", version=0, by=user("Cass Chair"), at=AT)
    response = signed_in(client, "Olga Office").post(f"{ONE}respond/", {"response": "Mine.", "version": 1})
    assert "so it can no longer be changed" in text(response)
    assert "Mine." in response.content.decode()
    assert Advice.objects.get().response == ""


def test_each_sees_the_ways_on_that_are_theirs(client, board):
    factories.advice(board)
    offered = {
        "Olga Office": {"add", "respond", "conclude"},
        "Cass Chair": {"add", "conclude"},
        "Mo Member": set(),
        "Ada Officer": set(),
    }
    for name, expected in offered.items():
        pages = main(signed_in(client, name).get(LIST)) + main(client.get(ONE))
        assert (name, {way for way in ("add", "respond", "conclude") if f'/{way}/"' in pages}) == (name, expected)
