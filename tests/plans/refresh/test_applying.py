"""A draft revision is applied in one go, from the next month on; whatever was published stays byte for byte."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from accounts.models import Event
from improvement.records.refusals import Conflict, Incomplete, Refused
from plans import refresh, revisions, verification
from plans.models import Refresh, Revision
from plans.months import digests
from plans.refresh import preview
from plans.refresh.proposals import happening
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db
TODAY = AT.date()
ADDED = {
    "title": "Listen to children",
    "wording": "Ask every child what has changed.",
    "success": "",
    "lead_wording": "",
    "due_on": date(2012, 6, 30),
    "timescale": "",
}


@pytest.fixture
def plan():
    return factories.plan(5, themes=2)


def by():
    return {"by": user("Olga Office"), "at": AT}


def row(plan, number):
    return plan.recommendations.get(reference=f"R0{number}")


def started(plan):
    return refresh.start(plan=plan, title="Refresh of May", **by())


def changed(draft, number, fate="change", **said):
    version = getattr(draft.changes.filter(reference=f"R0{number}").first(), "version", 0)
    return refresh.change(
        refresh=draft, recommendation=row(draft.plan, number), version=version, fate=fate, **said, **by()
    )


def added(draft, reference="R06", **said):
    first = row(draft.plan, 1)
    given = ADDED | {"outcome": first.outcome, "lead_post": first.lead_post, "areas": (), "targets": (), "findings": ()}
    return refresh.add(refresh=draft, version=0, reference=reference, **given | said, **by())


def area(draft, letter, fate="add", title="Attainment", version=0):
    said = {"title": title, "leading_post": row(draft.plan, 1).lead_post} if fate != "end" else {}
    return refresh.change_area(refresh=draft, letter=letter, version=version, fate=fate, **said, **by())


def applied(draft, agreed_on=TODAY, **said):
    draft.refresh_from_db()
    said = {"version": draft.version, "title": draft.title, "agreed_on": agreed_on} | said
    return refresh.apply(refresh=draft, **said, **by())


def test_apply_makes_every_change_and_links_both_ways(plan):
    post = factories.post("Head of Training")
    moved_to = plan.themes.get(number=2).outcomes.get()
    draft = started(plan)
    area(draft, "B")
    changed(draft, 1, title="Another title", outcome=moved_to, lead_post=post, areas=["B"])
    changed(draft, 2, due_on=date(2012, 3, 31), reason="The school opens late.")
    added(draft)
    changed(draft, 3, "close", closure="split", reason="Two matters in one.", successors=["R04", "R06"])
    changed(draft, 4, "close", closure="withdrawn", reason="No longer ours.")
    changed(draft, 3, "close", closure="superseded", reason="Two matters in one.", successors=["R06"])
    revision = applied(draft, summary="It is shorter now.")
    first, second, third, new = row(plan, 1), row(plan, 2), row(plan, 3), row(plan, 6)
    assert (first.title, first.outcome, first.lead_post) == ("Another title", moved_to, post)
    assert [one.letter for one in first.areas.all()] == ["B"]
    slip = second.due_date_changes.get()
    assert (slip.after, slip.reason, slip.revision) == (date(2012, 3, 31), "The school opens late.", revision)
    assert (third.closure, third.closure_reason, third.revision) == ("superseded", "Two matters in one.", revision)
    assert (list(third.successors.all()), list(new.predecessors.all())) == ([new], [third])
    assert (new.opened_on, new.original_due_on, new.due_on) == (AT.date(), date(2012, 6, 30), date(2012, 6, 30))
    assert (revision.title, revision.agreed_on, revision.summary) == (
        "Refresh of May",
        AT.date(),
        "It is shorter now.",
    )
    draft.refresh_from_db()
    assert (draft.revision, draft.applied_by, draft.carried_on) == (revision, user("Olga Office"), 1)
    assert list(verification.problems()) == []


def test_an_open_month_keeps_what_it_has_and_the_next_one_shows_the_new_plan(plan):
    may = factories.month(plan, 5)
    factories.area(plan)
    draft = started(plan)
    area(draft, "B")
    area(draft, "A", "end")
    changed(draft, 1, title="Another title", areas=["B"])
    changed(draft, 2, due_on=date(2012, 3, 31), reason="The school opens late.")
    changed(draft, 3, "close", closure="completed", reason="Done.")
    added(draft)
    before = list(may.updates.values())
    applied(draft)
    assert list(may.updates.values()) == before
    factories.published(may)
    assert list(verification.problems()) == []
    june = factories.month(plan, 6)
    assert list(june.updates.values_list("reference", "title", "areas")) == [
        ("R01", "Another title", " B "),
        ("R02", "Recommendation 2", ""),
        ("R04", "Recommendation 4", ""),
        ("R05", "Recommendation 5", ""),
        ("R06", "Listen to children", ""),
    ]
    assert june.updates.get(reference="R02").date_changes == [
        {
            "before": "2011-12-31",
            "after": "2012-03-31",
            "reason": "The school opens late.",
            "by_name": "Olga Office",
        }
    ]
    assert [one.letter for one in june.area_updates.all()] == ["B"]
    factories.published(june)
    assert list(verification.problems()) == []


def test_apply_refuses_what_was_closed_meanwhile_and_writes_nothing(plan):
    draft = started(plan)
    changed(draft, 1, title="Another title")
    changed(draft, 2, title="A third title")
    revisions.close(recommendation=row(plan, 2), closure="withdrawn", reason="No longer ours.", **by())
    with pytest.raises(Refused) as refused:
        applied(draft)
    assert str(refused.value) == "R02: It was closed on 1 May 2011. Take this change back."
    assert (row(plan, 1).title, Revision.objects.count()) == ("Recommendation 1", 0)


def test_apply_refuses_a_successor_that_closes_too(plan):
    draft = started(plan)
    changed(draft, 1, "close", closure="merged", reason="The same.", successors=["R02"])
    changed(draft, 2, "close", closure="withdrawn", reason="No longer ours.")
    with pytest.raises(Refused, match="R01: R02 cannot continue it"):
        applied(draft)


def test_apply_refuses_an_empty_draft(plan):
    with pytest.raises(Refused, match="The draft does not change anything yet"):
        applied(started(plan))


@pytest.mark.parametrize(
    ("said", "errors"),
    [
        ({"title": " "}, {"title": "Enter a title for the revision."}),
        ({"agreed_on": None}, {"agreed_on": "Enter the day on which it was agreed, or choose the meeting."}),
        (
            {"agreed_on": date(2011, 5, 2)},
            {"agreed_on": "2 May 2011 is in the future. Enter the day on which it was agreed."},
        ),
        ({"agreed_on": date(1999, 5, 2)}, {"agreed_on": "Enter a date from 2000 to 2099."}),
    ],
)
def test_apply_says_what_is_wrong_with_its_title_and_day(plan, said, errors):
    draft = started(plan)
    changed(draft, 1, title="Another title")
    draft.refresh_from_db()
    answers = {"title": "Refresh", "agreed_on": AT.date()} | said
    with pytest.raises(Incomplete) as incomplete:
        refresh.apply(refresh=draft, version=draft.version, **answers, **by())
    assert incomplete.value.errors == errors


def test_apply_takes_the_day_of_its_meeting(plan):
    held = factories.held(plan, date(2011, 4, 11))
    other = factories.held(factories.plan(1, slug="other"), date(2011, 4, 11))
    draft = started(plan)
    changed(draft, 1, title="Another title")
    for meeting, day, sentence in (
        (other, date(2011, 4, 11), "Choose a meeting of the plan’s own Board."),
        (held, date(2011, 4, 12), "The meeting was on 11 April 2011. Leave this empty, or choose no meeting."),
    ):
        with pytest.raises(Incomplete, match=sentence):
            applied(draft, meeting=meeting, agreed_on=day)
    applied(draft, meeting=held, agreed_on=date(2011, 4, 11))
    assert Refresh.objects.get().meeting_on == date(2011, 4, 11)


def test_apply_conflicts_where_the_draft_has_changed_since_it_was_looked_at(plan):
    draft = started(plan)
    changed(draft, 1, title="Another title")
    with pytest.raises(Conflict):
        refresh.apply(refresh=draft, version=0, title="Refresh", agreed_on=AT.date(), **by())


def test_apply_twice_changes_nothing_the_second_time(plan):
    draft = started(plan)
    changed(draft, 1, title="Another title")
    revision = applied(draft)
    told = Event.objects.count()
    assert refresh.apply(refresh=draft, version=1, title=draft.title, agreed_on=AT.date(), **by()) == revision
    with pytest.raises(Refused, match="has been applied"):
        changed(draft, 2, title="Another title")
    with pytest.raises(Refused, match="has been applied"):
        applied(draft, agreed_on=date(2011, 4, 30))
    assert (Event.objects.count(), Revision.objects.count()) == (told, 1)


def test_apply_of_another_draft_that_is_called_the_same_makes_another_revision(plan):
    first = applied(factories.drafted(plan))
    second = applied(factories.drafted(plan, success="Seen by everyone."))
    assert ((first.title, first.agreed_on), first == second) == ((second.title, second.agreed_on), False)


def test_apply_keeps_what_a_rewording_replaced_for_the_story_and_its_removal(plan):
    draft = started(plan)
    changed(draft, 1, title="Another title", lead_post=factories.post("Head of Training"))
    applied(draft)
    detail = Event.objects.get(what="recommendation.changed").detail
    assert detail == {
        "revision": "Refresh of May",
        "changes": [{"changed": {"fields": ["Title", "Lead"]}}],
        "texts": [
            {
                "of": "",
                "field": "title",
                "label": "Title",
                "before": "Recommendation 1",
                "after": "Another title",
            }
        ],
    }
    assert row(plan, 1).history.count() == row(plan, 2).history.count() + 1


KINDS = (
    *("reword", "move", "lead", "date", "complete", "withdraw", "merge", "split", "supersede"),
    *("add", "area", "rename", "end"),
)
# Each kind of its own recommendation, so that none stands in the way of another.
EVERY = [(kind, number) for number, kind in enumerate(KINDS[:9], 1)] + [(kind, 1) for kind in KINDS[9:]]


def _propose(draft, kind, number):
    """Put one change of that kind into the draft."""
    plan = draft.plan
    if kind == "reword":
        changed(draft, number, title=f"Title {number}", wording="Do it otherwise.", areas=["A"])
    elif kind == "move":
        changed(draft, number, outcome=plan.themes.get(number=number % 2 + 1).outcomes.get(), success="Seen.")
    elif kind == "lead":
        changed(draft, number, lead_post=factories.post("Head of Training"))
    elif kind == "date":
        changed(draft, number, due_on=date(2012, 3, number), reason="It starts late.")
    elif kind in {"complete", "withdraw"}:
        closure = {"complete": "completed", "withdraw": "withdrawn"}[kind]
        changed(draft, number, "close", closure=closure, reason="Done.")
    elif kind in {"merge", "split", "supersede"}:
        closure = {"merge": "merged", "split": "split", "supersede": "superseded"}[kind]
        changed(draft, number, "close", closure=closure, reason="One.", successors=[f"R0{number % 4 + 1}"])
    elif kind == "add":
        added(draft, f"R2{number}")
    elif kind == "area":
        area(draft, "-BCDEFGHIJ"[number])
    else:
        area(draft, *{"rename": ("A", "change"), "end": ("Z", "end")}[kind])


def _did(draft):
    """Return the kinds of changes of a draft that was applied."""
    of_words = {
        "reworded": "reword",
        "moved to another outcome": "move",
        "given to another lead": "lead",
        "given another date": "date",
    }
    of_closures = {"completed": "complete", "withdrawn": "withdraw", "merged": "merge"}
    of_closures |= {"split": "split", "superseded": "supersede"}
    reworded = draft.changes.filter(fate="change")
    found = {of_words[words] for row in reworded for words in happening(row.proposed) if words in of_words}
    found |= {of_closures[row.closure] for row in draft.changes.exclude(closure="")}
    found |= {"add" for _ in draft.changes.filter(fate="add")[:1]}
    return found | {{"add": "area", "change": "rename", "end": "end"}[row.fate] for row in draft.area_changes.all()}


def _frozen(client, months):
    """Return the digests of the published months and the bytes of their exports and pages."""
    files = {}
    for month in months:
        for kind in ("csv", "xlsx"):
            address = f"/plans/thornbury/recommendations/?month={month.month:%Y-%m}&_export={kind}"
            files[address] = b"".join(client.get(address))
    return files | {month.pk: (digests.digest(month), list(month.updates.values())) for month in months}


@example(proposed=EVERY, is_open=True)
@example(proposed=EVERY, is_open=False)
@example(proposed=[("merge", 1), ("split", 2), ("date", 3), ("lead", 4), ("move", 5), ("end", 1)], is_open=False)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    proposed=st.lists(st.tuples(st.sampled_from(KINDS), st.integers(1, 9)), min_size=1, max_size=8),
    is_open=st.booleans(),
)
def test_published_months_and_their_exports_stay_byte_for_byte(client, proposed, is_open):
    with transaction.atomic():
        plan = factories.plan(9, themes=2)
        for letter in "AZ":
            factories.area(plan, letter)
        months = []
        for number in (3, 4):
            month = factories.month(plan, number)
            factories.signed_off(month.updates.get(reference="R01"), progress=f"Team {number} was trained.")
            factories.submitted(month.updates.get(reference="R02"), progress=f"Step {number}.")
            months.append(factories.published(month))
        opened = factories.month(plan, 5) if is_open else None
        client.force_login(user("Olga Office"))
        before = _frozen(client, months)
        draft = started(plan)
        for kind, number in proposed:
            try:
                _propose(draft, kind, number)
            except (Incomplete, Conflict):
                continue
        kept = list(opened.updates.values()) if opened else []
        for line in preview.build(draft, on=AT.date()).recommendations:
            if line.problems:
                refresh.take_back(change=line.change, **by())
        if draft.changes.exists() or draft.area_changes.exists():
            assert applied(draft).refresh.pk == draft.pk
        if proposed == EVERY:
            assert _did(draft) == set(KINDS)
        assert _frozen(client, months) == before
        assert (list(opened.updates.values()) if opened else []) == kept
        if opened:
            factories.published(opened)
        factories.month(plan, 6)
        assert list(verification.problems()) == []
        transaction.set_rollback(True)


def test_applying_a_draft_tells_of_each_change_and_of_the_whole(plan):
    factories.area(plan, "A")
    draft = started(plan)
    changed(draft, 2, success="Seen by everyone.")
    changed(draft, 3, "close", closure="completed", reason="Done.")
    added(draft)
    area(draft, "A", "change", title="Attendance")
    area(draft, "B")
    before = list(Event.objects.values_list("pk", flat=True))
    applied(draft)
    told = Event.objects.exclude(pk__in=before).order_by("pk")
    assert sorted(told.values_list("what", flat=True)) == [
        "areaoffocus.added",
        "areaoffocus.changed",
        "recommendation.added",
        "recommendation.changed",
        "recommendation.closed",
        "refresh.applied",
    ]
    whole = told.last()
    assert (whole.what, whole.detail["agreed_on"]) == ("refresh.applied", "2011-05-01")
    assert (whole.detail["recommendations"], whole.detail["areas"]) == (3, 2)


def test_areas_begin_and_end_with_the_next_month_and_keep_what_they_were_called(plan):
    factories.month(plan, 5)
    for letter in "AC":
        factories.area(plan, letter)
    draft = started(plan)
    area(draft, "A", "change", title="Attendance")
    area(draft, "B")
    area(draft, "C", "end")
    revision = applied(draft, title=" Refresh of May ", summary=" Put better. ")
    found = {one.letter: (one.title, one.from_on, one.to_on, one.revision) for one in plan.areas.all()}
    since, june = factories.SINCE, date(2011, 6, 1)
    assert found == {
        "A": ("Attendance", since, None, None),
        "B": ("Attainment", june, None, revision),
        "C": ("Area C", since, date(2011, 5, 31), None),
    }
    rows = draft.area_changes.all()
    logs = {one.letter: [(line["label"], line["before"], line["after"]) for line in one.log] for one in rows}
    assert logs == {
        "A": [("Title", "Area A", "Attendance")],
        "B": [("Title", "", "Attainment"), ("Leading post", "", "Head of Safeguarding")],
        "C": [("Title", "Area C", "")],
    }
    draft.refresh_from_db()
    told = (revision.title, revision.summary, draft.title, draft.summary, draft.effective_from, draft.meeting_on)
    assert told == (*("Refresh of May", "Put better.") * 2, june, None)


def test_what_was_changed_alone_since_to_just_that_is_no_part_of_the_revision(plan):
    draft = started(plan)
    day = {"due_on": date(2012, 3, 31), "reason": "It starts late."}
    changed(draft, 1, title="Another title", **day)
    factories.area(plan)
    kept = row(plan, 2)
    kept.areas.set(plan.areas.all())
    changed(draft, 2, title="A third title")
    revisions.change_due_date(recommendation=row(plan, 1), **day, **by())
    revision = applied(draft)
    assert (row(plan, 1).title, row(plan, 1).due_date_changes.count()) == ("Another title", 1)
    assert revision.due_date_changes.count() == 0
    assert [line["label"] for line in draft.changes.get(reference="R01").log] == ["Title"]
    assert [one.letter for one in row(plan, 2).areas.all()] == ["A"]


@pytest.mark.parametrize(
    "said", [{"title": "Another"}, {"agreed_on": date(2011, 4, 30)}, {"by": "Oona Office"}], ids=str
)
def test_apply_again_otherwise_or_by_another_person_is_refused(plan, said):
    draft = started(plan)
    changed(draft, 1, title="Another title")
    applied(draft)
    given = {"version": 1, "title": draft.title, "agreed_on": TODAY, "by": "Olga Office"} | said
    with pytest.raises(Refused, match="has been applied"):
        refresh.apply(refresh=draft, **given | {"by": user(given["by"])}, at=AT)
