"""Writes that arrive at once, each in a thread with a connection of its own."""

from threading import Barrier

import pytest

from accounts.models import Event
from plans import reporting
from plans.models import MonthlyUpdate
from tests import factories
from tests.factories import ANSWERS, AT, user
from tests.races import race

pytestmark = pytest.mark.django_db(transaction=True)
RACERS = 20


@pytest.fixture
def update():
    return factories.month(factories.plan()).updates.get()


def text(number):
    return f"The text of officer {number}."


def test_of_twenty_first_submissions_one_is_accepted(update):
    officers = [user(f"Officer {number}") for number in range(RACERS)]

    def submit(number):
        answers = ANSWERS | {"progress": text(number)}
        return reporting.submit(update=update, version=0, by=officers[number], at=AT, **answers)

    results = race(submit, RACERS)
    accepted = [result for result in results if isinstance(result, MonthlyUpdate)]
    conflicts = [result for result in results if isinstance(result, reporting.Conflict)]
    row = MonthlyUpdate.objects.get()
    assert (len(accepted), len(conflicts), row.version) == (1, RACERS - 1, 1)
    assert row.progress == accepted[0].progress
    assert {conflict.current.progress for conflict in conflicts} == {row.progress}
    assert Event.objects.filter(what="update.submitted").count() == 1


def test_without_the_version_texts_are_lost(update):
    """The control: read, change, save. Everybody is told that it worked, and nineteen texts are gone."""
    read_by_all = Barrier(RACERS)

    def save(number):
        row = MonthlyUpdate.objects.get(pk=update.pk)
        read_by_all.wait(timeout=30)
        MonthlyUpdate.objects.filter(pk=row.pk).update(progress=text(number), version=row.version + 1)
        return text(number)

    told_that_it_worked = race(save, RACERS)
    row = MonthlyUpdate.objects.get()
    assert told_that_it_worked == [text(number) for number in range(RACERS)]
    assert (row.version, row.progress in told_that_it_worked) == (1, True)


def test_of_twenty_publications_one_is_accepted(update):
    office = user("Olga Office")
    results = race(lambda number: reporting.publish_month(month=update.month, by=office, at=AT), RACERS)
    assert sum(isinstance(result, reporting.MonthPublished) for result in results) == RACERS - 1
    assert Event.objects.filter(what="month.published").count() == 1


def test_of_twenty_months_opened_one_is_accepted(update):
    month = factories.published(update.month)
    results = race(lambda number: factories.month(month.plan, 6), RACERS)
    assert sum(isinstance(result, reporting.Refused) for result in results) == RACERS - 1
    assert month.plan.months.filter(published_at=None).count() == 1


def test_a_submission_that_races_with_the_publication_is_in_it_or_refused(update):
    answers = ANSWERS | {"progress": "In time or not."}
    officer, office = user("Ada Officer"), user("Olga Office")

    def write(number):
        if number:
            return reporting.submit(update=update, version=0, by=officer, at=AT, **answers)
        return reporting.publish_month(month=update.month, by=office, at=AT)

    results = race(write, RACERS)
    row = MonthlyUpdate.objects.select_related("month").get()
    is_in_time = row.status == "submitted"
    accepted = [result for result in results[1:] if isinstance(result, MonthlyUpdate)]
    refused = [result for result in results[1:] if isinstance(result, reporting.MonthPublished)]
    assert len(accepted) + len(refused) == RACERS - 1
    assert bool(accepted) == is_in_time
    assert Event.objects.get(what="month.published").detail["received"] == int(is_in_time)
