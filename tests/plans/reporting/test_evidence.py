from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Event
from plans import reporting
from plans.models import Evidence, HeldFile
from plans.reporting import evidence
from tests import factories
from tests.factories import AT, a_file, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def update(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return factories.month(factories.plan()).updates.get()


def add(update, **fields):
    return evidence.add(update=update, by=user(), at=AT, **{"kind": "quantitative", "title": "Rates"} | fields)


def test_a_file_keeps_its_name_size_and_hash_under_a_generated_name(update):
    item = add(update, file=a_file("Rates <May>.csv"))
    assert (item.original_name, item.size) == ("Rates <May>.csv", 11)
    assert item.sha256 == "5ad5a7685f01d3e3fa582e93e2bab2db5a4a113c5dec41a57adbaa9ed39ed64c"
    assert item.file.name.startswith("evidence/")
    assert "May" not in item.file.name
    with item.file.open() as file:
        assert file.read() == b"month,rate\n"


def test_a_link_has_no_file(update):
    item = add(update, url="https://thornbury.example/report", title=" Rates\n")
    assert (item.title, item.original_name, item.size, item.sha256) == ("Rates", "", None, "")


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({}, {"file": "Choose a file or enter a link, not both."}),
        ({"file": a_file(), "url": "https://a.example/"}, {"file": "Choose a file or enter a link, not both."}),
        ({"file": a_file(content=b"")}, {"file": "The file is empty."}),
        ({"url": "https://a.example/", "title": " "}, {"title": "Enter a title for the evidence."}),
        (
            {"url": "https://a.example/", "kind": "other"},
            {"kind": "Choose whether the evidence is quantitative or qualitative."},
        ),
    ],
)
def test_evidence_that_does_not_fit_is_refused(update, fields, errors):
    with pytest.raises(reporting.Incomplete) as caught:
        add(update, **fields)
    assert caught.value.errors == errors


@pytest.mark.parametrize("name", ["page.html", "rates.pdf"])
def test_a_file_that_is_not_accepted_is_refused_beside_its_field(update, name):
    with pytest.raises(reporting.Incomplete) as caught:
        add(update, file=a_file(name))
    assert caught.value.errors.keys() == {"file"}


def test_the_same_again_is_added_once(update):
    first = add(update, file=a_file())
    assert add(update, file=a_file()) == first
    link = add(update, url="https://a.example/")
    assert add(update, url="https://a.example/") == link
    assert Evidence.objects.count() == Event.objects.filter(what="evidence.added").count() == 2


def test_an_update_holds_so_much_evidence_and_no_more(update, settings):
    settings.EVIDENCE_MAX_COUNT = 1
    first = add(update, url="https://a.example/")
    with pytest.raises(reporting.Refused, match="up to 1"):
        add(update, url="https://b.example/")
    assert add(update, url="https://a.example/") == first


@pytest.mark.parametrize(
    "other",
    [
        {"title": "Rates of May"},
        {"kind": "qualitative"},
        {"file": a_file("others.csv")},
        {"file": a_file(content=b"month\n")},
        {"file": None, "url": "https://a.example/"},
        {"by": "Dev Deputy"},
    ],
    ids=["title", "kind", "name", "content", "link", "person"],
)
def test_what_differs_in_anything_or_comes_from_somebody_else_is_added_beside_it(update, other):
    first = add(update, file=a_file())
    given = {"kind": "quantitative", "title": "Rates", "file": a_file(), "by": "Ada Officer"} | other
    second = evidence.add(update=update, at=AT, **given | {"by": user(given["by"])})
    assert list(update.evidence.order_by("pk")) == [first, second]


def test_the_same_is_added_to_each_update_of_its_own(update):
    factories.recommendation(update.month.plan, 2)
    reporting.refresh_scope(month=update.month, by=user("Olga Office"), at=AT)
    other = update.month.updates.get(reference="R02")
    assert add(other, url="https://a.example/") != add(update, url="https://a.example/")


def test_a_file_as_large_as_the_limit_is_added(update, settings):
    settings.EVIDENCE_MAX_BYTES = 11
    assert add(update, file=a_file()).size == 11


def test_what_was_removed_already_is_removed_once(update):
    item = add(update, url="https://a.example/")
    for _ in range(2):
        evidence.remove(evidence=item, by=user(), at=AT)
    assert Event.objects.filter(what="evidence.removed").count() == 1


def hold(at=AT, by="Ada Officer", name="rates.csv"):
    return evidence.hold(file=a_file(name), by=user(by), at=at)


def test_a_held_file_is_let_go_after_a_day(db):
    hold()
    assert evidence.expire(at=AT + evidence.HELD_FOR) == []
    (gone,) = evidence.expire(at=AT + evidence.HELD_FOR + timedelta(seconds=1))
    assert gone.endswith(".csv")
    assert not HeldFile.objects.exists()


def test_of_a_persons_held_files_the_oldest_go_where_there_are_too_many(db):
    theirs = hold(by="Dev Deputy")
    mine = [hold(name=f"{number}.csv") for number in range(evidence.HELD_AT_MOST + 2)]
    assert list(HeldFile.objects.order_by("pk")) == [theirs, *mine[2:]]


def test_what_is_not_accepted_is_not_held(db):
    assert hold(name="page.html") is None
    assert not HeldFile.objects.exists()


def test_a_file_over_the_limit_is_refused(update, settings):
    settings.EVIDENCE_MAX_BYTES = 10
    with pytest.raises(reporting.Incomplete, match="larger than"):
        add(update, file=a_file())


def test_evidence_belongs_to_an_update_that_is_still_to_be_submitted(update):
    item = add(update, url="https://a.example/")
    factories.submitted(update)
    with pytest.raises(reporting.Refused):
        add(update, url="https://b.example/")
    with pytest.raises(reporting.Refused):
        evidence.remove(evidence=item, by=user(), at=AT)
    factories.published(update.month)
    with pytest.raises(reporting.MonthPublished):
        add(update, url="https://b.example/")


def test_a_removed_file_goes_once_the_removal_is_certain(update, django_capture_on_commit_callbacks):
    item = add(update, file=a_file())
    storage, name = item.file.storage, item.file.name
    with django_capture_on_commit_callbacks() as callbacks:
        evidence.remove(evidence=item, by=user(), at=AT)
    assert storage.exists(name)
    for callback in callbacks:
        callback()
    assert not storage.exists(name)
    assert not Evidence.objects.exists()


def test_a_file_without_its_hash_is_refused_by_the_database(update):
    add(update, file=a_file())
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.update(sha256="")
