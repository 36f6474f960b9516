"""The Board's own pages, where its members begin, and those of the months: the dashboard, and two compared."""

from datetime import date
from itertools import groupby

from django.contrib import messages
from django.core.cache import caches
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from boards import dashboard as dashboards
from boards import home, permissions, tables
from boards.dashboard import comparison, evidence
from boards.forms.dashboards import ComparisonForm
from boards.forms.meetings import CarryOverForm
from boards.meetings import succession
from boards.views.shared import get_board
from improvement.govuk import ways_back
from improvement.govuk.drawing import drawn
from improvement.govuk.pages import is_written, page_with_form, refuse_unless, today
from improvement.records.refusals import Refused
from improvement.records.statements import Statement
from plans import permissions as plan_permissions
from plans.models import ReportingMonth
from plans.months import kept

MONTHS = 24  # of the grid, unless all are asked for


@require_safe
def board_detail(request, board):
    """The Board: its seats of today, its plan, and the months that it has been given."""
    found = get_board(request, board)
    context = {
        "board": found,
        "plan": found.plan,
        "seats": found.seats.present(today(request)),
        "next_meeting": found.meetings.filter(held_on__gte=today(request)).order_by("held_on").first(),
        "months": dashboards.totals(_months(request, found.plan)[::-1]),
    }
    return render(request, "boards/dashboard/board_detail.html", context)


@require_safe
def board_home(request, board):
    """The next meeting with its papers, the latest month in short, and the person's questions with their answers."""
    found = get_board(request, board, may=permissions.has_seat)
    user, on = request.user, today(request)
    is_chair = permissions.is_chair(user, found, on=on)
    readership = permissions.readership(user, found, on=on)
    context = {
        "board": found,
        "plan": found.plan,
        "home": home.build(user, found, readership, now=request.now, is_chair=is_chair),
        "asks": permissions.challenging_seat(user, found, on=on) is not None,
        "is_chair": is_chair,
    }
    return render(request, "boards/home/board_home.html", context)


@page_with_form
def board_carry_over(request, board):
    """Carry the Board over to the plan that has taken over its own, for the programme office."""
    board = get_board(request, board, may=permissions.is_office)
    form = CarryOverForm(request.POST or None)
    if is_written(request, form, succession.carry_over, board=board):
        messages.success(request, "The new plan has a Board with the same seats.")
        return redirect("boards:board_detail", form.cleaned_data["slug"])
    context = {"board": board, "form": form, "seats": succession.seats_of(board, on=today(request))}
    try:
        context["plan"] = succession.successor(board)
        form.initial |= {"name": board.name, "slug": context["plan"].slug}
    except Refused as refusal:
        context["refusal"] = str(refusal)
    return render(request, "boards/dashboard/board_carry_over.html", context)


@require_safe
def terms_of_reference(request, board):
    """What the Board is for: every version of its terms, latest first, the one in force marked."""
    found = get_board(request, board)
    versions = list(found.terms.order_by("-number"))
    in_force = next((row for row in versions if row.agreed_on and row.agreed_on <= today(request)), None)
    context = {"board": found, "plan": found.plan, "versions": versions, "in_force": in_force}
    return render(request, "boards/dashboard/terms_of_reference.html", context)


@require_safe
def dashboard(request, board, month):
    """One month as the Board reads it: a published one, or the open one for the programme office."""
    row = _get_month(request, board, month)
    asks = row.is_published and plan_permissions.asks_about(request.user, row.plan, on=today(request))
    ask = row.plan.board.slug if asks else ""
    way = None if request.GET else ways_back.onward(request)
    body = mark_safe(ways_back.KEPT.decode()) if way else _asked(request, row, ask)
    context = {"board": row.plan.board, "month": row, "body": body, "months": _row_of_months(request, row)}
    response = render(request, "boards/dashboard/dashboard.html", context)
    if way:
        response.kept = _kept(row, way, ask=ask, now=request.now)
    return response


