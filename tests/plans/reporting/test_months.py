from datetime import date

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts import posts
from accounts.models import Event
from plans import reporting, revisions, verification
from plans.models import MonthlyUpdate, Plan, RatingDefinition, ReportingMonth
from plans.months import digests
from plans.ratings import Rating
from plans.reporting import evidence
from tests import factories
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db


def open_month(plan, month, **fields):
    return reporting.open_month(
        **{"plan": plan, "month": month, "due_on": date(2011, 5, 20), "by": user("Olga Office"), "at": AT} | fields
    )


def test_open_month_creates_an_awaited_update_for_everything_in_scope():
    plan = factories.plan(3)
    closed = factories.recommendation(plan, 4)
    revisions.close(recommendation=closed, closure="withdrawn", reason="No longer ours.", by=user(), at=AT)
    factories.recommendation(plan, 5, opened_on=date(2011, 6, 1))
    month = factories.month(plan)
    assert list(month.updates.values_list("reference", "status", "version")) == [
        ("R01", "awaited", 0),
        ("R02", "awaited", 0),
        ("R03", "awaited", 0),
    ]
    assert Event.objects.get(what="month.opened").detail == {"scope": 3}


def test_open_month_stamps_how_things_stand():
    plan = factories.plan()
    area = factories.area(plan, "B")
    plan.recommendations.get().areas.add(area)
    row = factories.month(plan).updates.get()
    assert (row.reference, row.title, row.theme_title, row.outcome_title) == (
        "R01",
        "Recommendation 1",
        "Theme 1",
        "Outcome 1",
    )
    assert (row.lead_title, row.lead_name) == ("Head of Safeguarding", "Ada Officer")
    assert (row.accountable_title, row.accountable_name) == ("Director of Children", "Liam Lead")
    assert (row.due_on, row.original_due_on, row.areas) == (date(2011, 12, 31), date(2011, 12, 31), " B ")
    assert row.month.area_updates.get().leading_title == "Head of Safeguarding"


def test_open_month_stamps_the_areas_of_focus_that_it_reports_on_and_no_other():
    plan = factories.plan()
    areas = [factories.area(plan, "A"), factories.area(plan, "B")]
    plan.recommendations.get().areas.set(areas)
    areas[0].to_on = date(2011, 4, 30)
    areas[0].save()
    row = factories.month(plan).updates.get()
    assert (row.areas, list(row.month.area_updates.values_list("letter", flat=True))) == (" B ", ["B"])


@pytest.mark.parametrize(
    ("month", "sentence"),
    [
        (date(2011, 5, 1), "May 2011 has been published. Choose a later month."),
        (date(2011, 4, 1), "May 2011 has been published. Choose a later month."),
        (date(2011, 6, 2), "A month is given by its first day."),
    ],
)
def test_open_month_refuses_what_cannot_follow(month, sentence):
    plan = factories.plan()
    for number in (3, 5):
        factories.published(factories.month(plan, number))
    with pytest.raises(reporting.Refused) as caught:
        open_month(plan, month)
    assert str(caught.value) == sentence


def test_open_month_refuses_a_second_open_month():
    plan = factories.plan()
    factories.month(plan, 5)
    with pytest.raises(reporting.Refused, match="May 2011 is still open"):
        open_month(plan, date(2011, 6, 1))


