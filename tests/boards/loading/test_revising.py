"""A file of a plan that has published months proposes changes of its recommendations as a draft revision."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Event
from boards.loading import revising
from notices.loading import uploads
from plans import refresh
from plans.models import Plan, Refresh
from tests import factories
from tests.boards.loading.files import BARNMOUTH, all_rows, check, typed
from tests.factories import later, user
from tests.notices.loading.files import altered, changes, load, problems

pytestmark = pytest.mark.django_db
LOCKED = ["plans_plan", "plans_reportingmonth", "plans_refresh", "plans_recommendation"]
REWORDED = {"Title": "A duty desk", "Note": "Asked for by the Board."}


@pytest.fixture
def barnmouth():
    """Barnmouth's plan, loaded, with a published month."""
    factories.notice()
    load(check(typed(BARNMOUTH)))
    plan = Plan.objects.get()
    factories.published(factories.month(plan))
    return plan


def recommendation(reference):
    """Return the place of a recommendation in the sheet."""
    return [row["Reference"] for row in BARNMOUTH["Recommendations"]].index(reference)


def with_another(**said):
    first = BARNMOUTH["Recommendations"][recommendation("R1")]
    more = first | {"Reference": "R9", "Title": "Another", "Original due date": "1 May 2031"} | said
    return {**BARNMOUTH, "Recommendations": [*BARNMOUTH["Recommendations"], more]}


def draft():
    return Refresh.objects.get(applied_at=None)


def proposed():
    return {change.reference: (change.fate, change.proposed) for change in draft().changes.all()}


def test_what_differs_becomes_a_draft_and_the_plan_stays_as_it_was(barnmouth):
    before = all_rows()
    upload = check(typed(altered(BARNMOUTH, "Recommendations", recommendation("R1"), **REWORDED)))
    assert revising.REMARK in upload.report["remarks"]
    assert [column for _, _, column, _, _ in changes(upload)] == ["Title", "Note"]
    load(upload)
    assert proposed() == {"R1": ("change", {"title": "A duty desk", "note": "Asked for by the Board."})}
    assert draft().title == "From file.xlsx"
    after = all_rows()
    assert {model: rows for model, rows in after.items() if model is not Event} == {
        model: rows for model, rows in before.items() if model is not Event
    }
    assert Event.objects.first().what == "refresh.drafted"


def test_the_draft_is_applied_as_any_other(barnmouth):
    load(check(typed(altered(with_another(), "Recommendations", recommendation("R1"), **REWORDED))))
    refresh.apply(
        refresh=draft(),
        version=draft().version,
        title="Refresh",
        agreed_on=date(2011, 5, 9),
        by=user("Olga Office"),
        at=later(days=40),
    )
    rows = {row.reference: row for row in barnmouth.recommendations.all()}
    assert (rows["R1"].title, rows["R1"].note) == ("A duty desk", "Asked for by the Board.")
    assert (rows["R9"].title, rows["R9"].due_on, rows["R9"].findings.count()) == (
        "Another",
        date(2031, 5, 1),
        rows["R1"].findings.count(),
    )


def test_the_same_file_again_changes_nothing_of_the_draft(barnmouth):
    content = typed(altered(BARNMOUTH, "Recommendations", recommendation("R1"), **REWORDED))
    load(check(content))
    version = draft().version
    load(check(content))
    assert draft().version == version


def test_a_corrected_file_takes_back_what_the_first_one_drafted(barnmouth):
    load(check(typed(altered(BARNMOUTH, "Recommendations", recommendation("R1"), **REWORDED))))
    upload = check(typed(altered(BARNMOUTH, "Recommendations", recommendation("R1"), Note=REWORDED["Note"])))
    load(upload)
    assert proposed() == {"R1": ("change", {"note": REWORDED["Note"]})}
    upload = check(typed(BARNMOUTH))
    assert upload.report["counts"]["changed"] == 1
    assert [(column, before, after) for _, _, column, before, after in changes(upload)] == [
        ("Note", REWORDED["Note"], "Empty")
    ]
    load(upload)
    assert proposed() == {}
    assert (changes(check(typed(BARNMOUTH))), problems(check(typed(BARNMOUTH)))) == ([], [])


def test_what_the_file_has_no_column_for_stays_in_the_draft(barnmouth):
    olga = {"by": user("Olga Office"), "at": later(days=1)}
    opened = refresh.start(plan=barnmouth, title="Refresh", **olga)
    row = barnmouth.recommendations.get(reference="R1")
    said = {"fate": "change", "due_on": date(2031, 6, 1), "reason": "It starts late.", "title": "By hand"}
    refresh.change(refresh=opened, recommendation=row, version=0, **said, **olga)
    load(check(typed(BARNMOUTH)))
    assert proposed() == {"R1": ("change", {"due_on": "2031-06-01"})}
    assert opened.changes.get().reason == "It starts late."
    assert changes(check(typed(BARNMOUTH))) == []


def test_loading_and_applying_lock_the_plan_its_month_and_the_draft_in_one_order(barnmouth):
    factories.month(barnmouth, 6)
    upload = check(typed(altered(BARNMOUTH, "Recommendations", recommendation("R1"), **REWORDED)))
    with CaptureQueriesContext(connection) as loading:
        load(upload)
    given = {"title": "Refresh", "agreed_on": date(2011, 5, 9), "by": user("Olga Office"), "at": later(days=40)}
    opened = draft()
    with CaptureQueriesContext(connection) as applying:
        refresh.apply(refresh=opened, version=opened.version, **given)
    assert [asked_first(queries) for queries in (loading, applying)] == [LOCKED, LOCKED]


def asked_first(queries):
    """Return the tables of LOCKED in the order in which they are first asked."""
    asked = [query["sql"].partition(' FROM "')[2].partition('"')[0] for query in queries]
    return list(dict.fromkeys(table for table in asked if table in LOCKED))


def test_what_is_no_recommendation_is_changed_on_its_own_page(barnmouth):
    content = typed(altered(BARNMOUTH, "Themes", 0, Title="The front of the house"))
    assert problems(check(content)) == [("Themes", None, "", "", revising.OTHERS)]


def test_the_day_on_which_a_recommendation_joined_the_plan_stays(barnmouth):
    changed = altered(BARNMOUTH, "Recommendations", recommendation("R1"), **{"Opened on": "2 January 2011"})
    assert problems(check(typed(changed))) == [("Recommendations", None, "", "", revising.JOINED)]


def test_what_a_draft_refuses_is_said_and_nothing_is_drafted(barnmouth):
    upload = check(typed(with_another(**{"Original due date": "1 May 2001"})))
    with pytest.raises(uploads.CheckedAgain, match="Nothing was loaded\\. R9: "):
        load(upload)
    assert not Refresh.objects.exists()


def test_a_file_that_changes_nothing_says_nothing_of_a_revision(barnmouth):
    upload = check(typed(BARNMOUTH))
    assert (changes(upload), problems(upload)) == ([], [])
    assert revising.REMARK not in upload.report["remarks"]
