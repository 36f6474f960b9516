"""A published month refuses a superuser's queryset and raw SQL; with the guards dropped the same writes succeed."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from improvement.records import triggers
from plans import guards, reporting
from plans.models import (
    AreaUpdate,
    Correction,
    Evidence,
    MonthlyUpdate,
    ReportingMonth,
    ReviewComment,
)
from plans.reporting import evidence
from tests import factories
from tests.factories import AT, user
from tests.guarded import UPDATES, WAYS

pytestmark = pytest.mark.django_db


@pytest.fixture
def month():
    """A published month with a row of every kind in it."""
    plan = factories.plan(2)
    factories.area(plan)
    month = factories.month(plan)
    first = month.updates.first()
    evidence.add(update=first, kind="qualitative", title="Letter", url="https://a.example/", by=user(), at=AT)
    row = factories.submitted(first)
    row = reporting.return_for_changes(update=row, version=row.version, comment="Why?", by=user("Liam Lead"), at=AT)
    factories.signed_off(row, progress="Four teams were trained.")
    month = factories.published(month)
    reporting.correct(update=first, reason="A slip.", by=user("Olga Office"), at=AT, progress="Three teams.")
    return month


CHANGES = {
    ReportingMonth: {"commentary": "x"},
    MonthlyUpdate: {"rating": "green"},
    AreaUpdate: {"text": "x"},
    ReviewComment: {"text": "x"},
    Evidence: {"title": "x"},
    Correction: {"after": "x"},
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("model", CHANGES)
def test_a_published_row_is_refused(month, model, way):
    before = list(model.objects.values())
    with pytest.raises(IntegrityError, match=r"never change|never changed"), transaction.atomic():
        way(model.objects.all(), CHANGES[model])
    assert list(model.objects.values()) == before


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("model", [AreaUpdate, ReviewComment, Evidence, Correction])
def test_without_the_guards_the_same_write_succeeds(month, model, way):
    before = list(model.objects.values())
    triggers.drop()
    way(model.objects.all(), CHANGES[model])
    assert list(model.objects.values()) != before


@pytest.mark.parametrize("way", UPDATES)
@pytest.mark.parametrize("model", [ReportingMonth, MonthlyUpdate])
def test_without_the_guards_a_rating_could_be_changed(month, model, way):
    triggers.drop()
    way(model.objects.all(), CHANGES[model])
    field, value = next(iter(CHANGES[model].items()))
    assert set(model.objects.values_list(field, flat=True)) == {value}


@pytest.mark.parametrize("model", [MonthlyUpdate, AreaUpdate, ReviewComment, Evidence])
def test_nothing_is_added_to_a_published_month(month, model):
    row = model.objects.first()
    row.pk = None
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        model.objects.bulk_create([row])


def test_a_month_is_not_made_published(month):
    month.pk = None
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        ReportingMonth.objects.bulk_create([month])


def test_a_row_does_not_move_into_a_published_month(month):
    june = factories.month(month.plan, 6)
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        june.area_updates.update(month=month)


def test_a_correction_belongs_to_a_published_month_only(month):
    row = Correction.objects.get()
    row.pk, row.update = None, factories.month(month.plan, 6).updates.first()
    with pytest.raises(IntegrityError, match="published month only"), transaction.atomic():
        Correction.objects.bulk_create([row])


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has no REPLACE")
@pytest.mark.parametrize("model", CHANGES)
def test_a_row_is_not_replaced(month, model):
    """What REPLACE throws out fires no trigger unless the connection asks for it."""
    june = factories.month(month.plan, 6)
    row = model.objects.first()
    if model is ReportingMonth:
        row.published_at = row.published_by = row.digest_format = None
        row.digest, row.plan = "", factories.plan(0, slug="elsewhere")
    elif model in {MonthlyUpdate, AreaUpdate}:
        row.month = factories.month(factories.plan(0, slug="elsewhere"), 6)
    elif model in {ReviewComment, Evidence}:
        row.update = june.updates.first()
    columns = [field.column for field in model._meta.concrete_fields]
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in model._meta.concrete_fields]
    marks = ", ".join(["%s"] * len(columns))
    sentence = guards.APPEND_ONLY if model is Correction else guards.REFUSAL
    with pytest.raises(IntegrityError, match=sentence), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"REPLACE INTO {model._meta.db_table} ({', '.join(columns)}) VALUES ({marks})", values)


def test_an_open_month_is_written_freely(month):
    june = factories.month(month.plan, 6)
    assert june.updates.update(progress="Begun.") == 2


def truncate(model):
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {model._meta.db_table} CASCADE")


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE")
@pytest.mark.parametrize("model", CHANGES)
def test_truncate_is_refused(month, model):
    with pytest.raises(IntegrityError, match=r"never change"), transaction.atomic():
        truncate(model)


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE")
def test_without_the_guards_truncate_succeeds(month):
    triggers.drop()
    truncate(MonthlyUpdate)
    assert not MonthlyUpdate.objects.exists()


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite switches no trigger off")
def test_a_guard_that_is_switched_off_is_missing(db):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE plans_evidence DISABLE TRIGGER guard_plans_evidence_update")
    assert triggers.missing() == ["guard_plans_evidence_update"]


def test_guards_stand_again_after_a_migration_that_rebuilds_a_table(month):
    name = MonthlyUpdate._meta.db_table
    expected = triggers.installed()
    triggers.drop()
    assert triggers.missing() != []
    call_command("migrate", verbosity=0)
    assert triggers.installed() == expected
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {name} SET rating = 'green'")
