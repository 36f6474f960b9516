"""The programme office's page of a removal: it shows exactly what goes, and says so wherever it stood."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import Removal
from plans import reporting
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db
PAGE = "/plans/thornbury/2011-05/R01/remove/"
UPDATE = "/plans/thornbury/2011-05/R01/"
MONTH = "/plans/thornbury/2011-05/remove/"
SECRET = "Josie Miller was seen twice."
GONE = "[removed: names a child]"
REASON = {"reason": "names a child", "is_checked": "on"}


@pytest.fixture
@factories.once
def month():
    """A published month: R01 says too much, R02 is a draft that was not received and says it too."""
    month = factories.month(factories.plan(2))
    first, second = month.updates.order_by("reference")
    factories.signed_off(first, progress=SECRET)
    reporting.save_draft(update=second, version=0, by=user(), at=AT, progress=SECRET)
    reporting.write_commentary(month=month, version=0, text=SECRET, by=user("Olga Office"), at=AT)
    return factories.published(month)


@pytest.fixture
def office(client, month):
    client.force_login(user("Olga Office"))
    return client


def remove(client, page=f"{PAGE}?field=progress", **more):
    seen = client.get(page).context["form"]["seen"].value()
    return client.post(page, REASON | {"seen": seen} | more)


def test_update_redact_lists_every_text_with_a_way_to_remove_it(office):
    response = office.get(PAGE)
    assert list(response.context["texts"]) == [
        "progress",
        "impact",
        "next_steps",
        "remedy",
        "remedy_owner",
    ]
    assertContains(response, 'href="?field=progress"')


def test_update_redact_shows_exactly_what_goes_before_it_goes(office, month):
    reporting.correct(
        update=month.updates.get(reference="R01"),
        reason="A slip.",
        by=user("Olga Office"),
        at=AT,
        progress="Jo, thrice.",
    )
    response = office.get(f"{PAGE}?field=progress")
    assert [place.text for place in response.context["chosen"].places] == [SECRET, SECRET, "Jo, thrice."]
    assertContains(response, "These 3 texts will be removed")
    assert not Removal.objects.exists()


def test_update_redact_removes_and_says_so_wherever_it_stood(office):
    assertRedirects(remove(office), UPDATE)
    for page in (UPDATE, "/plans/thornbury/recommendations/R01/"):
        assertNotContains(office.get(page), "Josie")
        assertContains(office.get(page), GONE)
        assertContains(office.get(page), "by Olga Office: Progress this month (names a child)")
    export = office.get("/plans/thornbury/recommendations/?_export=csv").content.decode()
    assert GONE in export
    assert "Removed since, because it could identify someone: R01, Progress this month" in export
    assert SECRET not in export


def test_month_detail_shows_the_new_digest_beside_that_of_the_publication(office, month):
    remove(office)
    page = office.get("/plans/thornbury/2011-05/")
    assertContains(page, f"SHA-256 of what was published: {month.digest}")
    assertContains(page, f"New SHA-256: {Removal.objects.get().digest_after}")


def test_update_redact_asks_for_the_reason_and_that_it_was_read(office):
    response = remove(office, reason="", is_checked="")
    assert [text for text, _ in response.context["form"].error_links] == [
        "Enter the reason.",
        "Confirm that you have read the text.",
    ]
    assert not Removal.objects.exists()


def test_update_redact_removes_only_what_was_seen(office, month):
    seen = office.get(f"{PAGE}?field=progress").context["form"]["seen"].value()
    row = month.updates.get(reference="R01")
    reporting.correct(update=row, reason="A slip.", by=user("Olga Office"), at=AT, progress="Another.")
    response = office.post(f"{PAGE}?field=progress", REASON | {"seen": seen})
    assertContains(response, "This has changed since you opened the page.")
    assert not Removal.objects.exists()
    again = response.context["form"]["seen"].value()
    assertRedirects(office.post(f"{PAGE}?field=progress", REASON | {"seen": again}), UPDATE)


def test_update_redact_pressed_twice_counts_once(office):
    seen = office.get(f"{PAGE}?field=progress").context["form"]["seen"].value()
    for _ in range(2):
        assertRedirects(office.post(f"{PAGE}?field=progress", REASON | {"seen": seen}), UPDATE)
    assert Removal.objects.count() == 1


@pytest.mark.parametrize("field", ["rating", "nothing", "comment-999", ""])
def test_update_redact_of_what_is_no_text_removes_nothing(office, field):
    assertNotContains(office.get(f"{PAGE}?field={field}"), "will be removed")
    response = office.post(f"{PAGE}?field={field}", REASON | {"seen": "x"})
    assertContains(response, "There is nothing to remove.")


def test_update_redact_never_shows_a_draft_that_was_not_received(office, month):
    page = "/plans/thornbury/2011-05/R02/remove/?field=progress"
    assertNotContains(office.get(page), "Josie")
    assertContains(office.get(page), "A draft that was not received. Its text is not shown.")
    remove(office, page)
    assert month.updates.get(reference="R02").progress == GONE


def test_update_redact_names_the_other_months_that_say_the_same(office, month):
    june = factories.month(month.plan, 6)
    factories.submitted(june.updates.get(reference="R01"), progress=SECRET, unchanged_reason="Still so.")
    assertContains(office.get(f"{PAGE}?field=progress"), 'href="/plans/thornbury/2011-06/R01/remove/"')


def test_month_redact_removes_the_commentary(office, month):
    assertContains(office.get(MONTH), 'href="?field=commentary"')
    assertRedirects(remove(office, f"{MONTH}?field=commentary"), "/plans/thornbury/2011-05/")
    month.refresh_from_db()
    assert month.commentary == GONE


@pytest.mark.parametrize("name", ["Ada Officer", "Liam Lead", "Cass Chair", "Obi Observer"])
def test_the_pages_of_a_removal_are_for_the_office_alone(client, month, name):
    client.force_login(user(name))
    for page in (PAGE, MONTH):
        assert client.get(page).status_code == 404
        assert client.post(f"{page}?field=progress", REASON | {"seen": "x"}).status_code == 404
    assertNotContains(client.get(UPDATE), reverse("plans:update_redact", args=["thornbury", month.month, "R01"]))
    assert not Removal.objects.exists()
