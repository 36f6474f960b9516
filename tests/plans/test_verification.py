import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import Event, Post
from improvement.management.commands.verify import CHECKS
from improvement.records import triggers
from plans.models import Evidence, MonthlyUpdate, ReportingMonth
from plans.months import digests
from plans.reporting import evidence
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def month(django_capture_on_commit_callbacks):
    month = factories.month(factories.plan(2))
    first = month.updates.first()
    file = ContentFile(b"month,rate\nMay,80\n", name="rates.csv")
    with django_capture_on_commit_callbacks(execute=True):
        evidence.add(update=first, kind="quantitative", title="Rates", file=file, by=user(), at=AT)
    factories.signed_off(first)
    return factories.published(month)


def problems():
    return [problem for check in CHECKS for problem in check()]


def test_verify_finds_nothing_wrong_in_an_honest_record(month, capsys):
    call_command("verify")
    assert capsys.readouterr().out == "Everything is as it should be.\n"


def test_verify_names_a_month_whose_rows_were_changed(month):
    triggers.drop()
    MonthlyUpdate.objects.filter(reference="R01").update(progress="Better than it was.")
    triggers.install()
    assert problems() == ["thornbury 2011-05: its rows have changed since it was published; the digest differs."]


@pytest.mark.parametrize("change", [{"months_at_rating": 2}, {"is_stuck": True}, {"is_long": True}])
def test_verify_names_a_time_at_a_rating_that_does_not_follow(month, change):
    triggers.drop()
    MonthlyUpdate.objects.filter(reference="R01").update(**change)
    ReportingMonth.objects.update(digest=digests.digest(month))
    triggers.install()
    assert "thornbury 2011-05 R01: its months at one rating do not follow from the months before." in problems()


def test_verify_names_a_damaged_file(month, evidence_folder):
    path = next(path for path in evidence_folder.rglob("*.csv"))
    path.write_bytes(b"month,rate\nMay,90\n")
    assert problems() == [f"{named()} has changed since it was stored; its SHA-256 differs."]


def test_verify_names_a_missing_file(month, evidence_folder):
    next(path for path in evidence_folder.rglob("*.csv")).unlink()
    assert problems() == [f"{named()} is missing."]


def test_verify_names_an_orphaned_file(month, evidence_folder):
    (evidence_folder / "evidence/stray.csv").write_bytes(b"x")
    assert problems() == ["The file evidence/stray.csv does not belong to any row. Run sweep to remove it."]


def named():
    return f"Evidence {Evidence.objects.get().pk} “Rates”: its file “rates.csv”"


def test_verify_names_a_missing_guard(month):
    triggers.drop()
    assert "The guard guard_plans_monthlyupdate_update is missing. Run migrate to install it." in problems()


def test_verify_names_a_post_that_disagrees_with_its_tenures(month):
    Post.objects.filter(title="Head of Safeguarding").update(deputy=None)
    assert problems() == ["Head of Safeguarding: its present deputy and its tenures disagree."]


def test_verify_names_stamps_that_do_not_follow(month):
    june = factories.month(month.plan, 6)
    factories.signed_off(june.updates.first(), progress="More teams.")
    june = factories.published(june)
    triggers.drop()
    MonthlyUpdate.objects.filter(month=june, reference="R01").update(previous_rating="red", movement="worse")
    triggers.install()
    assert problems() == [
        "thornbury 2011-06: its rows have changed since it was published; the digest differs.",
        "thornbury 2011-06 R01: its movement does not follow from its ratings.",
        "thornbury 2011-06 R01: its previous rating is not the last one published.",
    ]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL lets no row point at nothing")
def test_verify_names_a_row_that_points_at_nothing(month):
    triggers.drop()
    recommendation = month.updates.get(reference="R02").recommendation_id
    MonthlyUpdate.objects.filter(reference="R02").update(recommendation=10**6)
    triggers.install()
    assert any("of plans_monthlyupdate points at a row of plans_recommendation" in problem for problem in problems())
    triggers.drop()
    MonthlyUpdate.objects.filter(reference="R02").update(recommendation=recommendation)


def test_verify_names_totals_and_a_publication_that_the_audit_trail_tells_otherwise(month):
    triggers.drop()
    MonthlyUpdate.objects.filter(reference="R02").update(
        status="carried", rating="complete", verified_month=month.month
    )
    ReportingMonth.objects.update(digest=digests.digest(month))
    triggers.install()
    assert problems() == [
        "thornbury 2011-05: its totals are not those of its publication.",
        "thornbury 2011-05 R02: its months at one rating do not follow from the months before.",
        "thornbury 2011-05: its publication is different in the audit trail.",
    ]


def test_verify_names_a_publication_that_is_not_in_the_audit_trail(month):
    triggers.drop()
    Event.objects.filter(what="month.published").delete()
    triggers.install()
    assert problems() == ["thornbury 2011-05: its publication is not in the audit trail."]


def test_verify_names_a_row_that_breaks_a_rule_of_the_database(month):
    june = factories.month(month.plan, 6)
    row = june.updates.get(reference="R02")
    connection.check_constraints()  # PostgreSQL alters no table whose deferred constraints are still to be checked
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        else:
            cursor.execute("ALTER TABLE plans_monthlyupdate DROP CONSTRAINT update_is_saved_and_submitted_by_someone")
        june.updates.filter(pk=row.pk).update(saved_at=AT)
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
    assert f"Monthly update {row.pk} breaks a rule: update is saved and submitted by someone." in problems()


def test_verify_exits_with_an_error_when_something_is_wrong(month, evidence_folder):
    next(path for path in evidence_folder.rglob("*.csv")).unlink()
    with pytest.raises(CommandError, match="1 problem"):
        call_command("verify")
