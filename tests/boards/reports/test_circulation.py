"""What was sent to whom, what is due next, what is late."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Event
from boards.reports import bodies
from improvement.records.refusals import Incomplete, Refused
from improvement.texts import days
from tests import factories
from tests.factories import user

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return factories.plan().board


@pytest.mark.parametrize(
    ("fields", "sent_on", "due_on", "is_late"),
    [
        ({}, None, None, False),  # nothing to count from
        ({"from_on": date(2011, 1, 1)}, None, date(2011, 4, 1), True),
        ({}, date(2011, 1, 31), date(2011, 4, 30), True),
        ({}, date(2011, 2, 1), date(2011, 5, 1), False),  # due today is not late
        ({}, date(2011, 4, 1), date(2011, 7, 1), False),
        ({"every_months": None}, date(2011, 1, 1), None, False),
        ({"to_on": date(2011, 4, 30)}, date(2011, 1, 1), None, False),  # it has ended
        ({"to_on": date(2011, 5, 1)}, date(2011, 1, 1), date(2011, 4, 1), True),  # its last day
        ({}, date(2011, 5, 1), date(2011, 8, 1), False),  # sent today
        ({"from_on": date(2011, 1, 1)}, date(2011, 3, 1), date(2011, 6, 1), False),  # counted from what was sent
    ],
)
def test_what_is_due_next_follows_from_the_cadence(board, fields, sent_on, due_on, is_late):
    body = factories.body(board, **fields)
    if sent_on:
        factories.sent(body, sent_on)
    (standing,) = bodies.build(board, on=date(2011, 5, 1))
    assert (standing.due_on, standing.is_late) == (due_on, is_late)


@pytest.mark.parametrize(("on", "is_late"), [(date(2011, 7, 31), False), (date(2011, 8, 1), True)])
def test_what_is_due_in_a_month_is_late_once_the_month_is_over(client, board, on, is_late):
    factories.sent(factories.body(board), date(2011, 4, 1), is_month_only=True)
    (standing,) = bodies.build(board, on=on)
    assert (standing.due_on, standing.is_late) == (date(2011, 7, 1), is_late)
    client.force_login(user("Obi Observer"))
    page = client.get(reverse("boards:circulation_list", args=["thornbury"])).content.decode()
    assert 'data-label="Next due">July 2011' in page


def test_the_page_leads_to_the_interim_reports_where_there_is_a_notice(client, board):
    address = reverse("boards:circulation_list", args=["thornbury"])
    client.force_login(user("Obi Observer"))
    assert "/interim/" not in client.get(address).content.decode()
    board.plan.notice = factories.notice()
    board.plan.save()
    assert 'href="/notices/thornbury/interim/"' in client.get(address).content.decode()


def test_what_is_sent_later_is_not_known_yet(board):
    factories.sent(factories.body(board), date(2011, 4, 1))
    assert bodies.build(board, on=date(2011, 3, 31))[0].last is None


def test_it_is_kept_as_it_was_recorded_though_the_body_is_called_something_else_later(board):
    body = factories.body(board)
    row = factories.sent(body, what=" Letter ", note=" By post. ", source="Minute 4")
    body.name = "Cabinet"
    body.save()
    row.refresh_from_db()
    assert (row.body_name, row.what, row.note, row.source) == ("Executive Board", "Letter", "By post.", "Minute 4")
    assert Event.objects.get(what="circulation.recorded").detail == {"body": "Executive Board", "sent_on": "2011-04-01"}


def test_the_same_is_recorded_once(board):
    body = factories.body(board)
    assert factories.sent(body) == factories.sent(body)
    assert Event.objects.filter(what="circulation.recorded").count() == 1


def test_what_is_still_to_come_was_not_sent(board):
    with pytest.raises(Refused, match="in the future"):
        factories.sent(factories.body(board), date(2011, 5, 2))


def test_nothing_is_not_sent(board):
    with pytest.raises(Incomplete):
        factories.sent(factories.body(board), what=" ")


@pytest.mark.parametrize(
    ("sent_on", "given", "sentence"),
    [
        (date(1, 1, 1), {}, days.OUTSIDE),
        (date(2011, 4, 19), {}, "The report is dated 20 April 2011, so it was not sent before."),
        (date(2011, 4, 20), {}, None),  # on the day that it bears
        (date(2011, 5, 1), {}, None),  # today
        (date(2011, 4, 1), {"is_month_only": True}, None),  # some day of that month
        (date(2011, 3, 1), {"is_month_only": True}, "The report is dated 20 April 2011, so it was not sent before."),
    ],
)
def test_a_report_is_sent_on_a_day_that_can_be(board, sent_on, given, sentence):
    letter = factories.issued(factories.outgoing(board, "letter", date(2011, 4, 20), sections=[("", "Dear all.")]))
    body = factories.body(board)
    if sentence is None:
        assert factories.sent(body, sent_on, report=letter, **given).report == letter
        return
    with pytest.raises(Refused) as refusal:
        factories.sent(body, sent_on, report=letter, **given)
    assert (str(refusal.value), refusal.value.field) == (sentence, "sent_on")


def test_a_report_of_another_board_is_not_sent_for_this_one(board):
    other = factories.plan(slug="other").board
    letter = factories.issued(factories.outgoing(other, "letter", sections=[("", "Dear all.")]))
    with pytest.raises(Refused, match="Choose a report of this Board") as refusal:
        factories.sent(factories.body(board), date(2011, 5, 1), report=letter)
    assert refusal.value.field == "report"


def test_another_thing_or_another_day_is_recorded_beside_the_first(board):
    body, other = factories.body(board), factories.body(board, 2, "Scrutiny Board")
    rows = [
        factories.sent(body),
        factories.sent(body, what="Letter"),
        factories.sent(body, date(2011, 4, 2)),
        factories.sent(other),
    ]
    assert len({row.pk for row in rows}) == 4


def test_a_draft_is_sent_to_nobody(board):
    draft = factories.outgoing(board, "letter")
    with pytest.raises(Refused, match="Issue the report before"):
        factories.sent(factories.body(board), report=draft)


@pytest.mark.parametrize("number", [1, 3])
def test_circulation_list_takes_as_many_queries_for_one_body_as_for_three(
    client, board, number, django_assert_num_queries
):
    for place in range(1, number + 1):
        factories.sent(factories.body(board, place, f"Body {place}"))
    client.force_login(user("Obi Observer"))
    with django_assert_num_queries(7):
        client.get(reverse("boards:circulation_list", args=["thornbury"]))


def test_circulation_list_is_exported_with_what_was_sent(client, board):
    factories.sent(factories.body(board), what="=1+1")
    client.force_login(user("Obi Observer"))
    lines = client.get(reverse("boards:circulation_list", args=["thornbury"]), {"_export": "csv"}).content.decode()
    assert lines.splitlines()[-1] == "Executive Board,'=1+1,2011-04-01,,,,"


def test_circulation_says_what_a_body_was_asked_to_decide_and_what_it_decided(client, board):
    row = factories.sent(factories.body(board), asked=" That members note it. ", decided="Noted.")
    assert (row.asked, row.decided) == ("That members note it.", "Noted.")
    client.force_login(user("Obi Observer"))
    page = client.get(reverse("boards:circulation_list", args=["thornbury"])).content.decode()
    assert 'Asked to decide: <span class="app-prose">That members note it.</span>' in page
    assert 'Decided: <span class="app-prose">Noted.</span>' in page


def test_circulation_add_keeps_what_was_typed_beside_the_sentence(client, board):
    body = factories.body(board)
    client.force_login(user("Olga Office"))
    data = {"body": body.pk, "what": "Tomorrow's report", "sent_on_0": "1", "sent_on_1": "1", "sent_on_2": "2099"}
    content = client.post(reverse("boards:circulation_add", args=["thornbury"]), data).content.decode()
    assert ("in the future" in content, "Tomorrow&#x27;s report" in content) == (True, True)


def test_an_empty_form_asks_to_whom_it_was_sent(client, board):
    factories.body(board)
    client.force_login(user("Olga Office"))
    address = reverse("boards:circulation_add", args=[board.slug])
    assert "Choose a body" in client.get(address).content.decode()
    errors = client.post(address, {"body": ""}).context["form"].errors
    assert errors["body"] == ["Choose who it was sent to."]
