"""The programme office's page of a correction."""

from datetime import date

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from improvement.govuk import EXAMPLE_DATE
from plans import reporting
from plans.models import Correction, MonthlyUpdate
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db
PAGE = "/plans/thornbury/2011-05/R01/correct/"
UPDATE = "/plans/thornbury/2011-05/R01/"
LATE = "/plans/thornbury/2011-05/R02/correct/"
AGREED = {"agreed_on_0": "20", "agreed_on_1": "5", "agreed_on_2": "2011", "agreed_how": "by e-mail"}


@pytest.fixture
@factories.once
def month():
    """A published month: R01 signed off as amber, R02 a draft that was not received."""
    month = factories.month(factories.plan(2))
    first, second = month.updates.order_by("reference")
    factories.signed_off(first)
    reporting.save_draft(update=second, version=0, by=user("Ada Officer"), at=AT, rating="red", progress="A draft.")
    return factories.published(month)


@pytest.fixture
def office(client, month):
    client.force_login(user("Olga Office"))
    return client


def as_shown(form):
    """Return what a browser posts of the form when nothing is changed."""
    data = {}
    for bound in form:
        value = bound.value()
        if isinstance(value, date):
            data |= {f"{bound.name}_0": value.day, f"{bound.name}_1": value.month, f"{bound.name}_2": value.year}
        elif value is not None:
            data[bound.name] = value
    return data


def post(client, path=PAGE, **changed):
    shown = as_shown(client.get(path).context["form"])
    return client.post(path, shown | {"reason": "It was copied from the wrong line."} | changed)


def test_update_correct_is_for_the_programme_office_and_a_published_month(client, month):
    for name in ("Ada Officer", "Liam Lead", "Cass Chair", "Obi Observer"):
        client.force_login(user(name))
        assert client.get(PAGE).status_code == 404
        assert client.post(PAGE, {"seen": 0, "progress": "Three."}).status_code == 404
    client.force_login(user("Olga Office"))
    assert client.get(PAGE).status_code == 200
    factories.month(month.plan, 6)
    assert client.get(PAGE.replace("2011-05", "2011-06")).status_code == 404
    assert not Correction.objects.exists()


def test_update_correct_begins_with_what_stands(office):
    page = office.get(PAGE)
    assertContains(page, "Two teams were trained.</textarea>")
    assert as_shown(page.context["form"])["green_by_2"] == 2012
    post(office, progress="Three teams were trained.")
    assertContains(office.get(PAGE), "Three teams were trained.</textarea>")


def test_update_correct_puts_a_correction_beside_the_original(office):
    response = post(office, progress="Three teams were trained.")
    assertRedirects(response, UPDATE)
    assert [(item.field, item.by_name) for item in Correction.objects.all()] == [("progress", "Olga Office")]
    page = office.get(UPDATE)
    assertContains(page, "Two teams were trained.")
    assertContains(page, "Three teams were trained.")
    assertContains(page, "It was copied from the wrong line.")


def test_update_correct_of_a_rating_names_who_agreed(office):
    response = post(office, rating="green", agreed_by=user("Dina Deputy").pk, **AGREED)
    assertRedirects(response, UPDATE)
    assert Correction.objects.get().agreed_name == "Dina Deputy"
    words = "Rating agreed by Dina Deputy on 20 May 2011 (by e-mail), as recorded by Olga Office."
    assertContains(office.get(UPDATE), words)


def test_update_correct_offers_those_who_held_the_accountable_post_but_oneself(office, month):
    form = office.get(PAGE).context["form"]
    assert [person.name for person in form.fields["agreed_by"].queryset] == ["Dina Deputy", "Liam Lead"]
    month.plan.programme_office.add(user("Liam Lead"))
    office.force_login(user("Liam Lead"))
    form = office.get(PAGE).context["form"]
    assert [person.name for person in form.fields["agreed_by"].queryset] == ["Dina Deputy"]


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({}, "__all__", "Change at least one answer."),
        ({"progress": "Three.", "reason": ""}, "reason", "Enter a reason for the correction."),
        (
            {"rating": "green", "agreed_how": "by e-mail"},
            "agreed_by",
            "Say who agreed the rating. To ask the accountable lead, clear when and how.",
        ),
        ({"rating": "complete"}, "rating", "Select one of the options."),
        (
            {"progress": "Three.", "green_by_1": "13"},
            "green_by",
            f"Back to Green by: 30 13 2012 is not a date. Enter one, such as {EXAMPLE_DATE}.",
        ),
        ({"progress": "Three.", "agreed_by": "999"}, "agreed_by", "Select one of the options."),
        (
            {"progress": "Three.", "seen": "x"},
            "seen",
            "This page is out of date. Copy your text, then reload the page.",
        ),
    ],
)
def test_update_correct_says_what_is_wrong_and_keeps_what_was_typed(office, changed, field, sentence):
    page = post(office, next_steps="Train the last team.", **changed) if changed else post(office)
    assert page.context["form"].errors[field] == [sentence]
    assertContains(page, "There is a problem")
    assertContains(page, "It was copied from the wrong line." if changed.get("reason") != "" else "Three.")
    assert not Correction.objects.exists()


def test_update_correct_twice_is_as_once(office):
    data = as_shown(office.get(PAGE).context["form"]) | {"reason": "A slip.", "progress": "Three."}
    for _ in range(2):
        assertRedirects(office.post(PAGE, data), UPDATE)
    assert Correction.objects.count() == 1


