"""What `manage.py verify` checks of people and removals. Each problem is one sentence."""

from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db.models import Model, Q

from accounts.audit import matching
from accounts.models import Post, Removal, Tenure
from accounts.people import audit as people
from accounts.removal import audit, kinds
from accounts.signing_in import second_factor


def problems() -> Iterator[str]:
    """Yield every problem found; nothing when all is well."""
    yield from _posts()
    yield from _removals()
    yield from matching.problems(audit.TOLD + people.TOLD)
    yield from _second_factors()


def _removals():
    """Yield removals that do not lead from the digest of the issue to the present one, or did not remove."""
    digests: dict[Model, str] = {}
    for removal in Removal.objects.exclude(digest_before="").order_by("pk"):
        thing = apps.get_model(removal.on_type)._base_manager.get(pk=removal.on_id)
        kind = kinds.KINDS[type(thing)]
        record, name = kind.record(thing), kind.called(thing)
        if digests.setdefault(record, record.digest) != removal.digest_before:
            yield f"{name}: what was removed ({removal.label}) does not match the text before."
        digests[record] = removal.digest_after
        left = kinds.of(thing).get(removal.field)
        if left and any(place.field not in kind.anew for place in left.places):
            yield f"{name}: what was removed ({removal.label}) is there again."


def _second_factors():
    """Yield that second factors cannot be read, as under another SECRET_KEY than they were made with."""
    unread = sum(not second_factor.can_be_read(item) for item in Authenticator.objects.order_by("pk"))
    if unread:
        yield (
            f"{unread} second factor(s) cannot be read with this SECRET_KEY, so nobody can sign in with them. "
            "Set the site’s previous key, or add it to SECRET_KEY_FALLBACKS."
        )


def _posts():
    """Yield posts whose present holder or deputy is not the one of an open tenure."""
    open_tenures = {
        (tenure.post_id, tenure.capacity): tenure.user_id for tenure in Tenure.objects.filter(to_on__isnull=True)
    }
    for post in Post.objects.filter(
        Q(holder__isnull=False) | Q(deputy__isnull=False) | Q(tenures__isnull=False)
    ).distinct():
        for capacity in ("holder", "deputy"):
            if open_tenures.get((post.pk, capacity)) != getattr(post, f"{capacity}_id"):
                yield f"{post}: its present {capacity} and its tenures disagree."
