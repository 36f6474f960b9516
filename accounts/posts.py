"""Who holds a post, from when to when."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.audit import events
from accounts.models import Capacity, Post, Tenure
from improvement.texts import days


class HandOverRefused(Exception):
    """The hand-over cannot be; the text says why in the user's words."""


@transaction.atomic
def hand_over(*, post, holder, deputy, on, by, at):
    """Give `post` to `holder` and `deputy` (either may be None) from the day `on`; return the post.

    The tenures before end on the day before. History keeps its names; what the post leads is the new holder's.
    """
    post = Post.objects.select_for_update().get(pk=post.pk)
    if holder is not None and holder == deputy:
        raise HandOverRefused("The deputy must be somebody other than the holder.")
    if on > timezone.localdate(at):
        raise HandOverRefused("A hand-over cannot be dated in the future. Record it on the day.")
    if days.is_outside(on):
        raise HandOverRefused(days.OUTSIDE)
    if (post.holder, post.deputy) == (holder, deputy):
        return post
    for capacity, user in ((Capacity.HOLDER, holder), (Capacity.DEPUTY, deputy)):
        _hand_over_capacity(post, capacity, user, on)
    post.holder, post.deputy = holder, deputy
    # The admin's history tells the same moment as the event, not that of the machine.
    post._history_date, post._history_user = at, by
    post.save(update_fields=("holder", "deputy"))
    events.record(
        by=by,
        at=at,
        what="post.handed_over",
        on=post,
        holder=holder and holder.name,
        deputy=deputy and deputy.name,
        from_on=on.isoformat(),
    )
    return post


def _hand_over_capacity(post, capacity, user, on):
    present = Tenure.objects.filter(post=post, capacity=capacity, to_on=None).first()
    if present and user and present.user_id == user.pk:
        return
    if present and present.from_on >= on:
        raise HandOverRefused(
            f"{present.user} has been the {capacity} since {present.from_on:%-d %B %Y}; choose a later day."
        )
    last = Tenure.objects.filter(post=post, capacity=capacity).exclude(to_on=None).order_by("to_on").last()
    if user and last and last.to_on >= on:
        raise HandOverRefused(f"{last.user} was the {capacity} until {last.to_on:%-d %B %Y}; choose a later day.")
    if present:
        present.to_on = on - timedelta(days=1)
        present.save(update_fields=("to_on",))
    if user:
        Tenure.objects.create(post=post, user=user, capacity=capacity, from_on=on)
