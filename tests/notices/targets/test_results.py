from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Event
from improvement.records.refusals import Conflict
from notices.models import Indicator, Milestone, Result
from notices.targets import results
from notices.targets.milestones import Verdict
from tests import factories
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db

NOW = date(2011, 12, 1)


@pytest.fixture
def milestone():
    factories.notice()
    return Milestone.objects.select_related("indicator").get()


def on(milestone, as_of=NOW):
    verdict, result = results.verdict_on(milestone, as_of)
    return verdict, result and result.value


def test_record_keeps_who_and_when(milestone):
    row = factories.result(milestone.indicator)
    assert (row.value, row.is_provisional, row.recorded_by, row.recorded_at) == (
        Decimal("80.5"),
        True,
        user("Olga Office"),
        AT,
    )
    assert Event.objects.get().what == "result.recorded"


def test_record_of_the_same_twice_adds_one(milestone):
    first = factories.result(milestone.indicator)
    assert factories.result(milestone.indicator) == first
    assert Result.objects.count() == Event.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"value": None}, {"value": "Give a value, a range, or both."}),
        ({"value": None, "low": 1}, {"low": "A range needs both its ends, the lower first."}),
        ({"value": None, "low": 3, "high": 1}, {"low": "A range needs both its ends, the lower first."}),
        ({"value": "5", "low": 1, "high": 3}, {"value": "The value must lie within its range."}),
        ({"source": " "}, {"source": "Enter where the value is published."}),
        ({"period_end": date(2011, 2, 1)}, {"period_end": "The period cannot end before it starts."}),
        ({"numerator": 5}, {"denominator": "A numerator and a denominator above zero belong together."}),
        (
            {"numerator": 5, "denominator": 0},
            {"denominator": "A numerator and a denominator above zero belong together."},
        ),
        ({"numerator": 4, "denominator": 10}, {"numerator": "4 of 10 is 40.0%, not 80.5%."}),
        ({"denominator": 10}, {"denominator": "A numerator and a denominator above zero belong together."}),
        (
            {"numerator": 8, "denominator": -10},
            {"denominator": "A numerator and a denominator above zero belong together."},
        ),
        ({"value": None, "high": 1}, {"low": "A range needs both its ends, the lower first."}),
        ({"value": "4", "low": 1, "high": 3}, {"value": "The value must lie within its range."}),
        ({"value": "0", "low": 1, "high": 3}, {"value": "The value must lie within its range."}),
        ({"discrepancy": "A slip."}, {"discrepancy": "Give what the source prints and why it cannot mean it."}),
        (
            {"expected_on": date(2011, 5, 30), "is_provisional": False},
            {"expected_on": "A confirmed value cannot have an expected date."},
        ),
        (
            {"expected_on": date(2011, 4, 20)},
            {"expected_on": "The confirmed value is expected after the date of the source."},
        ),
        ({"as_printed": "March"}, {"discrepancy": "Give what the source prints and why it cannot mean it."}),
        ({"source_on": date(2011, 5, 2)}, {"source_on": "The source's date cannot be in the future."}),
    ],
)
def test_record_refuses_what_does_not_agree(milestone, fields, errors):
    with pytest.raises(results.ResultRefused) as caught:
        factories.result(milestone.indicator, **fields)
    assert caught.value.errors == errors
    assert not Result.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"value": None, "low": 2, "high": 2},
        {"value": "2", "low": 2, "high": 3},
        {"value": "3", "low": 2, "high": 3},
        {"period_start": date(2011, 3, 31)},
        {"source_on": AT.date()},
        {"expected_on": date(2011, 4, 21)},
        {"value": "0", "numerator": 0, "denominator": 4},
    ],
    ids=repr,
)
def test_record_takes_what_only_just_agrees(milestone, fields):
    row = factories.result(milestone.indicator, **fields)
    assert Result.objects.get() == row


def test_record_takes_a_fraction_that_agrees_with_the_value_as_rounded(milestone):
    row = factories.result(milestone.indicator, "33.3", numerator=Decimal(1), denominator=Decimal(3))
    assert row.numerator == 1


