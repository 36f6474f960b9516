"""The pages of the administration that load a plan: those of the Notice, for who may write all that its file holds."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from improvement.groups import NOTICE, PLAN
from notices.models import Upload
from notices.permissions import can_load
from plans.models import Plan, Recommendation
from tests import factories
from tests.boards.loading.files import BARNMOUTH, ROWS, typed
from tests.factories import user

pytestmark = pytest.mark.django_db
LOAD = "admin:plans_plan_load"


@pytest.fixture(autouse=True)
def notice():
    return factories.notice()


def staff(client, *groups):
    made = user(f"Sam {' '.join(groups) or 'Staff'}", is_staff=True)
    made.groups.set(Group.objects.filter(name__in=groups))
    client.force_login(made)
    return made


def text(response):
    return " ".join(response.content.decode().split())


def test_whoever_keeps_plan_and_people_loads_a_plan(client):
    staff(client, PLAN)
    page = client.get(reverse("admin:plans_plan_changelist"))
    assert f'<a href="{reverse(LOAD)}">Load from a file</a>' in text(page)
    page = client.get(reverse(LOAD))
    assert [sheet.name for sheet, _ in page.context["sheets"]] == list(BARNMOUTH)
    assert not any("Percentages" in rule for rule in page.context["rules"])
    page = client.post(reverse(LOAD), {"file": SimpleUploadedFile("plan.xlsx", typed(BARNMOUTH))}, follow=True)
    assert f"Load {ROWS} rows" in text(page)
    digest = Upload.objects.get().digest
    page = client.post(page.request["PATH_INFO"], {"digest": digest}, follow=True)
    assert f"“plan.xlsx” has been loaded: {ROWS} new, 0 changed." in text(page)
    assert Recommendation.objects.count() == 3
    assert "Go to the plans" in text(page)
    (export,) = (address for root, files in client.get(reverse(LOAD)).context["exports"] for _, address in files[:1])
    assert client.get(export)["Content-Disposition"] == 'attachment; filename="barnmouth-plan.xlsx"'
    template = client.get(reverse("admin:plans_plan_template", args=["csv"]))
    assert template["Content-Disposition"] == 'attachment; filename="plan-template.csv"'
    assert export in text(client.get(reverse("admin:plans_plan_changelist")))


def test_the_group_of_the_notice_finds_no_such_page(client):
    plan = factories.plan()
    assert not can_load(staff(client, NOTICE), "plan")
    for name, args in (("load", ()), ("loading", (1,)), ("template", ("csv",)), ("export", (plan.pk, "csv"))):
        assert client.get(reverse(f"admin:plans_plan_{name}", args=args)).status_code == 404
        assert client.post(reverse(f"admin:plans_plan_{name}", args=args), {}).status_code == 404


def test_a_plan_that_is_wrong_is_not_loaded(client):
    staff(client, PLAN)
    sheets = BARNMOUTH | {"Themes": []}
    page = client.post(reverse(LOAD), {"file": SimpleUploadedFile("plan.xlsx", typed(sheets))}, follow=True)
    assert "Nothing has been loaded because some rows have errors." in text(page)
    client.post(page.request["PATH_INFO"], {"digest": Upload.objects.get().digest})
    assert not Plan.objects.exists()
