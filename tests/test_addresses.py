"""What stands in the address of a page stays as it is from the first publication on, whoever writes."""

from datetime import date

import pytest
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import get_resolver, reverse

from boards.models import Board
from improvement.records import triggers
from improvement.records.columns import LOCKED
from notices.models import Finding, Inspection, Notice, Target
from plans.models import Plan, Recommendation
from tests import factories
from tests.addresses import sign_in
from tests.factories import user

pytestmark = pytest.mark.django_db

OTHER = {"slug": "elsewhere", "reference": "X99"}
LOCKS = {
    Plan: "slug",
    Board: "slug",
    Notice: "slug",
    Inspection: "slug",
    Recommendation: "reference",
    Target: "reference",
    Finding: "reference",
}
# What each part of an address comes from: what is locked above, what its own guards keep, and what never changes.
PARTS = {
    "plan": Plan,
    "board": Board,
    "notice": Notice,
    "inspection": Inspection,
    "reference": (Recommendation, Target),
    "month": "plans_reportingmonth",
    "letter": "plans_areaupdate",
    "held_on": "boards_meeting",
    "dated_on": "boards_report",
    "kind": "boards_report",
    "reported_on": "notices_interimreport",
    "number": ("boards_challenge", "boards_advice", "boards_boardaction", "boards_agendaitem"),
    "pk": "a number of the database's own",
    "form": "a word of the product's own",
    "uidb36": "of one letter only",
    "key": "of one letter only",
    "token": "of one invitation only",
    "position": "boards_reportsection",
}


@pytest.fixture
def plan():
    plan = factories.plan()
    plan.notice = factories.notice()
    plan.save()
    inspection = factories.inspection()
    inspection.notices.add(plan.notice)
    factories.finding(inspection, 1)
    return plan


@pytest.fixture
def published(plan):
    return factories.published(factories.month(plan))


def changed(model):
    row = model.objects.get()
    setattr(row, LOCKS[model], OTHER[LOCKS[model]])
    return row


@pytest.mark.parametrize("model", LOCKS)
def test_before_the_first_publication_it_can_be_changed(plan, model):
    factories.month(plan)
    row = changed(model)
    row.full_clean()
    row.save()
    assert not row.is_in_circulation


@pytest.mark.parametrize("model", LOCKS)
def test_from_the_first_publication_on_it_is_refused_with_the_reason(published, model):
    with pytest.raises(ValidationError) as caught:
        changed(model).full_clean()
    assert caught.value.message_dict == {LOCKS[model]: [LOCKED]}
    row = model.objects.get()
    row.full_clean()


@pytest.mark.parametrize("model", LOCKS)
def test_the_database_refuses_it_too(published, model):
    with pytest.raises(IntegrityError, match="address of a published page cannot be changed"), transaction.atomic():
        changed(model).save()
    with pytest.raises(IntegrityError, match="address of a published page cannot be changed"), transaction.atomic():
        model.objects.update(**{LOCKS[model]: OTHER[LOCKS[model]]})
    triggers.drop()
    changed(model).save()


@pytest.mark.parametrize(
    ("model", "field"), [(Recommendation, "plan"), (Target, "notice"), (Finding, "inspection"), (Board, "plan")]
)
def test_it_does_not_move_elsewhere_either(published, model, field):
    other = {
        "plan": factories.PlanFactory,
        "notice": factories.NoticeFactory,
        "inspection": factories.InspectionFactory,
    }[field]()
    row = model.objects.get(pk=model.objects.order_by("pk").first().pk)
    setattr(row, field, other)
    with pytest.raises(ValidationError, match="Bookmarks"):
        row.full_clean()
    with pytest.raises(IntegrityError, match="address of a published page cannot be changed"), transaction.atomic():
        row.save()


@pytest.mark.parametrize("model", LOCKS)
def test_the_admin_shows_it_read_only_with_the_reason(published, client, model):
    factories.second_factor(user("Abe Administrator", is_staff=True, is_superuser=True))
    sign_in(client, "administrator")
    row = model.objects.get()
    page = client.get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[row.pk]))
    form = page.context["adminform"].form
    assert LOCKS[model] not in form.fields
    assert LOCKED in page.content.decode()
    add = client.get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add"))
    assert LOCKS[model] in add.context["adminform"].form.fields


@pytest.mark.parametrize("model", LOCKS)
def test_the_admin_lets_it_be_changed_before(plan, client, model):
    factories.second_factor(user("Abe Administrator", is_staff=True, is_superuser=True))
    sign_in(client, "administrator")
    page = client.get(
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[model.objects.get().pk])
    )
    assert LOCKS[model] in page.context["adminform"].form.fields
    assert LOCKED not in page.content.decode()


def test_an_agenda_or_a_report_that_went_out_locks_the_board(plan):
    board = plan.board
    assert not board.is_in_circulation
    factories.issued(factories.outgoing(board, "letter", date(2011, 4, 28), sections=[("", "Dear Minister")]))
    assert board.is_in_circulation
    with pytest.raises(IntegrityError), transaction.atomic():
        Board.objects.update(slug="elsewhere")


def test_a_recommendation_that_joined_since_is_not_locked(published):
    row = factories.recommendation(published.plan, 2)
    row.reference = "R22"
    row.full_clean()
    row.save()


def test_every_part_of_every_address_is_known_to_stay():
    assert _parts(get_resolver()) == set(PARTS)
    guarded = {table for _, table in triggers.installed()}
    for origin in PARTS.values():
        for one in origin if isinstance(origin, tuple) else (origin,):
            assert one in LOCKS or one in guarded or " " in str(one)
    assert {model for model in admin.site._registry if hasattr(model, "in_addresses")} == set(LOCKS)


def _parts(resolver):
    found = set()
    for pattern in resolver.url_patterns:
        if getattr(pattern, "namespace", "") == "admin":
            continue
        found |= set(pattern.pattern.regex.groupindex)
        if hasattr(pattern, "url_patterns"):
            found |= _parts(pattern)
    return found
