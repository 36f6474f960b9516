from datetime import date

import pytest

from plans import reporting
from plans.models import Evidence, MonthlyUpdate
from plans.months import narrative
from plans.officer import comparison
from tests import factories
from tests.factories import later, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return factories.plan()


def submitted(plan, number, **answers):
    month = factories.month(plan, number, at=later(days=31 * (number - 5)))
    factories.submitted(month.updates.get(), **answers)
    return MonthlyUpdate.objects.get(month=month)


def published(plan, number, **answers):
    row = submitted(plan, number, **answers)
    factories.published(row.month)
    return MonthlyUpdate.objects.get(pk=row.pk)


def shown(lines):
    """Each line as (field, words before, words now, whether they are the same); None where nothing was asked."""
    return [
        (line.field, line.before and line.before.words, line.now and line.now.words, line.is_same) for line in lines
    ]


def test_a_first_update_stands_alone(plan):
    lines = comparison.compare(submitted(plan, 5), None)
    assert shown(lines)[:3] == [
        ("rating", None, "Amber", False),
        ("direction", None, "Steady", False),
        ("progress", None, "Two teams were trained.", False),
    ]


def test_each_answer_stands_beside_the_one_published_last(plan):
    before = published(plan, 5)
    lines = comparison.compare(submitted(plan, 6, rating="green", progress="All teams."), before)
    assert shown(lines) == [
        ("rating", "Amber", "Green", False),
        ("direction", "Steady", "Steady", True),
        ("progress", "Two teams were trained.", "All teams.", False),
        ("impact", "Families are seen sooner.", "Families are seen sooner.", True),
        ("next_steps", "Train the other teams.", "Train the other teams.", True),
        ("remedy", "More trainers.", None, False),
        ("remedy_owner", "Head of Training", None, False),
        ("green_by", "30 September 2012", None, False),
    ]


def test_what_was_published_brings_its_corrections_with_it(plan):
    before = published(plan, 5)
    reporting.correct(
        update=before, reason="A slip.", by=user("Olga Office"), at=later(days=1), progress="Three teams."
    )
    lines = comparison.compare(submitted(plan, 6, progress="All teams."), before)
    (line,) = [line for line in lines if line.field == "progress"]
    assert [item.words for item in line.before.corrected] == ["Three teams."]


def marks(line):
    """What is marked in either text, or nothing where neither is."""
    parts = (line.marked.before, line.marked.now) if line.marked else ()
    return [[part.text for part in found if part.is_changed] for found in parts]


def test_words_that_changed_since_last_month_are_marked_and_what_was_written_anew_is_named(plan):
    published(plan, 5, rating="red", progress="Two teams were trained.", impact="Families wait for a month.")
    row = submitted(plan, 6, progress="Three teams were trained.", impact="Waits fell.", next_steps="Train the rest.")
    previous = reporting.last_published([row])[row.pk]
    lines = {line.field: line for line in comparison.compare(row, previous)}
    assert {field: marks(line) for field, line in lines.items() if line.marked} == {
        "progress": [["Two"], ["Three"]],
        "next_steps": [["other teams."], ["rest."]],
    }
    assert [field for field, line in lines.items() if line.is_rewritten] == ["impact"]


def test_words_that_changed_since_the_return_are_marked(plan):
    row = submitted(plan, 5)
    given = {"by": user("Liam Lead"), "at": later(days=1), "comment": "Which?"}
    row = reporting.return_for_changes(update=row, version=row.version, **given)
    row = factories.submitted(row, progress="Two teams, North and East, were trained.")
    (line,) = comparison.since_return(row).lines
    assert (line.field, marks(line)) == ("progress", [["teams"], ["teams, North and East,"]])


TABLE = "| Month | Number |\n| May | 3 |\n| June | 4 |"


@pytest.mark.parametrize(
    ("before", "now"), [(TABLE, "May 3, June 4."), ("May 3, June 4.", TABLE)], ids=["before", "now"]
)
def test_a_text_with_a_table_is_not_marked_but_read_as_a_table(plan, before, now):
    published(plan, 5, progress=before)
    row = submitted(plan, 6, progress=now)
    previous = reporting.last_published([row])[row.pk]
    line = next(line for line in comparison.compare(row, previous) if line.field == "progress")
    assert (line.marked, line.is_rewritten, line.is_same) == (None, False, False)


def returned(row):
    given = {"by": user("Liam Lead"), "at": later(days=1), "comment": "Which?"}
    return reporting.return_for_changes(update=row, version=row.version, **given)


def attached(row, title):
    given = {"kind": "quantitative", "url": f"https://example.org/{title}/", "added_at": later(), "added_by": user()}
    return Evidence.objects.create(update=row, title=title, **given)


def test_what_was_never_returned_has_nothing_that_changed_since(plan):
    assert comparison.since_return(submitted(plan, 5)) is None


def test_what_comes_back_as_it_was_is_unchanged(plan):
    found = comparison.since_return(factories.submitted(returned(submitted(plan, 5)), reply="It is right."))
    assert (found.lines, found.added, found.removed, found.is_unchanged) == ([], [], [], True)


@pytest.mark.parametrize(("added", "removed"), [(["Audit"], []), ([], ["Survey"])])
def test_what_comes_back_with_other_evidence_is_not_unchanged(added, removed):
    assert comparison.SinceReturn([], added, removed).is_unchanged is False


def test_an_answer_that_is_left_out_now_is_not_compared():
    before, now = (narrative.answer("decision_sought", words) for words in ("Money.", ""))
    line = comparison.Line("decision_sought", "Decision sought", before, now)
    assert (line.has_both, line.is_same) == (False, False)


def test_evidence_that_came_or_went_since_the_return_is_named(plan):
    row = submitted(plan, 5)
    kept, gone = attached(row, "Rates"), attached(row, "Survey")
    row = returned(row)
    gone.delete()
    attached(row, "Audit")
    found = comparison.since_return(factories.submitted(row))
    assert (found.lines, found.added, found.removed, found.is_unchanged) == ([], ["Audit"], ["Survey"], False)
    assert kept.pk in row.evidence.values_list("pk", flat=True)


@pytest.mark.parametrize(
    ("name", "answer"), [("decision_sought", "Money."), ("rating", "red"), ("cause", "Vacancies.")]
)
def test_each_answer_that_says_something_else_since_the_return_is_shown(plan, name, answer):
    row = factories.submitted(returned(submitted(plan, 5)), **{name: answer})
    found = comparison.since_return(row)
    (line,) = found.lines
    assert (line.field, line.marked, line.is_rewritten) == (name, None, False)
    assert (line.now.words.casefold(), found.is_unchanged) == (answer.casefold(), False)


def test_what_is_asked_of_the_reviewer_is_not_compared_with_last_month(plan):
    before = published(plan, 5, decision_sought="Money.")
    proposal = {"proposed_due_on": date(2012, 3, 31), "proposed_due_reason": "It starts late."}
    fields = [line.field for line in comparison.compare(submitted(plan, 6, progress="All teams.", **proposal), before)]
    assert ("decision_sought" in fields, set(proposal) & set(fields)) == (True, set())


def test_a_decision_of_last_month_stands_alone_where_none_is_asked_now(plan):
    before = published(plan, 5, decision_sought="Money.")
    lines = {line.field: line for line in comparison.compare(submitted(plan, 6, progress="All teams."), before)}
    line = lines["decision_sought"]
    assert (line.before.words, line.now, line.has_both, line.is_same, line.is_rewritten) == (
        *("Money.", None),
        *(False, False, False),
    )
