import errno
import sys

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.people import calendar_feeds
from boards.meetings import personal_calendar
from improvement import checks, navigation
from improvement.govuk import keeping
from improvement.govuk.pages import refuse_unless, today
from improvement.searching import asking
from improvement.setting_up import tasks
from improvement.texts import icalendar

# The disk says that it is full, or that it may not be written to.
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES}


@require_safe
def home(request):
    """Go to the page of the person's one role; with several, or none, show the ways on.

    An administrator begins with the tasks of setting up until a month has been published.
    """
    site = navigation.site_of(request)
    if len(site.roles) == 1 and request.user.is_staff and tasks.is_under_way():
        return redirect("set_up")
    if len(site.roles) == 1:
        return redirect(site.roles[0].address)
    return render(request, "home.html", {"here": site})


@require_safe
def set_up(request):
    """Show an administrator what there is to set up, how far it has come and what has become incomplete."""
    refuse_unless(request.user.is_staff)
    return render(request, "set_up.html", {"tasks": tasks.tasks(request.user, on=today(request))})


@require_safe
def search(request):
    """Find what the person may see and is asked for: a few of every kind, or the pages of one."""
    asked = request.GET.get("q", "").strip()[: asking.LONGEST]
    kind = asking.kinds().get(request.GET.get("kind", ""))
    who = asking.Who(request.user, today(request), request.now)
    groups = asking.search(asked, who, kind=kind, page=request.GET.get("page", "") if kind else 1)
    return render(request, "search.html", {"asked": asked, "kind": kind, "groups": groups})


@login_not_required
@require_safe
def calendar_feed(request, token):
    """Give who knows the secret address the calendar of the person whose it is."""
    if (user := calendar_feeds.find(token)) is None:
        raise Http404
    listed = personal_calendar.entries(user, now=request.now)
    return HttpResponse(
        icalendar.write("Improvement plan", listed, at=request.now), content_type=icalendar.CONTENT_TYPE
    )


@login_not_required
@require_safe
def accessibility_statement(request):
    """State how accessible the site is, in the form that regulation 7 of SI 2018/852 asks of a public body."""
    context = {
        "organisation": settings.ORGANISATION,
        "email": settings.ACCESSIBILITY_EMAIL,
        "phone": settings.ACCESSIBILITY_PHONE,
    }
    return render(request, "accessibility_statement.html", context)


@login_not_required
@require_safe
def healthz(request):
    """Say that the process answers; asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_safe
def readyz(request):
    """Say whether pages can be served: the database answers, every migration is applied, and static files are there."""
    try:
        fault = _not_ready()
    except DatabaseError:
        fault = "the database is not responding"
    return HttpResponse(f"{fault or 'ok'}\n", status=503 if fault else 200, content_type="text/plain")


def _not_ready():
    if checks.unapplied_migrations():
        return "migrations are not applied"
    if checks.lacks_cache():
        return "the cache's table is missing"
    return "static files are not collected" if staticfiles_storage.stale() else ""


def csrf_failure(request, reason=""):
    """A page that is too old, or one that is none of ours: what one of ours sent is given back to be sent again."""
    if keeping.prefers_json(request):
        return keeping.told(keeping.TOO_OLD, 403)
    if keeping.typed(request):
        return keeping.page(request, "kept/expired.html", 403)
    return render(request, "403_csrf.html", status=403)


def server_error(request):
    """Say that the database is away, which passes, or that something is broken; give back what was posted."""
    fault = sys.exc_info()[1]
    is_away = isinstance(fault, OperationalError | InterfaceError) or getattr(fault, "errno", None) in _NO_ROOM
    if not is_away:
        return keeping.page(request, "500.html", 500)
    if keeping.prefers_json(request):
        response = keeping.told("The database is not responding. The request will be tried again.", 503)
    else:
        response = keeping.page(request, "503.html", 503)
    response["Retry-After"] = "5"
    return response
