import pytest

from tests import factories
from tests.plans.officer.pages import signed_in


@pytest.fixture
def ada(client, db):
    return signed_in(client)


@pytest.fixture
def plan(db):
    return factories.plan(3)


@pytest.fixture
def month(plan):
    return factories.month(plan, 12)


@pytest.fixture
def update(month):
    return month.updates.get(reference="R01")


@pytest.fixture
def reported(plan):
    """The plan's November, published with R01 at Red."""
    november = factories.month(plan, 11)
    factories.signed_off(november.updates.get(reference="R01"), rating="red", progress="Nothing was done.")
    return factories.published(november)
