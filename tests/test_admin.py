"""The Django admin: what is kept there has help, search and filters; what a verb writes is read-only."""

from datetime import date

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.admin import ReadOnly
from accounts.models import Post
from tests import factories
from tests.factories import user

OURS = {"accounts", "notices", "plans", "boards"}
MODELS = [model for model in admin.site._registry if model._meta.app_label in OURS]
READ_ONLY = [model for model in MODELS if isinstance(admin.site._registry[model], ReadOnly)]
KEPT_HERE = [model for model in MODELS if model not in READ_ONLY]


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def administrator(db, client):
    made = user("Abe Administrator", is_staff=True, is_superuser=True)
    client.force_login(made)
    return made


@pytest.fixture
def rows(db):
    """A published month with a row of most kinds in it."""
    plan = factories.plan()
    factories.area(plan)
    month = factories.month(plan)
    row = factories.submitted(month.updates.get(), proposed_due_on=date(2012, 1, 31), proposed_due_reason="More time.")
    factories.reporting.sign_off(update=row, version=row.version, by=user("Liam Lead"), at=factories.AT)
    return factories.published(month)


def test_what_a_verb_writes_is_read_only():
    assert {model.__name__ for model in READ_ONLY} == {
        "AreaUpdate",
        "BoardAction",
        "Circulation",
        "Correction",
        "DueDateChange",
        "Event",
        "Evidence",
        "Meeting",
        "MonthlyUpdate",
        "Paper",
        "Report",
        "ReportingMonth",
        "Result",
        "ReviewComment",
        "Tenure",
    }


@pytest.mark.parametrize("model", KEPT_HERE)
def test_every_field_has_help(model):
    fields = [*model._meta.fields, *model._meta.many_to_many]
    inherited = {"password", "last_login", "date_joined"}
    missing = [
        f.name for f in fields if f.editable and not f.primary_key and not f.help_text and f.name not in inherited
    ]
    assert missing == []


@pytest.mark.parametrize("model", MODELS)
def test_every_list_opens_and_can_be_searched(administrator, rows, client, model):
    response = client.get(address(model, "changelist"), {"q": "a"} if admin.site._registry[model].search_fields else {})
    assert response.status_code == 200


@pytest.mark.parametrize("model", KEPT_HERE)
def test_every_add_form_opens(administrator, rows, client, model):
    assert client.get(address(model, "add")).status_code == 200


@pytest.mark.parametrize("model", READ_ONLY)
def test_what_a_verb_writes_cannot_be_added_changed_or_deleted(administrator, rows, client, model):
    assert client.get(address(model, "add")).status_code == 403
    row = model._default_manager.first()
    if row is None:
        return
    assert client.get(address(model, "change", row.pk)).status_code == 200
    assert client.post(address(model, "change", row.pk), {}).status_code == 403
    assert client.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403


def test_a_draft_is_not_read_in_the_admin(administrator, rows, client):
    row = factories.month(rows.plan, 6).updates.get()
    factories.reporting.save_draft(update=row, version=0, by=user(), at=factories.AT, progress="Half a thought.")
    page = address(type(row), "change", row.pk)
    assert "Half a thought." not in client.get(page).content.decode()
    row.refresh_from_db()
    factories.submitted(row, progress="Half a thought.")
    assert "Half a thought." in client.get(page).content.decode()


def test_a_due_date_and_a_closure_are_not_changed_in_the_admin(administrator, rows, client):
    recommendation = rows.plan.recommendations.get()
    form = client.get(address(type(recommendation), "change", recommendation.pk)).context["adminform"].form
    assert {"due_on", "original_due_on", "closed_on", "closure", "closure_reason"} & form.fields.keys() == set()


def test_a_post_is_handed_over(administrator, rows, client):
    post = Post.objects.get(title="Head of Safeguarding")
    page = reverse("admin:accounts_post_hand_over", args=[post.pk])
    assert b"Hand over: Head of Safeguarding" in client.get(page).content
    newcomer = user("Nia Newcomer")
    response = client.post(page, {"holder": newcomer.pk, "deputy": "", "on": "2011-12-01"}, follow=True)
    assert "was handed over" in response.content.decode()
    post.refresh_from_db()
    assert (post.holder, post.deputy) == (newcomer, None)


def test_a_hand_over_that_cannot_be_says_why_beside_the_day(administrator, rows, client):
    post = Post.objects.get(title="Head of Safeguarding")
    page = reverse("admin:accounts_post_hand_over", args=[post.pk])
    response = client.post(page, {"holder": user("Nia Newcomer").pk, "deputy": "", "on": "2100-01-01"})
    assert response.context["form"].errors["on"] == ["A hand-over cannot be dated in the future. Record it on the day."]


def test_the_admin_holds_nothing_but_what_is_ours(administrator, client):
    page = client.get(address(type(administrator), "change", administrator.pk))
    assert {model._meta.app_label for model in admin.site._registry} == OURS
    assert {"groups", "user_permissions"} & page.context["adminform"].form.fields.keys() == set()


def test_the_admin_is_for_staff(db, client):
    client.force_login(user("Ada Officer"))
    assert client.get(reverse("admin:index")).status_code == 302
