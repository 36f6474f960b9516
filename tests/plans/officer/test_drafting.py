"""The form of an update, and what becomes of what was typed."""

import json
from datetime import date

import pytest

from improvement.govuk import EXAMPLE_DATE
from plans import reporting
from tests import factories
from tests.plans.officer.pages import CHECK, FORM, address, drafted, signed_in, text


@pytest.mark.parametrize("number", [1, 3])
def test_update_edit_takes_twelve_queries_however_many_facts_there_are(
    ada, plan, reported, month, number, django_assert_num_queries
):
    first = plan.recommendations.get(reference="R01")
    notice = factories.notice()
    for place in range(2, number + 2):
        target = factories.target(notice, place, kind="measured")
        factories.result(target.indicators.create(reference=f"NI {place}", name="Measure", unit="%", better="higher"))
        first.targets.add(target)
        first.actions.create(title="Train.", timescale="Ongoing")
        factories.challenge(plan, f"How do you know {place}?")
    with django_assert_num_queries(12):
        response = ada.get(address())
    assert len(response.context["facts"].targets) == number


def test_update_edit_takes_nine_queries_without_targets(ada, reported, month, django_assert_num_queries):
    with django_assert_num_queries(9):
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
        ("Select one of the options.", "id_rating_0"),
        ("“Progress this month” includes a character that cannot be saved. Enter it again.", "id_progress"),
        (f"Back to Green by: 31 13 2012 is not a date. Enter one, such as {EXAMPLE_DATE}.", "id_green_by_0"),
    ]
    assert 'value="13"' in text(response)
    assert "Train the other teams." in text(response)
    update.refresh_from_db()
    assert (update.status, update.next_steps) == ("draft", "Train the other teams.")
    assert (update.rating, update.progress, update.green_by) == ("", "", None)
    over = typed | {"version": response.context["form"]["version"].value(), "green_by_1": "3", "progress": "Mended."}
    assert ada.post(address(), over | {"rating": "amber"}).status_code == 302
    update.refresh_from_db()
    assert (update.progress, update.green_by) == ("Mended.", date(2012, 3, 31))


@pytest.mark.parametrize("version", ["", "x", "-1"])
def test_update_edit_refuses_a_page_that_does_not_say_what_it_was_made_from(ada, update, version):
    response = ada.post(address(), FORM | {"version": version})
    assert "This page is out of date." in text(response)
    assert "Two teams were trained." in text(response)


def test_update_edit_shows_the_second_of_two_people_both_texts_and_loses_neither(client, update):
    drafted(update, "Dev Deputy", progress="The deputy wrote this.", rating="red")
    response = signed_in(client).post(address(), FORM | {"version": 0, "progress": "The holder wrote this."})
    assert response.status_code == 409
    assert "Someone else changed this update" in text(response)
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
    assert "The update has been submitted." in text(response)
    assert "The holder wrote this." in text(response)
    assert 'name="progress"' not in text(response)


def test_update_edit_gives_the_text_back_when_the_month_was_published_meanwhile(ada, month, update):
    factories.published(month)
    response = ada.post(address(), FORM | {"version": 0, "progress": "Too late.", "green_by_1": "13"})
    assert response.status_code == 409
    assert "who can add it as received after publication" in text(response)
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
    assert {"message": "Draft saved", "version": 1, "is_partly": False}.items() <= json.loads(response.content).items()
    response = ada.post(address(), {"version": 0, "progress": "Stale."}, headers=json_please)
    assert "“Progress this month”: also changed elsewhere." in json.loads(response.content)["message"]
    update.refresh_from_db()
    assert update.progress == "Typed."
    response = ada.post(address(), {"version": "x", "progress": "Lost?"}, headers=json_please)
    assert (response.status_code, json.loads(response.content)["message"][:26]) == (422, "Not saved. This page is ou")


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ({"green_by_1": ""}, "Back to Green by: enter a date that includes"),
        ({"impact": "x" * 10_001}, "“Impact” must be 10000 characters or fewer. You have entered 10001."),
        ({"proposed_due_on_0": "31", "proposed_due_on_1": "2", "proposed_due_on_2": "2012"}, "31 2 2012 is not a date"),
        ({"impact": "A child, DOB 1/2/2003."}, "I have checked that this does not identify a child"),
    ],
)
def test_autosave_saves_the_valid_answers_and_names_the_invalid_one(ada, update, typed, named):
    drafted(update, green_by=date(2012, 1, 31), impact="As before.")
    posted = FORM | {"version": 1, "impact": "As before."} | typed | {"progress": "Typed."}
    told = json.loads(ada.post(address(), posted, headers={"Accept": "application/json"}).content)
    assert told["message"].startswith("Draft saved, except for this. ")
    assert named in told["message"]
    assert (told["version"], told["is_partly"]) == (2, True)
    update.refresh_from_db()
    assert (update.progress, update.impact) == ("Typed.", "As before.")


