"""The list's filters against the sets that `plans.months.sets` defines."""

from datetime import date

import pytest
from django.http import QueryDict

from improvement.govuk import filtering
from plans.models import ReportingMonth
from plans.months import exports, sets
from plans.recommendations.filters import RecommendationFilter
from tests import factories
from tests.plans import told

NOW = factories.later(days=60)


@pytest.fixture
def plan(told_plan, db):
    return told_plan


@pytest.fixture
def may(plan):
    return plan.months.get(month=date(2011, 5, 1))


def filtered(month, query=""):
    return RecommendationFilter(QueryDict(query), month=month, now=NOW)


def references(rows):
    return [row.reference for row in rows]


def pairs_of(month):
    rows = list(sets.rows(month))
    return [
        *sets.static_pairs(),
        *{("theme", str(row.theme_number)) for row in rows},
        *{("outcome", f"{row.theme_number}.{row.outcome_number}") for row in rows},
        *{("post", str(row.lead_post_id)) for row in rows},
        ("area", "A"),
        ("area", "Z"),
        ("theme", "9"),
        ("outcome", "1"),
        ("post", "0"),
    ]


@pytest.mark.parametrize("number", [5, 6])
def test_every_value_selects_the_rows_that_standing_defines(plan, number):
    month = plan.months.get(month=date(2011, number, 1))
    for pair in pairs_of(month):
        expected = references(sets.select(month, dict([pair]), now=NOW))
        assert (pair, references(filtered(month, "=".join(pair)).rows)) == (pair, expected)


def test_two_values_select_the_rows_in_both_sets(plan, may):
    pairs = [pair for pair in pairs_of(may) if sets.select(may, dict([pair]), now=NOW).exists()]
    for first in pairs:
        for second in pairs[::3]:
            if first[0] != second[0]:
                both = filtered(may, f"{first[0]}={first[1]}&{second[0]}={second[1]}")
                expected = references(sets.select(may, dict([first, second]), now=NOW))
                assert (first, second, references(both.rows)) == (first, second, expected)


def test_every_parameter_of_standing_has_a_filter():
    assert set(sets.CHOICES) <= set(RecommendationFilter.base_fields)


def test_the_scene_has_a_row_in_most_sets(may):
    filled = {pair for pair in sets.static_pairs() if sets.select(may, dict([pair]), now=NOW).exists()}
    assert filled >= {
        ("rating", "red"),
        ("rating", "none"),
        ("moved", "amber-green"),
        ("moved", "worse"),
        ("stuck", "yes"),
        ("overdue", "yes"),
        ("slipped", "agreed"),
        ("update", "late"),
        ("update", "not-signed-off"),
        ("update", "unchanged"),
        ("decision", "yes"),
    }


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("R03", ["R03"]),
        ("audit finished", ["R01"]),
        ("FINISHED audit", ["R01"]),
        ("matter 9", ["R09"]),
        ("trained", []),
        ("%", []),
        ("_", []),
    ],
)
def test_words_are_searched_in_titles_wordings_and_answers(may, words, found):
    assert references(filtered(may, f"q={words}".replace("%", "%25")).rows) == found


@pytest.mark.parametrize("number", [5, 6])
def test_words_of_drafts_are_never_found_nor_shown(plan, number):
    month = plan.months.get(month=date(2011, number, 1))
    assert filtered(month, f"q={told.SECRET}").rows == []
    held = [str(vars(row)) for row in filtered(month).whole]
    assert not any(told.SECRET in text for text in held)


def test_what_the_list_does_not_know_is_left_out_and_said(may):
    filters = filtered(may, "rating=pink&moved=red-red&q=%00&theme=%00&stuck=no")
    assert len(filters.rows) == 9
    assert filters.left_out == ["Words", "Rating", "Movement", "Theme", "Stuck"]
    assert filters.selected == []