def test_a_provisional_value_may_be_followed_by_a_later_one_and_the_confirmed_one(milestone):
    first = factories.result(milestone.indicator, "79.0")
    factories.result(milestone.indicator, "79.5", source_on=date(2011, 4, 30))
    assert on(milestone) == (Verdict.MISSED, Decimal("79.5"))
    confirmed = results.confirm(result=first, value=Decimal("80.0"), by=user("Olga Office"), at=AT)
    assert (confirmed.confirms, confirmed.is_provisional, Result.objects.count()) == (first, False, 3)
    assert on(milestone) == (Verdict.MET, Decimal("80.0"))
    first.refresh_from_db()
    assert (first.value, first.is_provisional) == (Decimal("79.0"), True)


def reported(milestone, *rows):
    """Return what is reported of March 2011, as `record_all` takes it."""
    march = {"period_start": date(2011, 3, 1), "period_end": date(2011, 3, 31), "basis": "month"}
    facts = march | {"indicator": milestone.indicator, "source": "Monthly return", "source_on": date(2011, 4, 20)}
    return [facts | row for row in rows]


def test_record_all_adds_every_one_that_is_new_with_one_event(milestone):
    factories.result(milestone.indicator)
    rows = reported(
        milestone, {"value": Decimal("80.5")}, {"value": 81, "subject": "national"}, {"value": 70, "basis": "average"}
    )
    added = results.record_all(reported=rows, by=user("Olga Office"), at=AT, file="file.csv")
    assert [row.value for row in added] == [81, 70]
    assert Result.objects.count() == 3
    event = Event.objects.get(what="results.recorded")
    assert (event.on_text, event.detail) == (
        "Thornbury Improvement Notice",
        {"added": 2, "confirmed": 0, "file": "file.csv"},
    )
    assert results.record_all(reported=rows, by=user("Olga Office"), at=AT, file="file.csv") == []
    assert Event.objects.filter(what="results.recorded").count() == 1


def test_record_all_adds_all_or_nothing(milestone):
    rows = reported(milestone, {"value": 80}, {"value": None, "subject": "national"})
    with pytest.raises(results.ResultRefused, match=r"Give a value, a range, or both\."):
        results.record_all(reported=rows, by=user("Olga Office"), at=AT)
    assert not Result.objects.exists()


def test_what_is_reported_at_once_is_weighed_against_what_comes_before_it(milestone):
    rows = reported(milestone, {"value": 80}, {"value": 80}, {"value": 81})
    first, same, other = results.weigh(rows, AT)
    assert (first.is_new, same.is_new, same.same, other.rival) == (True, False, first.row, first.row)
    assert other.errors == {"source_on": "This period already has a provisional value of that date."}


def test_what_is_refused_does_not_stand_in_the_way_of_what_comes_after_it(milestone):
    refused, after = results.weigh(reported(milestone, {"value": 80, "source": " "}, {"value": 81}), AT)
    assert (refused.is_new, after.is_new, after.rival) == (False, True, None)


def test_the_source_is_of_the_day_of_recording_where_no_day_is_given(milestone):
    march = {"period_start": date(2011, 3, 1), "period_end": date(2011, 3, 31), "basis": "month"}
    given = {"indicator": milestone.indicator, "source": "Monthly return", "by": user("Olga Office")}
    row = results.record(**march, **given, value=Decimal("80"), at=AT)
    assert (row.source_on, row.is_provisional) == (AT.date(), True)
    confirmed = results.confirm(result=row, value=Decimal("81"), by=user("Olga Office"), at=later(days=30))
    assert (confirmed.source_on, confirmed.source) == (later(days=30).date(), "Monthly return")


def test_confirm_says_where_and_when_the_value_was_confirmed_and_of_what(milestone):
    row = factories.result(milestone.indicator, "80", breaks_series=True, subject="national")
    fraction = {"numerator": Decimal(4), "denominator": Decimal(5)}
    told = {"source": "Annual return", "source_on": AT.date()}
    made = results.confirm(result=row, value=Decimal("80"), by=user("Olga Office"), at=AT, **told, **fraction)
    assert {name: getattr(made, name) for name in (*told, *fraction)} == told | fraction
    same = ("indicator", "subject", "basis", "period_start", "period_end", "breaks_series")
    assert [getattr(made, name) for name in same] == [getattr(row, name) for name in same]


