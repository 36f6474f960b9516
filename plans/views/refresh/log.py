"""The change log of a revision, for everyone who sees the plan."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from plans.refresh import change_log
from plans.views.shared import get_plan


@require_safe
def revision_detail(request, plan, pk):
    plan = get_plan(request, plan)
    revision = get_object_or_404(plan.revisions.select_related("refresh__applied_by"), pk=pk)
    revision.plan = plan
    decisions = revision.decisions.public().select_related("meeting__board")
    context = {"plan": plan, "log": change_log.build(revision), "decisions": decisions}
    return render(request, "plans/refresh/revision_detail.html", context)
