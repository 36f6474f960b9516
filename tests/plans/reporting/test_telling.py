"""Who is told by e-mail of what happens to a month, in the transaction of what happens."""

from datetime import date

import pytest
from django.db import transaction

from accounts import outbox
from accounts.models import Kind, Message
from accounts.removal import kinds
from accounts.removal.redactions import redact
from plans import reporting
from plans.models import RatingDefinition
from plans.reporting import evidence
from tests import factories
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db
BOARD = ("Cass Chair", "Mo Member", "Obi Observer")


@pytest.fixture
def month():
    plan = factories.plan(2)
    factories.area(plan)
    return factories.month(plan)


def told(kind):
    rows = Message.objects.filter(kind=kind)
    return {name: (subject, path) for name, subject, path in rows.values_list("user__name", "subject", "path")}


def test_whoever_owes_something_is_told_that_the_month_opens(month):
    told_to = ("May 2011 is open: 3 updates to write by 20 May 2011", "/my/updates/")
    assert told(Kind.MONTH_OPENED) == {"Ada Officer": told_to, "Dev Deputy": told_to}
    assert Message.objects.first().text == "R01 Recommendation 1\nR02 Recommendation 2\nA. Area A"


def test_a_returned_update_is_told_with_the_comment(month):
    row = factories.submitted(month.updates.get(reference="R01"))
    lead = user("Liam Lead")
    reporting.return_for_changes(update=row, version=row.version, comment="Who was asked?", by=lead, at=AT)
    told_to = ("R01 was returned to you for May 2011", "/plans/thornbury/2011-05/R01/")
    assert told(Kind.RETURNED) == {"Ada Officer": told_to, "Dev Deputy": told_to}
    assert Message.objects.filter(kind=Kind.RETURNED).first().text == "Liam Lead writes:\nWho was asked?"


def test_other_dates_are_told_to_all_who_write_or_sign_off(month):
    reporting.change_dates(month=month, due_on=date(2011, 5, 22), reason="A holiday.", by=user("Olga Office"), at=AT)
    told_to = ("The dates of May 2011 have changed", "/my/updates/")
    assert told(Kind.DATES_CHANGED) == dict.fromkeys(("Ada Officer", "Dev Deputy", "Dina Deputy", "Liam Lead"), told_to)


def test_publication_is_told_to_everyone_who_sees_the_plan_but_whoever_published(month):
    factories.published(month)
    told_to = (
        f"May 2011 of the {month.plan.title} is published",
        "/plans/thornbury/recommendations/?month=2011-05",
    )
    names = ("Ada Officer", "Dev Deputy", "Dina Deputy", "Liam Lead", *BOARD)
    assert told(Kind.PUBLISHED) == dict.fromkeys(names, told_to)


def test_publication_is_told_to_those_who_have_a_seat_on_its_own_board_that_day(month):
    seats = month.plan.board.seats
    seats.filter(user=user("Cass Chair")).update(from_on=AT.date(), to_on=AT.date())
    seats.filter(user=user("Mo Member")).update(to_on=later(days=-1).date())
    seats.filter(user=user("Obi Observer")).update(from_on=later(days=1).date())
    factories.SeatFactory(board=month.plan.board, user=user("Vic Vice"), from_on=None)
    factories.SeatFactory(board=factories.plan(slug="other").board, user=user("Eli Elsewhere"))
    factories.published(month)
    officers = {"Ada Officer", "Dev Deputy", "Dina Deputy", "Liam Lead"}
    assert told(Kind.PUBLISHED).keys() == officers | {"Cass Chair", "Vic Vice"}


def test_publication_is_told_to_the_rest_of_the_programme_office(month):
    month.plan.programme_office.add(user("Otto Office"))
    factories.published(month)
    assert {"Otto Office", "Olga Office"} & told(Kind.PUBLISHED).keys() == {"Otto Office"}


def test_whoever_leads_an_area_of_focus_and_nothing_else_is_told_all_the_same():
    plan = factories.plan()
    area = factories.area(plan)
    area.leading_post = factories.post("Head of Health", user("Hal Health"))
    area.save()
    factories.post("Head of Elsewhere", user("Eli Elsewhere"))
    month = factories.month(plan)
    reporting.change_dates(month=month, due_on=date(2011, 5, 22), reason="A holiday.", by=user("Olga Office"), at=AT)
    factories.published(month)
    officers = {"Ada Officer", "Dev Deputy", "Hal Health"}
    assert told(Kind.MONTH_OPENED).keys() == officers
    assert told(Kind.DATES_CHANGED).keys() == officers | {"Liam Lead", "Dina Deputy"}
    assert told(Kind.PUBLISHED).keys() == officers | {"Liam Lead", "Dina Deputy", *BOARD}
    hal = Message.objects.filter(user=user("Hal Health")).order_by("pk")
    assert list(hal.values_list("kind", flat=True)) == [Kind.MONTH_OPENED, Kind.DATES_CHANGED, Kind.PUBLISHED]
    assert hal[0].subject == "May 2011 is open: 1 update to write by 20 May 2011"


def test_what_is_carried_forward_as_complete_is_owed_by_nobody():
    plan = factories.plan()
    RatingDefinition.objects.create(plan=plan, rating="complete", wording="Done and proved.")
    row = factories.month(plan).updates.get()
    evidence.add(update=row, kind="qualitative", title="Letter", url="https://a.example/", by=user(), at=AT)
    factories.signed_off(row, rating="complete")
    factories.published(plan.months.get())
    Message.objects.all().delete()
    assert factories.month(plan, 6).updates.get().status == "carried"
    assert told(Kind.MONTH_OPENED) == {}


def test_what_is_undone_is_told_to_nobody(month):
    with transaction.atomic():
        factories.published(month)
        transaction.set_rollback(True)
    assert told(Kind.PUBLISHED) == {}


def test_a_removed_comment_is_removed_from_what_waits_to_be_sent(month):
    row = factories.submitted(month.updates.get(reference="R01"))
    lead = user("Liam Lead")
    comment = "Please do not name the child in Acacia Avenue."
    reporting.return_for_changes(update=row, version=row.version, comment=comment, by=lead, at=AT)
    row.refresh_from_db()
    (field,) = [name for name, text in kinds.of(row).items() if any(place.text == comment for place in text.places)]
    redact(thing=row, field=field, reason="it names a child", by=user("Olga Office"), at=AT)
    assert Message.objects.filter(text__contains="Acacia").count() == 0


def test_a_removed_name_leaves_what_others_wrote_of_something_else(month):
    row = factories.submitted(month.updates.get(reference="R01"))
    lead = user("Liam Lead")
    reporting.return_for_changes(update=row, version=row.version, comment="Amy", by=lead, at=AT)
    outbox.tell([lead], kind=Kind.NOTE, subject="A note", path="/", on=month.plan, at=AT, text="Amyl nitrate. Amy.")
    row.refresh_from_db()
    (field,) = [name for name, text in kinds.of(row).items() if any(place.text == "Amy" for place in text.places)]
    redact(thing=row, field=field, reason="it names a child", by=user("Olga Office"), at=AT)
    assert set(Message.objects.filter(kind__in=(Kind.RETURNED, Kind.NOTE)).values_list("kind", "text")) == {
        (Kind.RETURNED, "Liam Lead writes:\n[removed]"),
        (Kind.NOTE, "Amyl nitrate. Amy."),
    }
