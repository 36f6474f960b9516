"""A draft side by side with the plan, and what nothing would answer afterwards."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plans import refresh, revisions
from plans.refresh import preview
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    """A plan that answers a Notice of two targets and an inspection of two findings, one of each by R01."""
    plan = factories.plan(4, themes=2)
    plan.notice = factories.notice()
    plan.save()
    inspection = factories.inspection()
    inspection.notices.add(plan.notice)
    factories.target(plan.notice, 2)
    for number in (8, 9):
        factories.finding(inspection, number)
    first = plan.recommendations.get(reference="R01")
    first.targets.add(plan.notice.targets.first())
    first.findings.add(inspection.findings.last())
    return plan


def office():
    return {"by": user("Olga Office"), "at": AT}


def change(draft, reference, fate="change", **said):
    row = draft.plan.recommendations.get(reference=reference)
    return refresh.change(refresh=draft, recommendation=row, version=0, fate=fate, **said, **office())


def built(draft):
    return preview.build(draft, on=AT.date())


def test_the_preview_says_before_and_after_in_words(plan):
    draft = refresh.start(plan=plan, title="Refresh", **office())
    outcome, post = plan.themes.get(number=2).outcomes.get(), factories.post("Head of Training")
    change(draft, "R01", title="Another title", outcome=outcome, lead_post=post)
    for reference in ("R09", "R10"):
        factories.drafted_recommendation(draft, reference)
    change(draft, "R02", "close", closure="merged", reason="One.", successors=["R09", "R03"])
    factories.drafted_area(draft, "B")
    for letter in "AD":
        factories.area(plan, letter)
    factories.area(plan, "C", to_on=date(2011, 3, 31))  # which ended
    found = built(draft)
    assert [(line.reference, line.words) for line in found.recommendations] == [
        ("R01", "Reworded, moved to another outcome, given to another lead"),
        ("R02", "Closes: merged into another (R09, R03)"),
        ("R03", "Carries on unchanged"),
        ("R04", "Carries on unchanged"),
        ("R09", "New"),
        ("R10", "New"),
    ]
    assert found.recommendations[0].lines == [
        {"label": "Title", "before": "Recommendation 1", "after": "Another title"},
        {"label": "Outcome", "before": "1.1 Outcome 1", "after": "2.1 Outcome 2"},
        {"label": "Lead", "before": "Head of Safeguarding", "after": "Head of Training"},
    ]
    assert [(line.reference, line.words, line.reason) for line in found.changed][1:] == [
        ("R02", "Closes: merged into another (R09, R03)", "One."),
        *((reference, "New", "") for reference in ("R09", "R10")),
    ]
    assert [len(line.lines) for line in found.recommendations] == [3, 0, 0, 0, 5, 5]
    assert [(line.reference, line.title, line.words) for line in found.areas] == [
        ("A", "Area A", "Carries on unchanged"),
        ("B", "Attainment", "New"),
        ("D", "Area D", "Carries on unchanged"),
    ]
    (area,) = found.changed_areas
    assert (area.reference, [line["after"] for line in area.lines]) == ("B", ["Attainment", "Head of Safeguarding"])
    assert found.counts == [
        ("Carry on unchanged", 2),
        ("Change", 1),
        ("Close: merged into another", 1),
        ("New", 2),
        ("In the plan afterwards", 5),
    ]
    assert found.problems == []


def unanswered(found):
    return [(one.demand.reference, [row.reference for row in one.now]) for one in found.unanswered]


def test_what_nothing_answers_afterwards_is_named_with_what_answers_it_today(plan):
    draft = refresh.start(plan=plan, title="Refresh", **office())
    first, second = plan.notice.targets.order_by("position")
    finding = plan.recommendations.get(reference="R01").findings.get()
    left = [row.reference for row in preview.demanded_findings(plan) if row != finding]
    before = [(second.reference, []), *((reference, []) for reference in left)]
    assert unanswered(built(draft)) == before
    change(draft, "R01", "close", closure="completed", reason="Done.")
    lost = [(first.reference, ["R01"]), (second.reference, [])]
    assert unanswered(built(draft)) == [*lost, *((one, []) for one in left), (finding.reference, ["R01"])]
    change(draft, "R02", targets=[first])
    factories.drafted_recommendation(draft, "R09", findings=[finding])
    assert unanswered(built(draft)) == before


def test_the_preview_says_what_cannot_be_applied(plan):
    draft = refresh.start(plan=plan, title="Refresh", **office())
    change(draft, "R01", title="Another title")
    outcome = plan.themes.get(number=2).outcomes.create(
        number=9, title="Gone", accountable_post=factories.post("Director of Children")
    )
    change(draft, "R02", outcome=outcome)
    outcome.delete()
    first = plan.recommendations.get(reference="R01")
    revisions.close(recommendation=first, closure="completed", reason="Done.", **office())
    found = built(draft)
    assert found.problems == [
        "R01: It was closed on 1 May 2011. Take this change back.",
        "R02: Outcome: your choice is no longer there. Choose again.",
    ]
    assert [line.reference for line in found.changed if line.problems] == ["R02", "R01"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_preview_takes_as_many_queries_however_much_changes(plan, number):
    draft = refresh.start(plan=plan, title="Refresh", **office())
    for place in range(1, number + 1):
        change(draft, f"R0{place}", title=f"Title {place}", areas=[])
        factories.drafted_recommendation(draft, f"R1{place}")
        factories.drafted_area(draft, "ABCD"[place])
    with CaptureQueriesContext(connection) as queries:
        built(draft)
    assert len(queries) == 14
