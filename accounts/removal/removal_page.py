"""The page by which the programme office removes a text, once it has seen exactly what goes; every app has one."""

from functools import partial

from django.contrib import messages
from django.shortcuts import redirect, render

from accounts.removal import kinds, redactions
from accounts.removal.forms import RemovalForm
from improvement.govuk.pages import is_written

REMOVED = "The text has been removed. Readers will see your reason in its place."


def show(request, thing, *, back, verb=None, beside=lambda places: {}, **context):
    """Show every text of `thing`; of the one that the address names exactly what goes, and remove it by `verb`.

    `about` in the context says in words what the texts belong to, `met` which meetings' kept packs may hold them.
    `beside` returns what the context needs besides, given the places of the text that goes.
    """
    field = request.GET.get("field", "")
    texts = kinds.of(thing)
    chosen = texts.get(field)
    context |= beside(chosen.places) if chosen else {}
    seen = kinds.seen(chosen.places if chosen else ())
    form = RemovalForm(request.POST or None, initial={"seen": seen})
    if is_written(request, form, verb or partial(redactions.redact, thing=thing), field=field):
        messages.success(request, REMOVED)
        return redirect(back)
    if form.is_bound and chosen:
        form.take("seen", seen)
    return render(request, "removal.html", {"texts": texts, "chosen": chosen, "form": form, "back": back, **context})
