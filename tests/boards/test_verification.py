"""`manage.py verify` holds who reads each part of a Board's record against the audit trail, in both directions."""

from datetime import date

import pytest

from accounts.models import Event
from boards import access, meetings, papers
from boards.models import Advice, AgendaItem, BoardAction, Challenge, Decision, Declaration, Guest, Paper
from boards.models.access import Restrictable
from boards.verification import _READ, problems
from improvement.records import triggers
from tests import factories
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db

CLOSED = {"restricted_because": "Names a post.", "excludes_observers": True}
OPEN = {"restricted_because": "", "excludes_observers": False}
KINDS = (AgendaItem, Paper, BoardAction, Challenge, Advice)


@pytest.fixture
@factories.once
def plan():
    """A meeting with a restricted item, and one of each kind of thing that is restricted by itself."""
    plan = factories.plan()
    held = factories.held(plan)
    by = {"by": user("Olga Office"), "at": AT}
    item = meetings.add_item(meeting=held, title="Dismissal", is_standing=True, **CLOSED, **by)
    factories.decision(held, item=item)
    factories.guest(held, item=item)
    factories.declaration(held, item=item)
    factories.action(held, item=item, **CLOSED)
    factories.advice(plan.board, meeting=held, item=item, **CLOSED)
    question = factories.challenge(plan, meeting=held)
    access.restrict(thing=question, version=question.version, item=item, **CLOSED, **by)
    until = {"embargoed_until": later(days=9)}
    factories.tabled(factories.paper(held, item=item, **CLOSED, **until))
    return plan


def altered(rows, **facts):
    triggers.drop()
    rows.update(**facts)
    triggers.install()


def test_what_the_verbs_write_is_honest(plan):
    held = plan.board.meetings.get()
    assert list(problems()) == []
    for model in KINDS:
        row = model.objects.filter(restricted_because=CLOSED["restricted_because"]).get()
        by = {"by": user("Olga Office"), "at": later(days=1)}
        for facts in (OPEN, CLOSED):
            row.refresh_from_db()
            if model is Paper:
                papers.change(paper=row, version=row.version, title=row.title, item=row.item, **facts, **by)
            else:
                belongs = {} if model is AgendaItem else {"item": row.item}
                access.restrict(thing=row, version=row.version, **belongs, **facts, **by)
            assert list(problems()) == []
    held.refresh_from_db()
    meetings.plan_meeting(board=plan.board, held_on=date(2011, 5, 9), by=user("Olga Office"), at=AT)
    assert AgendaItem.objects.filter(meeting__held_on=date(2011, 5, 9), title="Dismissal").get().is_restricted
    assert list(problems()) == []


@pytest.mark.parametrize("model", KINDS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("facts", [OPEN, {"excludes_observers": False}])
def test_what_was_opened_in_the_database_alone_is_found(plan, model, facts):
    rows = model.objects.exclude(restricted_because="")
    name = str(rows.get())
    altered(rows, **facts)
    assert list(problems()) == [f"{name}: the audit trail names other readers."]


@pytest.mark.parametrize("model", KINDS, ids=lambda model: model.__name__)
def test_what_was_closed_in_the_database_alone_is_found(model):
    plan = factories.plan()
    held = factories.held(plan)
    factories.action(held)
    factories.advice(plan.board)
    factories.challenge(plan)
    factories.tabled(factories.paper(held))
    altered(model.objects.all(), **CLOSED)
    name = str(model.objects.get())
    assert list(problems()) == [f"{name}: the audit trail names other readers."]


@pytest.mark.parametrize(
    "model", [Decision, Guest, Declaration, Paper, BoardAction, Challenge, Advice], ids=lambda model: model.__name__
)
def test_what_was_taken_off_its_item_in_the_database_alone_is_found(plan, model):
    altered(model.objects.all(), item=None)
    name = str(model.objects.get())
    assert list(problems()) == [f"{name}: the audit trail names other readers."]


def test_an_embargo_that_was_ended_in_the_database_alone_is_found(plan):
    altered(Paper.objects.all(), embargoed_until=None)
    assert list(problems()) == ["Quality of practice: the audit trail names other readers."]


@pytest.mark.parametrize("what", ["challenge.restricted", "meeting.item_added", "action.raised"])
def test_an_event_that_is_gone_is_found(plan, what):
    event = next(one for one in Event.objects.filter(what=what) if one.detail["access"][0]["is_restricted"])
    triggers.drop()
    event.delete()
    assert any("the audit trail names other readers" in problem for problem in problems())


def test_an_event_that_was_added_is_found(plan):
    event = Event.objects.get(what="challenge.restricted")
    event.pk = None
    event.save(force_insert=True)
    [problem] = problems()
    assert "the audit trail has “Question restricted” by Olga Office" in problem


def test_an_action_that_is_gone_is_found_by_its_event(plan):
    triggers.drop()
    BoardAction.objects.all().delete()
    triggers.install()
    assert any("the audit trail has “Action raised” by Olga Office" in problem for problem in problems())


def test_what_was_written_before_events_told_who_reads_it_is_accepted_unless_it_is_closed(plan):
    for event in Event.objects.all():
        event.detail.pop("access", None)
        triggers.drop()
        Event.objects.filter(pk=event.pk).update(detail=event.detail)
        triggers.install()
    found = list(problems())
    altered(
        AgendaItem.objects.exclude(restricted_because=""), restricted_because="A paper of this item is under embargo."
    )
    for model in (BoardAction, Challenge, Advice):
        altered(model.objects.all(), **OPEN)
    assert len(found) == 4  # all but the paper, whose events have always told it
    assert list(problems()) == []


def test_whatever_may_be_restricted_or_belongs_to_an_item_is_held_against_the_trail():
    models = {model for model in Restrictable.__subclasses__() if not model._meta.abstract}
    models |= {field.related_model for field in AgendaItem._meta.related_objects}
    assert set(_READ) == models
