"""What changed with a month in the filters that a person follows."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from plans.views.shared import get_plan
from plans.watching import lists


@require_safe
def month_watched(request, plan, month):
    """What changed with a published month in each filter that the person follows."""
    plan = get_plan(request, plan)
    row = get_object_or_404(plan.months, month=month, published_at__isnull=False)
    row.plan = plan
    own = [saved for saved in lists.of_person(request.user, [plan.pk]) if saved.is_followed]
    context = {"plan": plan, "month": row, "watched": lists.build(row, own)}
    return render(request, "plans/watching/month_watched.html", context)
