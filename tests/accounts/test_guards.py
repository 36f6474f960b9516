"""The audit trail refuses a superuser's queryset and raw SQL; with the guards dropped the same writes succeed."""

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.audit import events
from accounts.models import Event
from improvement.records import triggers
from tests.factories import AT, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return events.record(by=user(), at=AT, what="thing.done", on=user())


def by_queryset_update():
    Event.objects.update(what="nothing")


def by_queryset_delete():
    Event.objects.all().delete()


def by_raw_update():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_event SET what = 'nothing'")


def by_raw_delete():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_event")


WAYS = [by_queryset_update, by_queryset_delete, by_raw_update, by_raw_delete]


@pytest.mark.parametrize("way", WAYS)
def test_an_event_is_refused_every_change(event, way):
    with pytest.raises(IntegrityError, match="never changed or removed"), transaction.atomic():
        way()
    assert Event.objects.get().what == "thing.done"


@pytest.mark.parametrize("way", WAYS)
def test_without_the_guards_the_same_write_succeeds(event, way):
    triggers.drop()
    way()
    assert not Event.objects.filter(what="thing.done").exists()


def test_lifting_lets_the_block_write_and_no_other(event):
    with transaction.atomic(), triggers.lifted({"accounts_event"}):
        by_queryset_update()
    assert Event.objects.get().what == "nothing"
    assert triggers.missing() == []
    with pytest.raises(IntegrityError), transaction.atomic():
        by_queryset_delete()
