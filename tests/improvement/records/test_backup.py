"""A site in a folder and back again: every row, every file, every guard, on either engine."""

import json
import os
import re
import sqlite3
import subprocess
import sys
import threading
import tomllib
from contextlib import ExitStack, closing
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from accounts.models import Event, User
from improvement import __version__, files
from improvement.records import backup, triggers
from plans import reporting
from plans.models import MonthlyUpdate, Plan
from plans.reporting import evidence
from tests import databases, factories
from tests.browser import person
from tests.factories import AT, a_file, user
from tests.production import PRODUCTION, start


@pytest.fixture
def month(transactional_db):
    month = factories.month(factories.plan(2))
    first = month.updates.first()
    evidence.add(update=first, kind="quantitative", title="Rates", file=a_file(), by=user(), at=AT)
    factories.signed_off(first)
    return factories.published(month)


@pytest.fixture
def elsewhere(tmp_path, evidence_folder, worker_id):
    """Let the rest of the test stand before an empty database and an empty folder, once it calls this."""
    contexts = ExitStack()

    def go():
        evidence_folder.rename(tmp_path / "evidence-before")
        connection.close()
        # Whoever flushes this database afterwards finds no guards.
        contexts.callback(triggers.drop)
        name = databases.copy_of_empty(f"{worker_id}_fresh")
        contexts.callback(databases.drop, name)
        contexts.enter_context(databases.pointed_at(name))

    with contexts:
        yield go


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (models.BooleanField(), True),
        (models.TextField(), "Ärger “評”\n\t"),
        (models.IntegerField(), -5),
        (models.DecimalField(max_digits=9, decimal_places=3), Decimal("80.100")),
        (models.DateField(), date(2011, 5, 1)),
        (models.TimeField(), time(18, 30)),
        (models.DateTimeField(), datetime(2011, 5, 1, 9, 0, 0, 123456, tzinfo=UTC)),
        (models.BinaryField(), b"\x00\xff"),
        (models.JSONField(), {"b": [1, None], "a": "é"}),
        (models.JSONField(), None),
    ],
)
def test_a_line_holds_a_value_of_every_kind(field, value):
    back = field.to_python(json.loads(backup._line([value]))[0])
    assert (bytes(back) if isinstance(field, models.BinaryField) else back) == value


def test_no_table_holds_a_value_of_another_kind():
    found = {field.get_internal_type() for model in backup._tables().values() for field in model._meta.concrete_fields}
    texts = {"CharField", "TextField", "SlugField", "FileField", "OneToOneField", "ForeignKey"}
    numbers = {name for name in found if "Integer" in name or "Auto" in name}
    kinds = {"BooleanField", "DecimalField", "DateField", "TimeField", "DateTimeField", "BinaryField", "JSONField"}
    assert found - texts - numbers - kinds == set()


def lines(folder):
    return (folder / "database.jsonl").read_text(encoding="utf-8")


