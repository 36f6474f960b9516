"""What the programme office does with a plan: opens a month, follows it, publishes it, and reads the audit trail."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from improvement.govuk.pages import is_written, page_with_form, refuse_unless, today
from improvement.workbooks import sheets
from plans import calendar, permissions, reporting
from plans.forms.office import (
    ChaseForm,
    MonthConfirmForm,
    MonthDatesForm,
    MonthDiscardForm,
    MonthOpenForm,
    MonthPublishForm,
)
from plans.forms.trail import TrailForm
from plans.months import narrative
from plans.office import chasing, console, outgoing, overview, scope, trail
from plans.office.outgoing import OutboxTable
from plans.office.trail_sheet import TrailTable, sheet
from plans.refresh import change_log
from plans.views.shared import get_office_month, get_office_plan, get_plan


@require_safe
def plan_detail(request, plan):
    plan = get_plan(request, plan)
    context = {
        "plan": plan,
        "today": today(request),
        "is_office": permissions.is_office(request.user, plan, on=today(request)),
        "overview": overview.build(plan, request.user, on=today(request), now=request.now),
        "revisions": change_log.of_plan(plan),
        "successor": getattr(plan, "successor", None),
    }
    for name in ("predecessor", "successor"):
        other = getattr(plan, name, None)
        context[f"sees_{name}"] = other and permissions.can_see_plan(request.user, other, on=today(request))
    if context["is_office"]:
        context["draft"] = plan.refreshes.filter(applied_at=None).first()
    return render(request, "plans/office/plan_detail.html", context)


@page_with_form
def month_open(request, plan):
    """Ask for the month and its days, kept in the address; then show its exact scope and what is unusual; open it."""
    plan = get_office_plan(request, plan)
    last = plan.months.order_by("-month").first()
    if last and not last.is_published:
        return redirect("plans:month_detail", plan.slug, last.month)
    form = _open_form(request, last)
    if form.is_valid():
        chosen = form.cleaned_data
        try:
            reporting.refuse_to_open(plan=plan, **chosen)
            confirm = _confirm_form(request, plan, chosen)
            if confirm.is_valid():
                return _opened(request, plan, chosen)
        except reporting.Refused as refusal:
            form.refuse(refusal)
    context = {"plan": plan, "form": form, "last": last}
    if form.is_valid() and "change" not in request.GET:
        context |= {"form": confirm, "month": calendar.label(chosen["month"]), "chosen": chosen}
        context["scope"] = scope.of_opening(plan, chosen["month"], on=today(request))
    return render(request, "plans/office/month_open.html", context)


@require_safe
def month_detail(request, plan, month):
    """The month's console."""
    row = get_office_month(request, plan, month)
    context = {
        "plan": row.plan,
        "month": row,
        "today": today(request),
        "console": console.build(row, now=request.now, home=request.build_absolute_uri(reverse("home"))),
    }
    if row.is_published:
        context["removals"] = narrative.removals([row.pk])
        context["is_last"] = not row.plan.months.filter(month__gt=row.month).exists()
    else:
        context["change"] = scope.of_refreshing(row, on=today(request))
    context["changes"] = row.date_changes.all()
    return render(request, "plans/office/month_detail.html", context)


@page_with_form
def month_dates(request, plan, month):
    """Change the dates of an open month, with the reason; what is unusual has to be confirmed."""
    row = get_office_month(request, plan, month)
    form = MonthDatesForm(request.POST or None, month=row, on=today(request))
    if form.is_valid():
        try:
            reporting.change_dates(month=row, by=request.user, at=request.now, **form.changes)
            messages.success(request, f"The dates of {row.label} have been changed.")
            return redirect("plans:month_detail", plan, month)
        except reporting.MonthDiscarded as refusal:
            raise Http404(str(refusal)) from refusal
        except reporting.ReportingError as refusal:
            form.refuse(refusal)
            row.refresh_from_db()
    elif row.is_published:
        return redirect("plans:month_detail", plan, month)
    context = {"plan": row.plan, "month": row, "form": form, "changes": row.date_changes.all()}
    context["submitted"] = row.updates.exclude(submitted_at=None).count()
    return render(request, "plans/office/month_dates.html", context)


@page_with_form
def month_discard(request, plan, month):
    """Show what is lost with an open month in which nothing is submitted, and discard it."""
    row = get_office_month(request, plan, month)
    form = MonthDiscardForm(request.POST or None)
    if form.is_valid():
        try:
            reporting.discard_month(month=row, by=request.user, at=request.now, **form.cleaned_data)
            messages.success(request, f"{row.label} has been discarded. You can open it again.")
            return redirect("plans:plan_detail", plan)
        except reporting.MonthDiscarded as refusal:
            raise Http404(str(refusal)) from refusal
        except reporting.ReportingError as refusal:
            form.add_error(None, str(refusal))
    elif row.is_published:
        return redirect("plans:month_detail", plan, month)
    context = {"plan": row.plan, "month": row, "form": form, "loss": console.loss(row)}
    return render(request, "plans/office/month_discard.html", context)


