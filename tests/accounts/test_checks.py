import pytest
from django.core.checks import run_checks

from accounts.models import User

pytestmark = pytest.mark.django_db


def found():
    """Return what `check --deploy` says of the accounts."""
    return [error for error in run_checks(include_deployment_checks=True) if error.id == "accounts.E001"]


@pytest.fixture
def account():
    return User.objects.create_user("chair@demonstration.example", name="Independent chair", is_demonstration=True)


def test_check_deploy_refuses_demonstration_accounts_outside_the_demonstration(settings, account):
    settings.DEMONSTRATION = False
    assert [error.msg for error in found()] == [
        "Demonstration accounts exist outside the demonstration: chair@demonstration.example."
    ]


def test_check_deploy_accepts_demonstration_accounts_in_the_demonstration(settings, account):
    settings.DEMONSTRATION = True
    assert found() == []


def test_check_deploy_accepts_accounts_that_are_not_of_the_demonstration(settings):
    settings.DEMONSTRATION = False
    User.objects.create_user("ann@council.example", name="Ann")
    assert found() == []
