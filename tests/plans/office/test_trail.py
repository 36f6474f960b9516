"""The audit trail of a plan: its programme office reads, narrows and downloads it."""

import csv
import importlib
import io
from types import SimpleNamespace

import openpyxl
import pytest
from django.apps import apps
from django.db import connection

from accounts.audit import events, subjects
from accounts.models import Event, Post
from improvement.records import triggers
from notices import interim
from notices.models import Notice
from plans import reporting, revisions
from plans.models import AreaOfFocus, Outcome, Plan
from plans.office import trail
from tests import factories
from tests.factories import AT, later, user
from tests.office import Office
from tests.writes import WRITES

stamp = importlib.import_module("boards.migrations.0009_earlier_events_say_what_they_are_about")
pytestmark = pytest.mark.django_db
PAGE = "/plans/thornbury/trail/"


@pytest.fixture
def plan():
    plan = factories.plan(2)
    month = factories.month(plan)
    factories.signed_off(month.updates.get(reference="R01"))
    reporting.write_commentary(month=month, version=0, text="=1+1", by=user("Olga Office"), at=later(days=1))
    revisions.close(
        recommendation=plan.recommendations.last(),
        closure="withdrawn",
        reason="=1+1",
        by=user("Olga Office"),
        at=later(days=2),
    )
    return plan


@pytest.fixture
def office(client, plan):
    client.force_login(user("Olga Office"))
    return client


def shown(client, **query):
    return [row.record.what for row in client.get(PAGE, query).context["table"].rows]


# Of accounts the administration's trail tells, of a Board that is carried over that of the new plan.
ELSEWHERE = {
    "calendar_feeds.stop",
    "choices.choose",
    "invitations.invite",
    "invitations.withdraw",
    "second_factor.remove",
    "succession.carry_over",
    *("watching.follow", "watching.remove", "watching.rename", "watching.save"),
}


@pytest.mark.parametrize("name", WRITES)
def test_every_event_is_in_the_trail_of_its_plan(name):
    """An app whose events are on things of its own is found by itself, or fails here."""
    here = Office()
    write = WRITES[name](here)
    here.plan.notice = Notice.objects.first()
    here.plan.save()
    before = set(Event.objects.values_list("pk", flat=True))
    write()
    (event,) = Event.objects.exclude(pk__in=before)
    assert (event in trail.of_plan(here.plan)) == (name not in ELSEWHERE)


@pytest.mark.parametrize(
    "what", ["interimreport", "recommendation", "theme", "outcome", "areaoffocus", "revision", "action", "seat", "body"]
)
def test_what_is_deleted_later_stays_in_the_trail(what):
    here = Office()
    here.plan.notice = factories.notice()
    here.plan.save()
    plan, office = here.plan, here.by
    by_kind = {
        "interimreport": lambda: interim.start(notice=plan.notice, reported_on=AT.date(), title="A report", **office),
        "recommendation": lambda: factories.recommendation(plan, 9),
        "theme": lambda: factories.ThemeFactory(plan=plan, number=9, title="Last"),
        "outcome": lambda: plan.themes.get().outcomes.create(
            number=9, title="Last", accountable_post=Post.objects.first()
        ),
        "areaoffocus": lambda: factories.area(plan, "Z"),
        "revision": lambda: plan.revisions.create(title="Refresh", agreed_on=AT.date()),
        "action": lambda: plan.recommendations.first().actions.create(title="Step", due_on=AT.date()),
        "seat": lambda: plan.board.seats.create(role="member", person="Gone"),
        "body": lambda: factories.body(plan.board),
    }
    thing = by_kind[what]()
    event = events.record(what=f"{what}.changed", on=thing, **office)
    if what == "interimreport":
        interim.discard(report=thing, version=thing.version, **office)
    else:
        thing.delete()
    assert {event, *Event.objects.filter(on_type=event.on_type, on_id=event.on_id)} <= set(trail.of_plan(plan))
    assert event.about.split()[-1] == ("plans.plan" if what != "interimreport" else "notices.notice") + (
        f":{plan.pk}:thornbury" if what != "interimreport" else f":{plan.notice.pk}:thornbury"
    )


def test_what_is_done_to_its_notice_is_told_but_not_what_is_done_to_another_plan_that_answers_it():
    notice = factories.notice()
    mine, other = factories.plan(1), factories.plan(1, slug="elsewhere")
    Plan.objects.update(notice=notice)
    assert told_of(mine, [notice, mine, other, factories.post("Head of Nothing")]) == [notice, mine]


def told_of(plan, things, then=lambda: None):
    """Return those of `things` of which the trail of `plan` tells what was done to them before `then`."""
    done = {"what": "a.thing", "by": user("Olga Office"), "at": later(days=9)}
    made = [(thing, events.record(on=type(thing).objects.get(pk=thing.pk), **done)) for thing in things]
    then()
    told = set(trail.of_plan(Plan.objects.get(pk=plan.pk)))
    return [thing for thing, event in made if event in told]


def test_what_was_done_to_a_post_is_told_once_it_leads_accounts_for_or_writes_something():
    plan = factories.plan(1)
    posts = [factories.post(f"Head of {matter}") for matter in ("Leading", "Accounts", "Writing", "Nothing")]

    def then():
        plan.recommendations.update(lead_post=posts[0])
        Outcome.objects.filter(theme__plan=plan).update(accountable_post=posts[1])
        AreaOfFocus.objects.filter(pk=factories.area(plan).pk).update(leading_post=posts[2])

    assert told_of(plan, posts, then) == posts[:3]
    assert [list(trail.of_post(post)) for post in posts] == [[plan]] * 3 + [[]]


