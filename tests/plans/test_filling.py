"""What the migrations fill in for months and papers that were there before their columns."""

from datetime import UTC, date, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps

from accounts.models import Event
from boards import meetings, permissions, verification
from boards.meetings import proceedings
from boards.models import AgendaItem, Paper
from improvement.records import triggers
from plans import reporting, revisions
from plans.models import DueDateChange, MonthlyUpdate
from tests import factories
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db
DATE = {"proposed_due_on": date(2012, 3, 31), "proposed_due_reason": "More time."}


def filled(app, name):
    triggers.drop()
    import_module(f"{app}.migrations.{name}").fill(apps, None)


def test_a_published_month_keeps_the_dates_that_it_counted_and_an_open_one_counts_all():
    plan = factories.plan(2)
    may = factories.month(plan)
    factories.signed_off(may.updates.get(reference="R01"), **DATE)
    change = {"due_on": date(2012, 6, 30), "reason": "The school opens late.", "by": user("Olga Office")}
    second = plan.recommendations.get(reference="R02")
    factories.published(may, at=later(days=1))
    factories.month(plan, 6, at=later(days=2))
    revisions.change_due_date(recommendation=second, **change, at=later(days=3))
    stamped = list(MonthlyUpdate.objects.order_by("pk").values_list("date_changes", "due_on"))
    counted = list(DueDateChange.objects.order_by("pk").values_list("counted_in", "is_of_update"))
    triggers.drop()
    MonthlyUpdate.objects.update(date_changes=[])
    MonthlyUpdate.objects.filter(month__month=date(2011, 6, 1), reference="R02").update(due_on=date(2011, 12, 31))
    DueDateChange.objects.update(counted_in=None, is_of_update=False)
    filled("plans", "0004_fill_date_changes")
    assert list(MonthlyUpdate.objects.order_by("pk").values_list("date_changes", "due_on")) == stamped
    assert list(DueDateChange.objects.order_by("pk").values_list("counted_in", "is_of_update")) == counted


def test_what_is_submitted_was_first_submitted_then():
    row = factories.submitted(factories.month(factories.plan()).updates.get())
    filled("plans", "0006_fill_first_submission")
    assert MonthlyUpdate.objects.get(pk=row.pk).first_submitted_at == AT


@pytest.mark.parametrize("is_saved_since", [False, True])
def test_what_is_returned_and_not_saved_since_is_kept_as_it_was_returned(is_saved_since):
    row = factories.submitted(factories.month(factories.plan()).updates.get())
    row = reporting.return_for_changes(
        update=row, version=row.version, comment="Who?", by=user("Liam Lead"), at=later(days=1)
    )
    returned = row.returned
    if is_saved_since:
        row = reporting.save_draft(update=row, version=row.version, by=user(), at=later(days=2), progress="Ada.")
    MonthlyUpdate.objects.update(returned={})
    filled("plans", "0009_fill_returned")
    assert MonthlyUpdate.objects.get(pk=row.pk).returned == ({} if is_saved_since else returned)


def test_a_paper_that_was_tabled_later_than_the_agenda_came_late():
    plan = factories.plan()
    meeting = factories.meeting(plan, date(2011, 4, 11))
    factories.announced(meeting, papers=[factories.paper(meeting, "With it")])
    factories.tabled(factories.paper(meeting, "After it"), at=later(hours=1))
    triggers.drop()
    Paper.objects.update(is_tabled_late=False)
    filled("boards", "0011_fill_tabled_late")
    assert list(Paper.objects.filter(is_tabled_late=True).values_list("title", flat=True)) == ["After it"]


