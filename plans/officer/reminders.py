"""What people are reminded of: updates that they owe around the day they are due, and what waits for their sign-off."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts import outbox
from accounts.models import Kind, Message, User
from accounts.outbox import delivery
from plans.calendar import OWED, UpdateStatus
from plans.models import AreaUpdate, MonthlyUpdate, ReportingMonth

# Days from the day on which updates are due to that of the reminder, with its words.
OF_UPDATES = {-2: "due in two days", 1: "overdue since yesterday"}


@dataclass(frozen=True)
class Reminder:
    """What one person is reminded of in one month; `once` is what it is said under, and said once."""

    person: User
    month: ReportingMonth
    updates: list[MonthlyUpdate | AreaUpdate]
    kind: Kind
    words: str
    page: str
    once: str


@transaction.atomic
def write(*, at):
    """Write the reminders of the day of `at`, each once; four queries and what is written."""
    if not delivery.is_day(at):
        return
    due = list(_due(timezone.localdate(at)))
    known = set(Message.objects.filter(once__in={one.once for one in due}).values_list("user", "once"))
    for one in due:
        if (one.person.pk, one.once) not in known:
            number = f"{len(one.updates)} update{'' if len(one.updates) == 1 else 's'}"
            outbox.tell(
                [one.person],
                kind=one.kind,
                subject=f"{number} for {one.month.label} {one.words}",
                text="\n".join(map(_named, one.updates)),
                path=reverse(one.page),
                on=one.month,
                at=at,
                once=one.once,
            )


def _due(today):
    """Yield the reminders of the day; three queries."""
    days = {today - timedelta(days=after): words for after, words in OF_UPDATES.items()}
    rows = MonthlyUpdate.objects.filter(month__published_at=None).select_related("month__plan")
    owed = rows.filter(status__in=sorted(OWED), month__due_on__in=days)
    areas = AreaUpdate.objects.filter(month__published_at=None, month__due_on__in=days, written_at=None)
    areas = areas.select_related("month__plan").order_by("month", "letter")
    of_updates = (owed.order_by("month", "reference_order"), "lead_post"), (areas, "leading_post")
    for person, month, updates in _by_people(*of_updates):
        words = days[month.due_on]
        once = f"reminder-{month.pk}-{month.due_on}-{words}"
        yield Reminder(person, month, updates, Kind.REMINDER, words, "plans:my_updates", once)
    waiting = rows.filter(status=UpdateStatus.SUBMITTED).order_by("month", "reference_order")
    for person, month, updates in _by_people((waiting, "accountable_post")):
        once = f"sign-off-{month.pk}-{today}"
        yield Reminder(person, month, updates, Kind.SIGN_OFF, "waiting for your sign-off", "plans:my_sign_offs", once)


def _named(row):
    return f"{row.letter}. {row.title}" if isinstance(row, AreaUpdate) else f"{row.reference} {row.title}"


def _by_people(*rows_by_post):
    """Yield each person who acts for a post of the rows with the month and its updates: of all their posts.

    Each of `rows_by_post` is a queryset with the name of the post that writes its rows, or signs them off.
    """
    found = {}
    for rows, post in rows_by_post:
        for row in rows.select_related(f"{post}__holder", f"{post}__deputy"):
            for person in getattr(row, post).acting:
                found.setdefault((person, row.month), []).append(row)
    for (person, month), updates in found.items():
        yield person, month, updates
