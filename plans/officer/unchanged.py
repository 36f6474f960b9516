"""What a person may submit unchanged: updates that nobody has started, with what was last published of each."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.utils import timezone

from plans import permissions, reporting
from plans.calendar import UpdateStatus
from plans.contradictions import Question
from plans.models import MonthlyUpdate
from plans.months import narrative
from plans.officer import duties

PER_PAGE = 20


@dataclass(frozen=True)
class Unchanged:
    """An update and what it would say, with what contradicts that today and what keeps it from being submitted so."""

    update: MonthlyUpdate
    previous: MonthlyUpdate
    answers: list[narrative.Answer]
    questions: list[Question]
    missing: list[str]
    acting_for: str
    is_late: bool


def page_of(user, *, on, number=1) -> Page:
    """Return a page of the updates of open months that the person may submit unchanged, the earliest due first."""
    led = duties.led_by(permissions.roles(user, on=on).posts)
    rows = _full(MonthlyUpdate.objects.filter(pk__in=led, status=UpdateStatus.AWAITED, previous_month__isnull=False))
    return Paginator(rows, PER_PAGE).get_page(number)


def chosen(user, pks, *, on) -> list[MonthlyUpdate]:
    """Return the updates of these ids that the person leads, whatever has become of them since."""
    posts = permissions.roles(user, on=on).posts
    rows = MonthlyUpdate.objects.filter(Q(lead_post__in=posts) | Q(recommendation__lead_post__in=posts), pk__in=pks)
    return list(_full(rows))


def tell(rows, user, *, at) -> list[Unchanged]:
    """Return each of `rows` that was reported before, in a constant number of queries."""
    previous = reporting.last_published(rows)
    rows = [_repeating(row, previous[row.pk]) for row in rows if row.pk in previous]
    missed, on = reporting.missed_targets(rows, at), timezone.localdate(at)
    return [_tell(row, previous[row.pk], missed, user, at, on) for row in rows]


def _tell(row, previous, missed, user, at, on):
    return Unchanged(
        update=row,
        previous=previous,
        answers=[answer for answer in narrative.tell(previous) if answer.field in reporting.REPEATED],
        questions=reporting.contradictions_of(row, at, previous, missed),
        missing=list(reporting.missing(row, on=on).values()),
        acting_for=row.lead_post.acts_for(user),
        is_late=reporting.is_late(row, on=on),
    )


def _repeating(row, previous):
    """Return `row` as it would be submitted; nothing is written."""
    for field in reporting.REPEATED:
        setattr(row, field, getattr(previous, field))
    row.unchanged_reason = "Not given yet"
    return row


def _full(rows):
    rows = rows.select_related("month__plan", "recommendation", "lead_post__holder").prefetch_related("evidence")
    return rows.order_by("month__due_on", "month", "reference_order")
