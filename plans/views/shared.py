"""How a view fetches what an address names: what is not the person's to see is a 404."""

from django.shortcuts import get_object_or_404

from improvement.govuk.pages import refuse_unless, today
from plans import permissions
from plans.models import MonthlyUpdate, Plan, Recommendation, ReportingMonth


def get_plan(request, slug):
    """Return the plan if the person sees it; one query."""
    return get_object_or_404(permissions.visible_plans(request.user, Plan.objects.all(), on=today(request)), slug=slug)


def get_office_plan(request, slug):
    """Return the plan if the person belongs to its programme office."""
    plan = get_object_or_404(Plan, slug=slug)
    refuse_unless(permissions.is_office(request.user, plan, on=today(request)))
    return plan


def get_office_month(request, slug, month):
    """Return a month, open or published, if the person belongs to the plan's programme office."""
    months = ReportingMonth.objects.select_related("plan__board")
    row = get_object_or_404(months, plan__slug=slug, month=month)
    refuse_unless(permissions.is_office(request.user, row.plan, on=today(request)))
    return row


def get_recommendation(request, slug, reference):
    """Return a recommendation with its plan and posts if the person sees the plan; one query."""
    seen = permissions.visible_plans(request.user, Plan.objects.filter(slug=slug), on=today(request))
    posts = ("lead_post", "outcome__accountable_post")
    held = [f"{post}__{capacity}" for post in posts for capacity in ("holder", "deputy")]
    recommendations = Recommendation.objects.select_related(
        "plan__notice", "plan__board", "outcome__theme", "revision", *held
    )
    return get_object_or_404(recommendations, plan__in=seen, reference=reference)


def get_update(request, slug, month, reference, may=permissions.can_see_update):
    """Return the update that an address names if the predicate `may` of `plans.permissions` allows it."""
    update = get_object_or_404(
        MonthlyUpdate.objects.select_related(
            "month__plan", "recommendation", "lead_post__holder", "accountable_post__holder"
        ),
        month__plan__slug=slug,
        month__month=month,
        reference=reference,
    )
    refuse_unless(may(request.user, update, on=today(request)))
    return update


def get_own_update(request, slug, month, reference):
    """Return an update that the person answers for, or one whose month was published meanwhile."""
    update = get_update(request, slug, month, reference)
    refuse_unless(update.month.is_published or permissions.can_report(request.user, update, on=today(request)))
    return update
