"""From one update to the next without going back to a list."""

from tests import factories
from tests.plans.officer.pages import CHECK, FORM, address, signed_in, text

SUBMIT = FORM | {"next": "submit"}


def test_update_edit_submits_and_goes_to_the_next(ada, month, update):
    response = ada.post(address(), SUBMIT | {"version": 0})
    assert response.url == address(reference="R02")
    assert "R01 has been submitted. The next one is R02." in text(ada.get(response.url))
    update.refresh_from_db()
    assert (update.status, update.impact) == ("submitted", "Families are seen sooner.")


def test_update_edit_submits_the_last_one_and_goes_back_to_the_list(ada, month, update):
    for reference in ("R02", "R03"):
        factories.submitted(month.updates.get(reference=reference))
    page = text(ada.get(address()))
    assert "Submit for sign-off</button>" in page
    assert "more to submit" not in page
    assert ada.post(address(), SUBMIT | {"version": 0}).url == "/my/updates/"


def test_update_edit_asks_on_the_check_for_what_is_missing(ada, update):
    response = ada.post(address(), SUBMIT | {"version": 0, "impact": ""})
    assert response.url == address(CHECK)
    assert "Say what difference this has made to children." in text(ada.get(response.url))
    update.refresh_from_db()
    assert (update.status, update.progress) == ("draft", "Two teams were trained.")


def test_update_edit_asks_on_the_check_for_the_reason_of_a_contradiction_and_only_once(ada, reported, update):
    response = ada.post(address(), SUBMIT | {"version": 0, "progress": "Nothing was done."})
    assert response.url == address(CHECK)
    page = text(ada.get(response.url))
    assert "word for word what was reported last time" in page
    assert "Submit and go to the next</button>" in page
    ada.post(address(CHECK), {"version": 1, "same-text": "Vacant.", "next": "change"})
    update.refresh_from_db()
    again = {"version": update.version, "progress": "Nothing was done."}
    assert ada.post(address(), SUBMIT | again).url == address(reference="R02")


def test_update_edit_gives_back_what_cannot_be_saved_and_submits_nothing(ada, update):
    page = text(ada.post(address(), SUBMIT | {"version": 0, "green_by_1": "13"}))
    assert "Families are seen sooner.</textarea>" in page
    update.refresh_from_db()
    assert update.status == "draft"


def test_update_edit_says_which_of_how_many_it_is_and_which_are_left(ada, month):
    factories.submitted(month.updates.get(reference="R01"))
    page = text(ada.get(address(reference="R02")))
    assert "Update 2 of 3." in page
    assert "1 more to submit for December 2011: R03</p>" in page


def test_update_edit_counts_nothing_for_the_programme_office_which_has_no_updates_of_its_own(client, month):
    page = text(signed_in(client, "Olga Office").get(address()))
    assert "Update 1 of" not in page
    assert "Submit for sign-off</button>" in page
