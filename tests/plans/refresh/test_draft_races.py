"""Writes of a draft that arrive at once, each in a thread with a connection of its own."""

import pytest

from improvement.records.refusals import Conflict, Refused
from plans import refresh
from plans.models import Recommendation, Refresh, RefreshChange, Revision
from tests import factories
from tests.factories import AT, user
from tests.races import race

pytestmark = pytest.mark.django_db(transaction=True)
RACERS = 8


@pytest.fixture
def plan():
    return factories.plan(2)


def test_of_eight_drafts_that_are_started_one_is_open(plan):
    office = user("Olga Office")
    results = race(lambda number: refresh.start(plan=plan, title=f"Refresh {number}", by=office, at=AT), RACERS)
    assert sorted(type(result).__name__ for result in results) == ["Refresh", *["Refused"] * (RACERS - 1)]
    assert Refresh.objects.count() == 1


def test_of_eight_first_changes_of_a_recommendation_one_is_saved(plan):
    office = user("Olga Office")
    draft = refresh.start(plan=plan, title="Refresh", by=office, at=AT)
    row = Recommendation.objects.get(reference="R01")
    said = {"refresh": draft, "recommendation": row, "version": 0, "fate": "change", "by": office, "at": AT}
    results = race(lambda number: refresh.change(**said, title=f"Title {number}"), RACERS)
    saved = [result for result in results if isinstance(result, RefreshChange)]
    conflicts = [result for result in results if isinstance(result, Conflict)]
    assert (len(saved), len(conflicts)) == (1, RACERS - 1)
    assert RefreshChange.objects.get().proposed == saved[0].proposed


def test_of_eight_applications_all_find_the_one_that_was_made(plan):
    office = user("Olga Office")
    draft = factories.drafted(plan)
    draft.refresh_from_db()
    said = {"refresh": draft, "version": draft.version, "title": "Refresh", "agreed_on": AT.date()}
    results = race(lambda number: refresh.apply(**said, by=office, at=AT), RACERS)
    assert [result for result in results if isinstance(result, Refused)] == []
    assert {result.pk for result in results} == {Revision.objects.get().pk}


def test_rows_of_a_file_and_changes_by_hand_of_the_same_recommendation_are_both_kept_or_told(plan):
    office = user("Olga Office")
    draft = refresh.start(plan=plan, title="Refresh", by=office, at=AT)
    row = Recommendation.objects.get(reference="R01")
    by_hand = {"refresh": draft, "recommendation": row, "version": 0, "fate": "change", "by": office, "at": AT}
    rows = [{"reference": "R01", "note": "From the file."}]

    def write(number):
        if number % 2:
            return refresh.change(**by_hand, title="By hand")
        return refresh.draft(plan=plan, title="From a file", rows=rows, by=office, at=AT)

    results = race(write, RACERS)
    assert {type(result).__name__ for result in results} <= {"Refresh", "RefreshChange", "Conflict"}
    kept = {"note": "From the file."}
    if any(isinstance(result, RefreshChange) for result in results):
        kept["title"] = "By hand"
    assert RefreshChange.objects.get().proposed == kept
