"""Every row has its file and every file its row, wherever the machine stops between the two."""

import errno
import os
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import transaction

from improvement import files
from plans.models import Evidence, HeldFile
from plans.reporting import evidence
from tests import factories
from tests.factories import AT, a_file, user


@pytest.fixture
def update(transactional_db):
    return factories.month(factories.plan()).updates.get()


def add(update, **fields):
    return evidence.add(update=update, by=user(), at=AT, **{"kind": "quantitative", "title": "Rates"} | fields)


def on_disk(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def make_old(folder):
    for path in folder.rglob("*"):
        os.utime(path, (0, 0))


def test_a_file_has_its_name_only_once_its_row_is_committed(update, evidence_folder):
    with transaction.atomic():
        item = add(update, file=a_file())
        name = item.file.name.rpartition("/")[2]
        assert on_disk(evidence_folder) == [f"{name}.part"]
        assert list(files.problems()) == []
    assert on_disk(evidence_folder) == [name]


def test_a_file_is_on_the_disk_before_its_row_is(update, monkeypatch):
    written = []
    monkeypatch.setattr("os.fsync", lambda handle: written.append(os.readlink(f"/proc/self/fd/{handle}")))
    with transaction.atomic():
        item = add(update, file=a_file())
        path = default_storage.path(item.file.name)
        assert written == [f"{path}.part", os.path.dirname(path)]
    assert written == [f"{path}.part", os.path.dirname(path), os.path.dirname(path)]


def test_what_is_rolled_back_leaves_nothing_that_is_not_swept(update, evidence_folder):
    with transaction.atomic():
        add(update, file=a_file())
        transaction.set_rollback(True)
    assert len(on_disk(evidence_folder)) == 1
    assert (list(files.problems()), list(files.sweep())) == ([], [])
    make_old(evidence_folder)
    (problem,) = files.problems()
    assert problem.endswith(".csv.part does not belong to any row. Run sweep to remove it.")
    assert len(list(files.sweep())) == 1
    assert (list(files.problems()), on_disk(evidence_folder)) == ([], [])


def test_a_file_is_read_from_a_disk_that_is_read_only(update, monkeypatch):
    add(update, file=a_file())

    def refuse(*paths):
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr("pathlib.Path.replace", refuse)
    with Evidence.objects.get().file.open() as file:
        assert file.read() == b"month,rate\n"


@pytest.mark.parametrize("way", ["open", "sweep", "verify"])
def test_a_row_whose_file_was_not_yet_named_has_it_all_the_same(update, evidence_folder, way):
    item = add(update, file=a_file())
    path = evidence_folder / item.file.name
    path.rename(f"{path}.part")
    if way == "open":
        with Evidence.objects.get().file.open() as file:
            assert file.read() == b"month,rate\n"
    elif way == "sweep":
        assert list(files.sweep()) == [f"{item.file.name} was given its name."]
    else:
        assert list(files.problems()) == []
    assert on_disk(evidence_folder) == [path.name]


def test_sweep_leaves_what_rows_keep_and_what_is_young(update, evidence_folder, capsys):
    item = add(update, file=a_file())
    make_old(evidence_folder)
    default_storage.save("evidence/stray.csv", ContentFile(b"x"))
    call_command("sweep")
    assert capsys.readouterr().out == ""
    make_old(evidence_folder)
    call_command("sweep")
    assert capsys.readouterr().out == "evidence/stray.csv was removed.\n"
    assert on_disk(evidence_folder) == [item.file.name.rpartition("/")[2]]


def test_sweep_lets_go_what_was_held_for_too_long(update, evidence_folder, settings, capsys):
    old = evidence.hold(file=a_file(), by=user(), at=AT)
    young = evidence.hold(file=a_file(), by=user(), at=AT + timedelta(hours=1))
    settings.DEMONSTRATION_NOW = AT + evidence.HELD_FOR + timedelta(seconds=1)
    call_command("sweep")
    assert capsys.readouterr().out == f"{old.file.name} was removed.\n"
    assert HeldFile.objects.get() == young
    assert on_disk(evidence_folder) == [young.file.name.rpartition("/")[2]]


def test_only_the_last_few_files_of_a_person_are_held(update, evidence_folder):
    mine = [evidence.hold(file=a_file(), by=user(), at=AT) for _ in range(evidence.HELD_AT_MOST)]
    theirs = evidence.hold(file=a_file(), by=user("Dev Deputy"), at=AT)
    mine.append(evidence.hold(file=a_file(), by=user(), at=AT))
    left = [*mine[1:], theirs]
    assert set(HeldFile.objects.all()) == set(left)
    assert on_disk(evidence_folder) == sorted(row.file.name.rpartition("/")[2] for row in left)


def test_a_removed_file_goes_with_its_row(update, evidence_folder):
    evidence.remove(evidence=add(update, file=a_file()), by=user(), at=AT)
    assert on_disk(evidence_folder) == []


def test_a_file_that_cannot_be_stored_adds_nothing(update, evidence_folder):
    evidence_folder.mkdir()
    (evidence_folder / "evidence").write_text("A file stands where the folder should.")
    with pytest.raises(evidence.Refused, match="could not be saved"):
        add(update, file=a_file())
    assert not Evidence.objects.exists()
