"""The page of one action of a recommendation: on which day it was done."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from improvement.govuk.pages import is_written, page_with_form, refuse_unless, today
from plans import permissions
from plans.forms.officer import DoneForm
from plans.recommendations import actions
from plans.views import drafting
from plans.views.shared import get_update


@page_with_form
def update_action(request, plan, month, reference, pk):
    """Ask when the action was done, and lead back to the form of the update that it is beside."""
    update = get_update(request, plan, month, reference)
    refuse_unless(permissions.can_submit(request.user, update, on=today(request)))
    action = get_object_or_404(update.recommendation.actions.select_related("owner_post"), pk=pk)
    back = drafting.beside(update)
    if action.done_on:
        messages.info(request, f"The action was done on {action.done_on:%-d %B %Y}.")
        return redirect(back)
    form = DoneForm(request.POST or None, initial={"done_on": today(request)})
    if is_written(request, form, actions.finish, action=action):
        return redirect(back)
    context = drafting.about(request, update) | {"action": action, "form": form, "beside": back}
    return render(request, "plans/officer/update_action.html", context)
