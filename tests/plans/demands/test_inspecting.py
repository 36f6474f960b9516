"""One inspection: its judgements as a tree, its findings with what answers them."""

from datetime import date

import pytest

from notices import permissions
from notices.models import Inspection
from plans import revisions
from plans.demands import inspecting
from tests import factories
from tests.factories import finding, inspection, judgement, later, user

ON = date(2011, 6, 15)


@pytest.fixture
def plan(db):
    made = factories.plan(2)
    made.notice = factories.notice()
    made.save()
    return made


def test_tree_gives_each_line_its_depth_in_the_printed_order(db):
    made = inspection()
    top = judgement(made, 1)
    under = judgement(made, 2, "good", parent=top)
    judgement(made, 3, "adequate", parent=under)
    judgement(made, 4, "good", parent=top)
    judgement(made, 5)
    lines = inspecting.tree(made.judgements.order_by("-position"))
    assert [(line.judgement.position, line.depth) for line in lines] == [(1, 0), (2, 1), (3, 2), (4, 1), (5, 0)]


def test_build_tells_findings_by_group_with_what_answers_each(plan):
    made = inspection()
    one, two, three = finding(made, 1), finding(made, 2), finding(made, 3, group="Looked after children")
    first, second = plan.recommendations.all()
    first.findings.add(one)
    second.findings.add(one, two)
    revisions.close(
        recommendation=second, closure="completed", reason="Done.", by=user("Olga Office"), at=later(days=31)
    )
    judgement(made, 1)
    judgement(made, 2, "good")
    built = inspecting.build(made, permissions.Plans((plan,)), on=ON)
    told = [
        (name, [(row.finding, [answer.recommendation for answer in row.live], len(row.closed)) for row in rows])
        for name, rows in built.groups
    ]
    assert told == [
        ("Safeguarding", [(one, [first], 1), (two, [], 1)]),
        ("Looked after children", [(three, [], 0)]),
    ]
    assert (built.judged, built.answered, built.findings) == (1, 1, 3)


def test_build_says_where_all_judgements_stand_and_what_it_leaves_out(plan):
    made = inspection()
    judgement(made, 1, "good", source="[1]")
    built = inspecting.build(made, permissions.Plans((plan,), is_partial=True), on=ON)
    assert (built.source, built.limits) == ("[1]", ["Only recommendations in plans that you can see are included."])
    judgement(made, 2, "good", source="[2]")
    built = inspecting.build(made, permissions.Plans((plan,)), on=ON)
    assert (built.source, built.limits, [given.plan for given in built.plans]) == ("", [], [plan])


def test_an_inspection_stands_beside_a_notice_that_it_is_attached_to_or_whose_plan_answers_it(plan):
    attached, answered = inspection("attached"), inspection("answered")
    inspection("apart")
    attached.notices.add(plan.notice)
    finding(attached, 1)
    plan.recommendations.first().findings.add(finding(answered, 1))
    assert set(Inspection.objects.beside(plan.notice, [plan])) == {attached, answered}


@pytest.mark.parametrize("number", [1, 3])
def test_build_takes_as_many_queries_for_one_line_as_for_three(plan, number, django_assert_num_queries):
    made = inspection()
    for position in range(1, number + 1):
        judgement(made, position, "good")
        plan.recommendations.first().findings.add(finding(made, position))
    with django_assert_num_queries(7):
        built = inspecting.build(made, permissions.Plans((plan,)), on=ON)
        assert (len(built.lines), built.findings) == (number, number)
