from datetime import date

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Event
from improvement import triggers
from plans import guards, reporting, revisions
from plans.models import DueDateChange, Recommendation
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
    with pytest.raises(revisions.RevisionRefused, match="Give the reason"):
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
        ({"closure": "vanished"}, "Choose how the recommendation is closed."),
        ({"reason": " "}, "Give the reason for closing the recommendation."),
        ({"closure": "merged"}, "Name the recommendation that continues this one."),
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
    with pytest.raises(revisions.RevisionRefused, match="R01 was closed on 1 May 2011 already"):
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
    with pytest.raises(revisions.RevisionRefused, match="Give the reason"):
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
