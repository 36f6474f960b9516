"""The rows of an import become changes of a draft; the plan stays as it is until that is applied."""

from datetime import date

import pytest

from accounts.models import Event
from improvement.records.refusals import Incomplete
from plans import refresh
from tests import factories
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return factories.plan(3)


def office():
    return {"by": user("Olga Office"), "at": AT}


def draft(plan, *rows):
    return refresh.draft(plan=plan, title="Imported", rows=rows, **office())


def new(plan, reference="R09", **said):
    first = plan.recommendations.first()
    facts = {"title": "Listen", "wording": "Ask every child.", "outcome": first.outcome, "lead_post": first.lead_post}
    return {"reference": reference, "due_on": date(2012, 3, 31)} | facts | said


def test_rows_become_changes_and_additions_of_a_draft(plan):
    rows = (
        {"reference": "R01", "title": "Another title", "wording": "Improve matter 1 without delay."},
        {"reference": "R02", "title": "Recommendation 2"},
        new(plan),
    )
    found = draft(plan, *rows)
    assert found.title == "Imported"
    changes = {row.reference: (row.fate, row.version) for row in found.changes.all()}
    assert changes == {"R01": ("change", 1), "R09": ("add", 1)}
    assert found.changes.get(reference="R01").proposed == {"title": "Another title"}
    assert plan.recommendations.filter(title="Another title").count() == 0
    told = Event.objects.count()
    assert draft(plan, *rows).version == found.version
    assert Event.objects.count() == told


def test_rows_go_into_the_draft_that_is_open_and_leave_its_closures(plan):
    opened = factories.drafted(plan)
    row = plan.recommendations.get(reference="R01")
    said = {"fate": "close", "closure": "completed", "reason": "Done."}
    refresh.change(refresh=opened, recommendation=row, version=0, **said, **office())
    found = draft(
        plan,
        {"reference": "R01", "title": "Recommendation 1"},
        {"reference": "R02", "success": ""},
        {"reference": "R03", "due_on": date(2012, 3, 31), "reason": "It starts late."},
    )
    assert found == opened
    assert sorted(opened.changes.values_list("reference", "fate")) == [("R01", "close"), ("R03", "change")]


def test_rows_leave_what_was_drafted_in_fields_that_they_do_not_hold(plan):
    said = {"due_on": date(2012, 3, 31), "reason": "It starts late.", "success": "", "note": "By hand."}
    opened = factories.drafted(plan, **said)
    draft(plan, {"reference": "R02", "title": "Another title", "note": "From the file."})
    change = opened.changes.get()
    assert (change.proposed, change.reason) == (
        {"due_on": "2012-03-31", "title": "Another title", "note": "From the file."},
        "It starts late.",
    )
    draft(plan, {"reference": "R02", "title": "Recommendation 2", "note": ""})
    change = opened.changes.get()
    assert (change.proposed, change.reason) == ({"due_on": "2012-03-31"}, "It starts late.")


def test_rows_leave_what_was_typed_of_one_that_the_draft_adds(plan):
    draft(plan, new(plan, success="Every child is heard.", note="By hand."))
    found = draft(plan, {"reference": "R09", "note": "From the file."})
    change = found.changes.get()
    assert (change.fate, change.proposed["success"], change.proposed["note"]) == (
        "add",
        "Every child is heard.",
        "From the file.",
    )


def test_a_row_does_not_change_what_the_draft_closes(plan):
    opened = factories.drafted(plan)
    row = plan.recommendations.get(reference="R01")
    said = {"fate": "close", "closure": "completed", "reason": "Done."}
    refresh.change(refresh=opened, recommendation=row, version=0, **said, **office())
    with pytest.raises(Incomplete) as incomplete:
        draft(plan, {"reference": "R01", "title": "Another title"}, {"reference": "R03", "title": "Another"})
    assert incomplete.value.errors == {"R01": "It closes in the draft. Take that back first."}
    assert sorted(opened.changes.values_list("reference", "fate")) == [("R01", "close"), ("R02", "change")]


def test_wrong_rows_are_named_and_nothing_is_written(plan):
    with pytest.raises(Incomplete) as incomplete:
        draft(
            plan,
            {"reference": "R01", "title": "Another title"},
            {"reference": "R02", "due_on": date(2012, 3, 31)},
            new(plan, "R 9"),
            new(plan, "r03"),
        )
    assert incomplete.value.errors == {
        "R02": "Enter a reason for the new date.",
        "R 9": "Use letters, digits, full stops, hyphens and brackets only.",
        "r03": "The plan already has a recommendation r03. Enter another reference.",
    }
    assert plan.refreshes.count() == 0


def test_what_rows_drafted_is_applied_like_everything_else(plan):
    found = draft(plan, {"reference": "R01", "title": "Another title"}, new(plan))
    factories.refreshed(plan)
    assert list(plan.recommendations.values_list("reference", "title").order_by("reference")) == [
        ("R01", "Another title"),
        ("R02", "Recommendation 2"),
        ("R03", "Recommendation 3"),
        ("R09", "Listen"),
    ]
    found.refresh_from_db()
    assert found.carried_on == 2


def test_a_row_puts_right_what_was_drafted_and_can_no_longer_be(plan):
    opened = factories.drafted(plan, due_on=date(2011, 5, 9), reason="It starts late.")
    row = {"reference": "R02", "due_on": date(2012, 3, 31), "reason": " Later still. "}
    refresh.draft(plan=plan, title="Imported", rows=[row], by=user("Olga Office"), at=later(days=30))
    change = opened.changes.get()
    assert (change.proposed["due_on"], change.reason) == ("2012-03-31", "Later still.")


def test_rows_that_change_nothing_start_a_draft_all_the_same(plan):
    found = draft(plan, {"reference": "R02", "title": "Recommendation 2"})
    assert (found.version, found.changes.count()) == (1, 0)
    assert Event.objects.get(what="refresh.drafted").detail == {"new": 0, "rows": 1}
    draft(plan, {"reference": "R02", "title": "Recommendation 2"})
    assert Event.objects.filter(what="refresh.drafted").count() == 1