def test_judge_twice_says_it_once_and_another_person_says_it_again(milestone):
    judged = factories.milestone(milestone.indicator, 2, kind="judged", threshold=None)
    for name in ("Olga Office", "Olga Office", "Ada Officer"):
        judged = results.judge(milestone=judged, is_met=True, reason=" It is. ", by=user(name), at=AT)
    assert (judged.judged_reason, judged.judged_by) == ("It is.", user("Ada Officer"))
    assert Event.objects.filter(what="milestone.judged").count() == 2


def test_judge_refuses_to_write_over_what_was_said_since_it_was_read(milestone):
    judged = factories.milestone(milestone.indicator, 2, kind="judged", threshold=None)
    seen = results.said_so_far(judged)
    results.judge(milestone=judged, is_met=True, reason="It is.", by=user("Ada Officer"), at=AT, seen=seen)
    with pytest.raises(Conflict) as conflict:
        results.judge(milestone=judged, is_met=False, reason="No.", by=user("Olga Office"), at=AT, seen=seen)
    assert conflict.value.current.judged is True


def test_the_confirmed_value_goes_before_a_later_provisional_one(milestone):
    factories.result(milestone.indicator, "80", is_provisional=False)
    factories.result(milestone.indicator, "79", source_on=date(2011, 4, 30))
    assert on(milestone) == (Verdict.MET, Decimal("80"))


def test_a_confirmed_value_that_is_recorded_confirms_the_latest_provisional_one(milestone):
    factories.result(milestone.indicator, "79.0")
    latest = factories.result(milestone.indicator, "79.5", source_on=date(2011, 4, 30))
    factories.result(milestone.indicator, "70", basis="average", source_on=date(2011, 5, 1))
    assert factories.result(milestone.indicator, "80", is_provisional=False).confirms == latest


def test_confirm_of_the_same_value_again_finds_it(milestone):
    first = factories.result(milestone.indicator)
    given = {"result": first, "value": Decimal("80.5"), "by": user("Olga Office"), "at": AT}
    assert results.confirm(**given) == results.confirm(**given)
    assert Event.objects.filter(what="result.confirmed").count() == 1


def test_confirm_twice_is_refused(milestone):
    first = factories.result(milestone.indicator)
    confirmed = results.confirm(result=first, value=Decimal("80.5"), by=user("Olga Office"), at=AT)
    with pytest.raises(results.ResultRefused, match="already has a confirmed value"):
        results.confirm(result=first, value=Decimal("81"), by=user("Olga Office"), at=AT)
    with pytest.raises(results.ResultRefused, match="already been confirmed"):
        results.confirm(result=confirmed, value=Decimal("81"), by=user("Olga Office"), at=AT)


def test_two_values_of_one_source_s_date_are_refused(milestone):
    factories.result(milestone.indicator, "79.0")
    with pytest.raises(results.ResultRefused, match="already has a provisional value of that date"):
        factories.result(milestone.indicator, "81.0")


@pytest.mark.parametrize(
    "fields",
    [
        {"basis": "cumulative"},
        {"period_start": date(2011, 2, 1)},
        {"period_end": date(2011, 3, 30)},
        {"subject": "national"},
        {"subject": "neighbours"},
    ],
)
def test_matching_takes_only_the_same_period_and_basis_of_the_council(milestone, fields):
    factories.result(milestone.indicator, **fields)
    assert results.matching(milestone, NOW) is None
    assert on(milestone) == (Verdict.NO_DATA, None)


def test_matching_takes_only_the_same_indicator(milestone):
    other = factories.IndicatorFactory(target=milestone.indicator.target, reference="NI 60", name="Core")
    factories.result(other)
    assert results.matching(milestone, NOW) is None


def test_matching_knows_what_was_known_by_the_day(milestone):
    factories.result(milestone.indicator)
    assert on(milestone, date(2011, 4, 19)) == (Verdict.NO_DATA, None)
    assert on(milestone, date(2011, 4, 20)) == (Verdict.MET, Decimal("80.5"))


def test_lower_is_better_where_the_indicator_says_so(milestone):
    Indicator.objects.update(better="lower")
    milestone = Milestone.objects.select_related("indicator").get()
    factories.result(milestone.indicator)
    assert on(milestone)[0] == Verdict.MISSED


