from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.targets.milestones import Basis, Better, Kind, Verdict, gap, verdict

DUE = date(2010, 10, 31)
LATER = date(2011, 11, 30)
H, L = Better.HIGHER, Better.LOWER


def judge(better=H, threshold="80", low=None, high=None, **facts):
    def number(text):
        return None if text is None else Decimal(text)

    facts = {"kind": Kind.LEVEL, "baseline": None, "due_on": DUE, "as_of": LATER} | facts
    facts["baseline"] = number(facts["baseline"])
    return verdict(
        better=better, threshold=number(threshold), low=number(low), high=number(high if high else low), **facts
    )


@pytest.mark.parametrize(
    ("better", "threshold", "low", "high", "expected"),
    [
        (H, "80", "80.1", None, "met"),
        (H, "80", "80", None, "met"),
        (H, "80", "79.9", None, "missed"),
        (H, "80", "79", "81", "undecided"),
        (H, "80", "80", "85", "met"),
        (H, "80", "75", "79.9", "missed"),
        (H, "80", "75", "80", "undecided"),
        (L, "6.8", "8.3", None, "missed"),
        (L, "6.8", "6.8", None, "met"),
        (L, "6.8", "6.7", None, "met"),
        (L, "0", "1", "3", "missed"),
        (L, "0", "0", "3", "undecided"),
        (L, "0", "0", None, "met"),
        (H, None, "80", None, "undecided"),
        (H, "80", None, None, "no-data"),
    ],
)
def test_verdict_on_a_level(better, threshold, low, high, expected):
    assert judge(better, threshold, low, high) == expected


@pytest.mark.parametrize(
    ("better", "threshold", "baseline", "low", "high", "expected"),
    [
        (L, "5", "34", "29", None, "met"),
        (L, "5", "34", "29.1", None, "missed"),
        (L, "5", "34", "28", "30", "undecided"),
        (L, "5", "34", "39", None, "missed"),
        (H, "5", "34", "39", None, "met"),
        (H, "5", "34", "38", None, "missed"),
        (H, "5", "34", "29", None, "missed"),
        (L, "5", None, "29", None, "undecided"),
        (L, "5", "34", None, None, "no-data"),
    ],
)
def test_verdict_on_a_change_from_a_baseline(better, threshold, baseline, low, high, expected):
    assert judge(better, threshold, low, high, kind=Kind.CHANGE, baseline=baseline) == expected


@pytest.mark.parametrize(
    ("judged", "as_of", "expected"),
    [
        (True, LATER, "met"),
        (False, LATER, "missed"),
        (None, LATER, "undecided"),
        (None, DUE, "not-yet-due"),
        (True, DUE, "met"),
    ],
)
def test_verdict_on_what_is_judged_in_words_is_what_somebody_stated(judged, as_of, expected):
    assert judge(kind=Kind.JUDGED, threshold=None, judged=judged, as_of=as_of) == expected


@pytest.mark.parametrize(
    ("as_of", "expected_on", "expected"),
    [
        (date(2010, 10, 30), None, "not-yet-due"),
        (date(2010, 10, 31), None, "not-yet-due"),
        (date(2010, 11, 1), None, "no-data"),
        (date(2010, 11, 1), date(2011, 1, 31), "awaited"),
        (date(2011, 1, 31), date(2011, 1, 31), "no-data"),
        (date(2010, 10, 31), date(2011, 1, 31), "not-yet-due"),
    ],
)
def test_verdict_without_a_value_says_why(as_of, expected_on, expected):
    assert judge(as_of=as_of, expected_on=expected_on) == expected


def test_verdict_on_a_value_before_its_period_ends_is_not_yet_due():
    assert judge(low="90", as_of=DUE) == Verdict.NOT_YET_DUE


def test_verdict_refuses_half_a_range():
    with pytest.raises(ValueError, match="both its ends"):
        verdict(
            kind=Kind.LEVEL,
            better=H,
            threshold=Decimal(1),
            low=Decimal(1),
            high=None,
            baseline=None,
            due_on=DUE,
            as_of=LATER,
        )


numbers = st.decimals(-1000, 1000, places=1)
ORDER = [Verdict.MISSED, Verdict.UNDECIDED, Verdict.MET]


@given(st.sampled_from([Kind.LEVEL, Kind.CHANGE]), st.sampled_from(Better), numbers, numbers, numbers, numbers)
def test_verdict_never_gets_worse_when_the_value_gets_better(kind, better, threshold, baseline, first, second):
    worse, good = sorted((first, second), reverse=better is L)

    def of(value):
        facts = {"low": value, "high": value, "baseline": baseline, "due_on": DUE, "as_of": LATER}
        return ORDER.index(verdict(kind=kind, better=better, threshold=threshold, **facts))

    assert of(worse) <= of(good)


@given(numbers, numbers)
def test_verdict_flips_with_what_is_better_except_at_equality(threshold, value):
    both = [judge(better, threshold, value) for better in Better]
    assert both == ([Verdict.MET] * 2 if value == threshold else both)
    if value != threshold:
        assert set(both) == {Verdict.MET, Verdict.MISSED}


@given(st.sampled_from(Better), numbers, numbers)
def test_gap_is_not_negative_when_the_level_is_met(better, threshold, value):
    is_met = judge(better, threshold, value) == Verdict.MET
    assert (gap(better=better, threshold=threshold, value=value) >= 0) == is_met


def test_labels_are_words():
    assert [item.label for item in Verdict] == ["Met", "Missed", "Undecided", "Awaited", "No data", "Not yet due"]
    assert Basis.ACADEMIC_YEAR.label == "Academic year"


def test_neither_a_statement_nor_a_baseline_decides_a_level():
    assert judge(low="81", judged=False, baseline="80") == Verdict.MET


def test_which_way_is_better_is_said_in_words():
    assert [better.label for better in Better] == ["Higher is better", "Lower is better"]
