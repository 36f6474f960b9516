"""A file between its dry run and its loading: kept for whoever checked it, loaded as it was checked or not at all."""

import pytest

from accounts.models import Event
from improvement.workbooks import Unreadable
from notices.loading import uploads
from notices.models import Indicator, Notice, Result, Target, Upload
from tests import factories
from tests.factories import AT, later, user
from tests.notices.loading.files import BARNMOUTH, VALUES, altered, changes, check, load, typed
from tests.races import race

CHANGED = "The tracker’s data has changed since this file was checked"


@pytest.fixture
def barnmouth(db):
    load(check(typed(BARNMOUTH)))
    return Notice.objects.get()


def test_a_check_changes_nothing_but_the_file_that_waits(barnmouth):
    upload = check(typed(altered(BARNMOUTH, "Areas", 0, Name="The door")))
    assert upload.report["counts"] == {"wrong": 0, "new": 1, "changed": 0, "same": 12}
    assert Upload.objects.filter(loaded_at=None).get() == upload
    assert Event.objects.count() == 1


def test_a_file_that_cannot_be_read_is_not_kept(db):
    with pytest.raises(Unreadable):
        check(b"not a workbook")
    assert not Upload.objects.exists()


def test_one_file_of_a_kind_waits_for_each_person(db):
    factories.notice()
    first = check(typed(BARNMOUTH))
    other = check(typed(VALUES, "results"), "results")
    somebody_else = check(typed(BARNMOUTH), by=user("Olga Office"))
    second = check(typed(BARNMOUTH))
    assert set(Upload.objects.all()) == {other, somebody_else, second}
    with pytest.raises(Upload.DoesNotExist):
        load(first)


def test_what_is_older_than_a_day_is_swept_away(barnmouth):
    waiting = check(typed(BARNMOUTH), by=user("Olga Office"), at=later(hours=2))
    third = check(typed(BARNMOUTH), by=user("Ada Officer"), at=later(hours=25))
    assert set(Upload.objects.all()) == {waiting, third}


def test_loading_a_second_time_changes_nothing(db):
    upload = check(typed(BARNMOUTH))
    loaded = load(upload)
    assert (loaded.loaded_at, bytes(loaded.content)) == (AT, b"")
    again = load(upload, at=later(hours=1))
    assert (again.loaded_at, Event.objects.count()) == (AT, 1)


def test_what_changed_in_between_is_noticed_and_shown(barnmouth):
    upload = check(typed(altered(BARNMOUTH, "Targets", 1, Wording="Shorten every wait.")))
    Target.objects.filter(reference="B2").update(wording="End all waits.")
    with pytest.raises(uploads.CheckedAgain, match=CHANGED):
        load(upload)
    assert Target.objects.get(reference="B2").wording == "End all waits."
    upload.refresh_from_db()
    assert changes(upload) == [("Targets", 3, "Wording", "End all waits.", "Shorten every wait.")]
    load(upload)
    assert Target.objects.get(reference="B2").wording == "Shorten every wait."


def test_what_changed_elsewhere_does_not_matter(barnmouth):
    upload = check(
        typed(altered(BARNMOUTH, "Targets", 1, Wording="Shorten every wait.") | {"Indicators": [], "Milestones": []})
    )
    Indicator.objects.filter(unit="days").update(name="Days, counted otherwise")
    load(upload)
    assert Target.objects.get(reference="B2").wording == "Shorten every wait."


def test_a_digest_that_is_not_that_of_the_check_loads_nothing(db):
    upload = check(typed(BARNMOUTH))
    with pytest.raises(uploads.CheckedAgain):
        uploads.load(upload=upload, digest="", by=user("Abe Administrator"), at=AT)
    assert not Notice.objects.exists()


def test_a_result_that_somebody_recorded_in_between_is_noticed(db):
    factories.notice()
    upload = check(typed(VALUES, "results"), "results")
    factories.result(Indicator.objects.get(), "79")
    with pytest.raises(uploads.CheckedAgain):
        load(upload)
    upload.refresh_from_db()
    assert (upload.report["counts"]["wrong"], Result.objects.count()) == (1, 1)


RACERS = 6


@pytest.mark.django_db(transaction=True)
def test_of_the_same_file_confirmed_at_once_one_loading_is_recorded():
    upload, by = check(typed(BARNMOUTH)), user("Abe Administrator")
    results = race(lambda _: uploads.load(upload=upload, digest=upload.digest, by=by, at=AT), RACERS)
    assert [type(result) for result in results] == [Upload] * RACERS
    assert (Event.objects.count(), Target.objects.count()) == (1, 3)


@pytest.mark.django_db(transaction=True)
def test_of_the_same_new_notice_by_several_people_at_once_one_is_loaded():
    people = [user(f"Officer {number}") for number in range(RACERS)]
    checked = [check(typed(BARNMOUTH), by=by) for by in people]
    results = race(lambda number: load(checked[number], by=people[number]), RACERS)
    assert sorted(type(result).__name__ for result in results) == ["CheckedAgain"] * (RACERS - 1) + ["Upload"]
    assert (Event.objects.count(), Notice.objects.count(), Target.objects.count()) == (1, 1, 3)
    assert {upload.report["counts"]["same"] for upload in Upload.objects.filter(loaded_at=None)} == {13}
