"""The pages of the texts of a month: its commentary, and the short updates on the areas of focus."""

from datetime import date

import pytest
from django.urls import reverse

from plans import reporting
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db


def address(name, month=5, **more):
    return reverse(f"plans:{name}", kwargs={"plan": "thornbury", "month": date(2011, month, 1), **more})


COMMENTARY = "commentary_edit"
AREA = {"name": "area_update_edit", "letter": "A"}


def text(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
@factories.once
def month():
    plan = factories.plan()
    factories.area(plan)
    return factories.month(plan)


@pytest.fixture
def office(client):
    client.force_login(user("Olga Office"))
    return client


@pytest.fixture
def ada(client):
    client.force_login(user("Ada Officer"))
    return client


@pytest.mark.parametrize("person", ["Ada Officer", "Liam Lead", "Cass Chair", "Obi Observer", "Stray Stranger"])
def test_commentary_edit_is_the_offices_alone(client, month, person):
    client.force_login(user(person))
    assert client.get(address(COMMENTARY)).status_code == 404
    assert client.post(address(COMMENTARY), {"text": "Mine.", "version": 0}).status_code == 404
    month.refresh_from_db()
    assert month.commentary == ""


@pytest.mark.parametrize("person", ["Liam Lead", "Cass Chair", "Obi Observer", "Stray Stranger"])
def test_area_update_edit_is_a_404_to_others_than_the_leading_post_and_the_office(client, month, person):
    client.force_login(user(person))
    assert client.get(address(**AREA)).status_code == 404
    assert client.post(address(**AREA), {"text": "Mine.", "version": 0}).status_code == 404
    assert month.area_updates.get().text == ""


def test_commentary_edit_saves_and_goes_back_to_the_console(office, month):
    response = office.post(address(COMMENTARY), {"text": "A steady\r\nmonth.", "version": 0}, follow=True)
    assert response.redirect_chain == [(address("month_detail"), 302)]
    assert "The commentary of May 2011 has been saved." in text(response)
    month.refresh_from_db()
    assert (month.commentary, month.version) == ("A steady\nmonth.", 1)


def test_commentary_edit_saves_the_month_in_a_sentence_on_one_line(office, month):
    office.post(address(COMMENTARY), {"headline": " On track,\r\nbut one. ", "text": "Well.", "version": 0})
    month.refresh_from_db()
    assert (month.headline, month.commentary) == ("On track, but one.", "Well.")
    assert "On track, but one." in text(office.get(address("month_detail")))


def test_commentary_edit_says_how_long_the_sentence_may_be_and_refuses_a_longer_one(office, month):
    assert "You can enter up to 250 characters" in text(office.get(address(COMMENTARY)))
    response = office.post(address(COMMENTARY), {"headline": "x" * 251, "text": "", "version": 0})
    assert "must be 250 characters or fewer. You have entered 251." in text(response)
    month.refresh_from_db()
    assert (month.headline, month.version) == ("", 0)


def test_commentary_edit_asks_whether_the_sentence_identifies_a_child(office, month):
    response = office.post(address(COMMENTARY), {"headline": "A visit to LS7 4BQ.", "version": 0})
    assert "I have checked that this does not identify a child" in text(response)
    month.refresh_from_db()
    assert month.headline == ""


def test_commentary_edit_shows_both_sentences_when_somebody_else_was_first(office, month):
    reporting.write_commentary(month=month, version=0, headline="Theirs.", text="Both.", by=user("Olga Office"), at=AT)
    response = office.post(address(COMMENTARY), {"headline": "Mine.", "text": "Both.", "version": 0})
    assert response.status_code == 409
    assert ["Theirs." in text(response), ">Mine.</textarea>" in text(response).replace("> ", ">")] == [True, True]
    month.refresh_from_db()
    assert month.headline == "Theirs."


def test_a_month_without_a_sentence_says_what_the_dashboard_shows_instead(office, month):
    said = "No sentence sums up the month. The dashboard will show the beginning of the commentary instead."
    for version, (headline, commentary) in enumerate([("", "A slow start."), ("Well.", "A slow start."), ("", "")]):
        given = {"headline": headline, "text": commentary, "by": user("Olga Office"), "at": AT}
        reporting.write_commentary(month=month, version=version, **given)
        for name in ("month_detail", "month_publish"):
            page = text(office.get(address(name)))
            assert ("Well." in page, said in page) == (bool(headline), bool(commentary) and not headline)


def test_commentary_edit_shows_the_last_months_beside(office, month):
    reporting.write_commentary(month=month, version=0, text="A slow start.", by=user("Olga Office"), at=AT)
    factories.published(month)
    factories.month(month.plan, 6)
    page = text(office.get(address(COMMENTARY, 6)))
    assert "A slow start." in page


def test_commentary_edit_shows_both_texts_when_somebody_else_was_first(office, month):
    reporting.write_commentary(month=month, version=0, text="Theirs.", by=user("Olga Office"), at=AT)
    response = office.post(address(COMMENTARY), {"text": "Mine.", "version": 0})
    assert response.status_code == 409
    page = text(response)
    assert "Theirs." in page
    assert ">Mine.</textarea>" in page.replace("> ", ">")
    assert 'name="version" value="1"' in page
    month.refresh_from_db()
    assert month.commentary == "Theirs."
    office.post(address(COMMENTARY), {"text": "Both.", "version": 1})
    month.refresh_from_db()
    assert month.commentary == "Both."


@pytest.mark.parametrize("version", ["", "x", "-1"])
def test_commentary_edit_keeps_the_text_when_the_page_is_broken(office, month, version):
    response = office.post(address(COMMENTARY), {"text": "Mine.", "version": version})
    assert response.status_code == 200
    assert "This page is out of date." in text(response)
    assert "Mine." in text(response)


def test_commentary_edit_gives_the_text_back_once_the_month_is_published(office, month):
    reporting.write_commentary(month=month, version=0, text="As published.", by=user("Olga Office"), at=AT)
    factories.published(month)
    response = office.post(address(COMMENTARY), {"text": "Too late.", "version": 1})
    assert response.status_code == 409
    page = text(response)
    for words in ("May 2011 has been published", "Your text has not been saved.", "Too late.", "As published."):
        assert words in page
    month.refresh_from_db()
    assert month.commentary == "As published."


def test_commentary_edit_shows_a_published_text_without_a_form(office, month):
    factories.published(month)
    page = text(office.get(address(COMMENTARY)))
    assert "Nothing was written." in page
    assert "<textarea" not in page


def test_area_update_edit_saves_for_the_leading_post(ada, month):
    assert "The Head of Safeguarding leads this area." in text(ada.get(address(**AREA)))
    response = ada.post(address(**AREA), {"text": "On course.", "version": 0})
    assert (response.status_code, response.url) == (302, reverse("plans:my_updates"))
    row = month.area_updates.get()
    assert (row.text, row.written_by, row.entered_for) == ("On course.", user("Ada Officer"), "")


def test_area_update_edit_says_for_whom_the_office_writes(office, month):
    page = text(office.get(address(**AREA)))
    assert "You are writing for the Head of Safeguarding (Ada Officer). The record will say so." in page
    response = office.post(address(**AREA), {"text": "On course.", "version": 0})
    assert (response.status_code, response.url) == (302, address("month_detail"))
    assert month.area_updates.get().entered_for == "Head of Safeguarding (Ada Officer)"


def test_area_update_edit_shows_the_last_text_beside(ada, month):
    row = month.area_updates.get()
    reporting.write_area_update(area_update=row, version=0, text="A slow start.", by=user("Ada Officer"), at=AT)
    factories.published(month)
    factories.month(month.plan, 6)
    page = text(ada.get(address(**AREA, month=6)))
    assert "May 2011" in page
    assert "A slow start." in page


def test_area_update_edit_shows_both_texts_when_somebody_else_was_first(ada, month):
    row = month.area_updates.get()
    reporting.write_area_update(area_update=row, version=0, text="Theirs.", by=user("Dev Deputy"), at=AT)
    response = ada.post(address(**AREA), {"text": "Mine.", "version": 0})
    assert response.status_code == 409
    assert "Theirs." in text(response)
    assert "Mine." in text(response)


def test_area_update_edit_gives_the_text_back_once_the_month_is_published(ada, month):
    factories.published(month)
    response = ada.post(address(**AREA), {"text": "Too late.", "version": 0})
    assert response.status_code == 409
    assert "Your text has not been saved." in text(response)
    assert "Too late." in text(response)
    assert month.area_updates.get().text == ""


def test_an_area_that_is_not_reported_on_is_a_404(office, month):
    assert office.get(address("area_update_edit", letter="Z")).status_code == 404
