"""What a person's posts owe in the months that are open, and what they have handed in."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.core.paginator import Page, Paginator
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
PER_PAGE = 50
CHECKED_PER_PAGE = 20


@dataclass(frozen=True)
class Duty:
    """One update of the person's posts; `acting_for` says whom they act for where they do not hold the post."""

    update: MonthlyUpdate
    acting_for: str
    is_ready: bool
    is_late: bool


@dataclass(frozen=True)
class Duties:
    """One open month: what is owed, what is handed in, and the areas of focus to write on.

    `owed` and `handed_in` are those on the page; the numbers count the rest as well. `returned` are those that were
    returned and are not `ready` to go back, `unchanged` those that may be the same as was last published.
    """

    month: ReportingMonth
    is_overdue: bool
    owed: list[Duty]
    handed_in: list[Duty]
    area_updates: list[AreaUpdate]
    number_owed: int
    ready: int
    returned: int
    unchanged: int

    @property
    def areas_owed(self):
        return [row for row in self.area_updates if row.written_at is None]

    @property
    def areas_written(self):
        """What is written can be changed until the month is published."""
        return [row for row in self.area_updates if row.written_at is not None]


@dataclass(frozen=True)
class Place:
    """Where one update comes among those of its month: `number` of `total`, and the others that are still owed."""

    number: int
    total: int
    left: list[str]


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


def page_of(user, *, on, number=1) -> tuple[list[Duties], Page]:
    """Return the person's Duties on the page of that number, by open month, the earliest due first; and the page.

    Three queries for however many updates, two for none, and one more where one was returned. What is on other pages
    is counted, and read only where somebody has begun it.
    """
    posts = permissions.roles(user, on=on).posts
    led = _led_by(posts)
    page = Paginator([row.pk for row in led], PER_PAGE).get_page(number)
    pks = {*page.object_list, *(row.pk for row in led if row.status in _BEGUN)}
    updates = _THESE.objects(pks=pks) if pks else []
    prefetch_related_objects([row for row in updates if row.status == UpdateStatus.RETURNED], "evidence")
    shown = [_duty(row, user, on) for row in updates if row.pk in page.object_list]
    areas = _AREAS.objects(posts=posts) if page.number == 1 else []
    months = {item.month_id: item.month for item in (*(duty.update for duty in shown), *areas)}
    found = [
        Duties(
            month=month,
            is_overdue=month.due_on < on,
            owed=[duty for duty in shown if duty.update.month_id == month.pk and duty.update.status in OWED],
            handed_in=[duty for duty in shown if duty.update.month_id == month.pk and duty.update.status not in OWED],
            area_updates=[area for area in areas if area.month_id == month.pk],
            **_numbers([row for row in led if row.month == month.pk], updates, on),
        )
        for month in sorted(months.values(), key=lambda month: (month.due_on, month.pk))
    ]
    return found, page


def _numbers(led, updates, on):
    """Return what Duties counts of one month's `led`, whose begun ones are among `updates`."""
    pks = {row.pk for row in led}
    ready = {row.pk for row in updates if _is_ready(row, on)} & pks
    return {
        "number_owed": sum(row.status in OWED for row in led),
        "ready": len(ready),
        "returned": sum(row.status == UpdateStatus.RETURNED and row.pk not in ready for row in led),
        "unchanged": sum(row.status == UpdateStatus.AWAITED and bool(row.previous_month) for row in led),
    }


def place_of(user, update, *, on) -> Place | None:
    """Return the Place of an update that is owed among those of its month that the person leads; one query.

    None where the person does not lead it.
    """
    led = [row for row in _led_by(permissions.roles(user, on=on).posts) if row.month == update.month_id]
    if update.pk not in {row.pk for row in led}:
        return None
    left = [row.reference for row in led if row.status in OWED and row.pk != update.pk]
    return Place(number=len(led) - len(left), total=len(led), left=left)


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
    return MonthlyUpdate.objects.filter(pk__in=led_by([posts])).order_by("month__due_on", "month_id", *_in_order())


def led_by(posts):
    """Return the ids of those updates, as a query of two parts, each of which an index answers.

    In one condition the database would read every update that was ever written.
    """
    rows = MonthlyUpdate.objects.order_by().filter(month__published_at=None).values("pk")
    return rows.filter(lead_post__in=posts).union(rows.filter(recommendation__lead_post__in=posts))


def _in_order():
    order = [When(status=status, then=Value(place)) for place, status in enumerate(_ORDER)]
    return Case(*order, default=Value(len(_ORDER)), output_field=IntegerField()), "reference_order"


class _Led(NamedTuple):
    """As little of an update as tells where it is and how it is doing."""

    pk: int
    month: int
    status: str
    previous_month: str | date | None  # as the database has it
    reference: str


def _led_by(posts):
    return [_Led(*row) for row in _LED.rows(posts=posts)]


def _little(posts):
    return _led(posts).values_list(*_Led._fields)


def _begun(posts):
    return _full(_led(posts).filter(status__in=sorted(_BEGUN)))


def _of_these(pks):
    rows = MonthlyUpdate.objects.filter(pk__in=[pks]).order_by("month__due_on", "month_id", *_in_order())
    return rows.select_related("month__plan", "lead_post__holder")


def _full(rows):
    return rows.select_related("month__plan", "recommendation", "lead_post__holder")


def _next(posts, month):
    return _full(_led(posts)).filter(month=month, status__in=sorted(OWED))[:1]


def _areas(posts):
    return AreaUpdate.objects.filter(leading_post__in=[posts], month__published_at=None).select_related("month__plan")


_LEFT = Statement(_left, user=-1, posts=-2, plans=-3)
_LED = Statement(_little, posts=-1)
_THESE = Statement(_of_these, pks=-1)
_BEGUN_BY = Statement(_begun, posts=-1)
_NEXT = Statement(_next, posts=-1, month=-2)
_AREAS = Statement(_areas, posts=-1)


def next_owed(user, month, *, on):
    """Return the next update of `month` that the person's posts owe, or None."""
    found = _NEXT.objects(posts=permissions.roles(user, on=on).posts, month=month.pk)
    return found[0] if found else None


def ready(user, *, on, number=1, posted=()) -> tuple[list[MonthlyUpdate], Page]:
    """Return the person's drafts that are ready to be submitted, with their evidence and comments; and their page.

    They are those of the ids `posted`, or where none of these is left, those on the page of that number.
    """
    rows = _BEGUN_BY.objects(posts=permissions.roles(user, on=on).posts)
    prefetch_related_objects(rows, "evidence")
    every = [update for update in rows if _is_ready(update, on)]
    page = Paginator(every, CHECKED_PER_PAGE).get_page(number)
    found = [update for update in every if update.pk in posted] or list(page)
    prefetch_related_objects(found, "comments")
    return found, page


def _duty(update, user, on):
    return Duty(update, update.lead_post.acts_for(user), _is_ready(update, on), reporting.is_late(update, on=on))


def _is_ready(update, on):
    """Whether nothing is missing in what was begun; what was returned has to be changed first, or replied to."""
    return update.status in _BEGUN and not reporting.missing(update, on=on)
