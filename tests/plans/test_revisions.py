from datetime import date

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Event
from improvement.records import triggers
from improvement.texts import days
from plans import guards, reporting, revisions
from plans.models import DueDateChange, Recommendation, Revision
from tests import factories
from tests.factories import AT, user

TOMORROW = factories.later(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return factories.plan(3)


def close(recommendation, closure="withdrawn", reason="No longer ours.", successors=()):
    return revisions.close(
        recommendation=recommendation, closure=closure, reason=reason, by=user(), at=AT, successors=successors
    )


def change(recommendation, due_on=date(2012, 3, 31), reason="The contract starts later."):
    return revisions.change_due_date(recommendation=recommendation, due_on=due_on, reason=reason, by=user(), at=AT)


def refusal(write, *args, **what):
    """Return (sentence, field) of a refusal, or None where there was none."""
    try:
        write(*args, **what)
    except revisions.RevisionRefused as refused:
        return str(refused), refused.field
    return None


def test_change_due_date_keeps_the_slip_and_the_original(plan):
    recommendation = plan.recommendations.first()
    change(recommendation)
    change(recommendation, due_on=date(2012, 6, 30), reason="And later.")
    recommendation.refresh_from_db()
    assert (recommendation.original_due_on, recommendation.due_on) == (date(2011, 12, 31), date(2012, 6, 30))
    assert list(recommendation.due_date_changes.values_list("before", "after", "reason")) == [
        (date(2011, 12, 31), date(2012, 3, 31), "The contract starts later."),
        (date(2012, 3, 31), date(2012, 6, 30), "And later."),
    ]


def test_change_due_date_to_the_same_date_is_no_change(plan):
    assert change(plan.recommendations.first(), due_on=date(2011, 12, 31)) is None


def test_change_due_date_needs_a_reason(plan):
    with pytest.raises(revisions.RevisionRefused, match="Enter a reason"):
        change(plan.recommendations.first(), reason=" ")


def test_close_links_what_follows(plan):
    first, second, third = plan.recommendations.all()
    close(first, "split", "Two matters in one.", [second, third])
    assert list(first.successors.all()) == [second, third]
    row = Recommendation.objects.get(pk=first.pk)
    assert (row.closed_on, row.closure, row.closure_reason) == (AT.date(), "split", "Two matters in one.")
    assert Event.objects.get(what="recommendation.closed").detail["successors"] == ["R02", "R03"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"closure": "vanished"}, "Choose how the recommendation is being closed."),
        ({"reason": " "}, "Enter a reason for closing the recommendation."),
        ({"closure": "merged"}, "Enter the recommendation that continues this one."),
    ],
)
def test_close_refuses_what_is_not_said(plan, fields, sentence):
    with pytest.raises(revisions.RevisionRefused) as caught:
        close(plan.recommendations.first(), **fields)
    assert str(caught.value) == sentence


def test_close_refuses_itself_and_another_plan_as_what_follows(plan):
    first = plan.recommendations.first()
    with pytest.raises(revisions.RevisionRefused, match="same plan"):
        close(first, "merged", successors=[first])


def test_close_again_in_another_way_is_refused(plan):
    first = plan.recommendations.first()
    close(first)
    with pytest.raises(revisions.RevisionRefused, match="R01 was already closed on 1 May 2011"):
        close(first, "completed", "Done.")


def test_close_again_in_the_same_way_changes_nothing(plan):
    first = plan.recommendations.first()
    close(first)
    close(first)
    assert Event.objects.filter(what="recommendation.closed").count() == 1


def reopen(recommendation, reason="It is still ours.", at=TOMORROW):
    return revisions.reopen(recommendation=recommendation, reason=reason, by=user(), at=at)


def test_reopen_undoes_the_closure_and_keeps_it_on_record(plan):
    first, second, third = plan.recommendations.all()
    third.predecessors.add(first)
    close(first, "merged", "One matter.", [second])
    row = reopen(first)
    row.refresh_from_db()
    assert (row.closed_on, row.closure, row.closure_reason, row.revision) == (None, "", "", None)
    assert list(row.successors.all()) == [third]
    assert Event.objects.get(what="recommendation.reopened").detail == {
        "closed_on": "2011-05-01",
        "closure": "merged",
        "closed_because": "One matter.",
        "successors": ["R02"],
        "reason": "It is still ours.",
    }
    state = Recommendation.history.get(id=row.pk, history_date=TOMORROW)
    assert (state.history_change_reason, state.closed_on) == ("It is still ours.", None)