def test_what_was_withheld_before_reasons_were_shown_says_nothing_of_why_to_anybody_now():
    plan = factories.plan()
    meeting = factories.meeting(plan, date(2011, 4, 11))
    item = meeting.items.get()
    reason = {"restricted_because": "Ann Other's dismissal."}
    closed = [
        factories.paper(meeting, "Dismissal for observers", item=item, **reason),
        factories.paper(meeting, "Dismissal for members", item=item, excludes_observers=True, **reason),
        factories.paper(meeting, "Dismissal on its own", **reason),
        factories.paper(meeting, "Dismissal to come", embargoed_until=AT + timedelta(days=9)),
        factories.paper(meeting, "Accounts", public_title="Money", **reason),
    ]
    factories.announced(meeting, papers=[*closed, factories.paper(meeting, "Open")])
    triggers.drop()
    import_module("boards.migrations.0015_items_of_restricted_papers").restrict(apps, None)
    item = AgendaItem.objects.get(pk=item.pk)
    assert (item.excludes_observers, item.public_title) == (True, "Restricted item")
    told = item.restricted_because
    assert told == "The programme office has the reason on record."
    assert set(Paper.objects.exclude(restricted_because="").values_list("restricted_because", flat=True)) == {told}
    papers = proceedings.papers_of(meeting.board.meetings.get(), permissions.Readership.PUBLIC, now=AT)
    assert [(one.paper.title, one.withheld) for one in papers] == [
        ("Restricted paper", f"Restricted: {told}"),
        ("Restricted paper", "To follow"),
        ("Money", f"Restricted: {told}"),
        ("Open", ""),
    ]
    # The office still finds the reason where it was written down.
    assert (
        Event.objects.filter(what="paper.added", detail__restricted_because=reason["restricted_because"]).count() == 4
    )


def test_an_item_whose_paper_was_under_embargo_stays_withheld_from_those_it_was_hidden_from():
    """It was hidden, title, minute and decisions, from those who have no seat, until the embargo ended."""
    plan = factories.plan()
    meeting = factories.meeting(plan, date(2011, 4, 11))
    far = {"embargoed_until": datetime(2099, 1, 1, tzinfo=UTC)}
    for title, access in (("Running", far), ("Over", {"embargoed_until": later(hours=1)}), ("Open", {})):
        item = meetings.add_item(meeting=meeting, title=f"{title} item", by=user("Olga Office"), at=AT)
        factories.paper(meeting, f"{title} paper", item=item, **access)
    closed = meetings.add_item(meeting=meeting, title="Closed item", by=user("Olga Office"), at=AT)
    secret = {"restricted_because": "Ann Other.", "excludes_observers": True}
    factories.paper(meeting, "Closed paper", item=closed, **secret)
    factories.paper(meeting, "Closed paper to come", item=closed, **far)
    factories.announced(meeting, papers=list(meeting.papers.all()))
    triggers.drop()
    Event.objects.filter(what="meeting.item_added").update(detail={})  # it told nothing of readers then
    import_module("boards.migrations.0015_items_of_restricted_papers").restrict(apps, None)
    meeting = meeting.board.meetings.get()
    shown = {
        readership: [
            (entry.item.title, entry.withheld)
            for entry in proceedings.build(meeting, readership, now=later(days=2)).items
            if entry.item.title != "Minutes"
        ][-4:]
        for readership in permissions.Readership
    }
    told = "Restricted: A paper of this item is under embargo."
    kept = "Restricted: The programme office has the reason on record."
    whole = [(f"{title} item", "") for title in ("Running", "Over", "Open", "Closed")]
    assert shown == {
        "office": whole,
        "board": whole,
        "observers": [*whole[:3], ("Restricted item", kept)],
        "public": [("Restricted item", told), *whole[1:3], ("Restricted item", kept)],
    }
    # The paper itself is “to follow” to everybody, and its own title is told to nobody but the office.
    for readership in ("board", "observers"):
        papers = proceedings.papers_of(meeting, permissions.Readership(readership), now=later(days=2))
        assert ("Restricted paper", "To follow") in [(one.paper.title, one.withheld) for one in papers]
    assert list(verification.problems()) == []
