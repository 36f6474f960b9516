"""Two months side by side: what is compared with what, and what with nothing."""

from datetime import date

import pytest

from boards.dashboard import comparison
from plans import reporting, revisions
from plans.models import MonthlyUpdate
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db


def month(plan, number, **ratings):
    """Publish a month of 2011 with an update of that rating for each reference that is named."""
    made = factories.month(plan, number)
    for reference, rating in ratings.items():
        factories.submitted(made.updates.get(reference=reference), rating=rating, progress=f"Step {number}.")
    return factories.published(made)


def references(pairs):
    return [pair.latest.reference for pair in pairs]


@pytest.fixture
def months():
    """R01 better, R02 worse, R03 the same; R04 silent in July, R05 in May, R06 in both; R07 left and R08 joined."""
    plan = factories.plan(7)
    may = month(plan, 5, R01="red", R02="green", R03="amber", R04="green", R07="red")
    leaving = plan.recommendations.get(reference="R07")
    revisions.close(recommendation=leaving, closure="withdrawn", reason="Done.", by=user("Olga Office"), at=AT)
    factories.recommendation(plan, 8)
    month(plan, 6)
    slipping = plan.recommendations.get(reference="R03")
    given = {"due_on": date(2012, 3, 31), "reason": "It starts late.", "by": user("Olga Office"), "at": AT}
    revisions.change_due_date(recommendation=slipping, **given)
    opened = factories.month(plan, 7)
    told = {"R01": "amber", "R02": "red", "R03": "amber", "R05": "green", "R08": "red"}
    for reference, rating in told.items():
        factories.submitted(opened.updates.get(reference=reference), rating=rating, progress="Step 7.")
    silent = opened.updates.get(reference="R04")
    reporting.save_draft(update=silent, version=0, rating="red", by=user("Ada Officer"), at=AT)
    return may, factories.published(opened)


def test_what_changed_is_told_in_groups_from_the_earlier_month_to_the_later(months):
    may, july = months
    for one, other in ((may, july), (july, may)):
        found = comparison.build(one, other)
        assert (found.earlier.month, found.later.month) == (may, july)
        assert {heading: references(pairs) for heading, pairs in found.groups} == {
            "Rating better": ["R01"],
            "Rating worse": ["R02"],
            "No update received for July 2011": ["R04", "R06"],
            "No update received for May 2011": ["R05", "R06"],
            "In the plan in one of the two only": ["R07", "R08"],
            "Due date changed": ["R03"],
        }
        assert references(found.pairs) == [f"R{number:02}" for number in range(1, 9)]
        assert found.received == 3
        assert next(heading for heading, _ in found.groups) == "Rating better"


def test_a_pair_is_named_as_it_stood_last(months):
    may, july = months
    pairs = {pair.latest.reference: pair for pair in comparison.build(may, july).pairs}
    assert {reference: pair.latest_month for reference, pair in pairs.items()} == (
        dict.fromkeys((f"R0{number}" for number in (1, 2, 3, 4, 5, 6, 8)), july) | {"R07": may}
    )
    sides = {reference: [side is not None for side in pair.sides] for reference, pair in pairs.items()}
    assert (sides["R07"], sides["R08"], sides["R01"]) == ([True, False], [False, True], [True, True])
    assert {pair.movement for reference, pair in pairs.items() if reference in ("R04", "R05", "R06", "R07")} == {None}


def test_a_rating_that_fell_says_how_many_of_it_sent_no_update(months):
    found = comparison.build(*months)
    numbers = {number.key: (number.value, number.before.value, number.unreported) for number in found.ratings}
    assert numbers == {"red": (2, 2, 0), "amber": (2, 1, 0), "green": (1, 2, 1), "none": (2, 2, 0)}
    assert found.gaps == ["Green: 1 fewer than 2 in May 2011, no update received for 1 of those 2."]


def test_the_months_are_read_in_two_queries(months, django_assert_num_queries):
    with django_assert_num_queries(2):
        comparison.build(*months)
    assert MonthlyUpdate.objects.filter(month__in=months).count() == 14
