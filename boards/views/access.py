"""The page on which the programme office says who reads an agenda item, an action, a question or advice."""

from django.contrib import messages
from django.shortcuts import redirect

from boards import access
from boards.forms.access import AccessForm
from boards.views.shared import draw
from improvement.govuk.pages import is_written


def change_access(request, board, thing, form, name, address):
    """Draw the page about `thing`, which is called `name`, and make the change; then go to its `address`."""
    if is_written(request, form, access.restrict, thing=thing):
        messages.success(request, f"{name}: who can read it has been saved.")
        return redirect(address)
    context = {"board": board, "plan": board.plan, "name": name, "address": address, "thing": thing}
    return draw(request, "boards/access_edit.html", form, **context)


def form_for(request, thing):
    """Return the form about an action, a question or advice."""
    return AccessForm(request.POST or None, meeting=access.meeting_of(thing), initial=access.stands(thing))