def test_choices_are_those_of_the_month_as_it_stood(may):
    told.refresh(may.plan)
    fields = {field.name: list(getattr(field.field, "choices", ())) for field in filtered(may).drawn}
    assert fields["theme"] == [("1", "1 Theme 1"), ("2", "2 Theme 2")]
    assert fields["outcome"] == [("1.1", "1.1 Outcome 1"), ("2.1", "2.1 Outcome 2")]
    assert fields["area"] == [("A", "A Area A")]
    assert [label for _, label in fields["post"]] == ["Head of Safeguarding", "Police Commander"]


def test_a_rating_that_the_plan_does_not_use_is_offered_only_where_it_is_asked_for(may):
    may.wording.pop("complete", None)
    assert not any("Complete" in label for name in ("rating", "corrected", "moved") for label in offered(may, name))
    assert [label for label in offered(may, "rating", "rating=complete") if label == "Complete"] == ["Complete"]


def offered(month, name, query=""):
    return [label for field in filtered(month, query).drawn if field.name == name for _, label in field.field.choices]


def test_a_value_that_the_month_does_not_hold_selects_nothing_and_can_be_removed(may):
    filters = filtered(may, "theme=9&rating=red&page=2")
    assert filters.rows == []
    assert [(item.text, item.without) for item in filters.selected] == [
        ("Rating: Red", "?theme=9"),
        ("Theme: 9", "?rating=red"),
    ]


def test_a_tick_is_said_by_its_name(may):
    assert [item.text for item in filtered(may, "overdue=yes&q=r").selected] == ["Words: “r”", "Overdue"]


def test_overdue_is_judged_at_publication(may):
    filters = RecommendationFilter(QueryDict("overdue=yes"), month=may, now=factories.later(days=9000))
    assert references(filters.rows) == ["R09"]


@pytest.mark.parametrize("recommendations", [1, 3])
def test_the_rows_and_choices_take_two_queries(db, django_assert_num_queries, recommendations):
    plan = factories.plan(recommendations, slug="another")
    factories.area(plan)
    month = ReportingMonth.objects.get(pk=factories.month(plan).pk)
    with django_assert_num_queries(2):
        filters = filtered(month, "rating=red&theme=1")
        assert len(filters.whole) == recommendations
        assert filters.rows == []
        assert len(filters.drawn) == len(RecommendationFilter.base_fields)


@pytest.mark.parametrize("recommendations", [1, 3])
def test_a_search_for_words_takes_as_many_queries_however_many_the_rows(db, django_assert_num_queries, recommendations):
    plan = factories.plan(recommendations, slug="another")
    month = ReportingMonth.objects.get(pk=factories.month(plan).pk)
    with django_assert_num_queries(16):
        assert len(filtered(month, "q=recommendation").rows) == recommendations


def test_several_values_of_a_filter_select_the_rows_in_any_of_them(may):
    red, amber = (references(filtered(may, f"rating={rating}").rows) for rating in ("red", "amber"))
    assert red
    assert amber
    both = filtered(may, "rating=red&rating=amber&sort=title")
    assert references(both.rows) == sorted(red + amber)
    assert both.words == "Rating: Red or Amber"
    assert [(item.text, item.without) for item in both.selected] == [
        ("Rating: Red", "?rating=amber&sort=title"),
        ("Rating: Amber", "?rating=red&sort=title"),
    ]


@pytest.mark.parametrize("name", [name for name in sorted(sets.PARAMETERS) if name in RecommendationFilter.base_fields])
def test_every_filter_but_a_tick_takes_several_values(may, name):
    values = list(dict.fromkeys(value for parameter, value in pairs_of(may) if parameter == name))
    every = {reference for value in values for reference in references(filtered(may, f"{name}={value}").rows)}
    together = filtered(may, "&".join(f"{name}={value}" for value in values))
    assert set(references(together.rows)) == every
    assert together.left_out == []


def test_more_values_than_any_list_offers_are_left_out(may):
    many = filtered(may, "&".join(f"theme={number}" for number in range(900)))
    assert (len(many.rows), many.left_out) == (9, ["Theme"])