def test_reopen_needs_a_closure_and_a_reason(plan):
    first = plan.recommendations.first()
    with pytest.raises(revisions.RevisionRefused, match="R01 is not closed"):
        reopen(first)
    close(first)
    with pytest.raises(revisions.RevisionRefused, match="Enter a reason"):
        reopen(first, reason=" ")


def test_what_was_reopened_joins_the_next_month_and_can_be_closed_again(plan):
    first = plan.recommendations.first()
    close(first)
    month = factories.month(plan)
    reopen(first)
    assert not month.updates.filter(recommendation=first).exists()
    assert reporting.refresh_scope(month=month, by=user("Olga Office"), at=factories.later(days=1)) == (1, 0)
    close(first)
    assert reopen(first, at=factories.later(days=2)).closed_on is None
    assert Event.objects.filter(what="recommendation.reopened").count() == 2


def test_live_is_what_stands_in_the_plan_on_a_day(plan):
    close(plan.recommendations.first())
    factories.recommendation(plan, 4, opened_on=date(2011, 5, 2))

    def live(day):
        return list(Recommendation.objects.live(date(2011, *day)).values_list("reference", flat=True))

    assert live((4, 30)) == ["R01", "R02", "R03"]
    assert live((5, 1)) == ["R02", "R03"]
    assert live((5, 2)) == ["R02", "R03", "R04"]


SLIPS = {
    "hidden": lambda row: DueDateChange.objects.filter(recommendation=row)._raw_delete("default"),
    "explained anew": lambda row: DueDateChange.objects.filter(recommendation=row).update(reason="Agreed all along."),
    "the first date": lambda row: Recommendation.objects.filter(pk=row.pk).update(original_due_on=row.due_on),
}


@pytest.mark.parametrize("way", SLIPS)
def test_a_slip_stays_visible_whoever_writes(plan, way):
    row = plan.recommendations.first()
    change(row)
    row.refresh_from_db()
    with pytest.raises(IntegrityError, match=guards.SLIP), transaction.atomic():
        SLIPS[way](row)
    triggers.drop()
    SLIPS[way](row)


@pytest.mark.parametrize(
    ("opened_on", "due_on", "sentence"),
    [
        (date(2011, 1, 1), date(2011, 5, 1), None),
        (date(2011, 1, 1), date(2011, 4, 30), "30 April 2011 has passed. Enter a future date."),
        (date(2011, 6, 2), date(2011, 6, 2), None),
        (date(2011, 6, 2), date(2011, 6, 1), "1 June 2011 has passed. Enter a future date."),
        (date(2011, 1, 1), date(9999, 1, 1), days.OUTSIDE),
    ],
)
def test_change_due_date_takes_a_day_from_today_and_the_first_day_on(plan, opened_on, due_on, sentence):
    row = factories.recommendation(plan, 4, opened_on=opened_on)
    refused = refusal(change, row, due_on=due_on)
    assert refused == (sentence and (sentence, "due_on"))
    assert row.due_on == (date(2011, 12, 31) if sentence else due_on)


@pytest.mark.parametrize(
    ("opened_on", "sentence"),
    [
        (date(2011, 5, 1), None),
        (date(2011, 5, 2), "R04 joins the plan on 2 May 2011. Close it from that day on."),
    ],
)
def test_close_is_possible_from_the_first_day_on(plan, opened_on, sentence):
    row = factories.recommendation(plan, 4, opened_on=opened_on)
    assert refusal(close, row) == (sentence and (sentence, None))


def of_another_plan():
    """Return a recommendation and a revision of another plan than the tests' own."""
    row = factories.RecommendationFactory(plan__title="Another plan", number=1)
    return row, Revision.objects.create(plan=row.plan, title="Refresh", agreed_on=AT.date())