def test_update_correct_that_another_overtook_loses_nothing_and_reverts_nothing(office):
    data = as_shown(office.get(PAGE).context["form"]) | {"reason": "A slip.", "impact": "None yet."}
    post(office, progress="Three.")
    page = office.post(PAGE, data)
    assertContains(page, "Someone else changed this while you were working on it.")
    assertContains(page, "None yet.</textarea>")
    assert [item.field for item in Correction.objects.all()] == ["progress"]
    assert page.context["form"]["seen"].value() == 1


def test_update_correct_takes_what_came_too_late_and_shows_nothing_of_the_draft(office):
    page = office.get(LATE)
    assertContains(page, "Enter an update received after publication")
    assertNotContains(page, "A draft.")
    post(office, LATE, rating="green", progress="It was late.", agreed_by=user("Liam Lead").pk, **AGREED)
    page = office.get(LATE.replace("correct/", ""))
    assertContains(page, "Received after publication")
    assertContains(page, "It was late.")
    assertNotContains(page, "A draft.")


def test_update_correct_of_what_came_too_late_speaks_of_no_correction(office):
    page = post(office, LATE, reason="")
    form = page.context["form"]
    assert form["reason"].label == "Why was it received after publication?"
    assert form["agreed_by"].help_text.startswith("Only if you enter a rating. ")
    assert form.errors == {
        "reason": ["Say why it was received after publication."],
        "__all__": ["Enter at least one answer."],
    }
    assertNotContains(page, "orrection")
    page = office.post(LATE, as_shown(form) | {"reason": "Away.", "progress": "It was late."}, follow=True)
    assertContains(page, "The update received after publication has been added to R02 for May 2011.")


def test_update_correct_leaves_the_published_row_as_it_was(office, month):
    before = MonthlyUpdate.objects.filter(month=month).values()
    before = list(before)
    post(office, rating="green", agreed_by=user("Liam Lead").pk, **AGREED)
    assert list(MonthlyUpdate.objects.filter(month=month).values()) == before


AGREE = "/plans/thornbury/2011-05/R01/agree/"
WITHDRAW = "/plans/thornbury/2011-05/R01/correct/withdraw/"


def decide(client, decision, **given):
    page = client.get(AGREE)
    return client.post(AGREE, {"proposal": page.context["form"]["proposal"].value(), "decision": decision} | given)


def test_a_rating_without_agreement_waits_for_the_lead_and_is_shown_to_nobody_else(office):
    assertRedirects(post(office, rating="green", reason="A slip."), UPDATE)
    assertContains(office.get(UPDATE), "Corrected rating waiting for agreement")
    assertContains(office.get(PAGE), "A corrected rating, Green, is waiting for the Director of Children to agree it.")
    for name, is_shown in (("Liam Lead", True), ("Ada Officer", False), ("Cass Chair", False)):
        office.force_login(user(name))
        assert ("A slip." in office.get(UPDATE).content.decode()) is is_shown


def test_the_lead_agrees_on_their_own_page_and_every_page_says_so(office):
    post(office, rating="green")
    office.force_login(user("Liam Lead"))
    assertContains(office.get("/my/sign-offs/"), "Corrections to agree")
    assertContains(office.get("/my/sign-offs/"), AGREE)
    assertRedirects(decide(office, "agree"), UPDATE)
    assertNotContains(office.get("/my/sign-offs/"), "Corrections to agree")
    words = "Rating agreed by Liam Lead on their own page, "
    for page in (UPDATE, "/plans/thornbury/recommendations/R01/", "/boards/thornbury/2011-05/"):
        assertContains(office.get(page), words)
    assertRedirects(office.get(AGREE), UPDATE)


def test_the_lead_declines_with_a_reason_that_the_office_reads(office):
    post(office, rating="green")
    office.force_login(user("Liam Lead"))
    assert decide(office, "decline").context["form"].errors == {"reason": ["Say why you decline this rating."]}
    assert decide(office, "agree", reason="No.").context["form"].errors["reason"] == [
        "You wrote a reason. Decline the rating with this reason, or clear the reason and agree."
    ]
    assertRedirects(decide(office, "decline", reason="It was amber."), UPDATE)
    office.force_login(user("Olga Office"))
    assertContains(office.get(UPDATE), "It was amber.")
    assert not Correction.objects.exists()


def test_the_lead_agrees_only_what_they_read(office):
    post(office, rating="green")
    office.force_login(user("Liam Lead"))
    read = {"proposal": office.get(AGREE).context["form"]["proposal"].value(), "decision": "agree"}
    office.force_login(user("Olga Office"))
    post(office, rating="red", reason="It was misread.")
    office.force_login(user("Liam Lead"))
    page = office.post(AGREE, read)
    assertContains(page, "The programme office has changed this correction. Read it again below.")
    assert not Correction.objects.exists()
    again = {"proposal": page.context["form"]["proposal"].value(), "decision": "agree"}
    assertRedirects(office.post(AGREE, again), UPDATE)
    assert Correction.objects.get().after == "red"


def test_the_office_withdraws_a_rating_that_waits(office):
    post(office, rating="green")
    for _ in range(2):
        assertRedirects(office.post(WITHDRAW), UPDATE)
    assertNotContains(office.get(UPDATE), "waiting for agreement")
    office.force_login(user("Liam Lead"))
    assert office.post(WITHDRAW).status_code == 404


def test_the_published_update_leads_the_office_and_nobody_else_to_its_correction(client, month):
    for name, is_led in (("Olga Office", True), ("Ada Officer", False), ("Cass Chair", False)):
        client.force_login(user(name))
        assert (PAGE in client.get(UPDATE).content.decode()) is is_led


def test_the_address_of_a_correction_is_as_the_design_says():
    assert reverse("plans:update_correct", args=["thornbury", date(2011, 5, 1), "R01"]) == PAGE
