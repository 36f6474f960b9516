"""Writes what a form holds; where somebody else was first, but in other fields, what both wrote. It knows no domain."""

from django.contrib import messages

from improvement.govuk import VersionForm
from improvement.records.refusals import Conflict

BOTH = "Someone else changed this while you were working on it. Both of your changes have been kept."


def write(request, form, verb, **what):
    """Call the `verb` with the valid answers of `form`; raises Conflict only where there is something to ask."""
    try:
        return verb(**what, **form.answers)
    except Conflict as conflict:
        if not isinstance(form, VersionForm) or not form.merges or not form.merge(conflict.current):
            raise
        written = verb(**what, **form.answers)
    if form.taken:
        messages.info(request, f"{BOTH} {theirs(form)}")
    return written


def theirs(form):
    """Return the sentence that says which answers are those of somebody else."""
    return f"{named(form, form.taken)} {'is' if len(form.taken) == 1 else 'are'} theirs."


def named(form, fields):
    return ", ".join(f"“{form.name_of(name)}”" for name in fields)
