"""The audit trail refuses a superuser's queryset and raw SQL; with the guards dropped the same writes succeed."""

import pytest
from django.db import IntegrityError, transaction

from accounts.audit import events
from accounts.models import Event
from improvement.records import triggers
from tests.factories import AT, user
from tests.guarded import WAYS

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return events.record(by=user(), at=AT, what="thing.done", on=user())


@pytest.mark.parametrize("way", WAYS)
def test_an_event_is_refused_every_change(event, way):
    with pytest.raises(IntegrityError, match="never changed or removed"), transaction.atomic():
        way(Event.objects.all(), {"what": "nothing"})
    assert Event.objects.get().what == "thing.done"


@pytest.mark.parametrize("way", WAYS)
def test_without_the_guards_the_same_write_succeeds(event, way):
    triggers.drop()
    way(Event.objects.all(), {"what": "nothing"})
    assert not Event.objects.filter(what="thing.done").exists()


def test_lifting_lets_the_block_write_and_no_other(event):
    with transaction.atomic(), triggers.lifted({"accounts_event"}):
        Event.objects.update(what="nothing")
    assert Event.objects.get().what == "nothing"
    assert triggers.missing() == []
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.all().delete()
