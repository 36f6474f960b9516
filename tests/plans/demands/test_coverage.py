"""What the plan answers, both ways, as facts, as a page and as a file."""

import csv
from datetime import date

import pytest

from plans import revisions
from plans.demands import coverage
from plans.demands.coverage import build
from plans.models import Recommendation
from tests import factories
from tests.browser import EVERYWHERE, axe, sideways
from tests.factories import finding, inspection, later, target, user

ON = date(2011, 6, 15)
PAGE = "/plans/thornbury/coverage/"


@pytest.fixture
def plan(db):
    """R01 and R02 (themes 1, 2) answer S01, R02 also N02; nothing answers S02, N01 and N03; R03 answers nothing."""
    made = factories.plan(3, themes=2)
    made.notice = factories.notice()
    made.save()
    asked, second = target(made.notice, 2), target(made.notice, 3, note="Met by the Board's own record.")
    assert second.position == 3
    announced = inspection()
    announced.notices.add(made.notice)
    one = finding(announced, 1)
    finding(announced, 2)
    first, other, _ = made.recommendations.all()
    first.findings.add(one)
    other.findings.add(one)
    other.targets.add(asked)
    return made


def references(answers):
    return [answer.recommendation.reference for answer in answers]


def close(plan, reference):
    revisions.close(
        recommendation=plan.recommendations.get(reference=reference),
        closure="completed",
        reason="Done.",
        by=user("Olga Office"),
        at=later(days=31),
    )


def test_build_tells_what_answers_each_demand_by_theme(plan):
    built = build(plan, on=ON)
    told = [(line.demand.reference, [references(cell) for cell in line.by_theme]) for line in built.findings]
    assert told == [("S01", [["R01"], ["R02"]]), ("S02", [[], []])]
    assert [(line.demand.reference, references(line.live)) for line in built.targets] == [
        ("N01", []),
        ("N02", ["R02"]),
        ("N03", []),
    ]


def test_build_tells_what_is_not_answered_and_what_answers_nothing(plan):
    built = build(plan, on=ON)
    assert [line.demand.reference for line in built.unanswered] == ["S02", "N01", "N03"]
    assert references(row.answer for row in built.idle) == ["R03"]
    assert [counted[2:] for counted in built.counts] == [(2, 1, 1), (3, 1, 2)]
    plan.recommendations.get(reference="R03").targets.add(plan.notice.targets.first())
    assert build(plan, on=ON).idle == []  # it answers no finding, but a target


def test_build_does_not_count_a_closed_recommendation_as_an_answer(plan):
    close(plan, "R02")
    built = build(plan, on=ON)
    line = built.findings[0]
    assert (references(line.live), references(line.closed)) == (["R01"], ["R02"])
    assert [line.demand.reference for line in built.unanswered] == ["S02", "N01", "N02", "N03"]
    assert references(row.answer for row in built.recommendations) == ["R01", "R03"]


def test_build_tells_of_each_recommendation_what_it_answers(plan):
    told = [
        (
            row.answer.recommendation.reference,
            [line.demand.reference for line in row.findings],
            [line.demand.reference for line in row.targets],
        )
        for row in build(plan, on=ON).recommendations
    ]
    assert told == [("R01", ["S01"], []), ("R02", ["S01"], ["N02"]), ("R03", [], [])]


def test_build_tells_where_each_target_of_the_notice_stands(plan):
    factories.result(plan.notice.targets.get(reference="N01").indicators.get(), "80.5")
    assert [line.progress.verdict_words for line in build(plan, on=ON).targets] == [
        "Met, provisional",
        "No milestone",
        "No milestone",
    ]


def test_build_of_a_plan_without_a_notice_tells_what_its_recommendations_answer(plan):
    plan.notice = None
    plan.save()
    built = build(plan, on=ON)
    assert [line.demand.reference for line in built.findings] == ["S01"]
    assert [line.demand.reference for line in built.targets] == ["N02"]
    assert {line.address for line in (*built.findings, *built.targets)} == {""}
    factories.finding(factories.inspection("apart"), 1)  # beside no Notice
    for demanded, lines in (
        (coverage.demanded_findings, built.findings),
        (coverage.demanded_targets, built.targets),
    ):
        assert list(demanded(plan)) == [line.demand for line in lines]


def test_build_tells_the_demands_of_the_notice_and_what_the_plan_answers_besides_in_order(plan):
    """What another plan answers and the Notice does not ask for is not demanded of this one."""
    elsewhere, apart = inspection("elsewhere", ordered_on=date(2011, 1, 1)), factories.notice("apart")
    answered, unasked = finding(elsewhere, 2, reference="S12"), finding(elsewhere, 1, reference="S11")
    first = plan.recommendations.get(reference="R01")
    first.findings.add(answered)
    first.targets.add(apart.targets.get())
    other = factories.plan(1, slug="other").recommendations.get()
    other.findings.add(unasked)
    other.targets.add(target(apart, 2))
    built = build(plan, on=ON)
    assert [(line.demand.reference, line.address) for line in built.findings] == [
        ("S01", "/notices/thornbury/inspections/announced/#S01"),
        ("S02", "/notices/thornbury/inspections/announced/#S02"),
        ("S12", "/notices/thornbury/inspections/elsewhere/#S12"),
    ]
    assert [(line.demand.notice.slug, line.demand.reference, line.address) for line in built.targets] == [
        *(("thornbury", reference, f"/notices/thornbury/targets/{reference}/") for reference in ("N01", "N02", "N03")),
        ("apart", "N01", ""),
    ]
    assert [line.progress is None for line in built.targets] == [False, False, False, True]
    assert [(row.slug, len(lines)) for row, lines in built.inspections] == [("announced", 2), ("elsewhere", 1)]


