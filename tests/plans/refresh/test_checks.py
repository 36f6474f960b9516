"""What is wrong with a change of a draft, as of a day."""

from datetime import date, timedelta

import pytest

from improvement.texts import days
from plans import revisions
from plans.models import AreaChange, Recommendation, RefreshChange
from plans.refresh import checks
from tests import factories
from tests.factories import AT, post, user

pytestmark = pytest.mark.django_db
TODAY = AT.date()
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)


@pytest.fixture
@factories.once
def plan(db):
    """Two recommendations and the area of focus A."""
    plan = factories.plan(2)
    factories.area(plan)
    return plan


def here(plan, *changes, areas=(), on=TODAY):
    return checks.of_plan(plan, on=on, changes=changes, area_changes=areas)


def change(reference="R01", fate="change", **said):
    row = Recommendation.objects.filter(reference=reference).first()
    return RefreshChange(reference=reference, fate=fate, recommendation=row, **said)


def proposed(plan, **said):
    first = plan.recommendations.first()
    facts = {"title": "Listen", "wording": "Ask.", "outcome": first.outcome_id, "lead_post": first.lead_post_id}
    return facts | {"due_on": "2012-03-31"} | said


def wrong(plan, row, *others, **known):
    return checks.errors(row, here(plan, row, *others, **known))


def test_what_is_live_can_be_changed_from_its_first_day_until_the_day_before_it_closes(plan):
    factories.recommendation(plan, 3, opened_on=TODAY)
    factories.recommendation(plan, 4, opened_on=TOMORROW)
    closing = plan.recommendations.get(reference="R02")
    revisions.close(recommendation=closing, closure="completed", reason="Done.", by=user("Olga Office"), at=AT)
    found = {row: wrong(plan, change(row, proposed={"title": "Another"})) for row in ("R01", "R02", "R03", "R04")}
    assert found == {
        "R01": {},
        "R02": {"fate": "It was closed on 1 May 2011. Take this change back."},
        "R03": {},
        "R04": {"fate": "It joins the plan on 2 May 2011. It can be changed from that day on."},
    }
    assert list(here(plan, on=YESTERDAY).live) == ["R01", "R02"]
    assert wrong(plan, change("R04", fate="close"))["fate"].startswith("It joins the plan on 2 May 2011.")


@pytest.mark.parametrize("reference", ["R01", "r02", "R09", "r09"])
def test_a_new_reference_is_neither_one_of_the_plan_nor_of_the_draft_however_it_is_spelt(plan, reference):
    factories.recommendation(plan, 3)
    drafted = change("R09", "add", pk=1, proposed=proposed(plan))
    taken = f"The plan already has a recommendation {reference}. Enter another reference."
    row = change(reference, "add", pk=2, proposed=proposed(plan))
    assert wrong(plan, row, drafted) == {"reference": taken}
    assert wrong(plan, drafted) == {}
    closing = plan.recommendations.get(reference="R03")
    revisions.close(recommendation=closing, closure="completed", reason="Done.", by=user("Olga Office"), at=AT)
    assert wrong(plan, change("R03", "add", pk=2, proposed=proposed(plan))).keys() == {"reference"}


@pytest.mark.parametrize(
    ("said", "errors"),
    [
        ({}, {}),
        ({"outcome": 0, "lead_post": None}, {"outcome": "Choose an outcome.", "lead_post": "Choose a lead."}),
        ({"targets": [999]}, {"targets": "Targets answered: your choice is no longer there. Choose again."}),
        ({"findings": [999]}, {"findings": "Findings answered: your choice is no longer there. Choose again."}),
        ({"lead_post": 999}, {"lead_post": "Lead: your choice is no longer there. Choose again."}),
    ],
    ids=str,
)
def test_what_a_recommendation_says_is_there_and_fits(plan, said, errors):
    assert wrong(plan, change("R09", "add", proposed=proposed(plan, **said))) == errors


@pytest.mark.parametrize("field", ["title", "lead_wording", "timescale"])
def test_what_is_too_long_is_refused(plan, field):
    longest = Recommendation._meta.get_field(field).max_length
    for length, fields in ((longest, set()), (longest + 1, {field})):
        assert wrong(plan, change(proposed={field: "x" * length})).keys() == fields


def test_an_area_is_one_that_lasts_or_is_added_or_that_the_recommendation_is_in_already(plan):
    factories.area(plan, "B")
    plan.areas.filter(letter="B").update(to_on=date(2011, 4, 30))
    factories.area(plan, "C")
    plan.areas.filter(letter="C").update(to_on=TODAY)
    factories.area(plan, "D")
    areas = [AreaChange(letter="D", fate="end"), AreaChange(letter="E", fate="add")]
    plan.recommendations.get(reference="R02").areas.set(plan.areas.filter(letter="B"))
    found = {
        (reference, letter): wrong(plan, change(reference, proposed={"areas": [letter]}), areas=areas)
        for reference in ("R01", "R02")
        for letter in "ABCDEF"
    }
    gone = {key: errors["areas"] for key, errors in found.items() if errors}
    assert gone == {
        (reference, letter): f"There is no area of focus {letter}. Choose again."
        for reference, letters in (("R01", "BDF"), ("R02", "DF"))
        for letter in letters
    }


@pytest.mark.parametrize(
    ("said", "errors"),
    [
        ({"due_on": TODAY.isoformat()}, {"reason": revisions.WHY_ANOTHER_DATE}),
        ({"due_on": YESTERDAY.isoformat()}, {"due_on": revisions.has_passed(YESTERDAY)}),
        ({"due_on": ""}, {"due_on": "Enter the due date."}),
        ({"due_on": "", "timescale": "Ongoing"}, {"due_on": "Enter the due date."}),
        ({"due_on": "1999-12-31"}, {"due_on": days.OUTSIDE}),
        ({"timescale": "Ongoing"}, {}),
    ],
    ids=str,
)
def test_a_date_is_one_from_today_on_with_its_reason(plan, said, errors):
    assert wrong(plan, change(proposed=said)) == errors
    if "reason" in errors:
        assert wrong(plan, change(proposed=said, reason="It starts late.")) == {}


