"""Each accepted write leaves exactly one event; the same again, as of a double click, leaves none."""

from contextlib import suppress

import pytest
from django.core.exceptions import ObjectDoesNotExist

from accounts.models import Event
from improvement.records.refusals import Refusal
from plans import reporting
from tests.factories import AT, later, user
from tests.office import Office
from tests.writes import ANEW, PARTS, PASSING, SEVERAL, WRITES, verbs

pytestmark = pytest.mark.django_db


def test_every_verb_has_its_row():
    assert set(verbs()) - PARTS - PASSING - SEVERAL - ANEW == set(WRITES)


@pytest.mark.parametrize("name", WRITES)
def test_a_write_leaves_one_event_and_the_same_again_none(name):
    write = WRITES[name](Office())
    before = Event.objects.count()
    write()
    assert Event.objects.count() == before + 1
    told = list(Event.objects.values())
    with suppress(Refusal, ObjectDoesNotExist):
        write()
    assert list(Event.objects.values()) == told


def test_an_event_says_who_when_and_on_what():
    here = Office()
    WRITES["reporting.submit"](here)()
    event = Event.objects.first()
    assert (event.by.name, event.at, event.what) == ("Ada Officer", AT, "update.submitted")
    assert (event.on_type, event.on_id) == ("plans.monthlyupdate", here.update.pk)
    assert event.on_text == "R01 Recommendation 1, May 2011"


def test_what_is_refused_leaves_no_event():
    here = Office()
    row = here.published
    told = list(Event.objects.values())
    with pytest.raises(Refusal):
        reporting.save_draft(update=row, version=row.version, by=user(), at=later(days=9), progress="Late.")
    assert list(Event.objects.values()) == told
