"""Where a person can go: one page for each of their roles, and what they may read of each plan."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from improvement.govuk.drawing import address
from improvement.records.statements import Statement
from plans import permissions
from plans.models import Plan, ReportingMonth


@dataclass(frozen=True)
class Place:
    label: str
    address: str
    purpose: str = ""


class Seen(NamedTuple):
    """A plan that a person sees: what leads to its pages; months as their first days."""

    pk: int
    slug: str
    title: str
    council: str
    caveat: str
    board: str | None
    notice: str | None
    latest: date | str | None
    open_month: date | str | None

    @property
    def pages(self):
        return _pages(self.slug, self.board, self.notice, _day(self.latest))


@dataclass(frozen=True)
class Site:
    """What one person finds here: a page for each role, and the plans that they see."""

    roles: tuple[Place, ...]
    plans: tuple[Seen, ...]
    is_administrators: bool = False

    @property
    def caveats(self):
        return dict.fromkeys(plan.caveat for plan in self.plans if plan.caveat)

    @property
    def menu(self):
        """The places of every page's menu: with several plans, their pages are reached from the home page."""
        home = [Place("Home", address("home"))] if len(self.roles) != 1 or len(self.plans) > 1 else []
        pages = self.plans[0].pages if len(self.plans) == 1 else ()
        return [
            *home,
            *self.roles,
            *([Place("Setting up", address("set_up"))] if self.is_administrators else []),
            *(page for page in pages if page.address not in {role.address for role in self.roles}),
        ]


def site_of(request):
    """Return the Site of who asks, worked out once a request in two queries; an empty one where nobody is signed in."""
    if not hasattr(request, "_site"):
        user = getattr(request, "user", None)
        is_known = user is not None and user.is_authenticated
        request._site = _site(user, request.now) if is_known else Site((), ())
    return request._site


def _site(user, now):
    held = permissions.roles(user, on=timezone.localdate(now))
    plans = tuple(_seen(held.sees))
    return Site(tuple(_roles(user, held, plans)), plans, user.is_staff)


def every_caveat():
    """Return the caveats of all plans, in one query."""
    return sorted(set(Plan.objects.exclude(caveat="").values_list("caveat", flat=True)))


def _seen(plans):
    """Return the plans of these ids."""
    return [Seen(*row) for row in _PLANS.rows(plans=plans)] if plans else []


def _plans(plans):
    months = ReportingMonth.objects.filter(plan=OuterRef("pk"))
    published = months.filter(published_at__isnull=False).order_by("-month")
    return (
        Plan.objects.filter(pk__in=[plans])
        .order_by("title")
        .values_list(
            "pk",
            "slug",
            "title",
            "council",
            "caveat",
            "board__slug",
            "notice__slug",
            Subquery(published.values("month")[:1]),
            Subquery(months.filter(published_at__isnull=True).values("month")[:1]),
        )
    )


# Every page asks it.
_PLANS = Statement(_plans, plans=-1)


def _day(value):
    """Return a day as the database holds it, which in SQLite is text."""
    return date.fromisoformat(str(value)) if value else None


def _roles(user, held, plans):
    if held.asked or held.reports_in:
        yield Place("My updates", address("plans:my_updates"), "Report on your recommendations and answer questions.")
    if held.accounts_in:
        yield Place("My sign-offs", address("plans:my_sign_offs"), "Review and sign off updates under your outcomes.")
    for plan in plans:
        if plan.pk in held.office_of:
            yield Place(
                "Programme office" if len(held.office_of) == 1 else f"Programme office, {plan.council}",
                address("plans:month_detail", plan.slug, _day(plan.open_month))
                if plan.open_month
                else address("plans:plan_detail", plan.slug),
                "Open the month, chase updates and publish.",
            )
        if plan.pk in held.seats_on:
            yield Place(
                "My Board" if len(held.seats_on) == 1 else f"My Board, {plan.council}",
                address("boards:board_home", plan.board),
                "See the next meeting, its papers, the latest month and your questions.",
            )
    if user.is_staff:
        yield Place("Administration", address("admin:index"), "Manage people, posts, the plan and the Notice.")


def _pages(plan, board, notice, latest):
    """Return what may be read of a plan, from the slugs and the month that lead there."""
    pages = [
        Place("Dashboard", address("boards:dashboard", board, latest), "See the latest month as the Board does.")
        if board and latest
        else None,
        Place(
            "Recommendations",
            address("plans:recommendation_list", plan),
            "Filter and export the recommendations.",
        ),
        Place("Plan", address("plans:plan_detail", plan), "See its themes, outcomes, posts and months."),
        Place("Notice", address("notices:notice_detail", notice), "See its targets and their progress.")
        if notice
        else None,
        Place("Board", address("boards:board_detail", board), "See its seats and published months.") if board else None,
    ]
    return tuple(page for page in pages if page)