@page_with_form
def month_refresh(request, plan, month):
    """Show what joined and left the plan since the month was opened, and bring the month up to it."""
    row = get_office_month(request, plan, month)
    if row.is_published:
        return redirect("plans:month_detail", plan, month)
    if request.method == "POST":
        try:
            added, removed = reporting.refresh_scope(month=row, by=request.user, at=request.now)
            messages.success(request, f"The scope is up to date: {added} added, {removed} removed.")
        except reporting.MonthPublished:
            messages.info(request, f"{row.label} has been published, so its scope has not changed.")
        except reporting.MonthDiscarded as refusal:
            raise Http404(str(refusal)) from refusal
        return redirect("plans:month_detail", plan, month)
    context = {"plan": row.plan, "month": row, "change": scope.of_refreshing(row, on=today(request))}
    return render(request, "plans/office/month_refresh.html", context)


@page_with_form
def month_publish(request, plan, month):
    """Show exactly what freezes, and publish it; a second click finds it published."""
    row = get_office_month(request, plan, month)
    form = MonthPublishForm(request.POST or None)
    if form.is_valid():
        return _published(request, row, form.cleaned_data["seen"])
    if row.is_published:
        return redirect("plans:month_detail", plan, month)
    context = {"plan": row.plan, "month": row, "today": today(request), "form": form}
    context["freeze"] = console.freeze(row, now=request.now)
    return render(request, "plans/office/month_publish.html", context)


def _open_form(request, last):
    first = calendar.after(last.month) if last else today(request).replace(day=1)
    initial = {"month": calendar.address(first), **calendar.proposed(first, last)}
    return MonthOpenForm(request.GET or None, first=first, initial=initial)


def _confirm_form(request, plan, chosen):
    warnings = reporting.warnings(plan=plan, on=today(request), **chosen)
    return MonthConfirmForm(request.POST if request.method == "POST" else None, warnings=warnings)


def _opened(request, plan, chosen):
    month = reporting.open_month(plan=plan, by=request.user, at=request.now, **chosen)
    messages.success(request, f"{month.label} is open, with {month.updates.count()} recommendations.")
    return redirect("plans:month_detail", plan.slug, month.month)


def _published(request, month, seen):
    try:
        reporting.publish_month(month=month, by=request.user, at=request.now, seen=seen)
    except reporting.Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("plans:month_publish", month.plan.slug, month.month)
    except reporting.MonthPublished:
        pass  # A second click: the first has published it.
    messages.success(request, f"{month.label} has been published.")
    board = getattr(month.plan, "board", None)
    if board is None:
        return redirect("plans:month_detail", month.plan.slug, month.month)
    return redirect("boards:dashboard", board.slug, month.month)


@page_with_form
def month_chase(request, plan, month):
    """Write a note to those whose updates or sign-offs are missing: to all, or to the post that the address names."""
    row = get_office_month(request, plan, month)
    refuse_unless(not row.is_published)
    posts = chasing.posts_owing(row)
    initial = {"posts": [post.pk for post in posts if request.GET.get("post", str(post.pk)) == str(post.pk)]}
    form = ChaseForm(request.POST or None, posts=posts, initial=initial)
    if is_written(request, form, chasing.chase, month=row):
        messages.success(request, "Your note is on its way. The list of e-mails shows when it was sent.")
        return redirect("plans:month_detail", plan, month)
    return render(request, "plans/office/month_chase.html", {"plan": row.plan, "month": row, "form": form})


@require_safe
def outbox_list(request, plan):
    plan = get_office_plan(request, plan)
    found = outgoing.of_plan(plan)
    if (kind := request.GET.get("_export")) in sheets.FORMATS:
        return sheets.response(outgoing.sheet(plan, found, on=today(request)), f"{plan.slug}-e-mails", kind)
    table = OutboxTable(found)
    RequestConfig(request, paginate={"per_page": 50}).configure(table)
    context = {"plan": plan, "table": table, "waiting_since": outgoing.waiting_since(found, request.now)}
    return render(request, "plans/office/outbox_list.html", context)


@require_safe
def trail_list(request, plan):
    plan = get_office_plan(request, plan)
    form = TrailForm(request.GET, events=trail.of_plan(plan))
    if (kind := request.GET.get("_export")) in sheets.FORMATS:
        return sheets.response(sheet(plan, form.selected_events, on=today(request)), f"{plan.slug}-trail", kind)
    table = TrailTable(form.selected_events)
    RequestConfig(request, paginate={"per_page": 50}).configure(table)
    return render(request, "plans/office/trail_list.html", {"plan": plan, "form": form, "table": table})
