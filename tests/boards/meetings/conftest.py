"""The plan and the meeting with which most tests of meetings begin."""

from datetime import date

import pytest

from tests import factories


@pytest.fixture
def plan():
    return factories.plan()


@pytest.fixture
def held(plan):
    """A meeting of April 2011 that has been held."""
    return factories.held(plan, date(2011, 4, 11))