@require_safe
def compare(request, board, month):
    """Two months side by side: this one and the one that `?with=` names."""
    row = _get_month(request, board, month)
    others = {other.address: other for other in _months(request, row.plan) if other.pk != row.pk}
    form = ComparisonForm(request.GET if "with" in request.GET else None, months=others.values())
    context = {"board": row.plan.board, "month": row, "form": form}
    if form.is_valid():
        other = others[form.cleaned_data["with"]]
        context["comparison"] = comparison.build(row, other)
    return render(request, "boards/dashboard/compare.html", context)


def _get_month(request, board, month):
    found = _NAMED.objects(board=board, month=month)
    refuse_unless(found and plan_permissions.can_see_month(request.user, found[0], on=today(request)))
    return found[0]


def _named(board, month):
    rows = ReportingMonth.objects.order_by().select_related("plan__board", "plan__notice")
    return rows.filter(plan__board__slug=board, month=month)


def _months_of(plan):
    return ReportingMonth.objects.filter(plan=plan).order_by("month").values_list("month", "published_at")


_NAMED = Statement(_named, board="a slug", month=date(1, 1, 1))
_MONTHS = Statement(_months_of, plan=-1)


def _asked(request, month, ask):
    """Return the dashboard's HTML as the address asks for it, by a filter or with all months.

    It is drawn anew, or a few readers who try filters would push out the pages that everybody opens. A filter that the
    month does not hold, as in an old link, stands too.
    """
    asked = ((name, request.GET.get(name, "")) for name in dashboards.FILTERS)
    asked = tuple((name, value) for name, value in asked if value and value.isprintable() and len(value) <= 20)
    most = None if request.GET.get("months") == "all" else MONTHS
    return _drawn(month, ask=ask, asked=asked, months=most, now=request.now)


def _kept(month, way, *, ask, now):
    """Return the dashboard's bytes, which are kept in memory until what they are drawn from changes, one of each month.

    They are kept with the way back on their links: to find these in a page each time takes a fifth of it.
    """
    key, stamp = f"dashboard-{month.pk}-{ask}", _stamp(month, now)
    drawn_of, body = caches["pages"].get(key, (None, b""))
    if drawn_of != stamp:
        body = ways_back.carried(way, _drawn(month, ask=ask, asked=(), months=MONTHS, now=now).encode())
        if _stamp(month, now) == stamp:  # Nothing changed while it was drawn.
            caches["pages"].set(key, (stamp, body))
    return body


def _stamp(month, now):
    plan = month.plan
    # Until a month or an agenda is published, a Board may get another address, and so may a Notice.
    addresses = plan.board.slug, plan.notice and plan.notice.slug
    return addresses, kept.fingerprint(month), evidence.fingerprint(month, now=now)


def _drawn(month, *, ask, asked, months, now):
    built = dashboards.build(month, now=now, asked=asked, months=months)
    context = {
        "dashboard": built,
        "evidence": evidence.build(built.rows, evidence.gather(month, now=now), notice=month.plan.notice),
        "chart": tables.chart(built),
        "themes": tables.bars(built.themes),
        "areas": tables.bars(built.areas),
        "grid": tables.drawn(built.grid),
        "month": month,
        "plan": month.plan,
        "ask": ask,
    }
    return render_to_string("boards/dashboard/_dashboard.html", context)


def _row_of_months(request, current):
    """Return the links to every month of the plan that the person sees, drawn once for all who see the same ones."""
    is_office = plan_permissions.is_office(request.user, current.plan, on=today(request))
    # SQLite has a day as text.
    found = [(date.fromisoformat(str(month)), at is not None) for month, at in _MONTHS.rows(plan=current.plan_id)]
    months = [(month, is_published) for month, is_published in found if is_published or is_office]
    years = tuple((year, tuple(group)) for year, group in groupby(months, key=lambda pair: pair[0].year))
    board = current.plan.board.slug
    return drawn("boards/dashboard/_months.html", years=years, board=board, current=current.month)


def _months(request, plan):
    """Return the months of the plan that the person sees whole, the first one first."""
    return plan_permissions.visible_months(request.user, plan, on=today(request))[::-1]