def manage(*words, data, database):
    """Run a command of its own, on another database than this one."""
    given = os.environ | {"DATA_DIR": str(data), "DATABASE_URL": database, "DEMONSTRATION": "1"}
    command = [sys.executable, settings.BASE_DIR / "manage.py", *words]
    done = subprocess.run(command, env=given, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_backup_and_restore_bring_back_every_row_every_file_and_every_guard(month, elsewhere, tmp_path):
    backup.backup(tmp_path / "first")
    before, kept = lines(tmp_path / "first"), sorted(files.names())
    elsewhere()
    backup.restore(tmp_path / "first")
    backup.backup(tmp_path / "second")
    assert lines(tmp_path / "second") == before
    assert list(files.on_disk()) == kept
    assert triggers.missing() == []
    with pytest.raises(IntegrityError), transaction.atomic():
        MonthlyUpdate.objects.update(rating="green")
    call_command("verify")


def test_what_is_added_after_a_restore_gets_a_number_of_its_own(month, elsewhere, tmp_path):
    backup.backup(tmp_path / "first")
    last = Event.objects.first().pk
    elsewhere()
    backup.restore(tmp_path / "first")
    reporting.correct(update=month.updates.first(), reason="A slip.", by=user("Olga Office"), at=AT, progress="Three.")
    assert Event.objects.first().pk == last + 1


def test_restore_does_not_stamp_or_note_what_it_brings_back(month, elsewhere, tmp_path):
    told = list(Plan.history.values()), list(Event.objects.values())
    backup.backup(tmp_path / "first")
    elsewhere()
    backup.restore(tmp_path / "first")
    assert (list(Plan.history.values()), list(Event.objects.values())) == told


def test_restore_refuses_where_a_site_stands_already(month, tmp_path):
    backup.backup(tmp_path / "first")
    before = list(MonthlyUpdate.objects.values())
    with pytest.raises(CommandError, match="There is already a site here"):
        call_command("restore", tmp_path / "first")
    assert list(MonthlyUpdate.objects.values()) == before


def test_a_backup_is_for_its_owner_alone(month, tmp_path):
    folder = tmp_path / "backup"
    folder.mkdir(mode=0o755)
    backup.backup(folder)
    assert folder.stat().st_mode & 0o777 == 0o700


def test_backup_refuses_a_folder_that_holds_something(month, tmp_path):
    (tmp_path / "first").mkdir()
    (tmp_path / "first" / "note.txt").write_text("Keep me.")
    with pytest.raises(CommandError, match="is not empty"):
        call_command("backup", tmp_path / "first")


@pytest.mark.parametrize("what", ["database.jsonl", "files", "manifest.json"])
def test_restore_refuses_a_damaged_backup(month, tmp_path, what):
    backup.backup(tmp_path / "first")
    path = next(path for path in sorted((tmp_path / "first").rglob("*")) if path.is_file() and what in str(path))
    if what == "manifest.json":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(CommandError, match=r"damaged|not a complete backup"):
        call_command("restore", tmp_path / "first")


def test_restore_refuses_a_backup_of_another_version(month, tmp_path):
    backup.backup(tmp_path / "first")
    manifest = json.loads((tmp_path / "first/manifest.json").read_text())
    manifest["migrations"].remove("plans.0001_start")
    manifest["version"] = "0.0.9"
    (tmp_path / "first/manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(CommandError, match=f"made by version 0.0.9, and this is {__version__} with other tables"):
        call_command("restore", tmp_path / "first")


def test_a_backup_of_another_version_leaves_the_database_as_empty_as_it_was(tmp_path):
    """Tables of this version would keep the version that made it from restoring it there."""
    _nothing_of(tmp_path / "backup", "0.0.9", [])
    done = start(tmp_path / "data", "manage.py", "restore", str(tmp_path / "backup"), **PRODUCTION)
    assert (done.returncode, "made by version 0.0.9" in done.stderr) == (1, True)
    with closing(sqlite3.connect(tmp_path / "data/db.sqlite3")) as database:
        assert database.execute("SELECT name FROM sqlite_master").fetchall() == []


@pytest.mark.django_db
def test_restore_refuses_a_database_with_tables_of_another_version(tmp_path):
    _nothing_of(tmp_path / "backup", __version__, backup._migrations())
    MigrationRecorder(connection).record_applied("plans", "9999_of_a_later_version")
    with pytest.raises(CommandError, match="The database has tables of another version"):
        call_command("restore", tmp_path / "backup")


def _nothing_of(folder, version, migrations):
    """Write the backup of a site without a row."""
    folder.mkdir()
    (folder / "database.jsonl").touch()
    digest = backup._sha256(folder / "database.jsonl")
    manifest = {"format": 1, "version": version, "migrations": migrations, "rows": 0, "database": digest, "files": {}}
    (folder / "manifest.json").write_text(json.dumps(manifest))


@pytest.mark.django_db
@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_folder_that_cannot_be_used_is_told_in_one_sentence(tmp_path, command):
    (tmp_path / "file").touch()
    with pytest.raises(CommandError) as refusal:
        call_command(command, tmp_path / "file" / "first")
    assert re.fullmatch(rf"{tmp_path}/file/first\S*: Not a directory\.", str(refusal.value))


def test_the_version_is_the_same_wherever_it_is_named():
    named = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]["version"]
    latest = re.search(r"^## (\S+)", (settings.BASE_DIR / "CHANGELOG.md").read_text(), re.MULTILINE)[1].rstrip(",")
    assert (__version__, latest) == (named, named)


def test_a_restore_that_fails_leaves_nothing(month, elsewhere, tmp_path):
    backup.backup(tmp_path / "first")
    path = tmp_path / "first/database.jsonl"
    path.write_text(re.sub(r'\{"table": "plans.theme".*\n\[.*\n', "", lines(tmp_path / "first")), encoding="utf-8")
    manifest = json.loads((tmp_path / "first/manifest.json").read_text())
    manifest["database"] = backup._sha256(path)
    (tmp_path / "first/manifest.json").write_text(json.dumps(manifest))
    elsewhere()
    with pytest.raises(IntegrityError):
        backup.restore(tmp_path / "first")
    assert not User.objects.exists()
    assert triggers.missing() == []
    assert list(files.on_disk()) == []


def test_a_backup_holds_one_moment_of_a_site_that_is_written_to(month, tmp_path, monkeypatch):
    """Another connection publishes a month between two tables; neither half of it is in the backup."""
    june = factories.month(month.plan, 6)
    kept = reporting.publish_month
    write, written = backup._line, []

    def publish():
        kept(month=june, by=user("Olga Office"), at=AT)
        connection.close()

    def line(value):
        if isinstance(value, dict) and value["table"] == "plans.monthlyupdate":
            thread = threading.Thread(target=publish)
            thread.start()
            thread.join()
            written.append(True)
        return write(value)

    monkeypatch.setattr(backup, "_line", line)
    backup.backup(tmp_path / "first")
    june.refresh_from_db()
    assert (written, june.is_published) == ([True], True)
    assert "month.published" in Event.objects.values_list("what", flat=True)
    assert f'"{june.digest}"' not in lines(tmp_path / "first")


def test_a_file_that_is_removed_during_the_backup_is_in_it_if_its_row_is(transactional_db, tmp_path, monkeypatch):
    update = factories.month(factories.plan()).updates.get()
    item = evidence.add(update=update, kind="quantitative", title="Rates", file=a_file(), by=user(), at=AT)
    names = files.names

    def remove_first():
        found = names()
        default_storage.delete(item.file.name)
        return found

    monkeypatch.setattr(files, "names", remove_first)
    backup.backup(tmp_path / "first")
    assert (tmp_path / "first/files" / item.file.name).read_bytes() == b"month,rate\n"


def exports(client):
    """Return every download of Leeds by its address, and every page of a published month."""
    plan = Plan.objects.get(slug="leeds")
    found = {}
    for month in plan.months.exclude(published_at=None):
        listed = f"/plans/leeds/recommendations/?month={month.address}"
        for address in (f"{listed}&_export=csv", f"{listed}&_export=xlsx", listed, f"/boards/leeds/{month.address}/"):
            found[address] = _without_tokens(client.get(address))
    for address in ("/plans/leeds/coverage/?_export=csv", "/plans/leeds/coverage/?_export=xlsx", "/notices/leeds/"):
        found[address] = _without_tokens(client.get(address))
    return found


def _without_tokens(response):
    assert response.status_code == 200
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", response.content)


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="rows that are the same give the same files on either")
def test_after_a_restore_every_export_of_leeds_is_byte_for_byte_the_same(leeds_copy, elsewhere, tmp_path):
    client = Client()
    client.force_login(person("programme-office"))
    before = exports(client)
    backup.backup(tmp_path / "first")
    elsewhere()
    call_command("restore", tmp_path / "first")
    client.force_login(person("programme-office"))
    assert exports(client) == before
    assert MonthlyUpdate.objects.filter(month__month=date(2010, 11, 1)).count() == 44


def test_a_backup_of_one_engine_is_restored_on_the_other_and_back(month, elsewhere, tmp_path, worker_id):
    """Rows that went to SQLite and were backed up there are, line for line, those that came from here.

    From PostgreSQL they go to a database without a table, which takes ten seconds; from SQLite to one with all of them.
    """
    backup.backup(tmp_path / "first")
    other = {"data": tmp_path / "other", "database": f"sqlite:///{tmp_path / 'other.sqlite3'}"}
    if connection.vendor == "sqlite":
        Path(databases.copy_of_empty(f"{worker_id}_other")).rename(tmp_path / "other.sqlite3")
    told = manage("restore", str(tmp_path / "first"), **other)
    assert "Everything is as it should be." in told
    manage("backup", str(tmp_path / "second"), **other)
    assert lines(tmp_path / "second") == lines(tmp_path / "first")
    elsewhere()
    backup.restore(tmp_path / "second")
    call_command("verify")
