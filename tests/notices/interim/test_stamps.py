"""What a report stamps of each target for good: every word of its milestones and values, as known on the day."""

from datetime import date
from decimal import Decimal

import pytest

from notices.interim import stamps
from notices.models import InterimEntry, InterimReport
from notices.targets import progress, results
from tests import factories
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db
ON = date(2011, 4, 30)


@pytest.fixture
def indicator():
    return factories.notice().targets.get().indicators.get()


def stamped(indicator, on=ON):
    (row,) = progress.of_notice(indicator.target.notice, as_of=on)
    return stamps.put(InterimEntry(), row)


def step(indicator, **changed):
    """Return the stamp of the one milestone, after its row is `changed`."""
    indicator.milestones.update(**changed)
    (found,) = stamped(indicator).steps
    return found


def remarks(rows):
    return [row["remarks"] for row in rows]


def test_the_entry_is_of_its_target(indicator):
    target = indicator.target
    target.area = target.notice.areas.create(position=1, name="Safeguarding")
    target.save()
    entry = stamped(indicator)
    assert (entry.target, entry.position, entry.reference, entry.kind) == (target, 1, "N01", "measured")
    assert (entry.wording, entry.area) == ("Increase timely assessments to 80%.", "Safeguarding")
    assert (entry.verdict, entry.verdict_words) == ("no-data", "No data")


def test_a_milestone_without_a_value_says_what_is_to_be_reached(indicator):
    assert stamped(indicator).area == ""
    assert step(indicator) == {
        "indicator": "NI 59",
        "wording": "80% for March 2011",
        "period": "March 2011",
        "basis": "Month",
        "to_reach": "80%",
        "value": "",
        "is_provisional": False,
        "gap": "",
        "verdict": "no-data",
        "words": "No data",
        "is_discrepant": False,
        "remarks": "",
        "drawn": {"basis": "month", "from": "2011-03-01", "to": "2011-03-31", "level": "80"},
    }


def test_a_value_stands_beside_its_milestone_with_the_gap(indicator):
    factories.result(indicator, "78.5", numerator=Decimal(157), denominator=Decimal(200))
    entry = stamped(indicator)
    told = {"value": "78.5%", "is_provisional": True, "gap": "1.5 percentage points short of it"}
    told |= {"verdict": "missed", "words": "Missed, provisional", "is_discrepant": False}
    assert told.items() <= entry.steps[0].items()
    assert entry.values == [
        {
            "indicator": "NI 59",
            "name": "Assessments in time",
            "subgroup": "",
            "period": "March 2011",
            "basis": "Month",
            "value": "78.5%",
            "fraction": "157 of 200",
            "is_provisional": True,
            "subject": "The council",
            "source": "Monthly return",
            "is_discrepant": False,
            "remarks": "",
            "drawn": {
                "basis": "month",
                "from": "2011-03-01",
                "to": "2011-03-31",
                "subject": "council",
                "breaks": False,
                "unit": "%",
                "better": "higher",
                "value": "78.5",
                "low": "",
                "high": "",
                "floor": "",
                "floor_source": "",
            },
        }
    ]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, "80%"),
        ({"kind": "change", "baseline": Decimal(70)}, "80%, change"),
        ({"kind": "change"}, "80%, change; no baseline is named"),
        ({"kind": "judged", "threshold": None}, "Judged in words"),
    ],
    ids=["level", "change", "change from nowhere", "judged"],
)
def test_what_is_to_be_reached_says_of_a_change_that_it_is_one(indicator, changed, words):
    assert step(indicator, **changed)["to_reach"] == words


def test_a_milestone_that_somebody_judged_says_who_when_and_why(indicator):
    indicator.milestones.update(kind="judged", threshold=None, note="Two years are named.")
    results.judge(
        milestone=indicator.milestones.get(),
        is_met=True,
        reason="The team was seen.",
        by=user("Olga Office"),
        at=later(days=-9),
    )
    (found,) = stamped(indicator).steps
    assert found["verdict"] == "met"
    assert found["remarks"] == "Two years are named. The team was seen. (Olga Office, 22 April 2011)"


@pytest.mark.parametrize(
    ("value", "day", "words"),
    [
        (None, date(2011, 5, 9), "Expected on 9 May 2011."),
        (None, None, ""),
        ({"expected_on": date(2011, 5, 16)}, date(2011, 5, 9), "Confirmed value expected on 16 May 2011."),
        ({}, date(2011, 5, 9), "Confirmed value expected on 9 May 2011."),
        ({"is_provisional": False}, date(2011, 5, 9), ""),
        ({}, None, ""),
    ],
    ids=["awaited", "no day", "the value's own day", "the milestone's day", "confirmed", "neither's day"],
)
def test_a_milestone_says_when_a_value_or_a_confirmed_one_is_expected(indicator, value, day, words):
    if value is not None:
        factories.result(indicator, "78.5", **value)
    assert step(indicator, expected_on=day)["remarks"] == words


@pytest.mark.parametrize(
    ("note", "words"), [("", "Printed: 785%. A point is missing."), ("It was corrected.", "It was corrected.")]
)
def test_a_slip_of_the_source_is_told_by_the_milestone_unless_its_own_note_does(indicator, note, words):
    factories.result(indicator, "78.5", as_printed="785%", discrepancy="A point is missing.")
    found = step(indicator, note=note)
    assert (found["is_discrepant"], found["remarks"]) == (True, words)
    (value,) = stamped(indicator).values
    assert (value["is_discrepant"], value["remarks"]) == (True, "Printed: 785%. A point is missing.")


def test_a_value_says_what_is_to_be_known_of_it(indicator):
    first = factories.result(indicator, "78.5", note="Without two schools.", expected_on=date(2011, 5, 9))
    assert remarks(stamped(indicator).values) == ["Confirmed value expected on 9 May 2011. Without two schools."]
    results.confirm(result=first, value=Decimal(79), by=user("Olga Office"), at=AT, source_on=date(2011, 4, 29))
    assert remarks(stamped(indicator).values) == ["Confirms the provisional 78.5%."]
    factories.result(
        indicator,
        "81",
        period_start=date(2011, 4, 1),
        period_end=date(2011, 4, 30),
        source_on=date(2011, 4, 30),
        breaks_series=True,
        note="Counted anew.",
    )
    assert remarks(stamped(indicator).values) == [
        "Confirms the provisional 78.5%.",
        "The series breaks here. Counted anew.",
    ]


def test_the_report_bears_the_title_of_its_notice_and_what_its_plans_say_in_their_order(indicator):
    notice = indicator.target.notice
    for slug, caveat in (("b", "Second."), ("a", "First."), ("c", "Second."), ("d", "")):
        plan = factories.plan(0, slug=slug)
        plan.notice, plan.caveat = notice, caveat
        plan.save()
    report = stamps.put_title(InterimReport(notice=notice))
    assert (report.notice_title, report.caveat) == ("Thornbury Improvement Notice", "First.\nSecond.")