def test_a_revision_of_another_plan_changes_nothing_and_one_of_the_own_is_kept(plan):
    row, wrong = plan.recommendations.first(), of_another_plan()[1]
    own = Revision.objects.create(plan=plan, title="Refresh", agreed_on=AT.date())
    given = {"recommendation": row, "reason": " Agreed. ", "by": user(), "at": AT}
    to_june = given | {"due_on": date(2012, 6, 30)}
    completed = given | {"closure": "completed"}
    assert refusal(revisions.change_due_date, **to_june, revision=wrong) == (revisions.OF_ANOTHER_PLAN, "revision")
    assert refusal(revisions.close, **completed, revision=wrong) == (revisions.OF_ANOTHER_PLAN, "revision")
    change = revisions.change_due_date(**to_june, revision=own)
    assert (change.revision, change.reason) == (own, "Agreed.")
    assert Event.objects.get(what="recommendation.due_date_changed").detail == {
        "before": "2011-12-31",
        "after": "2012-06-30",
    }
    assert row.history.get(history_date=AT).history_change_reason == "Agreed."
    revisions.close(**completed, revision=own)
    row.refresh_from_db()
    assert (row.revision, row.closure_reason) == (own, "Agreed.")
    assert refusal(revisions.close, **completed) is None  # the same again
    reopen(row)
    row.refresh_from_db()
    assert row.revision is None


@pytest.mark.parametrize("closure", ["merged", "split", "superseded"])
def test_close_needs_what_follows_where_something_does(plan, closure):
    expected = ("Enter the recommendation that continues this one.", "successors")
    assert refusal(close, plan.recommendations.first(), closure) == expected


def test_close_refuses_what_cannot_follow(plan):
    first, second, third = plan.recommendations.all()
    another = "Choose a different recommendation from the same plan to continue this one."
    assert refusal(close, first, "merged", successors=[of_another_plan()[0]]) == (another, "successors")
    close(second, "merged", successors=[third])
    closed = "Only open recommendations can continue this one. Closed: R02."
    assert refusal(close, first, "merged", successors=[second, third]) == (closed, "successors")
    reopen(second)
    first.predecessors.add(second)
    second.predecessors.add(third)
    for one in (second, third):  # each is continued by the first, the third by way of the second
        sentence = f"R01 itself continues {one.reference}. Choose another."
        assert refusal(close, first, "merged", successors=[one]) == (sentence, "successors")


def test_reopen_again_is_the_same_only_by_the_same_person_for_the_same_reason(plan):
    first = plan.recommendations.first()
    close(first)
    reopen(first)
    given = {"recommendation": first, "at": TOMORROW}
    assert refusal(revisions.reopen, **given, by=user(), reason="It is still ours.") is None
    for again in ({"by": user("Olga Office"), "reason": "It is still ours."}, {"by": user(), "reason": "Because."}):
        assert refusal(revisions.reopen, **given, **again) == ("R01 is not closed.", None)


def test_what_continues_it_is_what_was_named_at_the_last_closure_in_the_order_of_the_plan(plan):
    first, second, third = plan.recommendations.all()
    assert revisions.continuing(first) == []
    close(first, "merged", successors=[second])
    reopen(first)
    close(first, "split", successors=[third, second])
    assert revisions.continuing(first) == [second, third]


def test_what_continues_it_is_of_its_own_plan(plan):
    first, second, _ = plan.recommendations.all()
    close(first, "merged", successors=[second])
    other = factories.RecommendationFactory(plan=of_another_plan()[0].plan, number=2)
    assert other.reference == second.reference
    other.predecessors.add(first)
    assert revisions.continuing(first) == [second]


def test_a_month_counts_what_was_agreed_since_the_one_before_in_the_order_in_which_it_was(plan):
    row, other, _ = plan.recommendations.all()
    for number in (5, 6):
        factories.published(factories.month(plan, number))
    change(row, date(2012, 1, 31))
    july = factories.published(factories.month(plan, 7))
    change(row, date(2012, 3, 31))
    change(other, date(2012, 3, 31))
    change(row, date(2012, 6, 30))
    august = factories.month(plan, 8)

    def counted(month):
        found = revisions.counted_in(month, [row.pk])
        return {pk: [change["after"] for change in changes] for pk, changes in found.items()}

    assert counted(july) == {row.pk: ["2012-01-31"]}
    assert counted(august) == {row.pk: ["2012-03-31", "2012-06-30"]}
    assert counted(plan.months.get(month=date(2011, 6, 1))) == {}


