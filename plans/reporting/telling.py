"""Who is told by e-mail of what happens to a month, written in its transaction."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts import outbox
from accounts.models import Kind, Post, User
from plans import permissions
from plans.calendar import OWED
from plans.models import Recommendation
from plans.watching import mailed


def fitting(user, *, on) -> set[Kind]:
    """Return the kinds of message that fit what the person does on the day `on`, in whatever plan."""
    held = permissions.roles(user, on=on)
    fit = {
        Kind.MONTH_OPENED: held.reports_in,
        Kind.DATES_CHANGED: held.reports_in | held.accounts_in,
        Kind.REMINDER: held.reports_in,
        # Nobody returns the text of an area of focus.
        Kind.RETURNED: held.reports_in and Recommendation.objects.filter(lead_post__in=held.posts)[:1],
        Kind.SIGN_OFF: held.accounts_in,
        Kind.QUESTION: held.posts,
        Kind.ANSWER: held.asks_on,
        Kind.PUBLISHED: held.sees,
    }
    return {kind for kind, places in fit.items() if places}


def of_opening(month, *, at):
    """Tell each person what their posts owe in the month that opens."""
    told = {}
    for person, (owed, areas) in sorted(_owing(month).items(), key=lambda each: each[0].pk):
        rows = [f"{row.reference} {row.title}" for row in owed] + [f"{row.letter}. {row.title}" for row in areas]
        subject = f"{month.label} is open: {_number(rows)} to write by {_day(month.due_on)}"
        told[person] = outbox.Words(subject, reverse("plans:my_updates"), "\n".join(rows))
    outbox.tell_each(told, kind=Kind.MONTH_OPENED, on=month, at=at)


def of_other_dates(month, reason, *, at):
    """Tell everybody who writes or signs off in the month that its dates have changed."""
    posts = Post.objects.filter(
        Q(pk__in=month.updates.values("lead_post"))
        | Q(pk__in=month.updates.values("accountable_post"))
        | Q(pk__in=month.area_updates.values("leading_post"))
    )
    days = f"Updates are due by {_day(month.due_on)}, sign-off by {_day(month.sign_off_due_on)}."
    outbox.tell(
        _acting(posts),
        kind=Kind.DATES_CHANGED,
        subject=f"The dates of {month.label} have changed",
        text=f"{days}\n{reason}",
        path=reverse("plans:my_updates"),
        on=month,
        at=at,
    )


def of_return(update, comment, *, reviewer, at):
    """Tell the lead officer what should be changed."""
    outbox.tell(
        update.lead_post.acting,
        kind=Kind.RETURNED,
        subject=f"{update.reference} was returned to you for {update.month.label}",
        text=f"{reviewer.name} writes:\n{comment}",
        path=reverse("plans:update_edit", args=(update.month.plan.slug, update.month.month, update.reference)),
        on=update,
        at=at,
    )


def of_publication(month, *, publisher, at):
    """Tell everybody who sees the plan, but for whoever published it, that the month can be read.

    Who follows a saved filter is told what changed in it, and led to the page that says so.
    """
    people = everybody(month.plan, on=timezone.localdate(at)) - {publisher}
    followed = mailed.texts(month, people)
    subject = f"{month.label} of the {month.plan.title} is published"
    read = reverse("plans:recommendation_list", args=(month.plan.slug,)) + f"?month={month.address}"
    watched = reverse("plans:month_watched", args=(month.plan.slug, month.month))
    told = {
        person: outbox.Words(subject, watched, followed[person]) if person in followed else outbox.Words(subject, read)
        for person in people
    }
    outbox.tell_each(told, kind=Kind.PUBLISHED, on=month, at=at)


def everybody(plan, *, on) -> set[User]:
    """Return everybody who sees the plan: its posts, its office and the seats of its Board on the day `on`."""
    seated = Q(seats__board__plan=plan) & (Q(seats__to_on=None) | Q(seats__to_on__gte=on))
    seated &= Q(seats__from_on=None) | Q(seats__from_on__lte=on)
    others = User.objects.filter(seated | Q(plans_run=plan)).distinct()
    return {*_acting(plan.posts), *others}


def _owing(month):
    """Return by person the updates and the areas of focus that their posts have to write; two queries."""
    found: dict[User, tuple[list, list]] = {}
    rows = month.updates.select_related("lead_post__holder", "lead_post__deputy").order_by("reference_order")
    areas = month.area_updates.select_related("leading_post__holder", "leading_post__deputy").order_by("letter")
    for row in rows:
        for person in row.lead_post.acting if row.status in OWED else ():
            found.setdefault(person, ([], []))[0].append(row)
    for area in areas:
        for person in area.leading_post.acting:
            found.setdefault(person, ([], []))[1].append(area)
    return found


def _acting(posts):
    return {person for post in posts.select_related("holder", "deputy") for person in post.acting}


def _number(told):
    return f"{len(told)} update{'' if len(told) == 1 else 's'}"


def _day(day):
    return f"{day:%-d %B %Y}"
