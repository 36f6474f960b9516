"""A kept pack refuses a superuser's queryset and raw SQL; with the guards dropped the same writes succeed."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from boards import guards, verification
from boards.models import Pack, PackFile
from improvement.records import triggers
from tests import factories
from tests.guarded import DELETIONS, UPDATES, WAYS

pytestmark = pytest.mark.django_db

CHANGES = {Pack: {"first_page": 9}, PackFile: {"sha256": "x"}}


@pytest.fixture
@factories.once
def pack():
    return factories.kept_pack(factories.held(factories.plan(), date(2011, 4, 11)))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("model", CHANGES)
def test_a_kept_pack_is_refused(pack, model, way):
    before = list(model.objects.values())
    with pytest.raises(IntegrityError, match=guards.PACK), transaction.atomic():
        way(model.objects.all(), CHANGES[model])
    assert list(model.objects.values()) == before


@pytest.mark.parametrize("way", UPDATES)
@pytest.mark.parametrize("model", CHANGES)
def test_without_the_guards_the_same_change_succeeds(pack, model, way):
    triggers.drop()
    way(model.objects.all(), CHANGES[model])
    field, value = next(iter(CHANGES[model].items()))
    assert set(model.objects.values_list(field, flat=True)) == {value}


@pytest.mark.parametrize("way", DELETIONS)
def test_without_the_guards_the_same_removal_succeeds(pack, way):
    triggers.drop()
    way(PackFile.objects.all(), CHANGES[PackFile])
    assert not PackFile.objects.exists()


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE")
@pytest.mark.parametrize("model", CHANGES)
def test_truncate_is_refused(pack, model):
    connection.check_constraints()
    with pytest.raises(IntegrityError, match=guards.PACK), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {model._meta.db_table} CASCADE")


def test_verify_names_a_form_that_is_missing_and_pages_that_do_not_run_on(pack):
    assert list(verification.problems()) == []
    factories.kept_pack(pack.meeting, number=2, first_page=5)
    assert list(verification.problems()) == []
    astray = factories.kept_pack(pack.meeting, number=3, first_page=7)
    triggers.drop()
    pack.files.get(form="docx").delete()
    assert list(verification.problems()) == [
        f"{pack}: its form “Word” is missing.",
        f"{astray}: its pages do not run on from what was kept before.",
    ]


def test_verify_names_a_kept_file_that_is_not_what_it_was(pack, capsys):
    file = pack.files.get(form="pdf").file
    file.storage.settle(file.name)
    with open(file.path, "wb") as stream:
        stream.write(b"Another pack.")
    with pytest.raises(CommandError, match="1 problem"):
        call_command("verify")
    assert "its SHA-256 differs" in capsys.readouterr().err
