"""How a view fetches what an address names: what is not the person's to see is a 404."""

from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404

from improvement.govuk.pages import refuse_unless, today
from improvement.records.statements import Statement
from plans import calendar, permissions
from plans.models import MonthlyUpdate, Plan, Recommendation, ReportingMonth


def get_plan(request, slug):
    """Return the plan if the person sees it; one query."""
    plan = _only(_PLAN.objects(slug=slug))
    refuse_unless(permissions.can_see_plan(request.user, plan, on=today(request)))
    return plan


def get_office_plan(request, slug):
    """Return the plan if the person belongs to its programme office."""
    plan = get_object_or_404(Plan, slug=slug)
    refuse_unless(permissions.is_office(request.user, plan, on=today(request)))
    return plan


def get_office_month(request, slug, month):
    """Return a month, open or published, if the person belongs to the plan's programme office."""
    row = _only(_MONTH.objects(slug=slug, month=month))
    refuse_unless(permissions.is_office(request.user, row.plan, on=today(request)))
    return row


def asked_month(query, visible):
    """Return the month that the query names, by default the latest published; None where there is none yet."""
    if address := query.get("month"):
        asked = [month for month in visible if month.month == calendar.parse(address)]
        if not asked:
            raise Http404
        return asked[0]
    return next((month for month in visible if month.is_published), visible[0] if visible else None)


def get_recommendation(request, slug, reference):
    """Return a recommendation with its plan and posts if the person sees the plan; one query."""
    recommendation = _only(_RECOMMENDATION.objects(slug=slug, reference=reference))
    refuse_unless(permissions.can_see_plan(request.user, recommendation.plan, on=today(request)))
    return recommendation


def get_update(request, slug, month, reference, may=permissions.can_see_update):
    """Return the update that an address names if the predicate `may` of `plans.permissions` allows it."""
    update = _only(_UPDATE.objects(slug=slug, month=month, reference=reference))
    refuse_unless(may(request.user, update, on=today(request)))
    return update


def get_own_update(request, slug, month, reference):
    """Return an update that the person answers for, or one whose month was published meanwhile."""
    update = get_update(request, slug, month, reference)
    refuse_unless(update.month.is_published or permissions.can_report(request.user, update, on=today(request)))
    return update


def _only(found):
    if not found:
        raise Http404
    return found[0]


def _plan(slug):
    return Plan.objects.order_by().filter(slug=slug)


def _month(slug, month):
    return ReportingMonth.objects.order_by().select_related("plan__board").filter(plan__slug=slug, month=month)


def _recommendation(slug, reference):
    posts = ("lead_post", "outcome__accountable_post")
    held = [f"{post}__{capacity}" for post in posts for capacity in ("holder", "deputy")]
    rows = Recommendation.objects.order_by().filter(plan__slug=slug, reference=reference)
    return rows.select_related("plan__notice", "plan__board", "outcome__theme", "revision", *held)


def _update(slug, month, reference):
    rows = MonthlyUpdate.objects.order_by().filter(month__plan__slug=slug, month__month=month, reference=reference)
    return rows.select_related("month__plan", "recommendation", "lead_post__holder", "accountable_post__holder")


# What an address names, by SQL that is written once: most pages begin with one of these.
_PLAN = Statement(_plan, slug="a slug")
_MONTH = Statement(_month, slug="a slug", month=date(1, 1, 1))
_RECOMMENDATION = Statement(_recommendation, slug="a slug", reference="a reference")
_UPDATE = Statement(_update, slug="a slug", month=date(1, 1, 1), reference="a reference")
