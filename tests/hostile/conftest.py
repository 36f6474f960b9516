import logging

import pytest

from improvement.middleware import Request
from tests.hostile.visitors import Clients


@pytest.fixture(autouse=True)
def quiet(caplog):
    """Thousands of refusals are not worth a line each."""
    for name in ("django.request", "django.security"):
        caplog.set_level(logging.CRITICAL, name)


@pytest.fixture(autouse=True)
def read_as_served(monkeypatch):
    """Requests are read as `improvement.wsgi` reads them."""
    monkeypatch.setattr("django.test.client.WSGIRequest", Request)


@pytest.fixture
def pks(request):
    """The site of `tests.addresses`, with what its addresses name by number."""
    return request.getfixturevalue("thornbury_copy" if "thornbury_copy" in request.fixturenames else "thornbury")


@pytest.fixture
def clients(pks):
    return Clients()