def test_build_tells_the_themes_the_sources_and_the_month_that_the_ratings_are_of(plan):
    plan.sources.create(position=1, title="A letter", content="Asks.", source="[1]")
    assert build(plan, on=ON).month is None
    month = factories.published(factories.month(plan))
    built = build(plan, on=ON)
    assert (built.plan, built.month, built.themes) == (plan, month, list(plan.themes.all()))
    assert built.sources == list(plan.sources.all())
    assert [counted[:2] for counted in built.counts] == [("Inspection findings", "findings"), ("Targets", "targets")]


@pytest.mark.parametrize("number", [1, 3])
def test_build_takes_as_many_queries_for_one_row_as_for_three(db, number, django_assert_num_queries):
    plan = factories.plan(number, themes=number)
    plan.notice = factories.notice()
    plan.save()
    month = factories.month(plan)
    for update in month.updates.all():
        factories.submitted(update)
    factories.published(month)
    for place, recommendation in enumerate(Recommendation.objects.all(), 1):
        recommendation.findings.add(finding(inspection(f"number-{place}"), place))
        recommendation.targets.add(target(plan.notice, place + 1))
    with django_assert_num_queries(13):
        assert len(build(plan, on=ON).recommendations) == number


def text(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_coverage_is_for_those_with_a_role_on_the_plan(client, plan):
    for name in ("Olga Office", "Ada Officer", "Liam Lead", "Mo Member", "Obi Observer"):
        client.force_login(user(name))
        assert client.get(PAGE).status_code == 200
    client.force_login(user("Stan Stranger"))
    assert client.get(PAGE).status_code == 404
    assert client.get(PAGE, {"_export": "csv"}).status_code == 404


def test_coverage_shows_both_ways_and_what_is_not_answered(client, plan):
    client.force_login(user("Mo Member"))
    page = text(client.get(PAGE))
    assert "of which 1 answers no finding and no target" in page
    assert '<dt>N03 <span class="govuk-!-font-weight-regular">Met by the Board&#x27;s own record.</span></dt>' in page
    assert 'href="/notices/thornbury/inspections/announced/#S01"' in page
    assert 'href="/plans/thornbury/recommendations/R02/"' in page


def test_coverage_of_an_empty_plan_says_so(client, db):
    factories.plan(0)
    client.force_login(user("Olga Office"))
    page = text(client.get(PAGE))
    assert "The plan does not answer a Notice." in page
    assert "The plan has no live recommendations." in page


def test_coverage_as_a_file_has_a_line_for_each_pair_and_for_what_stands_alone(client, plan):
    plan.recommendations.filter(reference="R01").update(title="=1+1")
    client.force_login(user("Mo Member"))
    response = client.get(PAGE, {"_export": "csv"})
    assert response["Content-Disposition"] == 'attachment; filename="thornbury-coverage.csv"'
    lines = list(csv.reader(response.content.decode("utf-8-sig").splitlines()))
    start = lines.index([]) + 1
    rows = [dict(zip(lines[start], line, strict=True)) for line in lines[start + 1 :]]
    told = [(row["Demand"], row["Reference"], row["Recommendation"], row["Title"]) for row in rows]
    assert told == [
        ("Finding", "S01", "R01", "'=1+1"),
        ("Finding", "S01", "R02", "Recommendation 2"),
        ("Finding", "S02", "No live recommendation", ""),
        ("Target", "N01", "No live recommendation", ""),
        ("Target", "N02", "R02", "Recommendation 2"),
        ("Target", "N03", "No live recommendation", ""),
        ("Answers nothing", "", "R03", "Recommendation 3"),
    ]


def test_coverage_of_leeds_names_the_two_lines_that_the_board_meets_itself(leeds):
    built = build(leeds, on=date(2011, 12, 9))
    assert [counted[2:] for counted in built.counts] == [(24, 24, 0), (23, 21, 2)]
    assert [(line.demand.reference, line.demand.note) for line in built.unanswered] == [
        ("N17", "No recommendation; met by the Board's own record."),
        ("N23", "No recommendation; met by the Board's own record."),
    ]
    assert (len(built.recommendations), built.idle) == (44, [])
    (eighteen,) = [line for line in built.targets if line.demand.reference == "N18"]
    assert references(eighteen.live) == ["R01"]


@pytest.mark.browser
@EVERYWHERE
def test_from_a_demand_to_its_recommendation_and_back(site, leeds_copy, width, javascript):
    by = leeds_copy.programme_office.first()
    page = site.open("/plans/leeds/coverage/", by=by, width=width, javascript=javascript)
    assert sideways(page) == 0
    if javascript:
        assert axe(page) == []
    page.click("#leeds-2009-announced-S10 >> text=R10")
    assert page.inner_text("h1").startswith("R10 ")
    page.go_back()
    page.click("#R10 >> text=S10")
    assert page.url.endswith("#leeds-2009-announced-S10")
    page.click("#leeds-2009-announced-S10 >> text=S10")
    assert page.url.endswith("/notices/leeds/inspections/leeds-2009-announced/#S10")
