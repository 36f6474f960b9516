"""What the pages are measured against, in the same process and behind the same middleware.

`floor`: a month's grid by one raw SQL query, joined as strings. `plain`: the same rows by the ORM in one plain
template, without charts, links or rules: what a competent afternoon gives. `nothing`: our own page without content.
"""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.forms import modelform_factory
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template import engines
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from plans.models import MonthlyUpdate

GRID = """
SELECT update.reference, month.month, update.rating FROM plans_monthlyupdate update
JOIN plans_reportingmonth month ON month.id = update.month_id
JOIN plans_plan plan ON plan.id = month.plan_id
WHERE plan.slug = %s ORDER BY update.reference, month.month
"""
_compiled = engines["django"].from_string
PAGE = "<!doctype html><html lang=en><title>Plain</title><body><h1>{{ title }}</h1>%s</body></html>"
GRID_PAGE = _compiled(
    PAGE
    % (
        "<table>{% for reference, cells in rows.items %}<tr><th>{{ reference }}"
        "{% for month, rating in cells %}<td>{{ month|date:'M Y' }} {{ rating }}{% endfor %}{% endfor %}</table>"
    )
)
LIST_PAGE = _compiled(
    PAGE
    % (
        "<table>{% for row in rows %}<tr><th>{{ row.reference }} {{ row.title }}<td>{{ row.theme.title }}"
        "<td>{{ row.lead_post.title }}<td>{{ row.rating }}<td>{{ row.direction }}<td>{{ row.due_on }}"
        "{% endfor %}</table>"
    )
)
NOTHING_PAGE = _compiled('{% extends "base.html" %}')
FORM_PAGE = _compiled(PAGE % "<form method=post>{{ form }}<button>Save</button></form>")
Form = modelform_factory(
    MonthlyUpdate, fields=["rating", "direction", "progress", "impact", "next_steps", "remedy", "remedy_owner"]
)


def floor(request, plan):
    with connection.cursor() as cursor:
        cursor.execute(GRID, [plan])
        return HttpResponse("\n".join(f"{name} {month} {rating}" for name, month, rating in cursor.fetchall()))


def grid(request, plan):
    rows = {}
    found = MonthlyUpdate.objects.filter(month__plan__slug=plan).order_by("reference", "month__month")
    for reference, month, rating in found.values_list("reference", "month__month", "rating"):
        rows.setdefault(reference, []).append((month, rating))
    return _page(GRID_PAGE, title="Grid", rows=rows)


@login_required
def nothing(request):
    """What every page costs before its own content: ours, without any."""
    return HttpResponse(NOTHING_PAGE.render({}, request))


def listed(request, plan):
    found = MonthlyUpdate.objects.filter(month__plan__slug=plan, month__month=date(2011, 10, 1))
    rows = found.select_related("theme", "lead_post").order_by("rating", "reference")
    return _page(LIST_PAGE, title="List", rows=rows)


@csrf_exempt
def form(request, plan, reference):
    update = get_object_or_404(
        MonthlyUpdate, month__plan__slug=plan, month__month=date(2011, 11, 1), reference=reference
    )
    filled = Form(request.POST or None, instance=update)
    if request.method == "POST" and filled.is_valid():
        filled.save()
        return redirect("plain-form", plan, reference)
    return _page(FORM_PAGE, title=update.title, form=filled)


def _page(source, **context):
    return HttpResponse(source.render(context))


urlpatterns = [
    path("floor/<slug:plan>/", floor),
    path("plain/nothing/", nothing),
    path("plain/<slug:plan>/grid/", grid),
    path("plain/<slug:plan>/list/", listed),
    path("plain/<slug:plan>/<slug:reference>/", form, name="plain-form"),
    path("", include("improvement.urls")),
]
