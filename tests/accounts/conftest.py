import json

import pytest

from tests import production
from tests.accounts.signing_in.identity_provider import CLIENT, SECRET, IdentityProvider

ISSUER = "https://login.example/tenant/v2.0"
ENVIRONMENT = {
    "OIDC_ISSUER": ISSUER,
    "OIDC_NAME": "your Microsoft account",
    "OIDC_CLIENT_ID": CLIENT,
    "OIDC_CLIENT_SECRET": SECRET,
    "OIDC_EMAIL_DOMAINS": "thornbury.example,Thornbury.gov.example",
}


@pytest.fixture(scope="session")
def oidc_settings(tmp_path_factory):
    """What the environment of a council that has an identity provider makes of the settings."""
    names = ("OIDC_NAME", "SOCIALACCOUNT_PROVIDERS", "RESPONSE_HEADERS")
    folder = tmp_path_factory.mktemp("oidc")
    return json.dumps(production.values(folder, *names, **production.PRODUCTION, **ENVIRONMENT))


@pytest.fixture
def provider(settings, oidc_settings):
    """An identity provider that stands where those settings look for it."""
    provider = IdentityProvider()
    for name, value in json.loads(oidc_settings.replace("https://login.example", provider.origin)).items():
        setattr(settings, name, value)
    settings.DEMONSTRATION = False
    yield provider
    provider.close()
