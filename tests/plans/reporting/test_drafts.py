"""A draft is saved, filled from the month before or carried on, and the same again changes nothing."""

import pytest

from accounts.models import Event
from plans import reporting
from tests import factories
from tests.factories import ANSWERS, AT, later, user

pytestmark = pytest.mark.django_db


@pytest.fixture
@factories.once
def update():
    return factories.month(factories.plan()).updates.get()


def save(update, version=0, by="Ada Officer", **answers):
    return reporting.save_draft(update=update, version=version, by=user(by), at=AT, **answers)


def test_reasons_that_were_typed_before_stay_until_they_are_emptied(update):
    row = save(update, reasons={"same-text": "It is so.", "improving-worse": "Soon."})
    row = save(row, 1, progress="Half done.")
    assert row.override_reasons == {"same-text": "It is so.", "improving-worse": "Soon."}
    row = save(row, 2, reasons={"improving-worse": ""})
    assert row.override_reasons == {"same-text": "It is so."}


def test_just_what_was_submitted_is_not_saved_as_a_draft_either(update):
    row = factories.submitted(update)
    with pytest.raises(reporting.Refused, match="Take it back before you change it"):
        save(row, row.version, **ANSWERS)


@pytest.fixture
@factories.once
def carried():
    """June's update, into which Ada has carried the draft that she left in May."""
    plan = factories.plan()
    save(factories.month(plan).updates.get(), progress="Begun.")
    factories.published(plan.months.get())
    return carry(factories.month(plan, 6).updates.get(), 0)


def carry(update, version, by="Ada Officer", at=AT):
    return reporting.carry_draft(update=update, version=version, by=user(by), at=at)


def test_a_draft_that_is_carried_twice_by_the_same_person_counts_once(carried):
    again = carry(carried, 0, at=later(seconds=1))
    assert (again.version, again.saved_at, again.progress) == (1, AT, "Begun.")
    assert Event.objects.filter(what="update.draft_carried").count() == 1


def test_whoever_carries_a_draft_after_somebody_else_has_saved_it(carried):
    again = carry(carried, 1, by="Dev Deputy", at=later(seconds=1))
    assert (again.version, again.saved_by, again.saved_at) == (2, user("Dev Deputy"), later(seconds=1))
