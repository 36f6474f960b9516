"""A draft is saved, filled from the month before or carried on, and the same again changes nothing."""

import pytest

from accounts.models import Event
from plans import reporting
from plans.models import MonthlyUpdate
from plans.reporting import updates
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


def test_what_was_submitted_is_not_submitted_again_by_somebody_else_or_in_other_words(update):
    row = factories.submitted(update)
    for by, answers in (("Dev Deputy", {}), ("Ada Officer", {"progress": "Three teams were trained."})):
        with pytest.raises(reporting.Refused, match="This update has already been submitted"):
            factories.submitted(row, by=user(by), **answers)


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


@pytest.fixture
@factories.once
def plan():
    """A plan of two recommendations whose R02 was left a draft in May, while nothing was written of R01."""
    made = factories.plan(2)
    row = factories.month(made).updates.get(reference="R02")
    save(row, rating="amber", progress="Begun.", impact="Families are seen.")
    factories.published(row.month)
    return made


def of(plan, number, reference="R02"):
    return MonthlyUpdate.objects.get(month__plan=plan, month__month__month=number, reference=reference)


def test_a_left_draft_is_carried_into_the_open_month_of_its_own_recommendation(plan):
    assert updates.carried_into(of(plan, 5)) is None
    factories.month(plan, 6)
    assert updates.carried_into(of(plan, 5)) == of(plan, 6)
    assert updates.draft_before(of(plan, 6)) == of(plan, 5)
    assert updates.carried_into(of(plan, 5, "R01")) is None
    assert updates.draft_before(of(plan, 6, "R01")) is None


def test_a_left_draft_is_not_carried_over_a_month_in_between(plan):
    factories.published(factories.month(plan, 6))
    factories.month(plan, 7)
    assert (updates.carried_into(of(plan, 5)), updates.draft_before(of(plan, 7))) == (None, None)


def test_a_month_with_no_month_before_it_has_no_draft_to_carry_forward(plan):
    assert updates.draft_before(of(plan, 5)) is None
    with pytest.raises(reporting.Refused, match="There is no earlier draft to carry forward"):
        carry(of(plan, 5), 1)


def test_what_is_carried_fills_what_is_empty_and_asks_about_what_differs(plan):
    factories.month(plan, 6)
    row = save(of(plan, 6), progress="In June.", impact="Families are seen.", cause="Illness.")
    assert updates.carrying(row, of(plan, 5)) == ({"rating": "amber"}, {"progress": "Begun."})
