"""An update with nothing new, drafted or submitted in one go."""

from datetime import date

import pytest

from accounts.models import Event
from plans import reporting
from plans.models import MonthlyUpdate
from tests import factories
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db
REASON = "The post is still vacant."


@pytest.fixture
@factories.once
def june():
    """R01 and R02 of June, nobody's yet, after a May in which R01 was received."""
    plan = factories.plan(2)
    may = factories.month(plan, 5)
    factories.submitted(may.updates.get(reference="R01"), decision_sought="Release two trainers.")
    factories.published(may)
    return factories.month(plan, 6)


@pytest.fixture
def update(june):
    return june.updates.get(reference="R01")


def submit(update, version=0, reason=REASON, by="Ada Officer", at=AT, **given):
    return reporting.submit_unchanged(update=update, version=version, reason=reason, by=user(by), at=at, **given)


def test_repeat_last_drafts_the_last_published_answers_but_asks_no_decision_again():
    plan = factories.plan()
    may = factories.month(plan, 5)
    factories.submitted(may.updates.get(), decision_sought="Release two trainers.")
    factories.published(may)
    june = factories.month(plan, 6).updates.get()
    given = {"update": june, "version": 0, "by": factories.user("Ada Officer"), "at": factories.AT}
    for _ in range(2):
        row = reporting.repeat_last(reason=" Staff were away. ", **given)
    assert (row.status, row.version, row.progress) == ("draft", 1, "Two teams were trained.")
    assert (row.unchanged_reason, row.remedy, row.decision_sought) == ("Staff were away.", "More trainers.", "")


def test_repeat_last_needs_a_reason_and_something_to_repeat():
    plan = factories.plan()
    may = factories.month(plan, 5)
    given = {"version": 0, "by": factories.user("Ada Officer"), "at": factories.AT}
    with pytest.raises(reporting.Refused, match="no published update to reuse"):
        reporting.repeat_last(update=may.updates.get(), reason="Staff were away.", **given)
    factories.submitted(may.updates.get())
    factories.published(may)
    with pytest.raises(reporting.Incomplete):
        reporting.repeat_last(update=factories.month(plan, 6).updates.get(), reason=" ", **given)


def test_submit_unchanged_hands_in_the_last_answers_with_the_reason_in_one_write(update):
    row = MonthlyUpdate.objects.get(pk=submit(update, reason=f" {REASON} ").pk)
    assert (row.status, row.version, row.progress, row.unchanged_reason) == (
        "submitted",
        1,
        "Two teams were trained.",
        REASON,
    )
    assert (row.remedy, row.decision_sought, row.movement, row.months_at_rating) == ("More trainers.", "", "same", 2)
    assert list(Event.objects.filter(on_id=row.pk).values_list("what", flat=True)) == ["update.submitted"]


def test_submit_unchanged_twice_is_as_once(update):
    submit(update)
    assert submit(update, at=later(seconds=1)).version == 1


@pytest.mark.parametrize("reason", ["", " \n"])
def test_submit_unchanged_needs_a_reason(update, reason):
    with pytest.raises(reporting.Incomplete, match="Say why nothing has changed"):
        submit(update, reason=reason)
    assert MonthlyUpdate.objects.get(pk=update.pk).status == "awaited"


def test_submit_unchanged_needs_something_that_was_received(june):
    with pytest.raises(reporting.Refused, match="no published update to reuse"):
        submit(june.updates.get(reference="R02"))


def test_submit_unchanged_never_replaces_what_somebody_has_begun(update):
    drafted = {"progress": "Dev's text.", "by": user("Dev Deputy"), "at": AT}
    row = reporting.save_draft(update=update, version=0, **drafted)
    for version in (0, row.version):
        with pytest.raises(reporting.Refused, match="Someone has started this update"):
            submit(update, version=version)
    assert MonthlyUpdate.objects.get(pk=update.pk).progress == "Dev's text."


def test_submit_unchanged_leaves_what_somebody_else_submitted(update):
    submit(update, by="Dev Deputy")
    with pytest.raises(reporting.Conflict):
        submit(update)
    assert MonthlyUpdate.objects.get(pk=update.pk).submitted_by == user("Dev Deputy")


def test_submit_unchanged_refuses_a_published_month(june, update):
    factories.published(june)
    with pytest.raises(reporting.MonthPublished):
        submit(update)


def test_submit_unchanged_explains_what_contradicts_today_by_its_one_reason(update):
    """The date to be back to Green has passed by the next year."""
    row = submit(update, reason=f" {REASON}\n", at=AT.replace(year=2013))
    assert [(item["code"], item["reason"]) for item in row.contradictions] == [("green-by-passed", REASON)]


def test_submit_unchanged_confirms_no_reason_that_was_never_given(update):
    with pytest.raises(reporting.Contradicted):
        submit(update, at=AT.replace(year=2013), confirmed={"green-by-passed"})


def test_the_reason_of_last_month_is_taken_where_it_is_confirmed_and_only_there(june, update):
    green_by = date(2011, 4, 1)
    factories.submitted(
        update, progress="Three were.", green_by=green_by, override_reasons={"green-by-passed": "Recruitment."}
    )
    factories.published(june)
    july = factories.month(june.plan, 7).updates.get(reference="R01")
    with pytest.raises(reporting.Contradicted):
        factories.submitted(july, progress="Four were.", green_by=green_by)
    row = submit(july, confirmed={"green-by-passed"})
    assert row.contradictions[0]["reason"] == "Recruitment."
    assert (row.green_by, row.contradictions[0]["confirmed"]) == (green_by, "June 2011")
