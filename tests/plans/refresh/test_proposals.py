"""What a draft proposes, as a row keeps it and as people read it."""

from datetime import date

import pytest

from plans.refresh import proposals
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
@factories.once
def plan(db):
    plan = factories.plan(2)
    notice = factories.notice()
    factories.target(notice, 2)
    inspection = factories.inspection()
    row = plan.recommendations.get(reference="R01")
    row.targets.set(notice.targets.all())
    row.findings.add(factories.finding(inspection, 1))
    row.areas.set([factories.area(plan, "B"), factories.area(plan, "A")])
    return plan


def test_the_facts_of_a_recommendation_are_its_texts_and_the_numbers_of_what_it_refers_to(plan):
    row = plan.recommendations.get(reference="R01")
    texts = dict.fromkeys(("success", "lead_wording", "timescale", "source", "note"), "")
    assert proposals.facts(row) == texts | {
        "title": "Recommendation 1",
        "wording": "Improve matter 1 without delay.",
        "outcome": row.outcome_id,
        "lead_post": row.lead_post_id,
        "due_on": "2011-12-31",
        "areas": ["A", "B"],
        "targets": sorted(row.targets.values_list("pk", flat=True)),
        "findings": [row.findings.get().pk],
    }


@pytest.mark.parametrize(
    ("field", "answer", "kept"),
    [
        ("title", " Listen ", "Listen"),
        ("outcome", None, None),
        ("due_on", date(2012, 3, 31), "2012-03-31"),
        ("due_on", None, ""),
        ("areas", ["B", "A"], ["A", "B"]),
        ("targets", [], []),
    ],
)
def test_an_answer_is_kept_as_a_row_can_hold_it(field, answer, kept):
    assert proposals.kept(**{field: answer}) == {field: kept}


def test_what_differs_is_proposed():
    present = {"title": "Listen", "areas": ["A"], "note": ""}
    assert proposals.difference(present, {"title": "Listen", "areas": ["A", "B"]}) == {"areas": ["A", "B"]}


@pytest.mark.parametrize(
    ("proposed", "day"), [({"due_on": "2012-03-31"}, date(2012, 3, 31)), ({"due_on": ""}, None), ({}, None)]
)
def test_the_day_that_is_proposed_is_read_back(proposed, day):
    assert proposals.day(proposed) == day


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (("title", "note"), ["reworded"]),
        (("lead_wording",), ["given to another lead"]),
        (("findings",), ["answers other targets or findings"]),
        (("areas", "outcome"), ["moved to another outcome", "in other areas of focus"]),
        (("due_on", "source"), ["reworded", "given another date"]),
        ((), []),
    ],
)
def test_what_happens_is_said_in_words(fields, words):
    assert proposals.happening(dict.fromkeys(fields, "")) == words


def test_every_field_has_words_for_what_happens_where_it_changes():
    assert [
        proposals.happening({field: ""}) for field in proposals.LABELS if not proposals.happening({field: ""})
    ] == []


def test_what_is_there_no_more_is_named_by_its_field(plan):
    row, names = plan.recommendations.get(reference="R01"), proposals.names(plan)
    assert names.missing(proposals.facts(row)) == []
    other = factories.plan(1, slug="other").recommendations.get()
    gone = {"outcome": other.outcome_id, "lead_post": 999, "targets": [row.targets.first().pk, 999], "findings": [999]}
    assert names.missing(gone | {"areas": ["Q"]}) == ["outcome", "lead_post", "targets", "findings"]
    assert names.missing({"targets": []}) == []


def test_values_are_read_as_people_say_them(plan):
    row, names = plan.recommendations.get(reference="R01"), proposals.names(plan)
    facts = proposals.facts(row)
    assert {field: names.words(field, facts[field]) for field in ("outcome", "lead_post", "due_on", "areas")} == {
        "outcome": "1.1 Outcome 1",
        "lead_post": "Head of Safeguarding",
        "due_on": "31 December 2011",
        "areas": "A, B",
    }
    assert (names.words("targets", facts["targets"]), names.words("findings", facts["findings"])) == ("N01, N02", "S01")
    empty = {"due_on": "", "areas": [], "targets": [], "title": "", "outcome": 999, "lead_post": None}
    assert {field: names.words(field, value) for field, value in empty.items()} == {
        "due_on": "No date",
        "areas": "None",
        "targets": "None",
        "title": "Empty",
        "outcome": "Removed since",
        "lead_post": "Removed since",
    }
    assert names.words("findings", [999]) == "Removed since"


def test_lines_are_told_of_what_changes_and_of_what_something_new_says(plan):
    names = proposals.names(plan)
    changed = names.lines({"title": "Listen", "note": "Old."}, {"note": "", "title": "Hear"})
    assert changed == [
        {"label": "Title", "before": "Listen", "after": "Hear"},
        {"label": "Note", "before": "Old.", "after": "Empty"},
    ]
    assert names.lines({}, {"note": "", "title": "Hear", "areas": []}) == [
        {"label": "Title", "before": "", "after": "Hear"}
    ]
