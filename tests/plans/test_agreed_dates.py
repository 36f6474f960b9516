"""A month counts every change of a due date that was agreed in it, and none that was withdrawn."""

import csv
import io
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Event
from boards import dashboard
from plans import guards, reporting, revisions, verification
from plans.models import DueDateChange, MonthlyUpdate, Recommendation
from plans.months import sets
from tests import factories
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = date(2011, 12, 31), date(2012, 3, 31), date(2012, 6, 30)
PROPOSAL = {"proposed_due_on": SECOND, "proposed_due_reason": "The contract starts later."}


@pytest.fixture
@factories.once
def month():
    return factories.month(factories.plan(3))


def row(month, reference="R01"):
    return MonthlyUpdate.objects.select_related("month", "recommendation").get(month=month, reference=reference)


def sent_back(update, at=AT):
    return reporting.return_for_changes(
        update=update, version=update.version, comment="Not yet.", by=user("Liam Lead"), at=at
    )


def changed(month, due_on, reference="R01"):
    recommendation = Recommendation.objects.get(plan=month.plan_id, reference=reference)
    return revisions.change_due_date(
        recommendation=recommendation, due_on=due_on, reason="The school opens late.", by=user("Olga Office"), at=AT
    )


def due(month, reference="R01"):
    there = row(month, reference)
    return there.due_on, there.recommendation.due_on


def agreed(month):
    return [found.reference for found in sets.select(month, {"slipped": "agreed"}, now=AT)]


def test_returning_a_signed_off_update_withdraws_the_date_agreed_with_it(month):
    update = factories.signed_off(row(month), **PROPOSAL)
    assert (due(month), agreed(month)) == ((SECOND, SECOND), ["R01"])
    sent_back(update, at=later(hours=1))
    change = DueDateChange.objects.get()
    assert (due(month), agreed(month)) == ((FIRST, FIRST), [])
    assert (change.after, change.withdrawn_by, change.withdrawn_at) == (SECOND, user("Liam Lead"), later(hours=1))
    detail = Event.objects.get(what="update.returned").detail
    assert detail == {"comment": "Not yet.", "due_date_withdrawn": "2012-03-31", "due_on": "2011-12-31"}


def test_a_withdrawn_date_can_be_agreed_again_and_counts_once(month):
    sent_back(factories.signed_off(row(month), **PROPOSAL))
    factories.signed_off(row(month), progress="Three teams.", **PROPOSAL)
    assert [change["after"] for change in row(month).date_changes] == ["2012-03-31"]
    assert [bool(change.withdrawn_at) for change in DueDateChange.objects.order_by("pk")] == [True, False]


def test_a_date_that_was_changed_again_since_stays_when_the_update_is_returned(month):
    factories.signed_off(row(month), **PROPOSAL)
    changed(month, THIRD)
    sent_back(row(month))
    assert due(month) == (THIRD, THIRD)
    assert [change["after"] for change in row(month).date_changes] == ["2012-06-30"]


def test_the_date_goes_back_to_what_the_office_had_agreed_in_the_same_month(month):
    changed(month, SECOND)
    sent_back(factories.signed_off(row(month), proposed_due_on=THIRD, proposed_due_reason="More time."))
    assert due(month) == (SECOND, SECOND)
    assert [change["after"] for change in row(month).date_changes] == ["2012-03-31"]


def test_a_date_changed_by_the_office_is_seen_before_an_update_is_signed_off(month):
    update = factories.submitted(row(month), **PROPOSAL)
    changed(month, THIRD)
    with pytest.raises(reporting.Conflict):
        reporting.sign_off(update=update, version=update.version, by=user("Liam Lead"), at=AT)


def test_a_proposed_date_that_the_office_has_agreed_meanwhile_is_not_agreed_again(month):
    factories.submitted(row(month), **PROPOSAL)
    changed(month, SECOND)
    update = row(month)
    reporting.sign_off(update=update, version=update.version, by=user("Liam Lead"), at=later(days=400))
    assert Event.objects.get(what="update.signed_off").detail == {"signed_off_for": ""}
    assert (due(month), DueDateChange.objects.count()) == ((SECOND, SECOND), 1)


def test_a_changed_date_does_not_disturb_a_draft(month):
    draft = reporting.save_draft(update=row(month), version=0, by=user(), at=AT, progress="Half done.")
    changed(month, SECOND)
    assert reporting.save_draft(update=draft, version=draft.version, by=user(), at=AT, progress="Done.").version == 2


def test_a_month_is_checked_again_once_a_date_was_changed(month):
    seen = reporting.freezing(month)
    changed(month, SECOND)
    with pytest.raises(reporting.Refused, match="changed since you checked it"):
        reporting.publish_month(month=month, seen=seen, by=user("Olga Office"), at=AT)


def test_a_date_agreed_between_two_months_counts_in_the_next_one(month):
    factories.published(month)
    changed(month, SECOND, "R02")
    june = factories.month(month.plan, 7)
    assert (agreed(month), agreed(june)) == ([], ["R02"])
    factories.published(june)
    assert agreed(factories.month(month.plan, 8)) == []


def test_a_date_changed_before_the_first_month_counts_in_none():
    plan = factories.plan()
    revisions.change_due_date(
        recommendation=plan.recommendations.get(), due_on=SECOND, reason="More time.", by=user(), at=AT
    )
    assert agreed(factories.month(plan)) == []