def test_the_range_decides(milestone):
    factories.result(milestone.indicator, "80.5", low=Decimal(79), high=Decimal(82))
    assert on(milestone)[0] == Verdict.UNDECIDED


def test_a_result_expected_later_is_awaited(milestone):
    Milestone.objects.update(expected_on=date(2012, 1, 31))
    milestone.refresh_from_db()
    assert on(milestone)[0] == Verdict.AWAITED


def test_judge_states_a_judged_milestone_with_its_reason(milestone):
    judged = factories.milestone(milestone.indicator, 2, kind="judged", threshold=None)
    assert on(judged)[0] == Verdict.UNDECIDED
    judged = results.judge(milestone=judged, is_met=False, reason="Too variable.", by=user("Olga Office"), at=AT)
    assert on(judged)[0] == Verdict.MISSED
    assert on(judged, date(2011, 4, 30))[0] == Verdict.UNDECIDED
    assert on(judged, AT.date())[0] == Verdict.MISSED
    assert (judged.judged_reason, judged.history.first().judged) == ("Too variable.", False)


def test_judge_refuses_what_its_value_decides_and_a_missing_reason(milestone):
    with pytest.raises(results.ResultRefused, match="decided by its value"):
        results.judge(milestone=milestone, is_met=True, reason="Because.", by=user("Olga Office"), at=AT)
    judged = factories.milestone(milestone.indicator, 2, kind="judged", threshold=None)
    with pytest.raises(results.ResultRefused, match="Enter a reason"):
        results.judge(milestone=judged, is_met=True, reason=" ", by=user("Olga Office"), at=AT)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"value": None}, "result_holds_a_value_or_a_range"),
        ({"low": 1}, "result_range_has_both_ends_in_order"),
        ({"low": 1, "high": 2}, "result_value_lies_in_its_range"),
        ({"denominator": 0, "numerator": 0}, "result_numerator_stands_with_its_denominator"),
        ({"as_printed": "March"}, "result_discrepancy_quotes_and_explains"),
        ({"period_end": date(2011, 1, 1)}, "result_period_ends_after_it_starts"),
    ],
)
def test_the_database_refuses_what_record_refuses(milestone, fields, constraint):
    row = factories.result(milestone.indicator)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Result.objects.filter(pk=row.pk).update(**fields)


def test_a_period_is_confirmed_once_in_the_database(milestone):
    factories.result(milestone.indicator, is_provisional=False)
    row = factories.result(milestone.indicator)
    with pytest.raises(IntegrityError), transaction.atomic():
        Result.objects.filter(pk=row.pk).update(is_provisional=False)


def test_one_indicator_decides_a_target(milestone):
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.IndicatorFactory(target=milestone.indicator.target, reference="NI 60", decides=True)


def test_missed_names_the_targets_whose_last_milestone_due_is_missed(milestone, django_assert_num_queries):
    target = milestone.indicator.target
    assert results.missed([target.pk], NOW) == []
    factories.result(milestone.indicator, "79.0")
    with django_assert_num_queries(2):
        assert results.missed([target.pk], NOW) == [target]
    assert results.missed([target.pk], date(2011, 4, 19)) == []
    factories.milestone(
        milestone.indicator, 2, period_start=date(2011, 6, 1), period_end=date(2011, 6, 30), wording="80% for June"
    )
    assert results.missed([target.pk], date(2011, 6, 30)) == [target]
    assert results.missed([target.pk], NOW) == []


def test_missed_holds_each_target_against_its_own_value(milestone):
    second = factories.target(milestone.indicator.target.notice, 2, kind="measured")
    other = factories.IndicatorFactory(target=second, reference="NI 60", decides=True)
    factories.milestone(other)
    factories.result(milestone.indicator, "81")
    factories.result(other, "79")
    targets = [milestone.indicator.target_id, other.target_id]
    assert results.missed(targets, NOW) == [other.target]
    assert results.missed(targets[:1], NOW) == []


def test_missed_leaves_out_an_indicator_that_does_not_decide(milestone):
    factories.result(milestone.indicator, "79.0")
    Indicator.objects.update(decides=False)
    assert results.missed([milestone.indicator.target_id], NOW) == []
