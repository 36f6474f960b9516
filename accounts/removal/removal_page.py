"""The page by which the programme office removes a text, once it has seen exactly what goes; every app has one."""

from django.contrib import messages
from django.shortcuts import redirect, render

from accounts.removal import kinds
from accounts.removal.forms import RemovalForm
from improvement.govuk.pages import is_written

REMOVED = "The text has been removed. Readers will see your reason in its place."


def show(request, *, texts, verb, back, template="removal.html", **context):
    """Show every one of `texts`, by name; of the one that the address names exactly what goes, and remove it by `verb`.

    `about` in the context says in words what the texts belong to, `packs` which kept packs may hold them.
    """
    field = request.GET.get("field", "")
    chosen = texts.get(field)
    seen = kinds.seen(chosen.places if chosen else ())
    form = RemovalForm(request.POST or None, initial={"seen": seen})
    if is_written(request, form, verb, field=field):
        messages.success(request, REMOVED)
        return redirect(back)
    if form.is_bound and chosen:
        form.take("seen", seen)
    return render(request, template, {"texts": texts, "chosen": chosen, "form": form, "back": back, **context})