def test_dashboard_console_list_and_exports_agree_on_every_way_to_agree_a_date(month, client):
    """R01 through its update, R02 through the office's page, R03 withdrawn; nothing else is counted anywhere."""
    factories.signed_off(row(month, "R01"), **PROPOSAL)
    changed(month, THIRD, "R02")
    sent_back(factories.signed_off(row(month, "R03"), **PROPOSAL))
    for is_published in (False, True):
        if is_published:
            factories.published(month)
            month.refresh_from_db()
        client.force_login(user("Olga Office"))
        built = dashboard.build(month, now=AT)
        assert built.sections["agreed"].number.value == 2
        assert [found.reference for found in built.sections["agreed"].rows] == agreed(month) == ["R01", "R02"]
        listed = client.get("/plans/thornbury/recommendations/?month=2011-05&slipped=agreed")
        assertContains(listed, "R02")
        assertNotContains(listed, "R03")
        content = client.get("/plans/thornbury/recommendations/?month=2011-05&_export=csv").content.decode("utf-8-sig")
        lines = list(csv.reader(io.StringIO(content)))
        top = next(number for number, line in enumerate(lines) if line[:1] == ["Reference"])
        told = {line[0]: dict(zip(lines[top], line, strict=True)) for line in lines[top + 1 :]}
        assert told["R02"]["Due date"] == "2012-06-30"
        said = {reference: line["Due date changes agreed this month"] for reference, line in told.items()}
        assert said == {
            "R01": "31 December 2011 to 31 March 2012, agreed by Liam Lead. Reason: The contract starts later.",
            "R02": "31 December 2011 to 30 June 2012, agreed by Olga Office. Reason: The school opens late.",
            "R03": "",
        }
    assert list(verification.problems()) == []


def test_verify_finds_a_month_that_hides_a_changed_date(month):
    changed(month, THIRD, "R02")
    MonthlyUpdate.objects.filter(month=month).update(date_changes=[])
    factories.published(month)
    assert any("R02: its changed dates are not those" in problem for problem in verification.problems())


def test_a_date_is_withdrawn_once_and_never_comes_back(month):
    sent_back(factories.signed_off(row(month), **PROPOSAL))
    writes = ({"withdrawn_at": None, "withdrawn_by": None}, {"withdrawn_at": later(days=1)}, {"after": THIRD})
    for write in writes:
        with pytest.raises(IntegrityError, match=guards.SLIP), transaction.atomic():
            DueDateChange.objects.update(**write)


def test_a_withdrawal_changes_nothing_else(month):
    factories.signed_off(row(month), **PROPOSAL)
    with pytest.raises(IntegrityError, match=guards.SLIP), transaction.atomic():
        DueDateChange.objects.update(withdrawn_at=AT, withdrawn_by=user(), after=THIRD)


def test_the_pages_say_that_the_date_will_be_withdrawn_and_then_that_it_was(month, client):
    update = factories.signed_off(row(month), **PROPOSAL)
    client.force_login(user("Liam Lead"))
    review = "/plans/thornbury/2011-05/R01/review/"
    page = client.get(review)
    assertContains(page, "Returning this update withdraws the due date agreed with it, 31 March 2012.")
    assertContains(page, "The recommendation will be due on 31 December 2011 again.")
    posted = {"version": update.version, "decision": "return", "comment": "Not yet."}
    response = client.post(review, posted, follow=True)
    assert [str(message) for message in response.context["messages"]] == [
        "R01 has been returned with your comment. "
        "The due date agreed with it, 31 March 2012, is withdrawn. It is due on 31 December 2011."
    ]
    assertContains(client.get(review), "The due date agreed with this update, 31 March 2012, was withdrawn")
    story = client.get("/plans/thornbury/recommendations/R01/")
    assertContains(story, "Withdrawn</strong>")
    assertContains(story, "by Liam Lead on 9 December 2011, when the update was returned")
    client.force_login(user("Ada Officer"))
    assertContains(client.get("/plans/thornbury/2011-05/R01/"), "was withdrawn when the update was returned")


def test_the_page_says_that_a_later_date_stays(month, client):
    factories.signed_off(row(month), **PROPOSAL)
    changed(month, THIRD)
    client.force_login(user("Liam Lead"))
    page = client.get("/plans/thornbury/2011-05/R01/review/")
    assertContains(page, "The date has been changed since, so the recommendation stays due on 30 June 2012.")


def test_returning_an_update_without_a_date_says_nothing_of_dates(month, client):
    factories.signed_off(row(month))
    client.force_login(user("Liam Lead"))
    assertNotContains(client.get("/plans/thornbury/2011-05/R01/review/"), "withdraw")


def test_a_date_proposed_for_what_was_closed_meanwhile_is_refused_in_words():
    month = factories.month(factories.plan())
    row = factories.submitted(month.updates.get(), proposed_due_on=date(2012, 3, 31), proposed_due_reason="More time.")
    revisions.close(
        recommendation=row.recommendation, closure="withdrawn", reason="No longer ours.", by=user("Olga Office"), at=AT
    )
    with pytest.raises(reporting.Refused):
        reporting.sign_off(update=row, version=row.version, by=user("Liam Lead"), at=AT)
