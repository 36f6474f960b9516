"""The form of an update, and what becomes of what was typed."""

import json
from datetime import date

import pytest

from tests import factories
from tests.plans.officer.pages import CHECK, FORM, address, drafted, signed_in, text


def test_update_edit_takes_at_most_eight_queries(ada, reported, month, django_assert_num_queries):
    with django_assert_num_queries(8):
        ada.get(address())


def test_update_edit_shows_the_plans_own_wording_and_last_months_answers_with_its_path_to_edit(ada, plan, reported):
    plan.rating_definitions.create(rating="red", wording="Stopped, and nobody knows why.")
    factories.month(plan, 12)
    response = ada.get(address())
    assert "Stopped, and nobody knows why." in text(response)
    assert "Last published: November 2011" in text(response)
    assert "Nothing was done." in text(response)
    form = response.context["form"]
    assert form["remedy"].value() == "More trainers."
    assert form["progress"].value() == ""
    assert [value for value, _ in form.fields["rating"].choices] == ["red", "amber", "green"]


@pytest.mark.parametrize("name", ["Mo Member", "Obi Observer", "Cass Chair"])
def test_update_edit_of_an_open_month_does_not_exist_for_the_board(client, update, name):
    signed_in(client, name)
    assert client.get(address()).status_code == 404
    assert client.post(address(), FORM | {"version": 0}).status_code == 404
    assert client.get(address(CHECK)).status_code == 404
    assert client.post(address("plans:update_take_back"), {"version": 0}).status_code == 404
    assert client.get(address("plans:update_evidence")).status_code == 404


def test_update_edit_leads_the_accountable_lead_to_the_review(client, update):
    drafted(update)
    response = signed_in(client, "Liam Lead").get(address())
    assert (response.status_code, response.url) == (302, address("plans:update_review"))
    assert client.post(address(), FORM | {"version": 1}).status_code == 404


@pytest.mark.parametrize("path", ["2011-13/R01", "2011-12/R99", "0000-00/R01", "2011-12/R01%00"])
def test_update_edit_of_what_cannot_be_is_a_404(ada, update, path):
    assert ada.get(f"/plans/thornbury/{path}/").status_code == 404


def test_update_edit_saves_an_incomplete_draft_and_returns_to_my_updates(ada, update):
    response = ada.post(address(), {"version": 0, "progress": "One.\r\nTwo.", "next": "return"})
    assert response.url == "/my/updates/"
    update.refresh_from_db()
    assert (update.status, update.progress, update.rating, update.version) == ("draft", "One.\nTwo.", "", 1)


@pytest.mark.parametrize(("button", "name"), [("check", CHECK), ("evidence", "plans:update_evidence")])
def test_update_edit_saves_first_and_then_goes_where_its_button_leads(ada, update, button, name):
    response = ada.post(address(), FORM | {"version": 0, "next": button})
    assert response.url == address(name)
    update.refresh_from_db()
    assert (update.status, update.green_by) == ("draft", date(2012, 3, 31))


def test_update_edit_says_what_is_wrong_and_keeps_what_was_typed(ada, update):
    typed = FORM | {"version": 0, "green_by_1": "13", "rating": "purple", "progress": "A\x00B"}
    response = ada.post(address(), typed)
    assert response.status_code == 200
    assert response.context["form"].error_links == [
        ("Select one of the choices that are offered", "id_rating_0"),
        ("“Progress this month” holds a character that cannot be kept; type it again", "id_progress"),
        ("Back to Green by: 31 13 2012 is not a date. Enter one, such as 31 3 2012", "id_green_by_0"),
    ]
    assert 'value="13"' in text(response)
    assert "Train the other teams." in text(response)
    update.refresh_from_db()
    assert update.status == "awaited"


@pytest.mark.parametrize("version", ["", "x", "-1"])
def test_update_edit_refuses_a_page_that_does_not_say_what_it_was_made_from(ada, update, version):
    response = ada.post(address(), FORM | {"version": version})
    assert "This page is out of date." in text(response)
    assert "Two teams were trained." in text(response)


def test_update_edit_shows_the_second_of_two_people_both_texts_and_loses_neither(client, update):
    drafted(update, "Dev Deputy", progress="The deputy wrote this.", rating="red")
    response = signed_in(client).post(address(), FORM | {"version": 0, "progress": "The holder wrote this."})
    assert response.status_code == 409
    assert "Dev Deputy saved this update" in text(response)
    pairs = [(theirs.label, theirs.words, mine.words) for theirs, mine in response.context["differences"]]
    assert pairs == [
        ("Rating", "Red", "Amber"),
        ("Progress this month", "The deputy wrote this.", "The holder wrote this."),
        ("Back to Green by", "30 September 2012", "31 March 2012"),
    ]
    over = FORM | {"version": response.context["form"]["version"].value(), "progress": "Both wrote this."}
    assert client.post(address(), over).status_code == 302
    update.refresh_from_db()
    assert (update.progress, update.version) == ("Both wrote this.", 2)


def test_update_edit_shows_both_texts_where_the_other_person_has_submitted(client, update):
    factories.submitted(update, by=factories.user("Dev Deputy"))
    response = signed_in(client).post(address(), FORM | {"version": 0, "progress": "The holder wrote this."})
    assert response.status_code == 409
    assert "It has been submitted." in text(response)
    assert "The holder wrote this." in text(response)
    assert 'name="progress"' not in text(response)


def test_update_edit_gives_the_text_back_when_the_month_was_published_meanwhile(ada, month, update):
    factories.published(month)
    response = ada.post(address(), FORM | {"version": 0, "progress": "Too late.", "green_by_1": "13"})
    assert response.status_code == 409
    assert "it can stand beside the month as received after publication" in text(response)
    assert "Progress this month:\nToo late." in response.context["typed"]
    assert "Back to Green by:\n31 13 2012" in response.context["typed"]


def test_update_edit_gives_the_text_back_where_one_has_submitted_in_another_window(ada, update):
    row = factories.submitted(update)
    response = ada.post(address(), FORM | {"version": row.version, "progress": "A later thought."})
    assert response.status_code == 409
    assert "Take it back before you change it." in text(response)
    assert "A later thought." in text(response)


def test_update_edit_answers_the_pages_script_with_the_new_version(ada, update):
    json_please = {"Accept": "application/json"}
    response = ada.post(address(), {"version": 0, "progress": "Typed."}, headers=json_please)
    assert json.loads(response.content) == {"message": "Draft saved", "version": 1}
    response = ada.post(address(), {"version": 0, "progress": "Stale."}, headers=json_please)
    assert response.status_code == 409
    assert json.loads(response.content)["message"].startswith("Not saved. Somebody else changed this")
    response = ada.post(address(), {"version": 1, "green_by_0": "1"}, headers=json_please)
    assert response.status_code == 422
    update.refresh_from_db()
    assert update.progress == "Typed."


# A month that was published while somebody was typing


@pytest.mark.parametrize(
    ("name", "posted"),
    [
        ("plans:update_same", {"reason": "The post was vacant."}),
        (CHECK, {"same-text": "The post was vacant."}),
        ("plans:update_evidence", {"title": "The post was vacant.", "kind": "qualitative", "url": "https://a.example"}),
    ],
)
def test_what_was_typed_comes_back_when_the_month_was_published_meanwhile(ada, reported, month, update, name, posted):
    row = drafted(update, progress="Nothing was done.")
    factories.published(month)
    response = ada.post(address(name), posted | {"version": row.version})
    assert response.status_code == 409
    assert "December 2011 has been published and can no longer be changed." in text(response)
    assert "The post was vacant." in text(response)
