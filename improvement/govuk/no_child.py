"""Asks, on any form, that what looks as if it identified a child was looked at again (`improvement.texts.privacy`).

A warning and no refusal: who has checked says so with one tick, and is not asked again about what stands already.
"""

import hashlib

from django import forms

from improvement.govuk import fields
from improvement.records.columns import NO_CHILD
from improvement.texts.privacy import Kind, find

NAME = "no_child"
LABEL = "I have checked that this does not identify a child"


class LineField(forms.CharField):
    """A text of one line that must not identify a child either."""

    names_no_child = True


class AddressField(forms.CharField):
    """The lines of an office's name and address, in which a postcode has its place."""

    is_address = True

    def __init__(self, *, rows, **kwargs):
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class ProseField(fields.ProseField):
    """A text of several lines whose hint says never to identify a child."""

    def __init__(self, *, help_text="", **kwargs):
        super().__init__(help_text=f"{help_text} {NO_CHILD}".strip(), **kwargs)


def ask(form):
    """Ask about the texts and file names of a form that was just cleaned; its templates draw the field `no_child`.

    The tick counts for exactly what it was asked about: what is typed afterwards is asked about anew.
    """
    found = {name: new for name in form.fields if (new := _new(form, name))}
    if not found:
        return
    shown = hashlib.sha256(repr(found).encode()).hexdigest()[:16]
    is_ticked = form.data.get(form.add_prefix(NAME)) == shown
    widget = forms.CheckboxInput(attrs={"value": shown, "autocomplete": "off"}, check_test=lambda value: is_ticked)
    form.fields[NAME] = forms.BooleanField(label=LABEL, required=False, widget=widget)
    if is_ticked:
        return
    for name, suspicions in found.items():
        for suspicion in suspicions:
            form.add_error(name, f"{suspicion.sentence}. Remove it, or tick “{LABEL}”.")


def _new(form, name):
    """Return what the field looks like now and did not before; a text or a file's name alone is looked at."""
    field = form.fields[name]
    value = form.cleaned_data.get(name)
    if isinstance(field, forms.FileField):
        files = value if isinstance(value, list) else [value] if value else []
        return [suspicion for file in files for suspicion in find(file.name)]
    if not isinstance(value, str) or not (isinstance(field.widget, forms.Textarea) or hasattr(field, "names_no_child")):
        return []
    before = find(str(form.get_initial_for_field(field, name) or ""))
    expected = {Kind.POSTCODE} if hasattr(field, "is_address") else set()
    return [suspicion for suspicion in find(value) if suspicion not in before and suspicion.kind not in expected]