@pytest.mark.parametrize(
    ("said", "errors"),
    [
        ({"timescale": ""}, {"due_on": checks.UNDATED}),
        ({"title": "Another"}, {}),
        ({"timescale": "", "due_on": "2012-03-31"}, {"reason": revisions.WHY_ANOTHER_DATE}),
        ({"timescale": "As needed"}, {}),
    ],
    ids=str,
)
def test_what_has_no_date_keeps_a_timescale(plan, said, errors):
    factories.recommendation(plan, 3, due_on=None, original_due_on=None, timescale="Ongoing")
    assert wrong(plan, change("R03", proposed=said)) == errors


def test_a_new_recommendation_needs_no_reason_for_its_date_and_a_timescale_where_it_has_none(plan):
    found = [
        wrong(plan, change("R09", "add", proposed=proposed(plan, **said)))
        for said in ({}, {"due_on": ""}, {"due_on": "", "timescale": "Ongoing"}, {"due_on": TODAY.isoformat()})
    ]
    assert found == [{}, {"due_on": checks.UNDATED}, {}, {}]


def test_what_continues_a_recommendation_stays_or_is_added(plan):
    added, closing = change("R09", "add", proposed=proposed(plan)), change("R02", "close")
    told = {"closure": "split", "reason": "Two."}
    names = "{} cannot continue it. Enter recommendations that the plan has after the revision."
    row = change("R01", "close", successors=["R01", "R02", "R09"], **told)
    assert wrong(plan, row, added, closing) == {"successors": names.format("R01, R02")}
    assert wrong(plan, row, added) == {"successors": names.format("R01")}
    assert wrong(plan, change("R01", "close", successors=["R02", "R09"], **told), added) == {}


def area(letter="A", fate="change", title="Attainment", **said):
    return AreaChange(letter=letter, fate=fate, title=title, **said)


def wrong_area(plan, row, *others):
    return checks.area_errors(row, here(plan, areas=[row, *others]))


@pytest.mark.parametrize(
    ("letter", "error"),
    [
        *((letter, "Enter one capital letter.") for letter in ("", "b", "BC", "[", "@", "Ä")),
        ("A", "The plan already has an area of focus A. Enter another letter."),
        ("C", "The plan already has an area of focus C. Enter another letter."),
    ],
)
def test_the_letter_of_a_new_area_is_one_that_is_free(plan, letter, error):
    drafted = area("C", "add", pk=1, leading_post=post())
    assert wrong_area(plan, area(letter, "add", pk=2, leading_post=post()), drafted) == {"letter": error}
    for free in "BZ":
        assert wrong_area(plan, area(free, "add", pk=2, leading_post=post()), drafted) == {}


@pytest.mark.parametrize("fate", ["add", "change"])
def test_an_area_needs_a_title_that_fits_and_a_post(plan, fate):
    letter = {"add": "B", "change": "A"}[fate]
    found = [
        wrong_area(plan, area(letter, fate, title, leading_post=leading))
        for title, leading in (("T" * 150, post()), ("T" * 151, post()), ("", None))
    ]
    assert found == [
        {},
        {"title": "Enter a title of 150 characters or fewer."},
        {"title": "Enter a title for the area of focus.", "leading_post": "Choose the post that leads it."},
    ]


def test_an_area_changes_where_its_title_or_its_post_does(plan):
    found = [
        wrong_area(plan, area(title=title, leading_post=post(leading)))
        for title, leading in (
            ("Area A", "Head of Safeguarding"),
            ("Attainment", "Head of Safeguarding"),
            ("Area A", "Head of Training"),
        )
    ]
    nothing = "Nothing changes. Change the title or the post, or choose “Carries on unchanged”."
    assert found == [{"fate": nothing}, {}, {}]


@pytest.mark.parametrize(
    ("lasting", "fate", "error"),
    [
        ({"to_on": date(2011, 5, 31)}, "change", "Area A has ended already."),
        ({"to_on": date(2011, 6, 1)}, "change", None),
        ({"to_on": date(2011, 5, 31)}, "end", "Area A has ended already."),
        ({"from_on": date(2011, 5, 31)}, "end", None),
        ({"from_on": date(2011, 6, 1)}, "end", "Area A begins with June 2011. An administrator can remove it."),
        ({"from_on": date(2011, 6, 1)}, "change", None),
    ],
    ids=str,
)
def test_an_area_changes_or_ends_with_the_next_month_if_it_lasts_until_then(plan, lasting, fate, error):
    factories.month(plan, 5)
    plan.areas.update(**lasting)
    assert wrong_area(plan, area(fate=fate, leading_post=post())) == ({"fate": error} if error else {})
    assert wrong_area(plan, area("B", fate, leading_post=post())) == {"fate": "Area B has ended already."}


def test_the_problems_of_a_draft_name_each_change_and_say_where_there_is_none(plan):
    assert checks.problems(here(plan)) == ["The draft does not change anything yet."]
    rows = [change(proposed={"title": "", "wording": ""}), change("R02", proposed={"title": "Another"})]
    assert checks.problems(here(plan, *rows, areas=[area("B", "end")])) == [
        "R01: Enter a short title.",
        "R01: Enter the recommendation.",
        "Area B: Area B has ended already.",
    ]
    assert checks.problems(here(plan, rows[1])) == checks.problems(here(plan, areas=[area(fate="end")])) == []
