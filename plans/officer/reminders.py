"""What people are reminded of: updates that they owe around the day they are due, and what waits for their sign-off."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts import outbox
from accounts.models import Kind
from plans.calendar import OWED, UpdateStatus
from plans.models import MonthlyUpdate

# Days from the day on which updates are due to that of the reminder, with its words.
OF_UPDATES = {-2: "due in two days", 1: "overdue since yesterday"}


def write(*, at):
    """Write the reminders of the day of `at`, each once; two queries and what is written."""
    today = timezone.localdate(at)
    days = {today - timedelta(days=after): words for after, words in OF_UPDATES.items()}
    rows = MonthlyUpdate.objects.filter(month__published_at=None).select_related("month__plan")
    owed = rows.filter(status__in=sorted(OWED), month__due_on__in=days)
    with transaction.atomic():
        for (month, people), updates in _by_people(owed.select_related("lead_post__holder", "lead_post__deputy")):
            words = days[month.due_on]
            outbox.tell(
                people,
                kind=Kind.REMINDER,
                subject=f"{_updates(updates)} for {month.label} {words}",
                text=_listed(updates),
                path=reverse("plans:my_updates"),
                on=month,
                at=at,
                once=f"reminder-{month.pk}-{month.due_on}-{words}",
            )
        waiting = rows.filter(status=UpdateStatus.SUBMITTED)
        for (month, people), updates in _by_people(
            waiting.select_related("accountable_post__holder", "accountable_post__deputy"), "accountable_post"
        ):
            outbox.tell(
                people,
                kind=Kind.SIGN_OFF,
                subject=f"{_updates(updates)} for {month.label} waiting for your sign-off",
                text=_listed(updates),
                path=reverse("plans:my_sign_offs"),
                on=month,
                at=at,
                once=f"sign-off-{month.pk}-{today}",
            )


def _by_people(rows, post="lead_post"):
    """Yield the month and the people who act for a post, with its updates: a person of two posts is told of all."""
    found = {}
    for row in rows.order_by("month", "reference_order"):
        for person in getattr(row, post).acting:
            found.setdefault((row.month, person), []).append(row)
    for (month, person), updates in found.items():
        yield (month, [person]), updates


def _updates(rows):
    return f"{len(rows)} update{'' if len(rows) == 1 else 's'}"


def _listed(rows):
    return "\n".join(f"{row.reference} {row.title}" for row in rows)
