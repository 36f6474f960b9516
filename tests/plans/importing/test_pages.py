"""The pages in the administration: choose the spreadsheet, map its columns, see what it would do, confirm."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from notices.models import Upload
from plans.models import Recommendation
from tests.factories import user
from tests.plans.importing import tables

pytestmark = pytest.mark.django_db

CHOOSE = "admin:plans_plan_spreadsheet"


@pytest.fixture
def administrator(client):
    made = user("Abe Administrator", is_staff=True, is_superuser=True)
    client.force_login(made)
    return made


def choose(client, content, name="plan.xlsx"):
    return client.post(reverse(CHOOSE), {"file": SimpleUploadedFile(name, content)}, follow=True)


def typed(page, **other):
    """Return what the form on the page would post, as it is filled in, with some of it typed."""
    form = page.context["form"]
    found = {bound.html_name: bound.value() for bound in form}
    return {name: value for name, value in (found | other).items() if value not in (None, False)}


def answer(client, page, **other):
    said = {"council": "Barnmouth", "organisation": "Barnmouth", "slug": "barnmouth", "opened_on": "2026-01-01"}
    return client.post(page.request["PATH_INFO"], typed(page, **said | other), follow=True)


def load(client, page):
    upload = Upload.objects.get(loaded_at=None)
    return client.post(page.request["PATH_INFO"], {"digest": upload.digest}, follow=True)


def text(response):
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("name", ["xlsx", "csv"])
@pytest.mark.parametrize("table", [tables.FLAT, tables.LEVELS])
def test_the_two_tables_load_as_they_are(administrator, client, table, name):
    page = choose(client, tables.written(table, name), f"plan.{name}")
    page = answer(client, page)
    assert page.context["title"].startswith("Check before loading: plan")
    assert page.context["is_wrong"] is False, page.context["rows"].object_list
    load(client, page)
    found = Recommendation.objects.values_list(
        "reference", "title", "due_on", "timescale", "lead_post__title", "lead_wording"
    )
    assert [tuple(map(str, row)) for row in found] == table.comes_to
