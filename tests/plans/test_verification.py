import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from accounts.models import Post
from improvement import triggers
from plans import evidence, verification
from plans.models import MonthlyUpdate
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def month(media):
    month = factories.month(factories.plan(2))
    first = month.updates.first()
    file = ContentFile(b"month,rate\nMay,80\n", name="rates.csv")
    evidence.add(update=first, kind="quantitative", title="Rates", file=file, by=user(), at=AT)
    factories.signed_off(first)
    return factories.published(month)


def problems():
    return list(verification.problems())


def test_verify_finds_nothing_wrong_in_an_honest_record(month, capsys):
    call_command("verify")
    assert capsys.readouterr().out == "Everything is as it should be.\n"


def test_verify_names_a_month_whose_rows_were_changed(month):
    triggers.drop()
    MonthlyUpdate.objects.filter(reference="R01").update(progress="Better than it was.")
    triggers.install()
    assert problems() == ["thornbury 2011-05: its rows are not what was published; the digest differs."]


def test_verify_names_a_damaged_file(month, media):
    path = next(path for path in media.rglob("*.csv"))
    path.write_bytes(b"month,rate\nMay,90\n")
    assert problems() == ["2011-05 R01: the file “rates.csv” is not what was uploaded; its SHA-256 differs."]


def test_verify_names_a_missing_file(month, media):
    next(path for path in media.rglob("*.csv")).unlink()
    assert problems() == ["2011-05 R01: the file “rates.csv” is missing."]


def test_verify_names_an_orphaned_file(month):
    default_storage.save("evidence/stray.csv", ContentFile(b"x"))
    assert problems() == ["The file evidence/stray.csv belongs to no evidence."]


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
        "thornbury 2011-06: its rows are not what was published; the digest differs.",
        "thornbury 2011-06 R01: its movement does not follow from its ratings.",
        "thornbury 2011-06 R01: its previous rating is not the last one published.",
    ]


def test_verify_exits_with_an_error_when_something_is_wrong(month, media):
    next(path for path in media.rglob("*.csv")).unlink()
    with pytest.raises(CommandError, match="1 problem"):
        call_command("verify")
