"""What everybody with a role on the plan reads: the list of a month, and the story of one recommendation."""

from functools import partial
from hashlib import sha256
from urllib.parse import urlencode

from django.core.cache import caches
from django.http import Http404, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from improvement.govuk import ways_back
from improvement.govuk.pages import today
from improvement.workbooks import sheets
from plans import permissions
from plans.months import exports, kept, rating_evidence
from plans.recommendations import neighbours, story
from plans.recommendations.filters import RecommendationFilter
from plans.recommendations.tables import RecommendationTable
from plans.views.shared import asked_month, get_plan, get_recommendation
from plans.watching import keys, lists


@require_safe
def recommendation_list(request, plan):
    plan = get_plan(request, plan)
    visible = permissions.visible_months(request.user, plan, on=today(request))
    month = asked_month(request.GET, visible)
    if month is None:
        return render(request, "plans/recommendations/recommendation_list.html", {"plan": plan})
    if (kind := request.GET.get("_export")) in sheets.FORMATS:
        filters, table = _rows(request, month)
        sheet = exports.sheet(filters, [row.record for row in table.rows])
        return sheets.response(sheet, f"{plan.slug}-{month.address}-recommendations", kind)
    context = {"plan": plan, "month": month, "body": _body(request, month, visible), "saved": _saved(request, month)}
    return render(request, "plans/recommendations/recommendation_list.html", context)


def _body(request, month, months):
    """Return the filters and rows as HTML.

    Those of a published month are kept in memory until what they are drawn from changes, but for a search, which reads
    what is not of the month. The list takes a fifth of the time then.
    """
    if not month.is_published or "q" in request.GET:
        return _drawn(request, month, months)
    offered = [(other.address, other.is_published) for other in months]
    asked = repr((kept.fingerprint(month), offered, sorted(request.GET.lists())))
    key = f"list-{sha256(asked.encode()).hexdigest()}"
    return caches["lists"].get_or_set(key, partial(_drawn, request, month, months))


def _drawn(request, month, months):
    filters, table = _rows(request, month)
    context = {"month": month, "months": months, "filters": filters, "table": table}
    context["clear"] = f"?month={month.address}"
    context["save"] = _saving(request, month.plan)
    return render_to_string("plans/recommendations/_recommendations.html", context, request)


def _saving(request, plan):
    """Return the address of the page that saves the filters in use, which is the same for everybody."""
    asked = [(name, values) for name, values in request.GET.lists() if name == "month" or name in keys.NAMES]
    return f"{reverse('plans:filter_save', args=[plan.slug])}?{urlencode(asked, doseq=True)}"


def _saved(request, month):
    """Return the filters that the person saved for the plan's list, each with whether it is what the page shows."""
    own = lists.of_person(request.user, [month.plan_id])
    found = lists.shown(own, month.plan, month, in_month="month" in request.GET)
    return [(item, item.is_asked(request.GET)) for item in found]


def _rows(request, month):
    """Return the filters that are asked for, and the table of the rows that they select."""
    filters = RecommendationFilter(request.GET, month=month, now=request.now)
    table = RecommendationTable(filters.rows, month=month)
    RequestConfig(request, paginate={"per_page": 50}).configure(table)
    return filters, table


def _neighbours(request, recommendation):
    """Return the Neighbours in the list that the person came from; None where they came from elsewhere."""
    plan, way = recommendation.plan, ways_back.offered(request)
    if way is None or way.path != reverse("plans:recommendation_list", args=[plan.slug]):
        return None
    asked = QueryDict(way.query)
    try:
        month = asked_month(asked, permissions.visible_months(request.user, plan, on=today(request)))
    except Http404:
        return None
    if month is None:
        return None
    table = RecommendationTable(RecommendationFilter(asked, month=month, now=request.now).rows, month=month)
    if order := asked.getlist("sort"):
        table.order_by = order
    return neighbours.find([row.record for row in table.rows], recommendation)


@require_safe
def recommendation_detail(request, plan, reference):
    recommendation = get_recommendation(request, plan, reference)
    on = today(request)
    may_see = partial(permissions.can_see_update, request.user, on=on)
    sees, is_whole = permissions.roles(request.user, on=on).sees, request.GET.get("trail") == "all"
    told = story.build(recommendation, at=request.now, may_see=may_see, sees=sees, is_whole=is_whole)
    is_office = permissions.is_office(request.user, recommendation.plan, on=on)
    context = {
        "plan": recommendation.plan,
        "story": told,
        "reported": _reported(recommendation.plan, told),
        "judged": _judged(told, request.now),
        "neighbours": _neighbours(request, recommendation),
        "can_revise": is_office and recommendation.closed_on is None,
        "can_reopen": is_office and recommendation.closed_on is not None,
        "can_ask": is_office or permissions.asks_about(request.user, recommendation.plan, on=on),
    }
    return render(request, "plans/recommendations/recommendation_detail.html", context)


def _judged(told, now):
    """Return what is for and against the rating of the latest published month, if one was received for it."""
    latest = told.entries[0].update if told.entries else None
    if not (latest and latest.is_received):
        return None
    return rating_evidence.of_one(latest, now=now)


def _reported(plan, told):
    """Return what was reported each month as HTML, kept until it changes: it is most of the page, and hardly does."""

    def draw():
        context = {"plan": plan, "story": story.with_papers(told)}
        return render_to_string("plans/recommendations/_story_entries.html", context)

    return caches["stories"].get_or_set(f"story-{plan.slug}-{told.fingerprint}", draw)
