"""The digest of an issued report, and what `manage.py verify` says of it."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from improvement.records import triggers
from notices import interim, verification
from notices.interim import digests
from notices.models import Indicator, InterimEntry, InterimReport, Milestone, Notice, Result, Target
from notices.targets import results
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db
NAME = "thornbury, interim report of 2011-04-30"


@pytest.fixture
def report():
    notice = factories.notice()
    factories.result(notice.targets.get().indicators.get())
    plan = factories.plan()
    plan.notice, plan.caveat = notice, "Illustrative."
    plan.save()
    return factories.issued_report(notice)


def test_canonical_is_json_with_moments_in_utc(report):
    content = json.loads(digests.canonical(report))
    assert (content["format"], content["report"]["issued_at"]) == (2, "2011-05-01T08:00:00+00:00")
    assert content["report"]["caveat"] == "Illustrative."
    (entry,) = content["entries"]
    assert (entry["reference"], entry["verdict_words"], entry["values"][0]["value"]) == (
        "N01",
        "Met, provisional",
        "80.5%",
    )


def change_everything_around(report):
    """Reword, rename, confirm and re-measure whatever the report was made from."""
    office = user("Olga Office")
    Notice.objects.update(title="Renamed Notice", issuer="Another")
    # A reference stays once a report is issued; the digest would not change with it either.
    with triggers.lifted({"notices_target"}):
        Target.objects.update(reference="X01", wording="Reworded.", kind="narrative", position=9, end_verdict="not-met")
    Indicator.objects.update(name="Renamed", unit="points", better="lower", reference="X")
    Milestone.objects.update(wording="Reworded.", threshold=99)
    results.confirm(result=Result.objects.get(), value=Decimal("12.5"), by=office, at=AT, source_on=AT.date())
    factories.target(report.notice, 2)
    report.notice.plans.update(caveat="Another caveat.", title="Renamed plan")
    User.objects.filter(name="Olga Office").update(name="Olga Married")


def test_digest_stays_when_targets_are_reworded_and_renamed(report):
    change_everything_around(report)
    report = InterimReport.objects.get()
    assert digests.digest(report) == report.digest
    assert list(verification.problems()) == []


def test_page_and_documents_stay_byte_for_byte_when_everything_around_changes(client, report):
    client.force_login(user("Cass Chair"))
    addresses = [f"/notices/thornbury/interim/2011-04-30/{name}" for name in ("", "report.pdf", "report.docx")]

    def read():
        page, *documents = [client.get(address).content for address in addresses]
        return page[page.index(b"<main") :], documents

    before = read()
    change_everything_around(report)
    assert read() == before


def test_digest_covers_what_an_issued_report_shows(report):
    """Every text and date of the rows is in the digest but for keys, the version and who wrote what."""
    users = {"started_by", "tabled_by", "agreed_by", "issued_by"}
    left_out = {"id", "notice", "state", "version", "digest", "digest_format"} | users
    assert {field.name for field in InterimReport._meta.concrete_fields} - left_out == set(digests._REPORT)
    left_out = {"id", "report", "target", "version", "written_at", "written_by"}
    assert {field.name for field in InterimEntry._meta.concrete_fields} - left_out == set(digests._ENTRY)


def test_verify_finds_nothing_wrong_in_an_honest_report(report, capsys):
    call_command("verify")
    assert capsys.readouterr().out == "Everything is as it should be.\n"


@pytest.mark.parametrize(
    ("model", "change"), [(InterimEntry, {"narrative": "Better than it was."}), (InterimReport, {"conclusion": "x"})]
)
def test_verify_names_a_report_whose_rows_were_changed(report, model, change):
    triggers.drop()
    model.objects.update(**change)
    triggers.install()
    assert list(verification.problems()) == [f"{NAME}: its rows have changed since it was issued; the digest differs."]
    with pytest.raises(CommandError, match="1 problem"):
        call_command("verify")


def test_verify_names_a_digest_of_an_unknown_format(report):
    triggers.drop()
    InterimReport.objects.update(digest_format=9)
    triggers.install()
    assert list(verification.problems()) == [f"{NAME}: its digest has the unknown format 9."]


def test_a_meeting_that_follows_leaves_the_digest_alone(report):
    interim.record_review(report=report, said="Well done.", held_on=date(2011, 5, 1), by=user("Olga Office"), at=AT)
    assert list(verification.problems()) == []