def test_a_second_open_month_is_refused_by_the_database_too():
    month = factories.month(factories.plan())
    month.pk, month.month = None, date(2011, 6, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        month.save()


def test_open_month_refuses_sign_off_before_the_updates():
    with pytest.raises(reporting.Refused, match="Sign-off cannot be due before"):
        open_month(factories.plan(), date(2011, 5, 1), sign_off_due_on=date(2011, 5, 19))


def test_open_month_keeps_what_the_plan_says_and_takes_the_day_on_which_updates_are_due_for_what_is_not_said():
    Plan.objects.filter(pk=factories.plan().pk).update(title="The plan", caveat="Invented.")
    month = open_month(Plan.objects.get(), date(2011, 5, 1))
    assert (month.plan_title, month.caveat) == ("The plan", "Invented.")
    assert (month.sign_off_due_on, month.data_as_at) == (date(2011, 5, 20), date(2011, 5, 20))
    assert (month.opened_by, month.opened_name, month.opened_at) == (user("Olga Office"), "Olga Office", AT)


def test_refresh_scope_that_changes_nothing_leaves_no_event():
    month = factories.month(factories.plan())
    refresh = {"month": month, "by": user("Olga Office"), "at": AT}
    assert reporting.refresh_scope(**refresh) == (0, 0)
    assert not Event.objects.filter(what="month.scope_refreshed").exists()
    factories.recommendation(month.plan, 2)
    assert reporting.refresh_scope(**refresh) == (1, 0)
    assert Event.objects.get(what="month.scope_refreshed").detail == {"added": 1, "removed": 0}


def test_what_is_frozen_is_all_that_the_pages_would_show_and_nothing_of_a_draft():
    plan = factories.plan(2)
    factories.area(plan)
    month = factories.month(plan)
    first, second = month.updates.all()
    office = {"by": user("Olga Office"), "at": AT}

    def frozen():
        return reporting.freezing(ReportingMonth.objects.get())

    draft = reporting.save_draft(update=first, version=0, progress="Begun.", **office)
    seen = [frozen()]
    reporting.save_draft(update=draft, version=1, progress="More.", **office)
    assert frozen() == seen[0]
    for write in (
        lambda: factories.submitted(second),
        lambda: reporting.write_commentary(month=month, version=0, text="A good month.", **office),
        lambda: reporting.write_area_update(
            area_update=month.area_updates.get(), version=0, text="On course.", **office
        ),
        lambda: revisions.change_due_date(
            recommendation=first.recommendation, due_on=date(2012, 3, 31), reason="Later.", **office
        ),
    ):
        write()
        seen.append(frozen())
    assert len(set(seen)) == 5


@pytest.mark.parametrize(
    ("published_at", "on", "expected"),
    [
        (AT, AT.date(), ["April 2011 was published today."]),
        (AT, date(2011, 5, 2), []),
        (None, AT.date(), []),
    ],
)
def test_warnings_of_opening_know_whether_the_last_month_was_published_today(published_at, on, expected):
    factories.published(factories.month(factories.plan(), 3))
    month = factories.month(Plan.objects.get(), 4)
    if published_at:
        factories.published(month, at=published_at)
    days = {"due_on": date(2011, 5, 20), "sign_off_due_on": date(2011, 5, 24), "data_as_at": date(2011, 5, 15)}
    assert reporting.warnings(plan=month.plan, month=date(2011, 5, 1), on=on, **days) == expected


def test_warnings_of_opening_need_no_month_before_and_none_that_is_published():
    plan = factories.plan()
    given = {"plan": plan, "month": date(2011, 6, 1), "on": AT.date()} | dict.fromkeys(
        ("due_on", "sign_off_due_on", "data_as_at"), date(2011, 6, 20)
    )
    first = reporting.warnings(**given)
    factories.month(plan)
    assert [first, reporting.warnings(**given)] == [[], []]


def test_what_was_begun_is_what_somebody_has_drafted_and_nobody_has_submitted():
    month = factories.month(factories.plan(3))
    first, second, _ = month.updates.order_by("reference")
    draft = reporting.save_draft(update=first, version=0, by=user(), at=AT, progress="Begun.")
    factories.submitted(second)
    assert list(reporting.begun(month)) == [draft]


def test_refresh_scope_adds_what_joined_and_removes_what_left_untouched():
    plan = factories.plan(3)
    month = factories.month(plan)
    first, second, _ = plan.recommendations.all()
    touched = month.updates.get(recommendation=first)
    reporting.save_draft(update=touched, version=0, by=user("Ada Officer"), at=AT, progress="Begun.")
    for recommendation in (first, second):
        revisions.close(recommendation=recommendation, closure="withdrawn", reason="Merged.", by=user(), at=AT)
    factories.recommendation(plan, 4)
    assert reporting.refresh_scope(month=month, by=user("Olga Office"), at=AT) == (1, 1)
    assert list(month.updates.values_list("reference", flat=True)) == ["R01", "R03", "R04"]


def test_refresh_scope_is_told_where_it_only_removes():
    plan = factories.plan(2)
    month = factories.month(plan)
    revisions.close(
        recommendation=plan.recommendations.first(), closure="withdrawn", reason="Merged.", by=user(), at=AT
    )
    assert reporting.refresh_scope(month=month, by=user("Olga Office"), at=AT) == (0, 1)
    assert Event.objects.get(what="month.scope_refreshed").detail == {"added": 0, "removed": 1}


def test_refresh_scope_keeps_a_row_with_evidence():
    month = factories.month(factories.plan())
    row = month.updates.get()
    evidence.add(
        update=row, kind="quantitative", title="Audit", url="https://audit.example/", by=user("Ada Officer"), at=AT
    )
    revisions.close(recommendation=row.recommendation, closure="withdrawn", reason="Done.", by=user(), at=AT)
    assert reporting.refresh_scope(month=month, by=user("Olga Office"), at=AT) == (0, 0)


def test_publish_month_refuses_what_changed_since_it_was_checked():
    month = factories.month(factories.plan(2))
    seen = reporting.freezing(month)
    factories.submitted(month.updates.first())
    with pytest.raises(reporting.Refused, match="May 2011 has changed since you checked it"):
        reporting.publish_month(month=month, by=user("Olga Office"), at=AT, seen=seen)
    seen = reporting.freezing(month)
    reporting.save_draft(update=month.updates.last(), version=0, by=user("Ada Officer"), at=AT, progress="Begun.")
    assert seen != reporting.freezing(month)
    reporting.publish_month(month=month, by=user("Olga Office"), at=AT, seen=reporting.freezing(month))


def test_publish_month_freezes_it_with_its_digest():
    month = factories.month(factories.plan())
    factories.signed_off(month.updates.get())
    month = factories.published(month)
    assert (month.published_by, month.published_at, len(month.digest), month.digest_format) == (
        user("Olga Office"),
        AT,
        64,
        digests.FORMAT,
    )
    assert list(verification.problems()) == []


def test_publish_month_stamps_what_was_written_before_there_were_stamps():
    row = factories.signed_off(factories.month(factories.plan()).updates.get())
    row.month.updates.update(rated_since=None, months_at_rating=0)
    factories.published(row.month)
    row.refresh_from_db()
    assert (row.rated_since, row.months_at_rating) == (date(2011, 5, 1), 1)


def test_publish_month_refuses_a_second_time():
    month = factories.published(factories.month(factories.plan()))
    with pytest.raises(reporting.MonthPublished):
        factories.published(month, at=later(hours=1))
    assert ReportingMonth.objects.get().published_at == AT


def test_a_handover_changes_the_next_month_and_never_the_last():
    plan = factories.plan()
    month = factories.published(factories.month(plan))
    lead = plan.recommendations.get().lead_post
    posts.hand_over(
        post=lead, holder=user("Nia Newcomer"), deputy=None, on=date(2011, 5, 1), by=user("Olga Office"), at=AT
    )
    assert month.updates.get().lead_name == "Ada Officer"
    assert factories.month(plan, 6).updates.get().lead_name == "Nia Newcomer"


def complete_month(plan, number, sign_off=True):
    month = factories.month(plan, number)
    row = month.updates.get()
    evidence.add(update=row, kind="qualitative", title="Letter", url="https://a.example/", by=user(), at=AT)
    (factories.signed_off if sign_off else factories.submitted)(row, rating="complete", progress=f"Step {number}.")
    return factories.published(month)


@pytest.fixture
def plan_with_complete():
    plan = factories.plan()
    RatingDefinition.objects.create(plan=plan, rating="complete", wording="Done and proved.")
    return plan


def test_complete_carries_on_with_the_month_in_which_it_was_verified(plan_with_complete):
    complete_month(plan_with_complete, 1)
    factories.published(factories.month(plan_with_complete, 2))
    row = factories.month(plan_with_complete, 3).updates.get()
    assert (row.status, row.rating, row.verified_month, row.movement) == (
        "carried",
        "complete",
        date(2011, 1, 1),
        "same",
    )
    assert list(verification.problems()) == []


def test_complete_that_nobody_verified_is_asked_for_again(plan_with_complete):
    complete_month(plan_with_complete, 1, sign_off=False)
    assert factories.month(plan_with_complete, 2).updates.get().status == "awaited"


def test_complete_may_be_reopened(plan_with_complete):
    complete_month(plan_with_complete, 1)
    row = factories.month(plan_with_complete, 2).updates.get()
    row = reporting.take_back(update=row, version=0, by=user("Ada Officer"), at=AT)
    row = factories.submitted(row, rating="amber")
    assert (row.status, row.movement, row.verified_month) == ("submitted", "worse", None)


def test_write_commentary_counts_the_version_and_refuses_a_stale_one():
    month = factories.month(factories.plan())
    office = {"by": user("Olga Office"), "at": AT}
    for _ in range(2):
        row = reporting.write_commentary(month=month, version=0, text="A good month.", **office)
        assert (row.commentary, row.version) == ("A good month.", 1)
    with pytest.raises(reporting.Conflict) as caught:
        reporting.write_commentary(month=month, version=0, text="A bad month.", **office)
    assert (caught.value.current.commentary, caught.value.current.version) == ("A good month.", 1)


def test_a_headline_longer_than_a_sentence_or_two_is_refused_by_the_database():
    month, office = factories.month(factories.plan()), {"by": user("Olga Office"), "at": AT}
    row = reporting.write_commentary(month=month, version=0, headline="é" * 250, text="", **office)
    with pytest.raises(IntegrityError, match="month_headline_is_a_sentence_or_two"), transaction.atomic():
        reporting.write_commentary(month=month, version=1, headline="é" * 251, text="", **office)
    removed = f"[removed: {'r' * 300}]"
    ReportingMonth.objects.filter(pk=row.pk).update(headline=removed)
    row.refresh_from_db()
    assert (row.headline, row.version) == (removed, 1)


@pytest.mark.parametrize("what", [reporting.freezing, reporting.discarding])
def test_what_was_seen_of_a_month_includes_its_headline(what):
    month = factories.month(factories.plan())
    seen = what(month)
    row = reporting.write_commentary(
        month=month, version=0, headline="On track.", text="", by=user("Olga Office"), at=AT
    )
    assert (row.headline, row.version) == ("On track.", 1)
    assert what(row) != seen


def test_write_area_update_says_for_whom():
    plan = factories.plan()
    factories.area(plan)
    row = factories.month(plan).area_updates.get()
    row = reporting.write_area_update(area_update=row, version=0, text="On course.", by=user("Olga Office"), at=AT)
    assert (row.text, row.written_name, row.entered_for) == (
        "On course.",
        "Olga Office",
        "Head of Safeguarding (Ada Officer)",
    )


ways = st.sampled_from(["awaited", "draft", "submitted", "signed_off", "returned"])


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(ways, st.sampled_from([Rating.RED, Rating.AMBER, Rating.GREEN])), min_size=3, max_size=3))
def test_publish_month_counts_what_was_received(chosen):
    with transaction.atomic():
        month = factories.month(factories.plan(3))
        for update, (way, rating) in zip(month.updates.all(), chosen, strict=True):
            take(update, way, rating)
        month = factories.published(month)
        received = MonthlyUpdate.objects.filter(month=month, status__in=("submitted", "signed_off")).count()
        assert received == sum(way in ("submitted", "signed_off") for way, _ in chosen)
        assert Event.objects.get(what="month.published").detail["received"] == received
        assert list(verification.problems()) == []
        transaction.set_rollback(True)


def take(update, way, rating):
    """Bring an awaited update to where `way` says."""
    if way == "draft":
        reporting.save_draft(update=update, version=0, by=user("Ada Officer"), at=AT, rating=rating)
    elif way == "signed_off":
        factories.signed_off(update, rating=rating)
    elif way in ("submitted", "returned"):
        row = factories.submitted(update, rating=rating)
        if way == "returned":
            reporting.return_for_changes(update=row, version=1, comment="Why?", by=user("Liam Lead"), at=AT)