ANSWERED = {
    "progress": "The father’s café reopened.",
    "impact": "Zoë attends – every day.",
    "next_steps": "Naïve costings are redone.",
    "cause": "A “quoted” cause.",
    "remedy": "Łódź is asked for help.",
    "remedy_owner": "Siân O’Connor",
    "decision_sought": "Seek a résumé.",
    "proposed_due_on": date(2012, 3, 31),
    "proposed_due_reason": "The façade is late.",
}


@pytest.fixture
def june(plan):
    """An open month, in which `R03` has all that can be reported."""
    june = plan.months.get(month=date(2011, 6, 1))
    factories.submitted(june.updates.get(reference="R03"), **ANSWERED)
    return june


@pytest.mark.parametrize(
    "words",
    [
        "father's cafe",
        "FATHER‘S CAFÉ",
        "cafe\u0301",
        "zoe - every",
        "naive",
        '"quoted"',
        "lodz",
        "sian o'connor",
        "resume",
        "facade",
    ],
)
def test_words_are_found_whatever_their_case_accents_and_apostrophes(june, words):
    assert references(searched(june, words)) == ["R03"]


def texts_of_the_file(month):
    exports.complete(month, rows := filtered(month).whole)
    return {(row.reference, text) for row in rows for text in filtering.texts(exports.COLUMNS, row)}


@pytest.mark.parametrize("number", [5, 6])
def test_everything_that_the_file_of_the_list_says_of_a_row_is_found(plan, june, number):
    """The file has every text that a month holds of a row: a new column is found, or fails here."""
    month = plan.months.get(month=date(2011, number, 1))
    told = texts_of_the_file(month)
    found = {text: references(searched(month, text[:100])) for text in {text for _, text in told}}
    assert [(reference, text) for reference, text in told if reference not in found[text]] == []


def searched(month, text):
    query = QueryDict(mutable=True)
    query["q"] = text
    return RecommendationFilter(query, month=month, now=NOW).rows


def test_everything_that_stands_around_a_recommendation_on_its_page_is_found(may):
    plan = may.plan
    row = plan.recommendations.get(reference="R01")
    plan.recommendations.filter(pk=row.pk).update(source="Ofsted, § 12", note="Printed twice.", timescale="Spring term")
    row.actions.create(title="Hire Björn", due_on=date(2011, 4, 30))
    plan.notice = factories.notice()
    plan.save()
    row.targets.add(target := plan.notice.targets.first() or factories.target(plan.notice))
    held = factories.held(plan)
    factories.decision(held, recommendation=row)
    factories.action(held, recommendation=row)
    factories.challenge(plan, "Whose naïveté?", recommendation=row)
    update = may.updates.get(reference="R01")
    for words in (
        "ofsted",
        "printed twice",
        "spring term",
        "bjorn",
        target.wording[:60],
        row.decisions.get().wording,
        row.board_actions.get().wording,
        "naivete",
        update.lead_name,
        update.accountable_title,
        update.outcome_title,
        "improving",
    ):
        assert (words, "R01" in references(searched(may, words))) == (words, True)


def test_what_the_public_may_not_read_of_the_board_is_not_found(may):
    row, held = may.plan.recommendations.get(reference="R01"), factories.held(may.plan)
    item = held.items.first()
    factories.decision(held, "Buy the ledger.", recommendation=row, item=item)
    factories.action(held, "Read the folio.", recommendation=row)
    factories.challenge(may.plan, "Whose quarto?", recommendation=row)
    told = ("ledger", "folio", "quarto")
    assert [references(searched(may, words)) for words in told] == [["R01"]] * 3
    for restricted in (held.items.filter(pk=item.pk), row.board_actions, row.challenges):
        restricted.update(restricted_because="Names a post.")
    assert [references(searched(may, words)) for words in told] == [[]] * 3
