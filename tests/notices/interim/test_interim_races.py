"""Writes to a report that arrive at once, each in a thread with a connection of its own."""

from datetime import date
from threading import Barrier

import pytest

from accounts.models import Event
from improvement.records.refusals import Conflict, Refused
from notices import interim
from notices.models import InterimEntry, InterimReport
from tests import factories
from tests.factories import AT, user
from tests.races import race

pytestmark = pytest.mark.django_db(transaction=True)
RACERS = 8


def kinds(results):
    return {kind: sum(isinstance(result, kind) for result in results) for kind in {type(one) for one in results}}


@pytest.fixture
def notice():
    return factories.notice()


@pytest.fixture
def people(db):
    return [user(f"Writer {number}") for number in range(RACERS)]


def test_of_eight_reports_started_at_once_one_begins(notice, people):
    def start(number):
        day = date(2011, 4, 1 + number)
        return interim.start(notice=notice, reported_on=day, title="A report", by=people[number], at=AT)

    assert kinds(race(start, RACERS)) == {InterimReport: 1, Refused: RACERS - 1}
    assert InterimReport.objects.count() == 1


def test_of_eight_texts_saved_at_once_one_stands_and_the_others_are_given_back(notice, people):
    report = factories.report(notice)
    target = notice.targets.get()

    def write(number):
        text = f"Text {number}."
        return interim.write_entry(report=report, target=target, version=1, narrative=text, by=people[number], at=AT)

    assert kinds(race(write, RACERS)) == {InterimEntry: 1, Conflict: RACERS - 1}
    assert report.entries.get().version == 2


def test_without_the_version_texts_are_lost(notice, people):
    """The control: read, change, save. Everybody is told that it worked, and seven texts are gone."""
    entry = factories.report(notice).entries.get()
    read_by_all = Barrier(RACERS)

    def save(number):
        row = InterimEntry.objects.get(pk=entry.pk)
        read_by_all.wait(timeout=30)
        text = f"Text {number}."
        InterimEntry.objects.filter(pk=row.pk).update(narrative=text, version=row.version + 1)
        return text

    told = race(save, RACERS)
    assert kinds(told) == {str: RACERS}
    assert InterimEntry.objects.get().version == 2


def test_of_eight_clicks_on_issue_one_issues(notice):
    report = factories.tabled_report(notice)
    office = user("Olga Office")
    report = interim.agree(report=report, version=report.version, by=office, at=AT)

    def issue(number):
        return interim.issue(report=report, version=report.version, by=office, at=AT)

    results = race(issue, RACERS)
    assert kinds(results) == {InterimReport: RACERS}
    assert len({result.digest for result in results}) == 1
    assert Event.objects.filter(what="report.issued").count() == 1
