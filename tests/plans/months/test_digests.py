import json
from datetime import date

import pytest

from accounts import posts
from accounts.models import Event, User
from improvement.records import triggers
from plans import revisions, verification
from plans.models import AreaOfFocus, Outcome, Recommendation, ReportingMonth, Theme
from plans.months import digests
from plans.reporting import evidence
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db


@pytest.fixture
@factories.once
def month():
    plan = factories.plan(2, themes=2)
    plan.recommendations.first().areas.add(factories.area(plan))
    month = factories.month(plan)
    first = month.updates.first()
    evidence.add(update=first, kind="qualitative", title="Letter", url="https://a.example/", by=user(), at=AT)
    factories.signed_off(first)
    return factories.published(month)


def test_canonical_is_json_with_moments_in_utc(month):
    content = json.loads(digests.canonical(month))
    assert content["format"] == digests.FORMAT
    assert content["month"]["published_at"] == "2011-05-01T08:00:00+00:00"
    assert [row["reference"] for row in content["updates"]] == ["R01", "R02"]
    assert content["updates"][0]["evidence"][0]["title"] == "Letter"
    assert content["areas"][0]["letter"] == "A"


def test_canonical_of_an_open_month_is_of_the_newest_format_and_in_the_order_of_the_references_as_texts():
    plan = factories.plan(0)
    for number, reference in ((1, "2.9"), (2, "2.10")):
        factories.recommendation(plan, number, reference=reference)
    content = json.loads(digests.canonical(factories.month(plan)))
    assert (content["format"], [row["reference"] for row in content["updates"]]) == (digests.FORMAT, ["2.10", "2.9"])


def test_digest_stays_when_the_plan_changes(month):
    plan = month.plan
    first, second = plan.recommendations.all()
    Theme.objects.update(title="Renamed theme")
    AreaOfFocus.objects.update(title="Renamed area")
    Recommendation.objects.filter(pk=first.pk).update(
        title="Renamed", wording="Reworded.", outcome=Outcome.objects.get(theme__number=2)
    )
    revisions.close(recommendation=second, closure="withdrawn", reason="No longer ours.", by=user(), at=AT)
    posts.hand_over(
        post=first.lead_post, holder=user("Nia Newcomer"), deputy=None, on=date(2011, 5, 1), by=user(), at=AT
    )
    User.objects.filter(name="Ada Officer").update(name="Ada Married")
    plan.title, plan.caveat = "Renamed plan", "Another caveat."
    plan.save()
    assert digests.digest(month) == month.digest


def test_digest_covers_what_a_published_page_shows_of_an_update(month):
    """Every concrete text and date of the row is in the digest but for keys, order, version and drafting stamps."""
    row = month.updates.model
    left_out = {
        "id",
        "month",
        "recommendation",
        "reference_order",
        "theme",
        "outcome",
        "lead_post",
        "accountable_post",
        "version",
        "override_reasons",
        "saved_at",
        "saved_by",
        "reply",
        "returned",
        "submitted_by",
        "signed_off_by",
    }
    assert {field.name for field in row._meta.concrete_fields} - left_out == set(digests._UPDATE + digests._UPDATE_2)


def test_digest_covers_what_a_published_page_shows_of_the_month(month):
    left_out = {"id", "plan", "opened_by", "published_by", "digest", "digest_format", "version"}
    fields = {field.name for field in ReportingMonth._meta.concrete_fields}
    assert fields - left_out == set(digests._MONTH + digests._MONTH_2 + digests._MONTH_3) - {"changed_dates"}


def test_a_month_published_before_it_had_a_headline_keeps_its_digest_byte_for_byte(month):
    triggers.drop()
    ReportingMonth.objects.filter(pk=month.pk).update(digest_format=2)
    month.refresh_from_db()
    content = digests.canonical(month)
    assert set(json.loads(content)["month"]) == set(digests._MONTH + digests._MONTH_2)
    ReportingMonth.objects.filter(pk=month.pk).update(headline="Written later.")
    month.refresh_from_db()
    assert digests.canonical(month) == content
    month.digest_format = 3
    assert json.loads(digests.canonical(month))["month"]["headline"] == "Written later."
    triggers.install()


def test_month_published_in_an_older_format_is_verified_in_that_format(month):
    triggers.drop()
    ReportingMonth.objects.filter(pk=month.pk).update(digest_format=1)
    # It keeps the "stuck" of its own day, and says nothing of the time at a rating.
    month.updates.update(rated_since=None, months_at_rating=0, is_stuck=True)
    month.refresh_from_db()
    content = json.loads(digests.canonical(month))
    assert content["format"] == 1
    assert set(content["month"]) == set(digests._MONTH)
    assert set(content["updates"][0]) == {*digests._UPDATE, "evidence", "comments"}
    ReportingMonth.objects.filter(pk=month.pk).update(digest=digests.digest(month))
    Event.objects.filter(what="month.published").update(
        detail={"digest": digests.digest(month), "received": 1, "scope": 2}
    )
    triggers.install()
    assert list(verification.problems()) == []
