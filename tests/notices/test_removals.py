"""A text that could identify someone is removed from a report to the department, issued or not."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts import verification as people
from accounts.removal import kinds, redactions
from improvement.records import triggers
from notices import interim, verification
from notices import removals as of_reports
from notices.interim import digests
from notices.models import InterimEntry, InterimReport, ProgressReview
from tests import factories
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db

SECRET = "Josie Miller of Elm Road was seen twice."
GONE = "[removed: names a child]"


@pytest.fixture
def report():
    """An issued report with a text in every place."""
    plan = factories.plan()
    plan.notice = factories.notice()
    plan.save()
    made = factories.report(plan.notice)
    by = {"by": user("Olga Office"), "at": AT}
    made = interim.write_cover(report=made, version=made.version, purpose=SECRET, note=SECRET, **by)
    entry = made.entries.get()
    target = entry.target
    answers = {"narrative": SECRET, "recap": SECRET, "note": SECRET}
    interim.write_entry(report=made, target=target, version=entry.version, **answers, **by)
    made = interim.table(report=made, tabled_on=AT.date(), **by)
    made = interim.agree(report=made, version=made.version, agreed_on=AT.date(), **by)
    made = interim.issue(report=made, version=made.version, **by)
    interim.record_review(report=made, said=SECRET, **by)
    return made


def redact(report, field):
    return redactions.redact(
        thing=report, field=field, reason="names a child", by=user("Olga Office"), at=later(days=40)
    )


def test_redact_of_each_text_in_turn_leaves_none_and_verify_follows_it(report):
    digest = report.digest
    told = {name: one.places[0].text for name, one in kinds.of(report).items()}
    assert list(told.values()).count(SECRET) == 6
    for field in told:
        redact(report, field)
    report.refresh_from_db()
    assert (report.purpose, report.note, report.digest) == (GONE, GONE, digest)
    assert set(InterimEntry.objects.values_list("narrative", "recap", "note")) == {(GONE, GONE, GONE)}
    assert list(ProgressReview.objects.values_list("said", flat=True)) == [GONE]
    assert digests.digest(report) == kinds.standing_digest(report)
    assert [*people.problems(), *verification.problems(), *triggers.missing()] == []


def test_the_same_change_without_a_removal_is_refused(report):
    for model, field in ((InterimReport, "purpose"), (InterimEntry, "narrative"), (ProgressReview, "said")):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.update(**{field: GONE})


def test_verify_names_what_no_removal_accounts_for(report):
    redact(report, "purpose")
    triggers.drop()
    InterimReport.objects.update(conclusion="x")
    assert [problem.endswith("the digest differs.") for problem in verification.problems()] == [True]


def test_interim_redact_removes_says_so_and_names_the_report_that_recalls_it(client, report):
    client.force_login(user("Olga Office"))
    address = [report.notice.slug, report.reported_on]
    page = reverse("notices:interim_redact", args=address)
    assert f'href="{page}"' in client.get(reverse("notices:interim_detail", args=address)).content.decode()
    by = {"by": user("Olga Office"), "at": later(days=30)}
    following = interim.start(notice=report.notice, reported_on=later(days=30).date(), title="Next", **by)
    entry = report.entries.get()
    chosen = client.get(f"{page}?field=narrative-{entry.pk}")
    assert of_reports.recalled(report, chosen.context["chosen"].places) == [following]
    recalling = reverse("notices:interim_redact", args=[report.notice.slug, following.reported_on])
    assert f'href="{recalling}"' in chosen.content.decode()
    given = {"seen": chosen.context["form"]["seen"].value(), "reason": "names a child", "is_checked": "on"}
    after = client.post(f"{page}?field=narrative-{entry.pk}", given, follow=True).content.decode()
    assert f"by Olga Office: {entry.reference}, narrative (names a child)" in after
    assert f"New SHA-256: {kinds.standing_digest(report)}" in after
