"""Whatever the updates of a month say, its numbers add up and each equals the rows behind its link."""

from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from plans import reporting
from plans.models import MonthlyUpdate, ReportingMonth
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
@factories.once
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


def test_what_was_drafted_has_not_moved(month):
    fill(month, [("signed_off", Rating.AMBER, "steady")] * 4)
    factories.published(month)
    june = factories.month(month.plan, 6)
    fill(june, [("draft", Rating.RED, "steady")] + [("awaited", Rating.RED, "steady")] * 3)
    assert [references(june, moved=way) for way in ("amber-red", "worse", "any")] == [[], [], []]


SETS = {
    ("update", "received"): ["R04", "R05", "R06"],
    ("update", NO_UPDATE): ["R01", "R02", "R03"],
    ("update", "signed-off"): ["R05", "R06"],
    ("update", "not-signed-off"): ["R04"],
    ("update", "late"): ["R04", "R05", "R06"],
    ("update", "unchanged"): ["R04", "R05", "R06"],
    ("decision", "yes"): ["R04", "R05", "R06"],
    ("slipped", "proposed"): ["R04"],
    ("slipped", "yes"): [],
    ("slipped", "agreed"): [],
    ("rating", "amber"): ["R04", "R05"],
    ("rating", "complete"): ["R06"],
    ("rating", NO_UPDATE): ["R01", "R02", "R03"],
    ("corrected", "amber"): ["R04", "R05"],
    ("corrected", NO_UPDATE): ["R01", "R02", "R03"],
    ("direction", "steady"): ["R04", "R05"],
    # What is complete is not overdue, unless that is a draft.
    ("overdue", "yes"): ["R01", "R02", "R03", "R04", "R05"],
    ("stuck", "yes"): [],
    ("long", "yes"): [],
}


def test_each_set_holds_what_its_words_say_of_an_update_at_each_stage():
    """Awaited, drafted as complete, returned, submitted, signed off and carried; all with the same to tell."""
    month = factories.month(factories.plan(6))
    ways = ["awaited", "draft", "returned", "submitted", "signed_off", "awaited"]
    fill(month, [(way, Rating.AMBER, "steady") for way in ways])
    rows = month.updates
    rows.filter(reference="R02").update(rating=Rating.COMPLETE)
    rows.filter(reference="R06").update(status="carried", rating=Rating.COMPLETE, verified_month=date(2011, 1, 1))
    rows.update(
        is_late=True,
        unchanged_reason="Staff were away.",
        decision_sought="Money.",
        proposed_due_on=date(2012, 3, 31),
        proposed_due_reason="More time.",
        due_on=date(2011, 4, 30),
        original_due_on=date(2011, 4, 30),
    )
    assert {pair: references(month, **dict([pair])) for pair in SETS} == SETS


def test_what_says_nothing_late_unchanged_or_of_a_decision_stands_in_no_such_set(month):
    fill(month, [("submitted", Rating.AMBER, "steady")] * 4)
    for pair in (("update", "late"), ("update", "unchanged"), ("decision", "yes"), ("slipped", "proposed")):
        assert (pair, references(month, **dict([pair]))) == (pair, [])


def test_a_row_counts_under_its_last_corrected_rating_and_as_published_under_its_own(month):
    fill(month, [("signed_off", Rating.AMBER, "steady")] * 4)
    factories.published(month)
    row = month.updates.get(reference="R01")
    agreed = {"agreed_by": user("Liam Lead"), "agreed_on": AT.date(), "agreed_how": "by e-mail"}
    for rating in ("red", "green"):  # at the same moment, as a clock that stands still has it
        given = {"rating": rating, "progress": f"It was {rating}."}
        reporting.correct(
            update=row, reason="A slip.", by=user("Olga Office"), at=factories.later(days=1), **given, **agreed
        )
    assert references(month, corrected="green") == ["R01"]
    assert references(month, corrected="amber") == ["R02", "R03", "R04"]
    assert references(month, corrected="red") == []
    assert references(month, rating="amber") == ["R01", "R02", "R03", "R04"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"status": "submitted"}, ["Not signed off"]),
        ({"status": "signed_off"}, ["Signed off"]),
        ({"status": "carried"}, ["Carried forward as complete"]),
        ({"status": "signed_off", "is_late": True, "is_long": True}, ["Signed off", "Late", "Long at one rating"]),
        ({"status": "submitted", "is_stuck": True}, ["Not signed off", "Stuck"]),
        ({"status": "signed_off", "unchanged_reason": "Away."}, ["Signed off", "Same as last month"]),
        ({"status": "draft", "is_late": True, "unchanged_reason": "Away."}, ["No update received"]),
        ({"status": "returned", "is_long": True}, ["No update received", "Long at one rating"]),
    ],
)
def test_marks_say_what_is_to_be_known_beside_the_rating(fields, expected):
    row = MonthlyUpdate(month=ReportingMonth(month=date(2011, 5, 1)), **fields)
    assert sets.marks(row) == expected


def test_answers_are_taken_out_of_what_was_not_received_and_of_nothing_else():
    told = {"rating": "red", "progress": "Done.", "movement": "worse", "reply": "In June.", "is_stuck": True}
    rows = [MonthlyUpdate(status=status, **told) for status in ("draft", "returned", "submitted", "carried")]
    left = [{field: getattr(row, field) for field in told} for row in sets.without_drafts(iter(rows))]
    nothing = dict.fromkeys(told, "") | {"is_stuck": True}
    assert left == [nothing, nothing, told, told]


def test_what_the_plan_holds_selects_its_own_rows(month):
    post = factories.post("Head of Schools")
    month.updates.filter(reference="R04").update(lead_post=post)
    month.updates.filter(reference="R02").update(outcome_number=10)
    assert references(month, theme="2") == ["R02", "R04"]
    assert references(month, outcome="2.1") == ["R04"]
    assert references(month, outcome="2.10") == ["R02"]
    assert references(month, area="B") == ["R01", "R02"]
    assert references(month, post=str(post.pk)) == ["R04"]


def test_a_pair_that_names_no_set_is_left_out(month):
    assert references(month, nonsense="red", rating="purple") == ["R01", "R02", "R03", "R04"]
    assert references(month, nonsense="red", theme="1") == ["R01", "R03"]


def test_a_count_links_to_the_rows_that_it_counts_among_those_it_was_counted_among(month):
    fill(month, [("submitted", Rating.RED, "steady")] * 3 + [("submitted", Rating.GREEN, "steady")])
    theme, red = ("theme", "1"), ("rating", "red")
    found = [row for row in sets.with_sets(month, [theme, red], now=AT) if theme in row.sets]
    page = "/plans/thornbury/recommendations/?month=2011-05&rating=red&theme=1"
    assert sets.counted(month, found, "Red", red, among=[theme]) == sets.Count("Red", 2, page)


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
