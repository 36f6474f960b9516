"""The token of an invitation's link, worked out from the site's secret key when it is shown or sent.

The database keeps its hash and, until the e-mail has gone, a nonce: without the key neither leads to the token.
"""

import base64
import hashlib
import secrets

from django.conf import settings
from django.utils.crypto import salted_hmac

from accounts.models import Invitation


def nonce() -> str:
    """Return what makes the token of one invitation another than that of every other."""
    return secrets.token_urlsafe(16)


def token(person_pk: int, nonce: str, *, key: str | None = None) -> str:
    """Return the token that belongs to the person and the nonce, by the site's secret key or by `key`."""
    made = salted_hmac("accounts.people.links", f"{person_pk} {nonce}", secret=key, algorithm="sha256")
    return base64.urlsafe_b64encode(made.digest()).rstrip(b"=").decode()


def token_of(invitation: Invitation) -> str:
    """Return the token whose hash the invitation keeps; raises LookupError where nothing leads to it any more.

    That is so once its e-mail has gone, and where the site got another key since without the former as a fallback.
    """
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        made = token(invitation.user_id, invitation.nonce, key=key)
        if invitation.nonce and hashed(made) == invitation.token_sha256:
            return made
    raise LookupError("The link of this invitation can no longer be worked out.")


def hashed(token: str) -> str:
    """Return what the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
