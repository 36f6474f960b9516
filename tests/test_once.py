"""Which tests are asked again on PostgreSQL."""

import pytest

from tests import once


def test_what_asks_for_no_database_is_asked_once(request):
    assert not once.needs_a_database(request.node)


def test_what_asks_for_one_is_asked_on_both(request, db):
    assert once.needs_a_database(request.node)


def test_what_asks_for_one_by_another_fixture_is_asked_on_both(request, thornbury):
    assert once.needs_a_database(request.node)


@pytest.mark.django_db
def test_what_is_marked_is_asked_on_both(request):
    assert once.needs_a_database(request.node)


def test_what_knows_which_database_it_is_is_asked_on_both(request, monkeypatch):
    monkeypatch.setattr(request.module, "connection", None, raising=False)
    assert once.needs_a_database(request.node)