def test_a_changed_date_stands_in_the_open_month_of_its_own_plan_alone(plan):
    other = of_another_plan()[0].plan
    factories.month(other, 9)
    before = factories.published(factories.month(plan, 4)).updates.get(reference="R01")
    may = factories.month(plan).updates.get(reference="R01")
    change(plan.recommendations.first())
    for update in (before, may):
        update.refresh_from_db()
    assert (before.due_on, may.due_on) == (date(2011, 12, 31), date(2012, 3, 31))
    assert DueDateChange.objects.get().counted_in == date(2011, 5, 1)


def test_the_same_date_again_leaves_a_submitted_update_as_it_is(plan):
    update = factories.submitted(factories.month(plan).updates.get(reference="R01"))
    assert change(update.recommendation, due_on=date(2011, 12, 31)) is None
    assert type(update).objects.get(pk=update.pk).version == update.version


def test_close_in_no_way_for_no_reason_is_refused(plan):
    assert refusal(close, plan.recommendations.first(), "", "") == (
        "Choose how the recommendation is being closed.",
        "closure",
    )


def test_a_date_that_was_changed_again_since_stays_as_it_is_when_its_update_is_returned(plan):
    dates = {"proposed_due_on": date(2012, 3, 31), "proposed_due_reason": "It starts late."}
    row = factories.signed_off(factories.month(plan).updates.get(reference="R01"), **dates)
    change(row.recommendation, date(2012, 6, 30), "Later still.")
    row.refresh_from_db()
    reporting.return_for_changes(update=row, version=row.version, comment="Why?", by=user("Liam Lead"), at=TOMORROW)
    recommendation = plan.recommendations.get(reference="R01")
    assert recommendation.due_on == date(2012, 6, 30)
    assert DueDateChange.objects.get(is_of_update=True).withdrawn_at == TOMORROW
    assert not recommendation.history.filter(history_date=TOMORROW).exists()


def test_a_long_reason_is_cut_in_the_history_and_kept_whole_beside_it(plan):
    long, row = "a" * 99 + "bc", plan.recommendations.first()
    assert change(row, reason=long).reason == long
    close(row)
    reopen(row, reason=long)
    assert Event.objects.get(what="recommendation.reopened").detail["reason"] == long
    for at in (AT, TOMORROW):
        state = row.history.filter(history_date=at).exclude(history_change_reason=None).get()
        assert state.history_change_reason == "a" * 99 + "b"


def test_what_was_withdrawn_is_what_was_agreed_last(plan):
    month, by = factories.month(plan), user("Liam Lead")
    dates = {"proposed_due_on": date(2012, 3, 31), "proposed_due_reason": "It starts late."}

    def told(month=month):
        row = month.updates.get(reference="R01")
        found = revisions.withdrawn_from(row), revisions.agreed_with(row)
        return [change and change.after for change in found]

    def sign_off_and_return(day):
        factories.signed_off(month.updates.get(reference="R01"), **dates | {"proposed_due_on": day})
        assert told() == [None, day]
        row = month.updates.get(reference="R01")
        reporting.return_for_changes(update=row, version=row.version, comment="Not yet.", by=by, at=AT)
        assert told() == [day, None]

    factories.signed_off(month.updates.get(reference="R02"), **dates)  # of another recommendation
    assert told() == [None, None]
    sign_off_and_return(date(2012, 3, 31))
    sign_off_and_return(date(2012, 6, 30))
    factories.published(month)
    assert told(factories.month(plan, 6)) == [None, None]


def test_a_date_that_changes_once_it_is_signed_off_is_seen_before_the_update_is_returned(plan):
    update = factories.signed_off(factories.month(plan).updates.get(reference="R01"))
    change(update.recommendation)
    update.refresh_from_db()
    assert (update.due_on, update.version) == (date(2012, 3, 31), 3)
