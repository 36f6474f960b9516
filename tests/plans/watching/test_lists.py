"""What changed from one published month to the next in what somebody follows: the same rows as the list shows."""

from datetime import date

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from plans import revisions, watching
from plans.models import SavedFilter
from plans.months import sets
from plans.recommendations.filters import RecommendationFilter
from plans.watching import lists
from tests import factories
from tests.factories import user
from tests.plans import told

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(told_plan):
    return told_plan


@pytest.fixture
def may(plan):
    return plan.months.get(month=date(2011, 5, 1))


def save(month, name="Mine", **asked):
    return watching.save(plan=month.plan, month=month, name=name, asked=asked, by=user(), at=factories.AT)


def watch(month, **asked):
    """Return what changed in one filter, which is removed again."""
    saved = save(month, **asked)
    (found,) = lists.build(month, [saved])
    saved.delete()
    return found


def references(lines):
    return [line.reference for line in lines]


def values_of(month):
    """Every value that the list of the month offers, and some words."""
    rows = list(sets.rows(month))
    return [
        *sets.static_pairs(),
        *sorted({("theme", str(row.theme_number)) for row in rows}),
        *sorted({("outcome", f"{row.theme_number}.{row.outcome_number}") for row in rows}),
        *sorted({("post", str(row.lead_post_id)) for row in rows}),
        ("area", "A"),
        *(("q", words) for words in ("typed here", "R03 dates", "yes", "Overdue", told.SECRET)),
    ]


def test_each_filter_selects_the_rows_that_the_list_shows_in_both_months(plan, may):
    april = plan.months.get(month=date(2011, 4, 1))
    numbers = set()
    for name, value in values_of(may):
        watched, query = watch(may, **{name: [value]}), QueryDict(f"{name}={value}")
        now, then = (
            references(RecommendationFilter(query, month=month, now=factories.later(days=60)).rows)
            for month in (may, april)
        )
        assert (name, value, references(watched.listed)) == (name, value, now)
        assert set(references(watched.left)) == set(then) - set(now)
        assert set(references(watched.joined)) == set(now) - set(then)
        numbers.add(len(now))
    assert {0, 1, 5} <= numbers


def test_several_filters_select_what_is_in_all_and_several_values_what_is_in_any(may):
    assert references(watch(may, rating=["red", "green"]).listed) == ["R01", "R02"]
    assert references(watch(may, rating=["red", "green"], theme=["2"]).listed) == ["R02"]
    assert references(watch(may, rating=["red", "green"], q=["finished"]).listed) == ["R01"]


def test_what_changed_is_said_of_each_recommendation(may):
    watched = watch(may, q=["Recommendation"])
    assert (watched.before.label, len(watched.listed)) == ("April 2011", 9)
    assert {line.reference: line.words for line in watched.changed} == {
        "R01": ["Rating changed", "New update received"],
        "R02": ["Rating changed", "New update received"],
        "R03": ["New due date: 31 March 2012 (was 31 December 2011)", "New update received"],
    }
    assert references(watched.updated) == ["R07", "R08", "R09"]
    # Neither a draft nor one that was returned is new.
    assert references(watched.same) == ["R04", "R05", "R06"]


def test_what_joined_and_left_is_told_with_the_reason_and_in_the_order_of_the_plan(may):
    watched = watch(may, rating=["amber"])
    assert {line.reference: line.words for line in watched.left} == {
        "R01": ["Left the list", "Rating changed", "New update received"],
        "R02": ["Left the list", "Rating changed", "New update received"],
        "R04": ["Left the list", "No update received"],
        "R05": ["Left the list", "No update received"],
        "R06": ["Left the list", "No update received"],
    }
    assert references(watched.lines) == [f"R{number:02}" for number in range(1, 10)]
    assert {line.reference: line.words for line in watch(may, rating=["green"]).lines} == {
        "R01": ["Joined the list", "Rating changed", "New update received"]
    }


def test_a_recommendation_that_left_the_plan_left_the_list():
    plan = factories.plan(2, slug="other")
    saved = save(factories.published(factories.month(plan, 4)), update=["none"])
    gone = plan.recommendations.get(reference="R01")
    revisions.close(recommendation=gone, closure="completed", reason="Done.", by=user("Olga Office"), at=factories.AT)
    factories.recommendation(plan, 3)
    may = factories.published(factories.month(plan, 5))
    (watched,) = lists.build(may, [saved])
    assert [(line.reference, line.words) for line in watched.lines] == [
        ("R01", ["Left the list"]),
        ("R02", []),
        ("R03", ["Joined the list", "No update received"]),
    ]
    assert (references(watched.same), references(watched.listed)) == (["R02"], ["R02", "R03"])


def test_with_the_first_month_there_is_nothing_to_compare(plan):
    march = plan.months.get(month=date(2011, 3, 1))
    watched = watch(march, theme=["1"])
    assert (watched.before, watched.changed, references(watched.same)) == (None, [], ["R01", "R03", "R05", "R07"])


def test_an_open_month_between_two_published_ones_does_not_count(plan, may):
    assert watch(may, stuck=["yes"]).before.label == "April 2011"
    assert plan.months.filter(published_at=None).exists()


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("words", "expected"), [(False, 11), (True, 45)])
def test_what_changed_takes_as_many_queries_however_many_follow(may, number, words, expected):
    for each in range(number):
        save(
            may, f"Mine {each}", **({"q": [f"Recommendation {each}"]} if words else {"theme": ["1"], "rating": ["red"]})
        )
    own = list(SavedFilter.objects.select_related("plan"))
    month = plan_of(may)
    with CaptureQueriesContext(connection) as asked:
        lists.build(month, own)
    assert len(asked) == expected


def plan_of(month):
    return type(month).objects.select_related("plan").get(pk=month.pk)
