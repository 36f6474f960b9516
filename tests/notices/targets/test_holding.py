"""Since when a verdict has stood, over one small indicator that is to reach 80% for March 2011."""

from datetime import date

import pytest

from notices.models import Indicator, Milestone
from notices.targets import holding, progress, results
from tests import factories
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db

TODAY = date(2011, 12, 9)


@pytest.fixture
def indicator():
    return factories.notice().targets.get().indicators.get()


def held(indicator, as_of=TODAY):
    notice = indicator.target.notice
    [found] = progress.of_notice(notice, as_of=as_of)
    return holding.held(found, holding.statements_on(notice))


def test_a_verdict_stands_since_its_value_was_known(indicator):
    factories.result(indicator, "80.5")
    assert held(indicator).since == date(2011, 4, 20)
    assert held(indicator).computed == "Met since 20 April 2011, 7 months"
    assert held(indicator).is_known
    assert held(indicator, date(2011, 4, 20)).since == date(2011, 4, 20)  # on that very day


def test_nothing_is_held_without_a_verdict(indicator):
    assert (held(indicator).since, held(indicator).computed, held(indicator).is_known) == (None, "", False)


def test_a_value_that_is_known_before_the_step_is_due_counts_from_when_it_is(indicator):
    factories.result(indicator, "81", source_on=date(2011, 3, 15))
    assert held(indicator).since == date(2011, 4, 1)


def test_confirming_a_value_does_not_break_the_verdict_and_turning_it_does(indicator):
    provisional = factories.result(indicator, "80.5")
    results.confirm(result=provisional, value="80", by=user("Olga Office"), at=later(days=7), source="Final return")
    assert held(indicator).since == date(2011, 4, 20)
    milestone = Milestone.objects.get()
    milestone.threshold = "80.2"
    milestone.save()
    assert held(indicator).computed == "Missed since 8 May 2011, 7 months"


def test_a_verdict_is_carried_on_by_the_next_step_and_broken_by_another(indicator):
    june = {"period_start": date(2011, 6, 1), "period_end": date(2011, 6, 30)}
    factories.milestone(indicator, 2, wording="80% for June 2011", **june)
    factories.result(indicator, "80.5")
    # From 1 July June's step is due and no value is known: until then the verdict was that of March.
    factories.result(indicator, "82", at=later(days=90), source_on=date(2011, 7, 20), **june)
    assert held(indicator).since == date(2011, 7, 20)
    assert held(indicator, date(2011, 6, 30)).since == date(2011, 4, 20)
    assert held(indicator, date(2011, 7, 19)).since is None


def test_what_is_judged_stands_since_it_was_first_judged_so(indicator):
    Milestone.objects.update(kind="judged", threshold=None)
    by, milestone = user("Olga Office"), Milestone.objects.get()
    for days, is_met in ((0, False), (10, True), (20, True)):
        results.judge(milestone=milestone, is_met=is_met, reason="As seen.", by=by, at=later(days=days))
    assert held(indicator).since == later(days=10).date()
    assert held(indicator, later(days=9).date()).verdict == "undecided"
    results.judge(milestone=milestone, is_met=False, reason="No more.", by=by, at=later(days=30))
    assert held(indicator).computed.startswith("Missed since 31 May 2011")


def test_what_a_source_states_of_it_is_known_too(indicator):
    target = indicator.target
    target.held_wording, target.held_since, target.held_source = "It holds.", date(2011, 3, 1), "A report"
    target.save()
    found = held(indicator)
    assert (found.computed, found.is_known, found.stated_since) == ("", True, "since 1 March 2011, 9 months")


def test_held_takes_no_query_of_its_own(indicator, django_assert_num_queries):
    factories.result(indicator)
    notice = Indicator.objects.get().target.notice
    [found] = progress.of_notice(notice, as_of=TODAY)
    with django_assert_num_queries(1):
        statements = holding.statements_on(notice)
    with django_assert_num_queries(0):
        holding.held(found, statements)
    assert AT.date() < TODAY
