"""Where a person can go: one page for each of their roles, and what they may read of each plan."""

from dataclasses import dataclass

from django.db.models import F, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from plans import permissions
from plans.models import Plan, ReportingMonth


@dataclass(frozen=True)
class Place:
    label: str
    address: str
    purpose: str = ""


@dataclass(frozen=True)
class Site:
    """What one person finds here: a page for each role, and for each plan its title, caveat and pages."""

    roles: tuple[Place, ...]
    plans: tuple[tuple[str, str, tuple[Place, ...]], ...]

    @property
    def caveats(self):
        return dict.fromkeys(caveat for _, caveat, _ in self.plans if caveat)

    @property
    def menu(self):
        """The places of every page's menu: with several plans, their pages are reached from the home page."""
        home = [Place("Home", reverse("home"))] if len(self.roles) != 1 or len(self.plans) > 1 else []
        pages = self.plans[0][2] if len(self.plans) == 1 else ()
        return [
            *home,
            *self.roles,
            *(page for page in pages if page.address not in {role.address for role in self.roles}),
        ]


def site_of(user, now):
    """Return the person's Site at the moment `now`, in two queries."""
    on = timezone.localdate(now)
    held = permissions.roles(user, on=on)
    plans = list(_plans(held))
    return Site(tuple(_roles(user, held, plans)), tuple((plan.title, plan.caveat, _pages(plan)) for plan in plans))


def every_caveat():
    """Return the caveats of all plans, in one query."""
    return sorted(set(Plan.objects.exclude(caveat="").values_list("caveat", flat=True)))


def _plans(held):
    published = ReportingMonth.objects.filter(plan=OuterRef("pk"), published_at__isnull=False).order_by("-month")
    open_month = ReportingMonth.objects.filter(plan=OuterRef("pk"), published_at__isnull=True)
    return (
        Plan.objects.filter(pk__in=held.sees)
        .annotate(
            board_slug=F("board__slug"),
            notice_slug=F("notice__slug"),
            latest=Subquery(published.values("month")[:1]),
            open_month=Subquery(open_month.values("month")[:1]),
        )
        .order_by("title")
    )


def _roles(user, held, plans):
    if held.asked or held.reports_in:
        yield Place("My updates", reverse("plans:my_updates"), "Report on your recommendations and answer questions.")
    if held.accounts_in:
        yield Place("My sign-offs", reverse("plans:my_sign_offs"), "Review and sign off updates under your outcomes.")
    for plan in plans:
        if plan.pk in held.office_of:
            yield Place(
                "Programme office" if len(held.office_of) == 1 else f"Programme office, {plan.council}",
                reverse("plans:month_detail", args=[plan.slug, plan.open_month])
                if plan.open_month
                else reverse("plans:plan_detail", args=[plan.slug]),
                "Open the month, chase updates and publish.",
            )
        if plan.pk in held.seats_on:
            yield Place(
                "My Board" if len(held.seats_on) == 1 else f"My Board, {plan.council}",
                reverse("boards:board_home", args=[plan.board_slug]),
                "See the next meeting, its papers, the latest month and your questions.",
            )
    if user.is_staff:
        yield Place("Administration", reverse("admin:index"), "Manage people, posts, the plan and the Notice.")


def _pages(plan):
    pages = [
        Place("Dashboard", _dashboard(plan), "See the latest month as the Board does.") if _dashboard(plan) else None,
        Place(
            "Recommendations",
            reverse("plans:recommendation_list", args=[plan.slug]),
            "Filter and export the recommendations.",
        ),
        Place("Plan", reverse("plans:plan_detail", args=[plan.slug]), "See its themes, outcomes, posts and months."),
        Place(
            "Notice", reverse("notices:notice_detail", args=[plan.notice_slug]), "See its targets and their progress."
        )
        if plan.notice_slug
        else None,
        Place("Board", reverse("boards:board_detail", args=[plan.board_slug]), "See its seats and published months.")
        if plan.board_slug
        else None,
    ]
    return tuple(page for page in pages if page)


def _dashboard(plan):
    if not (plan.board_slug and plan.latest):
        return ""
    return reverse("boards:dashboard", args=[plan.board_slug, plan.latest])
