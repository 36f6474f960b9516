"""How often one may try to sign in: too seldom to guess a password, and never so that one person shuts another out.

A browser in which somebody has signed in keeps a signed cookie, and what is tried there is counted for that browser
alone: however many wrong passwords strangers try, it stays open to its owner. Attempts from all other browsers are
counted by account and address, by address, and by account. Each count is forgotten after five minutes, and whoever
has forgotten the password, or is shut out in a new browser, is let in by the letter that resets it.
"""

import secrets

from allauth.core.internal import ratelimit
from django.conf import settings

from accounts.models import User

LIMITS = {
    "browser": "5/5m/key",
    "account-and-address": "5/5m/key",
    "address": "30/5m/key",
    "account": "20/5m/key",
    "link": "30/5m/key",
}
SALT = "accounts.attempts"
A_YEAR = 365 * 24 * 3600


def count(request, email):
    """Count an attempt; return its usage, to be rolled back if it succeeds, or None where it is one too many."""
    counted = ratelimit.RateLimitUsage([])
    for limit, key in _keys(request, email.lower()):
        usage = ratelimit.consume(request, app="accounts", action=limit, config=LIMITS, key=key)
        if usage is None:
            return None
        counted.usage += usage.usage
    return counted


def may_try_link(request):
    """Count that the link of an invitation was tried in vain; return whether the address may try another."""
    address = ratelimit.get_ip(request)
    usage = ratelimit.consume(request, app="accounts", action="link", config=LIMITS, key=address, limit_get=True)
    return usage is not None


def remember(response, user):
    """Let the browser that gets `response` be known as one in which `user` has signed in."""
    response.set_signed_cookie(
        settings.KNOWN_BROWSER_COOKIE_NAME,
        f"{user.pk}:{secrets.token_urlsafe(16)}",
        salt=SALT,
        max_age=A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _keys(request, email):
    if browser := _known_browser(request, email):
        return [("browser", browser)]
    address = ratelimit.get_ip(request)  # of IPv6 the network: everybody has millions of addresses there
    return [("account-and-address", f"{address} {email}"), ("address", address), ("account", email)]


def _known_browser(request, email):
    value = request.get_signed_cookie(settings.KNOWN_BROWSER_COOKIE_NAME, "", salt=SALT, max_age=A_YEAR)
    pk = value.partition(":")[0]
    return value if value and User.objects.filter(pk=pk, email=email).exists() else ""
