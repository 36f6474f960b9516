"""Gives a person a secret address of their calendar, takes it back, and says whose an address is."""

import hashlib
import secrets

from django.db import transaction

from accounts.audit import events
from accounts.models import CalendarFeed, User


@transaction.atomic
def make(*, by, at) -> str:
    """Return the token of a new address for the person `by`, which nothing else will ever tell; an earlier one ends."""
    user = User.objects.select_for_update().get(pk=by.pk)
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(user=user, defaults={"token_sha256": _hash(token), "made_at": at})
    events.record(by=by, at=at, what="user.calendar_made", on=user)
    return token


@transaction.atomic
def stop(*, by, at) -> User:
    """End the address of the person `by`, if there is one; return them."""
    user = User.objects.select_for_update().get(pk=by.pk)
    deleted, _ = CalendarFeed.objects.filter(user=user).delete()
    if deleted:
        events.record(by=by, at=at, what="user.calendar_stopped", on=user)
    return user


def of(user) -> CalendarFeed | None:
    """Return the person's address, as far as it is known."""
    return CalendarFeed.objects.filter(user=user).first()


def find(token: str) -> User | None:
    """Return the person whose calendar the token opens, None where it opens none or they may not sign in any more."""
    found = CalendarFeed.objects.select_related("user").filter(token_sha256=_hash(token)).first()
    return found.user if found and found.user.is_active else None


def _hash(token):
    return hashlib.sha256(token.encode()).hexdigest()
