"""Notes of the programme office to those whose updates or sign-offs are missing in an open month."""

from collections import Counter

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts import outbox
from accounts.audit import events
from accounts.models import Kind, Message, Post
from improvement.records import writes
from improvement.records.refusals import Incomplete, Refused
from plans.calendar import OWED, UpdateStatus
from plans.models import ReportingMonth

NOBODY = "There is nobody to write to: no post with an account owes anything in this month."


def posts_owing(month):
    """Return the posts whose updates or sign-offs are missing and that somebody acts for, in the order of titles.

    Each knows in words what it `owes`; three queries.
    """
    owing = Counter(month.updates.filter(status__in=sorted(OWED)).values_list("lead_post", flat=True))
    waiting = Counter(month.updates.filter(status=UpdateStatus.SUBMITTED).values_list("accountable_post", flat=True))
    rows = Post.objects.filter(pk__in={*owing, *waiting}).select_related("holder", "deputy")
    posts = [post for post in rows.order_by("title", "organisation") if post.acting]
    for post in posts:
        counted = ((owing[post.pk], "update"), (waiting[post.pk], "sign-off"))
        post.owes = ", ".join(f"{number} {word}{'' if number == 1 else 's'}" for number, word in counted if number)
    return posts


@transaction.atomic
def chase(*, month, posts, note, by, at):
    """Write a `note` to whoever acts for `posts`, in the name of `by`; return how many people it goes to.

    Raises Incomplete without a note, and Refused where none of the posts owes anything any more.
    """
    month = ReportingMonth.objects.select_for_update(of=("self",)).select_related("plan").get(pk=month.pk)
    if not (note := note.strip()):
        raise Incomplete({"note": "Write the note."})
    wanted = {post.pk for post in posts}
    owing = [] if month.is_published else [post for post in posts_owing(month) if post.pk in wanted]
    people = {person for post in owing for person in post.acting}
    if not people:
        raise Refused(NOBODY)
    once = f"note-{month.pk}-{timezone.localdate(at)}-{writes.seen(by.pk, note)}"
    people -= {message.user for message in Message.objects.filter(once=once).select_related("user")}
    if not people:
        return 0  # All of them have had it today: a second click.
    outbox.tell(
        people,
        kind=Kind.NOTE,
        subject=f"A note from {by.name} about {month.label}",
        text=note,
        path=reverse("home"),
        on=month,
        at=at,
        once=once,
    )
    told = sorted(person.name for person in people)
    events.record(by=by, at=at, what="month.chased", on=month, note=note, people=told)
    return len(people)
