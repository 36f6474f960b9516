"""Whatever the updates of a month say, its numbers add up and each equals the rows behind its link."""

from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from plans import reporting
from plans.models import MonthlyUpdate
from plans.months import sets
from plans.months.sets import NO_UPDATE
from plans.ratings import Rating
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db

RATINGS = [("rating", rating.value) for rating in Rating] + [("rating", NO_UPDATE)]
ways = st.sampled_from(["awaited", "draft", "submitted", "signed_off", "returned"])
ratings = st.sampled_from([Rating.RED, Rating.AMBER, Rating.GREEN])
directions = st.sampled_from(["improving", "steady", "declining"])
choices = st.lists(st.tuples(ways, ratings, directions), min_size=4, max_size=4)


def fill(month, chosen):
    for update, (way, rating, direction) in zip(month.updates.all(), chosen, strict=True):
        answers = {"rating": rating, "direction": direction}
        if way == "draft":
            reporting.save_draft(update=update, version=0, by=user("Ada Officer"), at=AT, **answers)
        elif way == "signed_off":
            factories.signed_off(update, **answers)
        elif way in ("submitted", "returned"):
            row = factories.submitted(update, **answers)
            if way == "returned":
                reporting.return_for_changes(update=row, version=1, comment="Why?", by=user("Liam Lead"), at=AT)


@pytest.fixture
def month():
    plan = factories.plan(4, themes=2)
    first, second, *_ = plan.recommendations.all()
    first.areas.add(factories.area(plan, "A"), factories.area(plan, "B"))
    second.areas.add(plan.areas.get(letter="B"))
    return factories.month(plan)


@settings(max_examples=25, deadline=None)
@given(choices)
def test_ratings_and_no_update_add_up_to_the_scope_in_total_and_by_theme(chosen):
    with transaction.atomic():
        month = factories.month(factories.plan(4, themes=2))
        fill(month, chosen)
        themes = [("theme", "1"), ("theme", "2")]
        found = sets.with_sets(month, [*RATINGS, *themes], now=AT)
        assert sum(sets.count(found, pair) for pair in RATINGS) == 4
        for theme in themes:
            assert sum(sets.count(found, theme, pair) for pair in RATINGS) == 2
        transaction.set_rollback(True)


@settings(max_examples=25, deadline=None)
@given(choices)
def test_each_number_equals_the_rows_behind_its_link(chosen):
    with transaction.atomic():
        month = factories.month(factories.plan(4, themes=2))
        fill(month, chosen)
        pairs = [*sets.static_pairs(), ("theme", "1"), ("theme", "2")]
        found = sets.with_sets(month, pairs, now=AT)
        for pair in pairs:
            query = dict(parse_qsl(urlsplit("?" + sets.link(month, pair).partition("?")[2]).query))
            assert query.pop("month") == "2011-05"
            rows = sets.select(month, query, now=AT)
            assert list(rows) == [row for row in found if pair in row.sets]
            assert sets.count(found, pair) == len(rows)
        transaction.set_rollback(True)


def test_one_recommendation_may_stand_in_several_areas(month):
    found = sets.with_sets(month, [("area", "A"), ("area", "B")], now=AT)
    assert (sets.count(found, ("area", "A")), sets.count(found, ("area", "B"))) == (1, 2)


def references(month, now=AT, **filters):
    return list(sets.select(month, filters, now=now).values_list("reference", flat=True))


def test_a_draft_and_a_returned_update_count_as_no_update(month):
    fill(
        month,
        [("draft", Rating.RED, "steady"), ("returned", Rating.RED, "steady")]
        + [("submitted", Rating.RED, "steady")] * 2,
    )
    assert references(month, rating="red") == ["R03", "R04"]
    assert references(month, rating=NO_UPDATE) == references(month, update=NO_UPDATE) == ["R01", "R02"]
    assert references(month, direction="steady") == ["R03", "R04"]
    assert references(month, update="not-signed-off") == ["R03", "R04"]


def test_overdue_is_judged_now_while_open_and_at_publication_after(month):
    MonthlyUpdate.objects.filter(reference="R01").update(due_on=date(2011, 4, 30))
    MonthlyUpdate.objects.filter(reference="R02").update(due_on=date(2011, 5, 1))
    assert references(month, overdue="yes") == ["R01"]
    assert references(month, now=AT.replace(day=2), overdue="yes") == ["R01", "R02"]
    published = factories.published(month)
    assert references(published, now=AT.replace(year=2012), overdue="yes") == ["R01"]


def test_what_moved_is_found_by_its_way(month):
    fill(month, [("signed_off", Rating.AMBER, "steady")] * 4)
    factories.published(month)
    june = factories.month(month.plan, 6)
    for update, rating in zip(june.updates.all(), ("red", "amber", "green", "green"), strict=True):
        factories.submitted(update, rating=rating, progress="A new step.", direction="steady")
    assert references(june, moved="worse") == references(june, moved="amber-red") == ["R01"]
    assert references(june, moved="better") == references(june, moved="amber-green") == ["R03", "R04"]
    assert references(june, moved="any") == ["R01", "R03", "R04"]


def test_stuck_and_long_hold_what_sent_no_update_too():
    plan = factories.plan(3)
    for number in range(1, 7):
        month = factories.month(plan, number)
        rows = {row.reference: row for row in month.updates.all()}
        reasons = {"same_text": "It is so."}
        for reference, direction in (("R01", "steady"), ("R02", "improving")):
            if number == 1 or reference == "R02":
                answers = {"progress": f"Step {number}.", "direction": direction, "override_reasons": reasons}
                factories.signed_off(rows[reference], **answers)
        factories.published(month)
    assert references(month, stuck="yes") == ["R01"]
    assert references(month, long="yes") == ["R01", "R02"]
    assert references(month, rating=NO_UPDATE, stuck="yes", long="yes") == ["R01"]
    silent = sets.without_drafts(sets.rows(month))[0]
    assert sets.marks(silent) == ["No update received", "Stuck", "Long at one rating"]


def test_dates_proposed_agreed_and_slipped(month):
    proposal = {"proposed_due_on": date(2012, 6, 30), "proposed_due_reason": "More time."}
    first, second, *_ = month.updates.all()
    factories.signed_off(first, **proposal)
    factories.submitted(second, **proposal)
    assert references(month, slipped="yes") == references(month, slipped="agreed") == ["R01"]
    assert references(month, slipped="proposed") == ["R02"]


@pytest.mark.parametrize(
    ("parameter", "value"),
    [("rating", "purple"), ("rating", ""), ("moved", "red-red"), ("moved", "-"), ("nonsense", "red"), ("stuck", "no")],
)
def test_what_names_no_set_is_none(parameter, value):
    assert sets.condition(parameter, value, judged_on=AT.date()) is None


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("theme", "9"),
        ("theme", "x"),
        ("theme", "9" * 50),
        ("outcome", "1"),
        ("outcome", "1.x"),
        ("area", "Z"),
        ("area", "%"),
        ("area", ""),
        ("area", "A B"),
        ("post", "0"),
        ("post", "\x00"),
        ("post", "²"),
    ],
)
def test_what_the_plan_does_not_hold_selects_nothing(month, parameter, value):
    assert references(month, **{parameter: value}) == []
