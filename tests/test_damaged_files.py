"""A file whose bytes are not those that were stored is not handed out; it is recorded once, and `verify` names it."""

from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse

from accounts.models import Event
from boards import reports
from boards.models import Letterhead, PackFile, Paper
from boards.packs import making
from improvement import files
from improvement.records.refusals import Refused
from plans.models import Evidence, HeldFile, Plan
from plans.office import trail
from plans.reporting import evidence
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db
BOARD, HELD = "thornbury", date(2011, 4, 11)


@pytest.fixture
def rows(django_capture_on_commit_callbacks):
    """Return by its model a row of each kind that keeps a file."""
    with django_capture_on_commit_callbacks(execute=True):
        plan = factories.plan(1)
        update = factories.month(plan).updates.get()
        proof = {"kind": "quantitative", "title": "Rates", "file": factories.a_file()}
        item = evidence.add(update=update, **proof, by=user(), at=AT)
        factories.signed_off(update)
        factories.published(update.month)
        held = factories.held(plan)
        paper = factories.tabled(factories.paper(held))
        kept = factories.kept_pack(held)
        head = reports.upload(
            board=plan.board, file=factories.a_picture(), shows="A logo", sender="", by=user("Olga Office"), at=AT
        )
        factories.issued(factories.outgoing(plan.board, "letter", HELD, sections=[("", "Dear all")]))
    return {Evidence: item, Paper: paper, PackFile: kept.files.get(form=PackFile.Form.PDF), Letterhead: head}


def address(row):
    if isinstance(row, Evidence):
        return reverse("plans:evidence_download", args=[BOARD, date(2011, 5, 1), "R01", row.pk])
    if isinstance(row, Paper):
        return reverse("boards:paper_download", args=[BOARD, HELD, row.pk])
    if isinstance(row, Letterhead):
        return reverse("boards:report_download", args=[BOARD, "letter", HELD, "pdf"])
    return reverse("boards:pack_download", args=[BOARD, HELD, row.form]) + "?audience=board&number=1"


def damage(row, content=b"Something else."):
    Path(row.file.path).write_bytes(content)


def test_every_kind_of_row_that_keeps_a_file_is_tried(rows):
    assert {model for model, _ in files.fields()} == set(rows) | {HeldFile}


@pytest.mark.parametrize("spoil", [lambda path: path.write_bytes(b"Something else."), Path.unlink])
def test_a_held_file_that_was_damaged_is_not_added_and_is_asked_for_again(
    client, spoil, django_capture_on_commit_callbacks
):
    update = factories.month(factories.plan(1)).updates.get()
    with django_capture_on_commit_callbacks(execute=True):
        held = evidence.hold(file=factories.a_file(), by=user(), at=AT)
    spoil(Path(held.file.path))
    client.force_login(user())
    page = reverse("plans:update_evidence", args=[BOARD, update.month.month, update.reference])
    answer = client.post(page, {"title": "Rates", "kind": "quantitative", "held": held.pk})
    assert "Your file could not be kept. Choose it again." in answer.content.decode()
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("model", [Evidence, Paper, PackFile])
def test_a_damaged_file_is_not_handed_out_and_is_recorded_once(rows, client, model):
    row = rows[model]
    client.force_login(user("Olga Office"))
    assert b"".join(client.get(address(row))) == Path(row.file.path).read_bytes()
    damage(row)
    for name in ("Olga Office", "Olga Office", "Cass Chair"):
        client.force_login(user(name))
        answer = client.get(address(row))
        assert answer.status_code == 410
        assert "This file has been damaged" in answer.content.decode()
        assert b"Something else." not in answer.content
    event = Event.objects.get(what="file.found_damaged")
    assert (event.by.name, event.detail["stored"]) == ("Olga Office", row.sha256)
    assert event in trail.of_plan(Plan.objects.get())
    assert [problem for problem in files.problems() if "its SHA-256 differs" in problem] != []
    damage(row, b"Something else again.")
    client.get(address(row))
    assert Event.objects.filter(what="file.found_damaged").count() == 2


def test_a_report_is_not_handed_out_without_the_letterhead_it_was_issued_with(rows, client):
    row = rows[Letterhead]
    client.force_login(user("Olga Office"))
    assert client.get(address(row)).status_code == 200
    damage(row)
    answer = client.get(address(row))
    assert (answer.status_code, "This file has been damaged" in answer.content.decode()) == (410, True)
    assert Event.objects.get(what="file.found_damaged") in trail.of_plan(Plan.objects.get())


def test_the_picture_of_a_letterhead_is_shown_on_its_page_until_it_is_damaged(rows, client):
    client.force_login(user("Olga Office"))
    picture = reverse("boards:letterhead_picture", args=[BOARD])
    assert b"".join(client.get(picture)) == factories.PNG
    damage(rows[Letterhead])
    assert client.get(picture).status_code == 410


def test_a_damaged_file_is_no_more_to_who_may_not_read_it(rows, client):
    damage(rows[PackFile])
    client.force_login(user("Some Stranger"))
    assert client.get(address(rows[PackFile])).status_code == 404
    assert not Event.objects.filter(what="file.found_damaged").exists()


def test_no_pack_is_made_of_a_damaged_one(rows):
    damage(rows[PackFile])
    with pytest.raises(Refused, match="A file in an earlier pack is damaged"):
        making._read(rows[PackFile])