def test_every_kind_of_thing_that_belongs_to_a_plan_knows_it():
    """A model from which a reference leads to a plan, a Notice or a Board stamps it on its events."""
    own = (model for app in ("plans", "boards") for model in apps.get_app_config(app).get_models())
    lost = {model for model in own if "plans.plan" not in dict(subjects._ways(model))}
    # A held file and a spreadsheet belong to nothing yet but the person who chose them, a mapping to no plan at all.
    found = {model._meta.label for model in lost if not model.__name__.startswith("Historical")}
    assert found == {"plans.HeldFile", "plans.Spreadsheet", "plans.ColumnMapping"}


def test_the_events_from_before_are_given_what_can_be_worked_out():
    here = Office()
    gone = factories.recommendation(here.plan, 9)
    events.record(what="recommendation.changed", on=gone, **here.by)
    decision = factories.decision(here.held)
    gone.delete()
    triggers.drop()
    type(decision).objects.all().delete()
    stamped = dict(Event.objects.values_list("pk", "about"))
    Event.objects.update(about="")
    stamp.stamp(apps, SimpleNamespace(connection=connection))
    triggers.install()
    assert dict(Event.objects.values_list("pk", "about")) == {
        # A post is known by what it leads now.
        pk: about or Event.objects.get(pk=pk).about
        for pk, about in stamped.items()
    }
    assert not Event.objects.filter(about="").exists()


def test_trail_list_shows_the_latest_first_and_only_those_of_the_plan(office, plan):
    other = factories.plan(1, slug="elsewhere")
    factories.month(other, 7)
    assert shown(office)[:2] == ["recommendation.closed", "month.commented"]
    assert set(shown(office)) == {
        "recommendation.closed",
        "month.commented",
        "update.signed_off",
        "update.submitted",
        "month.opened",
        "post.handed_over",
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "signed off"}, ["update.signed_off"]),
        ({"q": "R02"}, ["recommendation.closed"]),
        ({"q": "nothing so"}, []),
        ({"since_0": "3", "since_1": "5", "since_2": "2011"}, ["recommendation.closed"]),
        (
            {"since_0": "2", "since_1": "5", "since_2": "2011", "until_0": "2", "until_1": "5", "until_2": "2011"},
            ["month.commented"],
        ),
        ({"since_0": "31", "since_1": "2", "since_2": "2011", "q": "commentary"}, ["month.commented"]),
        ({"by": "999", "q": "commentary"}, ["month.commented"]),
    ],
)
def test_trail_list_is_narrowed(office, query, expected):
    assert shown(office, **query) == expected


def test_trail_list_is_narrowed_to_a_person(office):
    assert set(shown(office, by=user("Liam Lead").pk)) == {"update.signed_off", "post.handed_over"}


def test_trail_list_is_a_file_too_without_live_formulas(office, plan):
    plan.caveat = "=2+2"
    plan.save()
    response = office.get(PAGE, {"_export": "csv", "q": "closed"})
    assert response["Content-Disposition"] == 'attachment; filename="thornbury-trail.csv"'
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[1] == ["'=2+2"]
    assert rows[-1] == [
        "2011-05-03 09:00:00",
        "Olga Office",
        "olga.office@thornbury.example",
        "Recommendation closed",
        "R02 Recommendation 2",
        "board thornbury, plan thornbury",
        "closure: withdrawn; reason: =1+1",
        "recommendation.closed",
        "plans.recommendation",
        str(plan.recommendations.last().pk),
    ]
    book = openpyxl.load_workbook(io.BytesIO(office.get(PAGE, {"_export": "xlsx"}).content))
    assert book.active.max_row == len(shown(office)) + 5


@pytest.mark.parametrize("months", [1, 3])
def test_trail_list_takes_as_many_queries_for_one_month_as_for_three(office, plan, months, django_assert_num_queries):
    for number in range(6, 6 + months):
        factories.published(plan.months.last())
        factories.month(plan, number)
    with django_assert_num_queries(8):
        office.get(PAGE)


@pytest.mark.parametrize("name", ["Ada Officer", "Liam Lead", "Cass Chair", "Obi Observer"])
def test_trail_list_is_for_the_office_alone(client, plan, name):
    client.force_login(user(name))
    assert client.get(PAGE).status_code == 404
    assert client.get(PAGE, {"_export": "csv"}).status_code == 404


def test_several_people_are_asked_for_together(office):
    both = "&".join(f"by={user(name).pk}" for name in ("Liam Lead", "Ada Officer"))
    rows = office.get(f"{PAGE}?{both}").context["table"].rows
    assert {row.record.by.name for row in rows} == {"Liam Lead", "Ada Officer"}


def test_everything_that_a_line_says_is_found_whatever_its_case_accents_and_apostrophes(office, plan):
    event = events.record(
        by=user("Zoë O’Hara"), at=later(days=3), what="plan.changed", on=plan, reason="The café’s", comment="Mauve"
    )
    for words in ("zoe o'hara", "Plan CHANGED", plan.title, "reason", "CAFE'S", "4 May 2011"):
        found = [row.record for row in office.get(PAGE, {"q": words}).context["table"].rows]
        assert (words, event in found) == (words, True)
    assert shown(office, q="mauve") == []
