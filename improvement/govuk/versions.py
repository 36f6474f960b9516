"""Forms that know from which version of a row they were made, so that nobody writes over what they have not seen."""

from django import forms
from django.utils.html import format_html

from improvement.govuk import no_child
from improvement.govuk.forms import FormMixin
from improvement.records.refusals import Conflict
from improvement.texts import merging

MARKS = "_marks"  # after the name of the version
_MARKED = '{}<input type="hidden" name="{}{}" value="{}" autocomplete="off">'
OUT_OF_DATE = "This page is out of date. Copy your text, then reload the page."


class SeenField(forms.IntegerField):
    """A number, or the key, of what the page showed beside the row, such as how many corrections it has."""

    def __init__(self):
        super().__init__(widget=forms.HiddenInput, error_messages=dict.fromkeys(("required", "invalid"), OUT_OF_DATE))


class VersionInput(forms.HiddenInput):
    """The version, with the marks of how each field was when the page was loaded, where the form `merges`."""

    form = None

    def render(self, name, value, attrs=None, renderer=None):
        drawn = super().render(name, value, attrs, renderer)
        marks = self.form.marks if self.form is not None and self.form.merges else ""
        return format_html(_MARKED, drawn, name, MARKS, marks) if marks else drawn


class VersionForm(FormMixin, forms.Form):
    """Carries the version that the page was made from, so that nobody writes over what they have not seen.

    One that `merges` asks for texts of a row under their own names: what somebody else saved meanwhile in fields that
    one did not touch is taken over (`merge`), and only what both changed is `contested`.
    """

    merges = False
    contested = taken = ()
    version = forms.IntegerField(
        widget=VersionInput(attrs={"autocomplete": "off"}),  # or Firefox keeps an old one on reload
        min_value=0,
        error_messages=dict.fromkeys(("required", "invalid", "min_value"), OUT_OF_DATE),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "version" in self.fields:
            self.fields["version"].widget.form = self

    @property
    def marks(self):
        """The marks of what the page was loaded with, as they are posted."""
        if self.is_bound:
            return self.data.get(self.add_prefix("version") + MARKS, "")
        shown = {name: self.get_initial_for_field(self.fields[name], name) for name in self._merged}
        return merging.write_down({name: merging.mark(value) for name, value in shown.items()})

    def refuse(self, refusal):
        super().refuse(refusal)
        if isinstance(refusal, Conflict) and "version" in self.fields:
            self.take_version(refusal.current.version)

    def take_version(self, version):
        """Go on from `version`: what is saved next was written knowing it."""
        self.take("version", version)

    def go_on(self, version):
        """Go on from `version`, which holds every valid answer: from now on they are what the page was loaded with."""
        self.take_version(version)
        self.taken = ()
        self.take(f"version{MARKS}", self.marks_after_saving)

    @property
    def marks_after_saving(self):
        """The marks of a page whose valid answers have been saved, and which still shows what it showed."""
        left_out = {*self.taken, *self.contested}
        names = [name for name in self._merged if name in self.cleaned_data and name not in left_out]
        saved = {name: merging.mark(self.cleaned_data[name]) for name in names}
        return merging.write_down(merging.read(self.marks) | saved)

    @property
    def contested_fields(self):
        return [self[name] for name in self.contested]

    @property
    def other_fields(self):
        return [bound for bound in self.visible_fields() if bound.name not in self.contested]

    def merge(self, current):
        """Take over what `current` says where one typed nothing; return whether there is nothing to ask.

        What both changed is `contested`. From now on it was all written knowing `current`.
        """
        mine = {name: self.cleaned_data[name] for name in self._merged if name in self.cleaned_data}
        theirs = self.shown_of(current)
        merged = merging.merge(mine, {name: theirs[name] for name in mine}, merging.read(self.marks))
        for name, value in merged.taken.items():
            self.data = put(self, name, value)
        self.contested, self.taken = merged.contested, merged.taken
        self.cleaned_data |= merged.taken | {"version": current.version}
        self.take_version(current.version)
        # What asks for no text, such as a removal, was decided on a text that has changed: that is asked about too.
        return bool(self._merged) and not self.contested

    def shown_of(self, row):
        """Return by field what the page of `row` shows: its columns, unless the form asks for them otherwise."""
        return {name: getattr(row, name) for name in self._merged}

    def name_of(self, name):
        """Return how the field is called away from its place in the page."""
        return self[name].label

    @property
    def _merged(self):
        return [name for name in self.fields if name not in ("version", no_child.NAME)] if self.merges else []


def put(form, name, value):
    """Return what was posted to `form` with `value` in the field `name`, so that its page shows that instead."""
    data, widget, posted = form.data.copy(), form.fields[name].widget, form.add_prefix(name)
    value = form.fields[name].prepare_value(value)
    if isinstance(widget, forms.MultiWidget):
        for number, part in enumerate(widget.decompress(value)):
            data[f"{posted}_{number}"] = "" if part is None else str(part)
    elif isinstance(widget, forms.CheckboxInput):
        data.pop(posted, None)
        data |= {posted: "on"} if value else {}
    elif isinstance(widget, forms.widgets.ChoiceWidget):
        chosen = widget.format_value(value)
        data.setlist(posted, chosen)
    else:
        data[posted] = widget.format_value(value) or ""
    return data
