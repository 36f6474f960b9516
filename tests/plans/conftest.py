import pytest
from django.db import transaction

from tests.plans import told


@pytest.fixture(scope="module")
def told_plan(django_db_setup, django_db_blocker):
    """The plan of `told`, made once for all tests of a module; what each of them changes is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield told.plan()
        transaction.set_rollback(True)
