"""What is incomplete in what a council has set up: each kind in one query, each thing with the page that mends it."""

from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils.timezone import localdate

from accounts.models import Post
from accounts.people import invitations, sending
from boards.models import Board, Seat
from improvement.govuk.drawing import address
from notices.models import Inspection, Notice, Target
from plans.models import Outcome, Plan, Recommendation

SHOWN = 5  # of each kind; the page says how many more there are


class Gap(NamedTuple):
    """One thing that is incomplete: what it is called, and where that is mended."""

    name: str
    address: str


class Kind(NamedTuple):
    """What several things lack alike, in a sentence; `count` is of all of them, `things` the first few.

    `page` is where all of them are mended at once, if there is such a page.
    """

    sentence: str
    count: int
    things: tuple[Gap, ...]
    page: str = ""

    @property
    def more(self):
        return self.count - len(self.things)


def of_people(on) -> Iterator[Kind]:
    awaited = invitations.awaited().order_by("name")
    rows = list(awaited.values_list("name", "pk", "invitation__expires_at", "invitation__withdrawn_at"))
    invited = {pk for _, pk, until, withdrawn_at in rows if until and not withdrawn_at and localdate(until) >= on}
    for one, several, is_invited, page in (
        ("has no invitation that works", "have no invitation that works", False, "admin:accounts_user_invite_several"),
        ("has not chosen a password yet", "have not chosen a password yet", True, ""),
    ):
        found = [(name, pk) for name, pk, *_ in rows if (pk in invited) == is_invited]
        yield _kind(one, several, found, "admin:accounts_user_change")._replace(page=page and address(page))
    kept = sending.waiting(before=on).filter(pk__in=invited).order_by("name").values_list("name", "pk")
    one, several = "has an invitation that has not been e-mailed", "have invitations that have not been e-mailed"
    yield _kind(one, several, kept, "admin:accounts_user_change")


def of_posts(on) -> Iterator[Kind]:
    acting = Q(holder__is_active=True) | Q(deputy__is_active=True)
    left = Q(holder__is_active=False) | Q(deputy__is_active=False)
    vacant = Post.objects.exclude(acting).annotate(has_left=Case(When(left, then=Value(True)), default=Value(False)))
    rows = list(vacant.order_by("organisation", "title").values_list("title", "pk", "has_left"))
    for has_left, one, several in (
        (True, "has a holder who has left", "have a holder who has left"),
        (False, "has no holder", "have no holder"),
    ):
        found = [(title, pk) for title, pk, is_left in rows if is_left == has_left]
        yield _kind(one, several, found, "admin:accounts_post_hand_over")


def of_notices(on) -> Iterator[Kind]:
    bare = Notice.objects.annotate(count=Count("targets")).filter(count=0).order_by("title").values_list("title", "pk")
    yield _kind("has no targets", "have no targets", bare, "admin:notices_notice_change")
    unowned = Target.objects.filter(owner_post=None).order_by("notice", "position").values_list("reference", "pk")
    yield _kind(
        "has no post that is responsible for it",
        "have no post that is responsible for them",
        unowned,
        "admin:notices_target_change",
    )


def of_inspections(on) -> Iterator[Kind]:
    empty = Inspection.objects.filter(findings=None, judgements=None).order_by("ordered_on").values_list("title", "pk")
    yield _kind(
        "has no findings or judgements", "have no findings or judgements", empty, "admin:notices_inspection_change"
    )


def of_plans(on) -> Iterator[Kind]:
    no_office = Plan.objects.exclude(programme_office__is_active=True).order_by("title").values_list("title", "pk")
    yield _kind(
        "has nobody in its programme office",
        "have nobody in their programme office",
        no_office,
        "admin:plans_plan_change",
    )
    bare = Plan.objects.filter(themes=None).order_by("title").values_list("title", "pk")
    yield _kind("has no themes", "have no themes", bare, "admin:plans_plan_change")
    live = Recommendation.objects.live(on)
    # What a new plan has taken over is no gap of the old one.
    current = Outcome.objects.filter(theme__plan__successor=None)
    unmet = current.exclude(Exists(live.filter(outcome=OuterRef("pk")))).order_by("theme", "number")
    named = [
        (f"{theme}.{number} {title}", pk)
        for theme, number, title, pk in unmet.values_list("theme__number", "number", "title", "pk")
    ]
    yield _kind("has no recommendations", "have no recommendations", named, "admin:plans_outcome_change")
    for one, several, rows in (
        (
            "answers no target and no finding",
            "answer no target and no finding",
            live.filter(targets=None, findings=None),
        ),
        ("is led by someone who has left", "are led by people who have left", _left(live)),
    ):
        yield _kind(one, several, _references(rows), "admin:plans_recommendation_change")


def of_boards(on) -> Iterator[Kind]:
    unread_plans = Plan.objects.filter(board=None, successor=None).order_by("title").values_list("title", "pk")
    yield _kind("has no Board", "have no Board", unread_plans, "admin:plans_plan_change")
    chairs = Seat.objects.present(on).filter(role=Seat.Role.CHAIR, board=OuterRef("pk"))
    without = Board.objects.exclude(Exists(chairs)).order_by("name").values_list("name", "pk")
    yield _kind("has no independent chair", "have no independent chair", without, "admin:boards_board_change")
    unread = Seat.objects.present(on).filter(user__is_active=False).order_by("board", "position")
    yield _kind(
        "has a seat and an account that is deactivated",
        "have seats and accounts that are deactivated",
        unread.annotate(name=F("user__name")).values_list("name", "pk"),
        "admin:boards_seat_change",
    )


def _left(live: QuerySet) -> QuerySet:
    """Return what is led by a post of which nobody acts any more; that of a partner without an account is no gap."""
    acting = Q(lead_post__holder__is_active=True) | Q(lead_post__deputy__is_active=True)
    left = Q(lead_post__holder__is_active=False) | Q(lead_post__deputy__is_active=False)
    return live.filter(left).exclude(acting)


def _references(rows: QuerySet) -> list:
    named = rows.order_by("plan", "reference_order").values_list("reference", "title", "pk")
    return [(f"{reference} {title}", pk) for reference, title, pk in named]


def _kind(one, several, rows, page) -> Kind:
    found = list(rows)
    things = tuple(Gap(name, address(page, pk)) for name, pk in found[:SHOWN])
    return Kind(one if len(found) == 1 else several, len(found), things)
