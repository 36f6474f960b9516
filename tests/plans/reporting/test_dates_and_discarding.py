"""An open month gets other dates, which stay on record, or is discarded while nothing in it is submitted."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Event
from plans import reporting, verification
from plans.models import AreaUpdate, DateChange, Evidence, MonthlyUpdate, ReportingMonth
from plans.months import digests
from plans.reporting import evidence
from tests import factories
from tests.factories import AT, a_file, later, user

pytestmark = pytest.mark.django_db


@pytest.fixture
@factories.once
def month():
    plan = factories.plan(3)
    factories.area(plan)
    return factories.month(plan)


def change(month, at=AT, **given):
    told = {"due_on": date(2011, 5, 27), "sign_off_due_on": date(2011, 5, 31), "reason": "The Board meets later."}
    return reporting.change_dates(month=month, by=user("Olga Office"), at=at, **told | given)


def discard(month, **given):
    told = {"reason": "The wrong month."} | given
    return reporting.discard_month(month=month, by=user("Olga Office"), at=AT, **told)


def test_the_dates_of_an_open_month_change_and_the_earlier_ones_stay_on_record(month):
    change(month)
    row = ReportingMonth.objects.get()
    assert (row.due_on, row.sign_off_due_on, row.data_as_at) == (
        date(2011, 5, 27),
        date(2011, 5, 31),
        date(2011, 5, 15),
    )
    told = ("field", "before", "after", "reason", "by_name", "at")
    assert list(row.date_changes.values_list(*told)) == [
        ("due_on", date(2011, 5, 20), date(2011, 5, 27), "The Board meets later.", "Olga Office", AT),
        ("sign_off_due_on", date(2011, 5, 24), date(2011, 5, 31), "The Board meets later.", "Olga Office", AT),
    ]
    event = Event.objects.get(what="month.dates_changed")
    assert event.detail["before"] == {"due_on": "2011-05-20", "sign_off_due_on": "2011-05-24"}
    assert event.detail["reason"] == "The Board meets later."


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        ({"reason": " "}, {"reason": "Enter a reason for changing the dates."}),
        (
            {"sign_off_due_on": date(2011, 5, 26)},
            {"sign_off_due_on": "Sign-off cannot be due before the updates are."},
        ),
        (
            {"due_on": date(2011, 5, 20), "sign_off_due_on": date(2011, 5, 24)},
            {"__all__": "Change at least one of the dates."},
        ),
    ],
)
def test_dates_are_refused_that_cannot_be(month, given, errors):
    with pytest.raises(reporting.Incomplete) as caught:
        change(month, **given)
    assert caught.value.errors == errors
    assert not DateChange.objects.exists()


def test_a_colleagues_change_of_the_dates_is_not_written_over_unseen(month):
    change(month, seen=0)
    with pytest.raises(reporting.Conflict):
        change(month, due_on=date(2011, 5, 26), seen=0)


def test_the_dates_of_a_published_month_stay(month):
    with pytest.raises(reporting.MonthPublished):
        change(factories.published(month))


def test_what_was_submitted_is_late_or_not_by_the_new_date(month):
    first, second, _ = month.updates.all()
    factories.submitted(first, at=later(days=21))
    factories.submitted(second, at=later(days=10))
    assert list(month.updates.values_list("is_late", flat=True)) == [True, False, False]
    change(month, at=later(days=21))
    assert list(month.updates.values_list("is_late", flat=True)) == [False, False, False]
    assert Event.objects.get(what="month.dates_changed").detail["no_longer_late"] == ["R01"]
    change(month, at=later(days=22), due_on=date(2011, 5, 10), reason="An earlier meeting.")
    assert list(month.updates.values_list("is_late", flat=True)) == [True, True, False]


def test_an_earlier_date_tells_what_is_late_now_in_the_order_of_the_plan(month):
    for row in reversed(month.updates.all()):
        factories.submitted(row, at=later(days=10 if row.reference == "R02" else 11))
    assert change(month, at=later(days=12), due_on=date(2011, 5, 11), sign_off_due_on=date(2011, 5, 24))
    detail = Event.objects.get(what="month.dates_changed").detail
    assert (detail["now_late"], detail["no_longer_late"]) == (["R01", "R03"], [])
    assert detail["after"] == {"due_on": "2011-05-11"}


def test_the_same_dates_again_change_nothing_for_the_same_person_and_reason_alone(month):
    changes = change(month)
    assert change(month) == changes
    for other in ({"reason": "Another reason."}, {"by": user("Cass Chair")}):
        given = {"by": user("Olga Office"), "reason": "The Board meets later."} | other
        with pytest.raises(reporting.Incomplete, match="Change at least one"):
            reporting.change_dates(month=month, at=AT, due_on=date(2011, 5, 27), **given)
    assert Event.objects.filter(what="month.dates_changed").count() == 1


def test_discarding_needs_a_reason(month):
    with pytest.raises(reporting.Incomplete, match="Say why you are discarding the month"):
        discard(month, reason=" ")
    assert ReportingMonth.objects.exists()


def test_everything_that_would_be_lost_changes_what_was_looked_at(month):
    seen = [reporting.discarding(month)]

    def look():
        seen.append(reporting.discarding(ReportingMonth.objects.get()))

    row = month.updates.first()
    evidence.add(update=row, kind="qualitative", title="Letter", url="https://a.example", **_by())
    look()
    reporting.write_commentary(month=month, version=0, text="A good month.", **_by())
    look()
    area = month.area_updates.get()
    reporting.write_area_update(area_update=area, version=0, text="On course.", **_by())
    look()
    change(month)
    look()
    assert len(set(seen)) == 5


@pytest.mark.parametrize("said", [{"text": "A good month."}, {"text": "", "headline": "On track."}])
def test_the_event_of_a_discarded_month_tells_what_was_lost(month, said):
    reporting.write_commentary(month=month, version=0, **said, **_by())
    reporting.write_area_update(area_update=month.area_updates.get(), version=0, text="On course.", **_by())
    change(month)
    discard(month, reason=" The wrong month. ")
    assert Event.objects.get(what="month.discarded").detail == {
        "month": "May 2011",
        "month_id": month.pk,
        "opened_at": "2011-05-01T09:00:00+01:00",
        "opened_by": "Olga Office",
        "scope": 3,
        "drafts": [],
        "evidence": 0,
        "commentary": True,
        "area_updates": ["A"],
        "date_changes": 2,
        "reason": "The wrong month.",
    }


def test_changing_the_dates_changes_what_was_checked_before_publication(month):
    seen = reporting.freezing(month)
    change(month)
    with pytest.raises(reporting.Refused, match="has changed since you checked it"):
        reporting.publish_month(month=month, by=user("Olga Office"), at=AT, seen=seen)


def test_changed_dates_are_part_of_what_is_published(month):
    change(month)
    month = factories.published(ReportingMonth.objects.get())
    assert list(verification.problems()) == []
    assert "The Board meets later." in digests.canonical(month)


def test_months_of_the_first_format_know_no_changed_dates(month):
    month.digest_format = 1
    assert "changed_dates" not in digests.canonical(month)


def test_a_reason_for_changing_the_dates_can_be_removed(month):
    change(month, reason="Josie Miller was seen.")
    month = factories.published(ReportingMonth.objects.get())
    field = f"dates-{month.date_changes.first().pk}"
    reporting.redact_month(month=month, field=field, reason="names a child", by=user("Olga Office"), at=AT)
    assert month.date_changes.first().reason == "[removed: names a child]"
    assert "Josie" not in str(list(Event.objects.filter(on_id=month.pk).values("detail")))
    assert list(verification.problems()) == []


@pytest.mark.parametrize("is_published", [False, True])
def test_a_changed_date_is_never_taken_off_the_record(month, is_published):
    change(month)
    if is_published:
        factories.published(month)
    for way in (lambda rows: rows.update(reason="x"), lambda rows: rows._raw_delete("default")):
        with pytest.raises(IntegrityError, match="stays on record for good"), transaction.atomic():
            way(DateChange.objects.all())
    if is_published:
        row = DateChange.objects.first()
        row.pk = None
        with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
            DateChange.objects.bulk_create([row])


def test_a_discarded_month_leaves_nothing_but_its_event(month, evidence_folder, django_capture_on_commit_callbacks):
    change(month)
    first = month.updates.first()
    reporting.save_draft(update=first, version=0, by=user(), at=AT, progress="Begun.")
    evidence.add(update=first, kind="quantitative", title="Rates", file=a_file(), by=user(), at=AT)
    with django_capture_on_commit_callbacks(execute=True):
        discard(month)
    for model in (ReportingMonth, MonthlyUpdate, AreaUpdate, Evidence, DateChange):
        assert not model.objects.exists()
    assert list(evidence_folder.rglob("*.*")) == []
    event = Event.objects.get(what="month.discarded")
    assert (event.on_type, event.on_id, event.by.name) == ("plans.plan", month.plan_id, "Olga Office")
    told = event.detail
    assert (told["month"], told["opened_by"], told["scope"]) == ("May 2011", "Olga Office", 3)
    assert (told["drafts"], told["evidence"], told["reason"]) == (["R01 by Ada Officer"], 1, "The wrong month.")
    again = factories.month(month.plan)
    assert again.updates.count() == 3


def test_a_discarded_month_takes_nothing_of_another_with_it(month, evidence_folder, django_capture_on_commit_callbacks):
    row = factories.month(factories.plan(slug="other")).updates.get()
    evidence.add(update=row, kind="quantitative", title="Rates", file=a_file(), by=user(), at=AT)
    row = factories.submitted(row)
    reporting.return_for_changes(update=row, version=row.version, comment="Why?", by=user("Liam Lead"), at=AT)
    with django_capture_on_commit_callbacks(execute=True):
        discard(month)
    assert (row.evidence.count(), row.comments.count(), len(list(evidence_folder.rglob("*.*")))) == (1, 1, 1)
    assert Event.objects.get(what="month.discarded").detail["evidence"] == 0


def test_a_changed_date_stays_guarded_after_a_month_was_discarded(month):
    change(month)
    discard(month)
    change(factories.month(month.plan))
    with pytest.raises(IntegrityError), transaction.atomic():
        DateChange.objects.update(reason="x")


@pytest.mark.parametrize("stage", ["submitted", "signed_off", "returned"])
def test_a_month_in_which_something_was_submitted_is_not_discarded(month, stage):
    row = factories.submitted(month.updates.first())
    who = {"update": row, "version": row.version, "by": user("Liam Lead"), "at": AT}
    if stage == "signed_off":
        reporting.sign_off(**who)
    elif stage == "returned":
        reporting.return_for_changes(**who, comment="Why?")
    with pytest.raises(reporting.Refused, match="has submitted updates: R01"):
        discard(month)
    assert month.updates.count() == 3


def test_a_month_is_discarded_that_a_lead_officer_took_everything_back_in(month):
    row = factories.submitted(month.updates.first())
    reporting.take_back(update=row, version=row.version, by=user(), at=AT)
    discard(month)
    assert not ReportingMonth.objects.exists()


def test_a_month_is_not_discarded_in_which_something_was_once_returned(month):
    row = factories.submitted(month.updates.first())
    row = reporting.return_for_changes(update=row, version=row.version, comment="Why?", by=user("Liam Lead"), at=AT)
    row = factories.submitted(row, progress="Three teams were trained.")
    row = reporting.take_back(update=row, version=row.version, by=user(), at=AT)
    assert row.status == "draft"
    with pytest.raises(reporting.Refused, match="has submitted updates: R01"):
        discard(month)


def test_a_published_month_is_never_discarded(month):
    with pytest.raises(reporting.MonthPublished):
        discard(factories.published(month))


def test_a_month_from_which_a_text_was_removed_is_not_discarded(month):
    reporting.write_commentary(month=month, version=0, text="Jo was seen.", by=user("Olga Office"), at=AT)
    reporting.redact_month(month=month, field="commentary", reason="names a child", by=user("Olga Office"), at=AT)
    with pytest.raises(reporting.Refused, match="The record must stay"):
        discard(month)


def test_what_somebody_began_meanwhile_is_not_discarded_unseen(month):
    seen = reporting.discarding(month)
    reporting.save_draft(update=month.updates.first(), version=0, by=user(), at=AT, progress="Begun.")
    with pytest.raises(reporting.Refused, match="has changed since you opened this page"):
        discard(month, seen=seen)
    discard(month, seen=reporting.discarding(month))
    assert not ReportingMonth.objects.exists()


def _of_update(verb, **given):
    return lambda month, row: verb(update=row, version=0, by=user(), at=AT, **given)


LATER = {
    "save_draft": _of_update(reporting.save_draft, progress="Begun."),
    "submit": _of_update(reporting.submit, **factories.ANSWERS),
    "add": lambda month, row: evidence.add(
        update=row, kind="quantitative", title="T", url="https://a.example", **_by()
    ),
    "commentary": lambda month, row: reporting.write_commentary(month=month, version=0, text="x", **_by()),
    "area": lambda month, row: reporting.write_area_update(
        area_update=AreaUpdate(month=month), version=0, text="x", **_by()
    ),
    "refresh": lambda month, row: reporting.refresh_scope(month=month, **_by()),
    "publish": lambda month, row: reporting.publish_month(month=month, **_by()),
    "dates": lambda month, row: change(month),
    "discard": lambda month, row: discard(month),
    "redact": lambda month, row: reporting.redact(update=row, field="progress", reason="names a child", **_by()),
}


def _by():
    return {"by": user(), "at": AT}


@pytest.mark.parametrize("name", LATER)
def test_a_write_that_meets_a_discarded_month_is_refused_in_words(month, name):
    row = month.updates.select_related("month").first()
    month = ReportingMonth.objects.get()
    discard(ReportingMonth.objects.get())
    with pytest.raises(reporting.MonthDiscarded, match="The programme office has discarded May 2011"):
        LATER[name](month, row)
