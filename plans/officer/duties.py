"""What a person's posts owe in the months that are open, and what they have handed in."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When, prefetch_related_objects
from django.db.models.functions import Coalesce

from accounts.models import Post
from improvement.records.statements import Statement
from plans import permissions, reporting
from plans.calendar import OWED, UpdateStatus
from plans.models import AreaUpdate, MonthlyUpdate, ReportingMonth

# What was returned comes first, then what was not begun.
_ORDER = (UpdateStatus.RETURNED, UpdateStatus.AWAITED, UpdateStatus.DRAFT)
_BEGUN = (UpdateStatus.RETURNED, UpdateStatus.DRAFT)


@dataclass(frozen=True)
class Duty:
    """One update of the person's posts; `acting_for` says whom they act for where they do not hold the post."""

    update: MonthlyUpdate
    acting_for: str
    is_ready: bool
    is_late: bool


@dataclass(frozen=True)
class Duties:
    """One open month: what is owed, what is handed in, and the areas of focus to write on."""

    month: ReportingMonth
    is_overdue: bool
    owed: list[Duty]
    handed_in: list[Duty]
    area_updates: list[AreaUpdate]

    @property
    def areas_owed(self):
        return [row for row in self.area_updates if row.written_at is None]

    @property
    def areas_written(self):
        """What is written can be changed until the month is published."""
        return [row for row in self.area_updates if row.written_at is not None]

    @property
    def ready(self):
        return [duty for duty in self.owed if duty.is_ready]

    @property
    def returned(self):
        """What was returned and is not ready to go back."""
        return [duty for duty in self.owed if duty.update.status == UpdateStatus.RETURNED and not duty.is_ready]


@dataclass(frozen=True)
class Question:
    """A question of a Board that one of the person's posts has to answer; `board` is its slug."""

    asked_at: datetime
    board: str
    number: int
    question: str
    asked_name: str
    post: str
    about: str
    title: str


def questions(user, *, on):
    """Return the questions that the person's posts have to answer, the oldest first, in one query or none.

    The plan knows nothing of Boards, so they are read through a reverse accessor.
    """
    asked = permissions.roles(user, on=on).asked
    if not asked:
        return []
    waiting = Post.objects.filter(pk__in=asked, challenges__isnull=False, challenges__answered_at=None)
    rows = waiting.order_by("challenges__asked_at", "challenges__pk").values_list(
        "challenges__asked_at",
        "challenges__board__slug",
        "challenges__number",
        "challenges__question",
        "challenges__asked_name",
        "title",
        Coalesce("challenges__recommendation__reference", "challenges__target__reference"),
        Coalesce("challenges__recommendation__title", Value("")),
    )
    return [Question(*row) for row in rows]


def of(user, *, on):
    """Return the person's Duties in each open month, the earliest due first, in three queries."""
    posts = permissions.roles(user, on=on).posts
    duties = [_duty(update, user, on) for update in _LED.objects(posts=posts)]
    areas = _AREAS.objects(posts=posts)
    months = {item.month_id: item.month for item in (*(duty.update for duty in duties), *areas)}
    return [
        Duties(
            month=month,
            is_overdue=month.due_on < on,
            owed=[duty for duty in duties if duty.update.month_id == month.pk and duty.update.status in OWED],
            handed_in=[duty for duty in duties if duty.update.month_id == month.pk and duty.update.status not in OWED],
            area_updates=[area for area in areas if area.month_id == month.pk],
        )
        for month in sorted(months.values(), key=lambda month: (month.due_on, month.pk))
    ]


def drafts(user, *, on):
    """Return the drafts that the last publication of each plan left with the person, in one query.

    They wrote them, or a post of theirs leads the recommendation; what was handed in since is left out.
    """
    held = permissions.roles(user, on=on)
    return _LEFT.objects(user=user.pk, posts=held.posts, plans=held.sees)


def _left(user, posts, plans):
    later = ReportingMonth.objects.filter(
        plan=OuterRef("month__plan"), published_at__isnull=False, month__gt=OuterRef("month__month")
    )
    rows = MonthlyUpdate.objects.filter(
        Q(saved_by=user) | Q(lead_post__in=[posts]) | Q(recommendation__lead_post__in=[posts]),
        ~Exists(later),
        month__plan__in=[plans],
        month__published_at__isnull=False,
        status__in=_BEGUN,
        saved_at__isnull=False,
        corrections=None,
        proposed_ratings=None,
    )
    return rows.select_related("month__plan").order_by("month__plan", "month__plan_id", "reference_order")


def _led(posts):
    """Return the open months' updates that these posts lead, today or when the month was opened, owed ones in order."""
    rows = MonthlyUpdate.objects.filter(
        Q(lead_post__in=[posts]) | Q(recommendation__lead_post__in=[posts]), month__published_at=None
    )
    order = [When(status=status, then=Value(place)) for place, status in enumerate(_ORDER)]
    return rows.select_related("month__plan", "recommendation", "lead_post__holder").order_by(
        Case(*order, default=Value(len(_ORDER)), output_field=IntegerField()), "reference_order"
    )


def _led_with_evidence(posts):
    return _led(posts).prefetch_related("evidence")


def _next(posts, month):
    return _led(posts).filter(month=month, status__in=sorted(OWED))[:1]


def _areas(posts):
    return AreaUpdate.objects.filter(leading_post__in=[posts], month__published_at=None).select_related("month__plan")


_LEFT = Statement(_left, user=-1, posts=-2, plans=-3)
_LED = Statement(_led_with_evidence, posts=-1)
_NEXT = Statement(_next, posts=-1, month=-2)
_AREAS = Statement(_areas, posts=-1)


def next_owed(user, month, *, on):
    """Return the next update of `month` that the person's posts owe, or None."""
    found = _NEXT.objects(posts=permissions.roles(user, on=on).posts, month=month.pk)
    return found[0] if found else None


def ready(user, *, on):
    """Return the person's drafts that are ready to be submitted, with their evidence and comments."""
    found = [update for update in _LED.objects(posts=permissions.roles(user, on=on).posts) if _is_ready(update, on)]
    prefetch_related_objects(found, "comments")
    return found


def _duty(update, user, on):
    return Duty(update, update.lead_post.acts_for(user), _is_ready(update, on), reporting.is_late(update, on=on))


def _is_ready(update, on):
    """Whether nothing is missing in what was begun; what was returned has to be changed first, or replied to."""
    return update.status in _BEGUN and not reporting.missing(update, on=on)
