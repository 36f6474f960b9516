"""An issued report refuses a superuser's queryset and raw SQL; with the guards dropped the same writes succeed."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from improvement.records import triggers
from notices import guards, interim
from notices.models import InterimEntry, InterimReport, ProgressReview
from tests import factories
from tests.factories import AT, user
from tests.guarded import UPDATES, WAYS

pytestmark = pytest.mark.django_db

CHANGES = {
    InterimReport: {"conclusion": "x"},
    InterimEntry: {"narrative": "x"},
    ProgressReview: {"said": "x"},
}


@pytest.fixture
def report():
    """An issued report with a row of every kind."""
    made = factories.issued_report(factories.notice())
    interim.record_review(report=made, said="Well done.", held_on=AT.date(), by=user("Olga Office"), at=AT)
    return made


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("model", CHANGES)
def test_an_issued_row_is_refused(report, model, way):
    before = list(model.objects.values())
    with pytest.raises(IntegrityError, match=r"never change|never changed"), transaction.atomic():
        way(model.objects.all(), CHANGES[model])
    assert list(model.objects.values()) == before


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("model", [InterimEntry, ProgressReview])
def test_without_the_guards_the_same_write_succeeds(report, model, way):
    before = list(model.objects.values())
    triggers.drop()
    way(model.objects.all(), CHANGES[model])
    assert list(model.objects.values()) != before


@pytest.mark.parametrize("way", UPDATES)
def test_without_the_guards_a_conclusion_could_be_changed(report, way):
    triggers.drop()
    way(InterimReport.objects.all(), CHANGES[InterimReport])
    assert InterimReport.objects.get().conclusion == "x"


def test_nothing_is_added_to_an_issued_report(report):
    row = report.entries.get()
    row.pk, row.target = None, factories.target(report.notice, 2)
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        InterimEntry.objects.bulk_create([row])


def test_a_report_is_not_made_issued(report):
    report.pk, report.reported_on = None, date(2011, 5, 31)
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        InterimReport.objects.bulk_create([report])


def test_an_entry_does_not_move_into_an_issued_report(report):
    draft = factories.report(report.notice, date(2011, 5, 31))
    target = factories.target(report.notice, 2)
    draft.entries.update(target=target)
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        draft.entries.update(report=report)


def test_a_review_belongs_to_an_issued_report_only(report):
    row = report.reviews.get()
    row.pk, row.report = None, factories.report(report.notice, date(2011, 5, 31))
    with pytest.raises(IntegrityError, match="issued report only"), transaction.atomic():
        ProgressReview.objects.bulk_create([row])


def test_a_report_that_is_not_issued_is_written_freely(report):
    tabled = factories.tabled_report(report.notice, date(2011, 5, 31))
    assert InterimReport.objects.filter(pk=tabled.pk).update(conclusion="Better.") == 1
    assert tabled.entries.update(narrative="Begun.") == 1


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has no REPLACE")
@pytest.mark.parametrize("model", CHANGES)
def test_a_row_is_not_replaced(report, model):
    """What REPLACE throws out fires no trigger unless the connection asks for it."""
    row = model.objects.get()
    columns = [field.column for field in model._meta.concrete_fields]
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in model._meta.concrete_fields]
    marks = ", ".join(["%s"] * len(columns))
    sentence = guards.APPEND_ONLY if model is ProgressReview else guards.REFUSAL
    names = ", ".join(f'"{column}"' for column in columns)
    with pytest.raises(IntegrityError, match=sentence), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"REPLACE INTO {model._meta.db_table} ({names}) VALUES ({marks})", values)


def truncate(model):
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {model._meta.db_table} CASCADE")


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE")
@pytest.mark.parametrize("model", CHANGES)
def test_truncate_is_refused(report, model):
    with pytest.raises(IntegrityError, match=r"never change"), transaction.atomic():
        truncate(model)


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE")
def test_without_the_guards_truncate_succeeds(report):
    triggers.drop()
    truncate(InterimEntry)
    assert not InterimEntry.objects.exists()
