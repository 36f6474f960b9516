"""What PostgreSQL is tried with: a surface of each kind, and the byte that it alone refuses."""

from tests import admin_addresses
from tests.addresses import TABLE
from tests.hostile import surfaces


def test_one_of_each_kind_is_there():
    names = {name for name, *_ in TABLE} | admin_addresses.names()
    assert surfaces.ONE_OF_EACH_KIND - names == set()


def test_on_sqlite_everything_is_tried_and_on_postgresql_one_of_each_kind(monkeypatch):
    rows = [("plans:update_edit",), ("plans:update_check",)]
    monkeypatch.setattr(surfaces, "EVERYWHERE", True)
    assert surfaces.tried(rows) == rows
    monkeypatch.setattr(surfaces, "EVERYWHERE", False)
    assert surfaces.tried(rows) == rows[:1]


def test_the_byte_that_postgresql_refuses_is_among_the_inputs():
    assert len(surfaces.unholdable()) > 3
