"""The draft of a revision is started once, changed line by line, and discarded; the plan stays as it is."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Event
from improvement.records.refusals import Conflict, Incomplete, Refused
from plans import refresh, revisions
from plans.models import AreaChange, AreaOfFocus, Refresh, RefreshChange
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db
DRAFT = "Refresh of May"


@pytest.fixture
def plan():
    return factories.plan(3)


@pytest.fixture
def draft(plan):
    return refresh.start(plan=plan, title=DRAFT, **office())


def office(name="Olga Office"):
    return {"by": user(name), "at": AT}


def change(draft, reference="R01", version=0, fate="change", **said):
    row = draft.plan.recommendations.get(reference=reference)
    return refresh.change(refresh=draft, recommendation=row, version=version, fate=fate, **office() | said)


def errors(call, *args, **said):
    with pytest.raises(Incomplete) as incomplete:
        call(*args, **said)
    return incomplete.value.errors


def test_start_opens_one_draft_of_a_plan(plan, draft):
    assert refresh.start(plan=plan, title=f" {DRAFT} ", **office()) == draft
    with pytest.raises(Refused) as refused:
        refresh.start(plan=plan, title="Another", **office())
    assert str(refused.value) == "“Refresh of May” is still a draft. Apply or discard it before you start another."
    assert errors(refresh.start, plan=factories.plan(1, slug="other"), title=" ", **office()) == {
        "title": "Enter a title for the revision."
    }


def test_the_database_keeps_one_draft_of_a_plan(plan, draft):
    with pytest.raises(IntegrityError), transaction.atomic():
        Refresh.objects.create(plan=plan, title="Another", started_at=AT, started_by=user("Olga Office"))


@pytest.mark.parametrize(
    "said",
    [
        {"fate": "close"},
        {"fate": "change", "closure": "completed", "reason": "Done."},
        {"fate": "change", "recommendation": None},
    ],
)
def test_the_database_refuses_a_change_that_does_not_say_what_it_must(draft, said):
    row = draft.plan.recommendations.first()
    given = {"recommendation": row, "reference": "R01", "saved_at": AT, "saved_by": user("Olga Office")}
    with pytest.raises(IntegrityError), transaction.atomic():
        RefreshChange.objects.create(refresh=draft, **given | said)


@pytest.mark.parametrize("said", [{"fate": "add"}, {"fate": "end", "title": "Attainment"}])
def test_the_database_refuses_an_area_that_does_not_say_what_it_must(draft, said):
    given = {"area": factories.area(draft.plan), "letter": "A", "saved_at": AT, "saved_by": user("Olga Office")}
    with pytest.raises(IntegrityError), transaction.atomic():
        AreaChange.objects.create(refresh=draft, **given | said)


def test_change_keeps_only_what_differs(draft):
    row = change(draft, title="Another title", wording="Improve matter 1 without delay.", areas=[])
    assert (row.proposed, row.version) == ({"title": "Another title"}, 1)
    assert draft.plan.recommendations.get(reference="R01").title == "Recommendation 1"


def test_the_same_answers_again_change_nothing_and_an_old_page_conflicts(draft):
    change(draft, title="Another title")
    told = Event.objects.count()
    assert change(draft, title="Another title").version == 1
    assert Event.objects.count() == told
    with pytest.raises(Conflict) as conflict:
        change(draft, title="A third title")
    assert (conflict.value.current.version, conflict.value.current.proposed) == (1, {"title": "Another title"})
    assert change(draft, title="A third title", version=1).version == 2
    change(draft, version=2, fate="carry_on")
    with pytest.raises(Conflict):
        change(draft, title="A fourth title", version=2)


def test_carrying_on_takes_a_change_back(draft):
    change(draft, title="Another title")
    with pytest.raises(Conflict):
        change(draft, fate="carry_on")
    assert change(draft, version=1, fate="carry_on") is None
    assert change(draft, fate="carry_on") is None
    assert draft.changes.count() == 0


def test_take_back_takes_out_whatever_the_draft_says(draft):
    added = factories.drafted_recommendation(draft, "R09")
    area = factories.drafted_area(draft, "B")
    for one in (added, area, added):
        refresh.take_back(change=one, **office())
    assert (draft.changes.count(), draft.area_changes.count()) == (0, 0)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({}, {"fate": "Nothing changes. Change something below, or choose “Carries on unchanged”."}),
        ({"title": " "}, {"title": "Enter a short title."}),
        (
            {"title": "T" * 121},
            {"title": "Ensure this value has at most 120 characters (it has 121)."},
        ),
        ({"wording": ""}, {"wording": "Enter the recommendation."}),
        ({"outcome": None}, {"outcome": "Choose an outcome."}),
        ({"areas": ["Q"]}, {"areas": "There is no area of focus Q. Choose again."}),
        ({"due_on": None}, {"due_on": "Enter the due date."}),
        ({"due_on": date(2012, 3, 31)}, {"reason": "Enter a reason for the new date."}),
        (
            {"due_on": date(2011, 3, 31), "reason": "Late."},
            {"due_on": "31 March 2011 has passed. Enter a future date."},
        ),
        ({"due_on": date(2101, 3, 31), "reason": "Late."}, {"due_on": "Enter a date from 2000 to 2099."}),
        (
            {"fate": "close"},
            {
                "closure": "Choose how the recommendation is being closed.",
                "reason": "Enter a reason for closing the recommendation.",
            },
        ),
        (
            {"fate": "close", "closure": "merged", "reason": "One."},
            {"successors": "Enter the recommendation that continues this one."},
        ),
        (
            {"fate": "close", "closure": "completed", "reason": "Done.", "successors": ["R02"]},
            {"successors": "Leave this empty, or choose “Merged”, “Split” or “Superseded”."},
        ),
        (
            {"fate": "close", "closure": "split", "reason": "Two.", "successors": ["R01", "R99", "R02"]},
            {"successors": "R01, R99 cannot continue it. Enter recommendations that the plan has after the revision."},
        ),
    ],
)
def test_change_says_what_is_wrong_and_writes_nothing(draft, said, found):
    assert errors(change, draft, **said) == found
    assert draft.changes.count() == 0


def test_change_refuses_what_was_closed(draft):
    row = draft.plan.recommendations.get(reference="R01")
    revisions.close(recommendation=row, closure="completed", reason="Done.", **office())
    assert errors(change, draft, title="Another") == {"fate": "It was closed on 1 May 2011. Take this change back."}


def test_add_asks_for_what_a_recommendation_needs(draft):
    add = factories.drafted_recommendation
    missing = {"title": "", "wording": "", "outcome": None, "lead_post": None, "due_on": None}
    assert errors(add, draft, "", **missing) == {
        "reference": "Enter a reference, for example “R45”.",
        "title": "Enter a short title.",
        "wording": "Enter the recommendation.",
        "outcome": "Choose an outcome.",
        "lead_post": "Choose a lead.",
        "due_on": "Enter a due date or, if there is none, the timescale, for example “Ongoing”.",
    }
    taken = "The plan already has a recommendation r02. Enter another reference."
    assert errors(add, draft, "r02") == {"reference": taken}
    assert errors(add, draft, "R 9") == {"reference": "Use letters, digits, full stops, hyphens and brackets only."}
    first = add(draft, "R09", due_on=None, timescale="Ongoing")
    assert add(draft, "R09", due_on=None, timescale="Ongoing") == first
    again = "The draft already has a recommendation R09. Enter another reference."
    assert errors(add, draft, "R09", title="Another") == {"reference": again}
    assert draft.changes.count() == 1


def test_add_changes_what_was_added_before(draft):
    first = factories.drafted_recommendation(draft, "R09")
    given = {"title": "Hear children", "wording": "Ask.", "timescale": "Ongoing", "due_on": None}
    given |= {"outcome": draft.plan.recommendations.first().outcome}
    given |= {"lead_post": draft.plan.recommendations.first().lead_post}
    row = refresh.add(refresh=draft, version=1, reference="R10", added=first, **given, **office())
    assert (row.pk, row.reference, row.proposed["title"], row.version) == (first.pk, "R10", "Hear children", 2)
    refresh.take_back(change=row, **office())
    with pytest.raises(Refused, match="Someone else took this recommendation out of the draft"):
        refresh.add(refresh=draft, version=2, reference="R10", added=row, **given, **office())


def test_change_area_renames_ends_and_adds(draft):
    factories.area(draft.plan)
    area = factories.drafted_area
    assert errors(area, draft, "A", "change", title="Area A") == {
        "fate": "Nothing changes. Change the title or the post, or choose “Carries on unchanged”."
    }
    assert errors(area, draft, "B", title=" ") == {"title": "Enter a title for the area of focus."}
    assert errors(area, draft, "7") == {"letter": "Enter one capital letter."}
    assert errors(area, draft, "A") == {"letter": "The plan already has an area of focus A. Enter another letter."}
    assert area(draft, "A", "change", title="Safeguarding").title == "Safeguarding"
    assert area(draft, "A", "end", version=1).title == ""
    assert area(draft, "B").fate == "add"
    with pytest.raises(Refused, match="You changed something below"):
        area(draft, "A", "carry_on", version=2)
    assert area(draft, "A", "carry_on", version=2, title="Area A") is None
    assert [one.letter for one in draft.area_changes.all()] == ["B"]


def test_change_area_refuses_to_end_what_has_ended_or_has_not_begun(draft):
    factories.month(draft.plan, 4)
    begun = factories.area(draft.plan)
    AreaOfFocus.objects.filter(pk=begun.pk).update(to_on=date(2011, 3, 31))
    later = factories.area(draft.plan, "B")
    AreaOfFocus.objects.filter(pk=later.pk).update(from_on=date(2011, 5, 1))
    assert errors(factories.drafted_area, draft, "A", "end") == {"fate": "Area A has ended already."}
    assert errors(factories.drafted_area, draft, "B", "end") == {
        "fate": "Area B begins with May 2011. An administrator can remove it."
    }


def test_discard_removes_the_draft_with_its_changes(plan, draft):
    change(draft, title="Another title")
    with pytest.raises(Conflict):
        refresh.discard(refresh=draft, version=0, **office())
    refresh.discard(refresh=draft, version=1, **office())
    refresh.discard(refresh=draft, version=1, **office())
    assert (Refresh.objects.count(), RefreshChange.objects.count()) == (0, 0)
    assert Event.objects.first().detail == {"title": DRAFT, "recommendations": 1, "areas": 0}
    with pytest.raises(Refused, match="The draft has been discarded"):
        change(draft, title="Another title")


@pytest.mark.parametrize("said", [{"summary": "Fewer of them."}, {"by": "Oona Office"}, {"title": "Another"}], ids=str)
def test_start_again_is_the_same_draft_only_for_the_same_person_who_says_the_same(plan, said):
    given = {"title": DRAFT, "summary": "Put better.", **office()}
    first = refresh.start(plan=plan, **given)
    assert refresh.start(plan=plan, **given | {"summary": " Put better. "}) == first
    other = said | ({"by": user(said["by"])} if "by" in said else {})
    with pytest.raises(Refused, match="is still a draft"):
        refresh.start(plan=plan, **given | other)
    assert Refresh.objects.get().summary == "Put better."


def test_a_draft_changes_recommendations_of_its_own_plan_alone(draft):
    other = factories.plan(1, slug="other").recommendations.get()
    with pytest.raises(Refused) as refused:
        refresh.change(refresh=draft, recommendation=other, version=0, fate="change", title="Another", **office())
    assert str(refused.value) == "Choose a recommendation of the draft’s own plan."
    assert draft.changes.count() == 0


def test_a_change_keeps_what_belongs_to_its_fate_alone(draft):
    row = change(draft, fate="close", closure="merged", reason=" One. ", successors=["R02"])
    assert (row.proposed, row.closure, row.reason, row.successors) == ({}, "merged", "One.", ["R02"])
    said = {"closure": "merged", "successors": ["R02"]}
    row = change(draft, version=1, title=" Another title ", reason=" Put better. ", **said)
    assert (row.proposed, row.closure, row.reason, row.successors) == (
        {"title": "Another title"},
        "",
        "Put better.",
        [],
    )
    assert (row.saved_by, row.saved_at) == (user("Olga Office"), AT)


def test_an_area_in_conflict_is_not_taken_back_and_the_draft_counts_each_change(draft):
    factories.area(draft.plan)
    assert factories.drafted_area(draft, "A", "change", title=" Safeguarding ").title == "Safeguarding"
    with pytest.raises(Conflict):
        factories.drafted_area(draft, "A", "carry_on", title="Area A")
    with pytest.raises(Conflict):
        factories.drafted_area(draft, "A", "change", title="Attendance")
    factories.drafted_area(draft, "A", "carry_on", version=1, title="Area A")
    draft.refresh_from_db()
    assert (draft.version, draft.area_changes.count()) == (2, 0)


def test_what_was_applied_is_neither_discarded_nor_taken_back(draft):
    row = change(draft, title="Another title")
    draft.refresh_from_db()
    factories.refreshed(draft.plan)
    for verb, said in ((refresh.discard, {"refresh": draft, "version": 2}), (refresh.take_back, {"change": row})):
        with pytest.raises(Refused, match="“Refresh of May” has been applied and can no longer be changed"):
            verb(**said, **office())


def test_another_draft_is_started_once_the_one_before_is_applied(draft):
    change(draft, title="Another title")
    draft.refresh_from_db()
    factories.refreshed(draft.plan)
    second = refresh.start(plan=draft.plan, title=DRAFT, **office())
    assert (second.pk == draft.pk, second.applied_at) == (False, None)


def test_what_the_plan_or_the_draft_says_may_stand_beside_another_choice_and_nothing_else(draft):
    change(draft, title="Another title", note="By hand.", reason="Put better.")
    for said in ({"title": "A third title"}, {"title": "Another title", "note": "Otherwise."}):
        with pytest.raises(Refused) as refused:
            change(draft, version=1, fate="carry_on", **said)
        assert str(refused.value) == "You changed something below. Choose “Changes”, or undo what you changed."
    with pytest.raises(Refused, match="You gave a reason below"):
        change(draft, version=1, fate="carry_on", reason="Another.")
    shown = {"title": "Another title", "note": "By hand.", "wording": "Improve matter 1 without delay."}
    assert change(draft, version=1, fate="carry_on", reason="Put better.", **shown) is None
    change(draft, title="Another title", reason="Put better.")
    assert change(draft, version=1, fate="carry_on", title="Recommendation 1", reason="") is None


def test_of_several_that_were_added_the_one_that_is_named_is_changed(draft):
    factories.drafted_recommendation(draft, "R08")
    second = factories.drafted_recommendation(draft, " R09 ")
    assert second.reference == "R09"
    facts = {"title": "Hear", "wording": "Ask.", "timescale": "Ongoing", "due_on": None}
    facts |= {name: getattr(draft.plan.recommendations.first(), name) for name in ("outcome", "lead_post")}
    row = refresh.add(refresh=draft, version=1, reference="R10", added=second, **facts, **office())
    assert (row.pk, sorted(draft.changes.values_list("reference", flat=True))) == (second.pk, ["R08", "R10"])


@pytest.mark.parametrize("typed", ["title", "leading_post"])
def test_an_area_that_ends_says_neither_another_title_nor_another_post(draft, typed):
    area = factories.area(draft.plan)
    said = {"refresh": draft, "letter": "A", "version": 0, "fate": "end", **office()}
    shown = {"title": " Area A ", "leading_post": area.leading_post}
    other = {"title": "Safeguarding", "leading_post": factories.post("Head of Training")}
    with pytest.raises(Refused, match="You changed something below"):
        refresh.change_area(**said, **shown | {typed: other[typed]})
    with pytest.raises(Refused, match="You changed something below"):
        refresh.change_area(**said, **{typed: other[typed]})
    row = refresh.change_area(**said, **shown)
    assert (row.fate, row.title, row.leading_post) == ("end", "", None)
