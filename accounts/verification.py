"""What `manage.py verify` checks of people: that posts and tenures say the same. Each problem is one sentence."""

from collections.abc import Iterator

from django.db.models import Q

from accounts.models import Post, Tenure


def problems() -> Iterator[str]:
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
