"""One person's deadlines and meetings, as their calendar program shows them.

Whoever runs that program reads it, so it holds neither a rating nor a title or a text that somebody wrote about a
recommendation: days, references, and where to read on after signing in.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from boards.models import BoardAction, Meeting
from improvement.texts.icalendar import Entry
from plans import permissions
from plans.models import MonthlyUpdate, Recommendation, ReportingMonth

KEPT_FOR = timedelta(days=365)  # what is longer past is no longer listed


def entries(user, *, now: datetime) -> list[Entry]:
    """Return what the person has to do and where to be, earliest first; in one query of each kind."""
    on = timezone.localdate(now)
    held = permissions.roles(user, on=on)
    since = on - KEPT_FOR
    found = [*_months(held, since), *_due(held, since), *_actions(held, since), *_meetings(held, since)]
    return sorted(found, key=lambda entry: (_day(entry.when), entry.uid))


def _months(held, since) -> Iterator[Entry]:
    """Yield the days of each month in which a post of the person reports or signs off, or which their office runs."""
    rows = MonthlyUpdate.objects.filter(month=OuterRef("pk"))
    led = Q(lead_post__in=held.posts) | Q(recommendation__lead_post__in=held.posts)
    months = ReportingMonth.objects.filter(plan__in=held.sees, sign_off_due_on__gte=since).annotate(
        reports=Exists(rows.filter(led)), signs=Exists(rows.filter(accountable_post__in=held.posts))
    )
    for month in months.filter(Q(reports=True) | Q(signs=True) | Q(plan__in=held.office_of)).select_related("plan"):
        is_office = month.plan_id in held.office_of
        page = _page("plans:month_detail", month.plan.slug, month.month)
        if month.reports or is_office:
            own = _page("plans:my_updates") if month.reports else page
            yield _entry("updates-due", month, f"Updates due for {month.label}", month.due_on, own, month.plan)
        if month.signs or is_office:
            own = _page("plans:my_sign_offs") if month.signs else page
            yield _entry(
                "sign-off-due", month, f"Sign-off due for {month.label}", month.sign_off_due_on, own, month.plan
            )


def _due(held, since) -> Iterator[Entry]:
    """Yield the due date of each recommendation that a post of the person leads."""
    rows = Recommendation.objects.filter(lead_post__in=held.posts, closed_on=None, due_on__gte=since)
    for row in rows.select_related("plan"):
        page = _page("plans:recommendation_detail", row.plan.slug, row.reference)
        yield _entry("due", row, f"Recommendation {row.reference} due", row.due_on, page, row.plan)


def _actions(held, since) -> Iterator[Entry]:
    """Yield each open action of a Board that is a post's of the person and may be read with a place in the plan."""
    rows = BoardAction.objects.public().filter(owner_post__in=held.posts, closed_at=None, due_on__gte=since)
    for row in rows.filter(board__plan__in=held.sees).select_related("board__plan"):
        page = _page("boards:action_detail", row.board.slug, row.number)
        yield _entry("action", row, f"Action {row.number} of the Board due", row.due_on, page, row.board.plan)


def _meetings(held, since) -> Iterator[Entry]:
    """Yield the meetings of the Boards on which the person has a seat, or whose office they are in."""
    rows = Meeting.objects.filter(board__plan__in=held.seats_on | held.office_of, held_on__gte=since)
    for row in rows.select_related("board__plan"):
        when = row.held_on
        if row.starts_at:
            when = datetime.combine(row.held_on, row.starts_at, ZoneInfo(settings.TIME_ZONE))
        page = _page("boards:meeting_detail", row.board.slug, row.held_on)
        yield _entry("meeting", row, f"Meeting of the {row.board.name}", when, page, row.board.plan, row.place)


def _entry(kind, row, title, when, page, plan, place=""):
    domain = settings.SITE_ADDRESS.partition("://")[2].partition(":")[0]
    return Entry(f"{kind}-{row.pk}@{domain}", title, when, page, place, f"{plan.council}\n{page}")


def _page(name, *args):
    return settings.SITE_ADDRESS + reverse(name, args=args)


def _day(when) -> date:
    return when.date() if isinstance(when, datetime) else when
