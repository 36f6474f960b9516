"""Every page that takes a text asks about what looks as if it identified a child, and saves it once that is ticked."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from plans import reporting
from plans.models import Correction, Evidence, MonthlyUpdate, ReviewComment
from tests import factories
from tests.plans.officer.pages import CHECK, FORM, address, drafted, signed_in, text

SECRET = "A visit to LS7 4BQ."
ASKED = "“LS7 4BQ” looks like a postcode."


def twice(client, path, posted, form="form", prefix=""):
    """Post what is asked about, see that the page draws the tick, and post it again with it."""
    response = client.post(path, posted)
    assert response.status_code == 200
    assert ASKED in text(response)
    assert "I have checked that this does not identify a child</label>" in text(response)
    found = response.context[form] if form else response.context["items"][0]["form"]
    tick = found["no_child"].subwidgets[0].data["attrs"]["value"]
    if "version" in found.fields:
        posted = posted | {f"{prefix}version": found["version"].value()}
    return client.post(path, posted | {f"{prefix}no_child": tick})


def test_update_edit_asks_and_saves(ada, update):
    response = twice(ada, address(), FORM | {"version": 0, "progress": SECRET, "next": "return"})
    assert response.url == "/my/updates/"
    update.refresh_from_db()
    assert update.progress == SECRET
    # What stands is not asked about again.
    posted = FORM | {"version": update.version, "progress": SECRET, "next": "return"}
    assert ada.post(address(), posted).status_code == 302


def test_update_edit_saves_nothing_by_itself_before_it_is_ticked(ada, update):
    response = ada.post(address(), {"version": 0, "progress": SECRET}, headers={"accept": "application/json"})
    assert response.json()["is_partly"]
    assert ASKED in response.json()["message"]
    update.refresh_from_db()
    assert update.progress == ""


def test_update_same_asks(ada, reported, update):
    assert twice(ada, address("plans:update_same"), {"version": 0, "reason": SECRET}).status_code == 302


def test_update_check_asks(ada, reported, update):
    row = drafted(update, progress="Nothing was done.")
    posted = {"version": row.version, "same-text": SECRET}
    assert twice(ada, address(CHECK), posted).status_code == 302
    row.refresh_from_db()
    assert row.contradictions[0]["reason"] == SECRET


def test_updates_check_asks_of_each(ada, reported, update):
    row = drafted(update, progress="Nothing was done.")
    prefix = f"u{row.pk}-"
    posted = {f"{prefix}version": row.version, f"{prefix}is_chosen": "on", f"{prefix}same-text": SECRET}
    assert twice(ada, "/my/updates/check/", posted, form=None, prefix=prefix).url == "/my/updates/"


def test_update_review_asks(client, update):
    row = factories.submitted(update)
    signed_in(client, "Liam Lead")
    posted = {"version": row.version, "decision": "return", "comment": SECRET}
    assert twice(client, address("plans:update_review"), posted).status_code == 302
    assert ReviewComment.objects.get().text == SECRET


@pytest.mark.parametrize("more", [{"title": SECRET}, {"name": "LS7_4BQ.csv"}])
def test_update_evidence_asks_about_title_and_file_name(ada, update, more):
    def posted():
        file = SimpleUploadedFile(more.get("name", "rates.csv"), b"1,2")
        return {"title": more.get("title", "Rates"), "kind": "quantitative", "file": file}

    response = ada.post(address("plans:update_evidence"), posted())
    assert ASKED in text(response)
    tick = response.context["form"]["no_child"].subwidgets[0].data["attrs"]["value"]
    assert ada.post(address("plans:update_evidence"), posted() | {"no_child": tick}).status_code == 302
    assert Evidence.objects.count() == 1


def test_update_correct_asks_about_what_is_new(client, reported):
    signed_in(client, "Olga Office")
    path = address("plans:update_correct", month=11)
    form = client.get(path).context["form"]
    posted = {name: value for name, value in form.initial.items() if name in form.fields and value is not None}
    posted |= {"progress": SECRET, "reason": "A slip.", "green_by_0": "30", "green_by_1": "9", "green_by_2": "2012"}
    posted.pop("green_by")
    assert twice(client, path, posted).status_code == 302
    assert Correction.objects.get().after == SECRET


@pytest.mark.parametrize("page", ["commentary", "areas/A"])
def test_the_texts_of_a_month_ask(client, plan, page):
    factories.area(plan)
    month = factories.month(plan, 12)
    signed_in(client, "Olga Office")
    assert twice(client, f"/plans/thornbury/2011-12/{page}/", {"version": 0, "text": SECRET}).status_code == 302
    month.refresh_from_db()
    assert SECRET in (month.commentary, month.area_updates.get().text)


def test_recommendation_due_date_asks(client, plan):
    signed_in(client, "Olga Office")
    posted = {"due_on_0": "1", "due_on_1": "3", "due_on_2": "2012", "reason": SECRET}
    assert twice(client, "/plans/thornbury/recommendations/R01/due-date/", posted).status_code == 302
    assert not MonthlyUpdate.objects.exists()


WARNING = "Never write anything that could identify a child."


def test_the_form_of_an_update_warns_once_above_the_first_text(ada, update):
    page = text(ada.get(address()))
    assert page.count(WARNING) == 1
    assert page.index('name="direction"') < page.index(WARNING) < page.index('name="progress"')


def test_the_form_of_a_returned_update_warns_once_above_the_reply(ada, update):
    row = factories.submitted(update)
    liam = factories.user("Liam Lead")
    reporting.return_for_changes(update=row, version=row.version, comment="Say who.", by=liam, at=factories.AT)
    page = text(ada.get(address()))
    assert page.count(WARNING) == 1
    assert page.index(WARNING) < page.index('name="reply"')


def test_the_check_warns_once_however_many_reasons_it_asks_for(ada, reported, update):
    drafted(update, progress="Nothing was done.", green_by=date(2011, 1, 1))
    response = ada.get(address(CHECK))
    assert len(response.context["contradictions"]) > 1
    assert text(response).count(WARNING) == 1


def test_the_page_of_evidence_warns_once(ada, update):
    page = text(ada.get(address("plans:update_evidence")))
    main = page[page.index("<main") : page.index("</main>")]
    assert main.count("identify a child") == 1
    assert main.index("identify a child") < main.index('type="file"')


def test_the_limit_of_a_line_is_said_and_counted_towards_its_end(ada, update):
    page = text(ada.get(address()))
    assert 'data-maxlength="150" data-threshold="75"' in page
    assert '<div class="govuk-hint govuk-character-count__message" id="id_remedy_owner-info">' in page
    assert "You can enter up to 150 characters" in page
