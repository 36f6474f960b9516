"""Who holds a post, from when to when."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.audit import events
from accounts.models import Capacity, Post, Tenure, User
from improvement.records.refusals import Refused
from improvement.records.statements import Statement
from improvement.texts import days


class HandOverRefused(Refused):
    """The hand-over cannot be; the text says why in the user's words, `field` is the answer that it is about."""


def acts_for(post, user):
    """Return the words of a record for what `user` does for the post with the key `post`, in one query."""
    return _POST.objects(pk=post)[0].acts_for(user)


_POST = Statement(lambda pk: Post.objects.order_by().filter(pk=pk), pk=-1)


def who_may_hold(post, *, on):
    """Return the people who may hold `post` or deputise for it as of the day `on`.

    A deactivated person acts for nobody, and an observer of a Board for nobody whom it reads about. Someone who
    holds the post or deputises for it already may go on, so that the other can be replaced. (A seat is read through
    its accessor.)
    """
    lasting = Q(seats__to_on__isnull=True) | Q(seats__to_on__gte=on)
    observing = User.objects.filter(lasting, seats__role="observer").order_by().values("pk")
    present = [pk for pk in (post.holder_id, post.deputy_id) if pk]
    return User.objects.filter(is_active=True).exclude(~Q(pk__in=present), pk__in=observing)


@transaction.atomic
def hand_over(*, post, holder, deputy, on, by, at):
    """Give `post` to `holder` and `deputy` (either may be None) from the day `on`; return the post.

    The tenures before end on the day before. History keeps its names; what the post leads is the new holder's.
    """
    post = Post.objects.select_for_update().get(pk=post.pk)
    if holder is not None and holder == deputy:
        raise HandOverRefused("The deputy cannot be the same person as the holder.", "deputy")
    if on > timezone.localdate(at):
        raise HandOverRefused("A hand-over date cannot be in the future. Record the hand-over on the day.")
    if days.is_outside(on):
        raise HandOverRefused(days.OUTSIDE)
    if (post.holder, post.deputy) == (holder, deputy):
        return post
    _require_fit(post, at, holder=holder, deputy=deputy)
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


def _require_fit(post, at, **people):
    fit = set(who_may_hold(post, on=timezone.localdate(at)).filter(pk__in=[one.pk for one in people.values() if one]))
    for capacity, user in people.items():
        if user and user not in fit:
            why = "observes a Board" if user.is_active else "is deactivated"
            raise HandOverRefused(f"{user} {why}, so cannot be the {capacity}. Choose someone else.", capacity)


def _hand_over_capacity(post, capacity, user, on):
    present = Tenure.objects.filter(post=post, capacity=capacity, to_on=None).first()
    if present and user and present.user_id == user.pk:
        return
    if present and present.from_on >= on:
        raise HandOverRefused(
            f"{present.user} has been the {capacity} since {present.from_on:%-d %B %Y}. Choose a later day."
        )
    last = Tenure.objects.filter(post=post, capacity=capacity).exclude(to_on=None).order_by("to_on").last()
    if user and last and last.to_on >= on:
        raise HandOverRefused(f"{last.user} was the {capacity} until {last.to_on:%-d %B %Y}. Choose a later day.")
    if present:
        present.to_on = on - timedelta(days=1)
        present.save(update_fields=("to_on",))
    if user:
        Tenure.objects.create(post=post, user=user, capacity=capacity, from_on=on)