# Two people at the same time


def loaded(client):
    """Return what the page's form sends as it was loaded."""
    form = client.get(address()).context["form"]
    values = {name: form[name].value() or "" for name in form.fields if name not in ("green_by", "proposed_due_on")}
    days = {"green_by": form["green_by"].value(), "proposed_due_on": form["proposed_due_on"].value()}
    parts = {name: (day.day, day.month, day.year) if day else ("", "", "") for name, day in days.items()}
    dates = {f"{name}_{number}": part for name, split in parts.items() for number, part in enumerate(split)}
    return values | dates | {"version_marks": form.marks}


def test_update_edit_keeps_what_each_of_two_people_wrote_in_a_field_of_their_own(client, update):
    drafted(update, progress="As before.", impact="As before.")
    mine = loaded(signed_in(client))
    theirs = {"version": 1, "impact": "The deputy wrote this.", "green_by": date(2012, 6, 30)}
    reporting.save_draft(update=update, by=factories.user("Dev Deputy"), at=factories.AT, **theirs)
    response = client.post(address(), mine | {"progress": "The holder wrote this.", "next": "check"}, follow=True)
    assert response.redirect_chain == [(address(CHECK), 302)]
    assert "Someone else changed this while you were working on it" in text(response)
    assert "“Impact”, “Back to Green by” are theirs." in text(response)
    update.refresh_from_db()
    assert (update.progress, update.impact) == ("The holder wrote this.", "The deputy wrote this.")
    assert update.green_by == date(2012, 6, 30)


def test_update_edit_asks_only_about_what_both_changed(client, update):
    drafted(update, progress="As before.", impact="As before.", next_steps="As before.")
    mine = loaded(signed_in(client))
    theirs = {"version": 1, "impact": "The deputy wrote this.", "progress": "The deputy wrote this."}
    reporting.save_draft(update=update, by=factories.user("Dev Deputy"), at=factories.AT, **theirs)
    response = client.post(address(), mine | {"progress": "Mine.", "next_steps": "Mine."})
    assert response.status_code == 409
    pairs = [(theirs.label, theirs.words, mine.words) for theirs, mine in response.context["differences"]]
    assert pairs == [("Progress this month", "The deputy wrote this.", "Mine.")]
    form = response.context["form"]
    assert [bound.name for bound in form.contested_fields] == ["progress"]
    assert (form["impact"].value(), form["next_steps"].value()) == ("The deputy wrote this.", "Mine.")


def test_update_edit_never_takes_forged_marks_for_more_than_what_is_brought_together(client, update):
    drafted(update, "Dev Deputy", progress="The deputy wrote this.")
    for marks in ("", "x", "progress:x :: :", "no_such:1", "é:\x00"):
        posted = FORM | {"version": 0, "progress": "Mine.", "version_marks": marks}
        assert signed_in(client).post(address(), posted).status_code == 409


def test_autosave_goes_on_saving_beside_somebody_else_and_never_writes_over_them(client, update):
    drafted(update, progress="As before.", impact="As before.", next_steps="As before.")
    page = loaded(signed_in(client))
    theirs = {"version": 1, "impact": "The deputy wrote this.", "progress": "The deputy wrote this."}
    reporting.save_draft(update=update, by=factories.user("Dev Deputy"), at=factories.AT, **theirs)
    for next_steps in ("Once.", "Twice."):
        posted = page | {"progress": "Mine.", "next_steps": next_steps}
        told = json.loads(client.post(address(), posted, headers={"Accept": "application/json"}).content)
        assert "“Progress this month”: also changed elsewhere." in told["message"]
        page |= {"version": told["version"], "version_marks": told["marks"]}
        update.refresh_from_db()
        assert update.next_steps == next_steps
        assert (update.progress, update.impact) == ("The deputy wrote this.", "The deputy wrote this.")
    assert client.post(address(), page | {"progress": "Mine."}).status_code == 409


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


@pytest.mark.parametrize("name", ["plans:update_edit", CHECK])
def test_a_form_that_saves_by_itself_says_whose_it_is(ada, update, name):
    assert f'data-person="{factories.user("Ada Officer").pk}"' in text(ada.get(address(name)))
