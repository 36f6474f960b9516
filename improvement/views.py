from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from improvement import navigation


@require_safe
def home(request):
    """Go to the page of the person's one role; with several, or none, show the ways on."""
    site = navigation.site_of(request.user, request.now)
    if len(site.roles) == 1:
        return redirect(site.roles[0].address)
    return render(request, "home.html", {"here": site})


@login_not_required
@require_safe
def healthz(request):
    """Say that the process answers; asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_safe
def readyz(request):
    """Say whether pages can be served: the database answers and every migration is applied."""
    try:
        executor = MigrationExecutor(connection)
        is_migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return HttpResponse("the database does not answer\n", status=503, content_type="text/plain")
    if not is_migrated:
        return HttpResponse("migrations are not applied\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")
