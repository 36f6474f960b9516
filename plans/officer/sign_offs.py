"""What waits for a person's sign-off in the months that are open, and what may be signed off together."""

from dataclasses import dataclass
from itertools import groupby

from django.core.paginator import Page, Paginator

from improvement.records import references
from improvement.records.statements import Statement
from plans import calendar, permissions
from plans.calendar import OWED, UpdateStatus
from plans.models import MonthlyUpdate, Outcome, ProposedRating, ReportingMonth
from plans.ratings import Movement


@dataclass(frozen=True)
class Waiting:
    """A submitted update. `since` names the month that it moved from, where that is not the month before."""

    update: MonthlyUpdate
    since: str
    others: list[str]


@dataclass(frozen=True)
class Neighbours:
    """The updates that wait before and after one, and which `number` of how many it is itself, if it waits."""

    number: int | None
    total: int
    previous: MonthlyUpdate | None
    following: MonthlyUpdate | None


PER_PAGE = 50
# The parts of a Queue, in the order in which the page tells them.
_WAITING = ("to_read", "together", "own")
_PARTS = (*_WAITING, "to_come", "settled")
# What decides in which of them an update stands, beside its month and who submitted it.
_JUDGED = ("status", "contradictions", "proposed_due_on", "is_resubmitted", "movement")
# What a link to an update needs, and its place among others.
_ADDRESS = ("reference", "title", "reference_order", "month__month", "month__plan__slug", "status")


@dataclass(frozen=True)
class Queue:
    """One open month: what to read one by one, what may go together, what the reader entered, and the rest.

    Its rows are those on the page; `number` counts what waits on the others too, `is_awaiting` says whether any is to
    come.
    """

    month: ReportingMonth
    is_overdue: bool
    acting_for: list[str]
    to_read: list[Waiting]
    together: list[Waiting]
    own: list[Waiting]
    to_come: list[MonthlyUpdate]
    settled: list[MonthlyUpdate]
    number: int
    is_awaiting: bool


def page_of(user, *, on, number=1) -> tuple[list[Queue], Page]:
    """Return the person's Queue in each open month on the page of that number, the earliest first; and the page.

    Two queries for however many updates, one for none.
    """
    rows = _LITTLE.objects(posts=permissions.roles(user, on=on).posts)
    by_month = [
        sorted(((_part(row, user), row.pk) for row in found), key=lambda pair: _PARTS.index(pair[0]))
        for _, found in groupby(rows, key=lambda row: row.month_id)
    ]
    page = Paginator([pk for found in by_month for _, pk in found], PER_PAGE).get_page(number)
    shown = {row.pk: row for row in _THESE.objects(pks=page.object_list)} if page.object_list else {}
    return [_queue(found, shown, user, on) for found in by_month if any(pk in shown for _, pk in found)], page


def of_person(user, *, on):
    """Return the updates, of any month, for which the person is accountable."""
    return MonthlyUpdate.objects.filter(accountable_post__in=permissions.roles(user, on=on).posts).select_related(
        "month__plan", "recommendation", "accountable_post__holder", "accountable_post__deputy"
    )


def corrections(user, *, on):
    """Return the corrected ratings that wait for the person as accountable lead, in one query."""
    posts = permissions.roles(user, on=on).posts
    rows = ProposedRating.objects.filter(update__accountable_post__in=posts, decided_at=None)
    return list(rows.select_related("update__month__plan").order_by("update__month__month", "update__reference_order"))


def has_any(user, *, on):
    """Whether the person holds or deputises for a post that is accountable for an outcome, or was in an open month."""
    posts = permissions.roles(user, on=on).posts
    return bool(posts) and (
        Outcome.objects.filter(accountable_post__in=posts).exists()
        or of_person(user, on=on).filter(month__published_at=None).exists()
    )


def next_one(user, *, after, on):
    """Return the next update that waits for the person, from `after` on and then from the first; None at the end."""
    left = sorted(_waiting(user, on).exclude(pk=after.pk), key=_place)
    return next((row for row in left if _place(row) > _place(after)), left[0] if left else None)


def beside(user, update, *, on):
    """Return the Neighbours of `update` among those that wait for the person's sign-off, in one query."""
    waiting = sorted(_waiting(user, on), key=_place)
    before = [row for row in waiting if _place(row) < _place(update)]
    after = [row for row in waiting if _place(row) > _place(update)]
    is_waiting = len(before) + len(after) < len(waiting)
    return Neighbours(
        number=len(before) + 1 if is_waiting else None,
        total=len(waiting),
        previous=before[-1] if before else None,
        following=after[0] if after else None,
    )


def is_plain(update):
    """Whether an update may be signed off among others: no contradiction, no new date, never returned, not worse."""
    asks = update.contradictions or update.proposed_due_on or update.is_resubmitted
    return not asks and update.movement != Movement.WORSE


def waiting(update, user):
    """Return `update` with what its reviewer needs, and the names of the others who can sign it off."""
    last, post = update.previous_month, update.accountable_post
    since = calendar.label(last) if last and last != calendar.before(update.month.month) else ""
    return Waiting(update, since, [person.name for person in post.acting if person != user])


def _part(row, user):
    """Return the part of the Queue in which an update of an open month stands."""
    if row.status in OWED:
        return "to_come"
    if row.status != UpdateStatus.SUBMITTED:
        return "settled"
    if row.submitted_by_id == user.pk:
        return "own"
    return "together" if is_plain(row) else "to_read"


def _queue(found, shown, user, on):
    """Return the Queue of one month from its (part, id) and the updates that are `shown` of it, by id."""
    parts = {name: [shown[pk] for part, pk in found if part == name and pk in shown] for name in _PARTS}
    updates = [row for rows in parts.values() for row in rows]
    month = updates[0].month
    return Queue(
        month=month,
        is_overdue=month.sign_off_due_on < on,
        acting_for=sorted({row.accountable_post.acts_for(user) for row in updates} - {""}),
        **{name: [waiting(row, user) for row in rows] if name in _WAITING else rows for name, rows in parts.items()},
        number=sum(part in {"to_read", "together"} for part, _ in found),
        is_awaiting=any(part == "to_come" for part, _ in found),
    )


def _waiting(user, on):
    """Return those that the person may sign off: submitted in an open month, by somebody else."""
    rows = of_person(user, on=on).filter(month__published_at=None, status=UpdateStatus.SUBMITTED)
    return rows.exclude(submitted_by=user).select_related(None).select_related("month__plan").only(*_ADDRESS)


def _place(update):
    return (update.month.month, update.month_id, references.order(update.reference))


def _little(posts):
    """Return the updates of open months, in order, with as little as tells where they stand."""
    rows = MonthlyUpdate.objects.filter(accountable_post__in=[posts], month__published_at=None)
    return rows.order_by("month__month", "month_id", "reference_order").only("month", "submitted_by", *_JUDGED)


def _these(pks):
    held = [f"accountable_post__{capacity}" for capacity in ("holder", "deputy")]
    return MonthlyUpdate.objects.order_by().filter(pk__in=[pks]).select_related("month__plan", *held)


_LITTLE = Statement(_little, posts=-1)
_THESE = Statement(_these, pks=-1)
