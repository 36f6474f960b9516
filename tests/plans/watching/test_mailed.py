"""Who follows a filter is told what changed in it with the month: in the same e-mail, written with the publication."""

from datetime import date

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Event, Kind, Message
from accounts.outbox import choices, delivery
from plans import reporting, watching
from plans.reporting import telling
from tests import factories
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db
LIST, WATCHED = "/plans/thornbury/recommendations/?month=2011-05", "/plans/thornbury/2011-05/watch-list/"


@pytest.fixture
def may():
    """May, open: in April R01 and R02 were amber and nothing came of R03."""
    plan = factories.plan(3)
    april = factories.month(plan, 4)
    for reference in ("R01", "R02"):
        factories.signed_off(april.updates.get(reference=reference))
    factories.published(april)
    month = factories.month(plan, 5)
    factories.signed_off(month.updates.get(reference="R01"), progress="Better.", rating="green")
    factories.submitted(month.updates.get(reference="R02"), progress="A new step.")
    dated = {"proposed_due_on": date(2012, 3, 31), "proposed_due_reason": "It starts late."}
    factories.signed_off(month.updates.get(reference="R03"), progress="It began.", **dated)
    Message.objects.all().delete()
    return month


def follow(month, name="At risk", by=None, **asked):
    asked = asked or {"rating": ["amber"]}
    given = {"plan": month.plan, "month": month, "name": name, "asked": asked, "is_followed": True}
    return watching.save(**given, by=by or user(), at=AT)


def told():
    return {
        row.user.name: (row.path, row.text)
        for row in Message.objects.filter(kind=Kind.PUBLISHED).select_related("user")
    }


AT_RISK = """Your watch list: At risk
2 recommendations in May 2011.
On the list: R02, R03
Joined the list: R03 Recommendation 3
Left the list: R01 Recommendation 1
New due date: R03 Recommendation 3 (31 March 2012)
New update received: R01, R02, R03
Rating changed: 1 recommendation"""


def test_who_follows_a_filter_is_told_what_changed_and_led_to_its_page(may):
    follow(may)
    factories.published(may)
    found = told()
    assert found.pop("Ada Officer") == (WATCHED, AT_RISK)
    assert set(found.values()) == {(LIST, "")}
    assert {"Cass Chair", "Liam Lead"} <= found.keys()


def test_one_that_left_without_an_update_is_told_apart(may):
    reporting.return_for_changes(
        update=(row := may.updates.get(reference="R02")),
        version=row.version,
        comment="How?",
        by=user("Liam Lead"),
        at=AT,
    )
    follow(may)
    factories.published(may)
    lines = told()["Ada Officer"][1].splitlines()
    assert "Left the list: R01 Recommendation 1; R02 Recommendation 2" in lines
    assert "No update received: R02" in lines


def test_no_rating_is_said_and_nothing_in_the_subject(may):
    follow(may, "Everything", q=["Recommendation"])
    factories.published(may)
    (message,) = Message.objects.exclude(text="")
    assert message.subject == f"May 2011 of the {may.plan.title} is published"
    assert not [word for word in ("red", "amber", "green") if word in message.text.replace("red: ", "").lower().split()]
    assert "Rating changed: 1 recommendation" in message.text


def test_each_filter_that_is_followed_is_told_by_its_name_and_no_other(may):
    follow(may, "Zebra")
    follow(may, "alpha", rating=["red"])
    watching.save(plan=may.plan, month=may, name="Not followed", asked={"stuck": ["yes"]}, by=user(), at=AT)
    factories.published(may)
    parts = told()["Ada Officer"][1].split("\n\n")
    assert [part.partition("\n")[0] for part in parts] == ["Your watch list: alpha", "Your watch list: Zebra"]
    assert parts[0] == ("Your watch list: alpha\nNo recommendations in May 2011. Nothing has changed since April 2011.")


def test_the_first_month_has_nothing_to_compare():
    month = factories.month(factories.plan(1), 4)
    follow(month, update=["none"])
    factories.published(month)
    assert told()["Ada Officer"][1] == "Your watch list: At risk\n1 recommendation in April 2011.\nOn the list: R01"


def test_a_filter_of_which_something_no_longer_exists_says_so(may):
    theme = factories.ThemeFactory(plan=may.plan, number=8)
    row = follow(may)
    row.query = {"rating": ["amber"], "theme": [theme.pk]}
    row.save()
    theme.delete()
    factories.published(may)
    assert "was left out: “Theme”.\nOn the list: R02, R03" in told()["Ada Officer"][1]


def test_who_gets_no_such_e_mail_is_told_nothing(may):
    follow(may)
    wanted = {kind.name.lower(): how for kind, how in choices.of(user()).items() if kind in choices.CHOSEN}
    choices.choose(by=user(), at=AT, **wanted | {"published": "never"})
    factories.published(may)
    assert "Ada Officer" not in told()


def test_who_no_longer_sees_the_plan_who_published_and_who_left_are_told_nothing(may):
    follow(may, by=user("Mo Member"))
    may.plan.board.seats.filter(user=user("Mo Member")).update(to_on=later(days=-1).date())
    follow(may, by=user("Olga Office"))
    follow(may, by=user("Liam Lead"))
    lead = user("Liam Lead")
    lead.is_active = False
    lead.save()
    factories.published(may)
    assert [text for _, text in told().values() if text] == []
    assert not {"Mo Member", "Olga Office", "Liam Lead"} & told().keys()


def test_another_plans_months_are_not_told(may):
    other = factories.plan(slug="other")
    follow(may, by=user("Cass Chair"))
    factories.published(factories.month(other, 5))
    assert {text for _, text in told().values()} == {""}


def test_what_is_undone_is_told_to_nobody_and_a_publication_is_one_event(may):
    follow(may)
    with transaction.atomic():
        factories.published(may)
        transaction.set_rollback(True)
    assert told() == {}
    before = Event.objects.count()
    factories.published(may)
    assert Event.objects.count() - before == 1


def test_the_letter_names_the_watch_list_and_leads_to_its_page(may):
    follow(may, "Looks <b>at risk</b>")
    factories.published(may)
    delivery.deliver(at=later(days=1))
    (letter,) = [letter for letter in mail.outbox if letter.to == [user().email]]
    html = letter.alternatives[0][0]
    assert "Your watch list: Looks <b>at risk</b>" in letter.body
    assert "Your watch list: Looks &lt;b&gt;at risk&lt;/b&gt;" in html
    assert f"{WATCHED}" in letter.body
    assert f'{WATCHED}"' in html


@pytest.mark.parametrize("number", [1, 3])
def test_publication_asks_as_often_however_many_follow(may, number):
    people = ("Ada Officer", "Cass Chair", "Mo Member")
    for name in people[:number]:
        follow(may, by=user(name))
        follow(may, "Late", by=user(name), update=["late"])
    month = published(may)
    with CaptureQueriesContext(connection) as asked:
        telling.of_publication(month, publisher=user("Olga Office"), at=AT)
    assert (len(asked), len([text for _, text in told().values() if text])) == (19, number)


def test_where_nobody_follows_anything_one_question_is_asked(may):
    month = published(may)
    with CaptureQueriesContext(connection) as asked:
        telling.of_publication(month, publisher=user("Olga Office"), at=AT)
    assert [query["sql"] for query in asked if "savedfilter" in query["sql"]] != []
    assert len(asked) == 8


def published(month):
    """Return the month as it is published, with nobody told of it yet."""
    reporting.publish_month(month=month, by=user("Olga Office"), at=AT)
    Message.objects.all().delete()
    return type(month).objects.get(pk=month.pk)
