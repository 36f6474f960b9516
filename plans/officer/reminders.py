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


@transaction.atomic
def write(*, at):
    """Write the reminders of the day of `at`, each once; two queries and what is written."""
    today = timezone.localdate(at)
    days = {today - timedelta(days=after): words for after, words in OF_UPDATES.items()}
    rows = MonthlyUpdate.objects.filter(month__published_at=None).select_related("month__plan")
    owed = rows.filter(status__in=sorted(OWED), month__due_on__in=days)
    for person, month, updates in _by_people(owed, "lead_post"):
        words = days[month.due_on]
        once = f"reminder-{month.pk}-{month.due_on}-{words}"
        _tell(person, month, updates, Kind.REMINDER, words, reverse("plans:my_updates"), once, at)
    waiting = rows.filter(status=UpdateStatus.SUBMITTED)
    for person, month, updates in _by_people(waiting, "accountable_post"):
        once = f"sign-off-{month.pk}-{today}"
        _tell(
            person, month, updates, Kind.SIGN_OFF, "waiting for your sign-off", reverse("plans:my_sign_offs"), once, at
        )


def _tell(person, month, updates, kind, words, path, once, at):
    number = f"{len(updates)} update{'' if len(updates) == 1 else 's'}"
    outbox.tell(
        [person],
        kind=kind,
        subject=f"{number} for {month.label} {words}",
        text="\n".join(f"{row.reference} {row.title}" for row in updates),
        path=path,
        on=month,
        at=at,
        once=once,
    )


def _by_people(rows, post):
    """Yield each person who acts for a `post` of the rows with the month and its updates: of all their posts."""
    found = {}
    for row in rows.select_related(f"{post}__holder", f"{post}__deputy").order_by("month", "reference_order"):
        for person in getattr(row, post).acting:
            found.setdefault((person, row.month), []).append(row)
    for (person, month), updates in found.items():
        yield person, month, updates
