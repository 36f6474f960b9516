"""The second factor: who has to have one, whether this session has shown it, and how it is taken away.

An app that shows codes (TOTP), with recovery codes for the day on which the telephone is lost. Staff need one, anybody
may have one, and the demonstration asks for none. Who comes through the council's identity provider is not asked here:
that is where the council says what signing in takes.
"""

import base64

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from accounts.audit import events

SHOWN_BY = {"mfa", "socialaccount"}
# Where each kind of second factor keeps its secret, encrypted.
_SECRETS = {"totp": "secret", "recovery_codes": "seed"}


def is_asked_of(request, user):
    """Whether who is signing in, or has, as `user` is asked for codes at all."""
    return not settings.DEMONSTRATION and "socialaccount" not in _methods(request, user)


def is_set_up(user):
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def is_shown(request):
    return not SHOWN_BY.isdisjoint(_methods(request, request.user))


def box():
    """Return what encrypts secrets, under a key that comes from SECRET_KEY; former keys still open it."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    derived = [salted_hmac("accounts.second_factor", "", secret=key, algorithm="sha256").digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in derived])


def can_be_read(authenticator):
    """Return whether its secret opens under the present SECRET_KEY, or a former one that still holds."""
    try:
        box().decrypt(authenticator.data[_SECRETS[authenticator.type]].encode())
    except InvalidToken:
        return False
    return True


@transaction.atomic
def remove(*, user, by, at):
    """Take the second factor away from somebody who has lost it; return whether there was one. For administrators."""
    removed, _ = Authenticator.objects.filter(user=user).delete()
    if removed:
        events.record(by=by, at=at, what="user.second_factor_removed", on=user)
    return bool(removed)


def _methods(request, user):
    return {record["method"] for record in get_authentication_records(request, user)}
