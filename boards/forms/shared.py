"""What several forms of a Board's work share."""

from django import forms

from improvement.refusals import Conflict, Refusal
from plans.forms.officer import ProseField


class Refusable:
    """A form that says why a verb refused, beside the field that the refusal is about, and keeps what was typed."""

    conflict = None

    def try_to(self, write):
        """Return what `write` made of what was filled in, or None where it was refused."""
        try:
            return write(**self.cleaned_data)
        except Conflict as conflict:
            self.conflict = conflict
            self.take_version(conflict.current.version)
        except Refusal as refusal:
            self._refuse(refusal)
        return None

    @property
    def typed(self):
        """The texts that were typed, to be given back where they cannot be saved any more."""
        return [bound for bound in self if isinstance(bound.field, ProseField) and bound.value()]

    def _refuse(self, refusal):
        errors = getattr(refusal, "errors", None) or {getattr(refusal, "field", None): str(refusal)}
        for field, sentence in errors.items():
            self.add_error(field if field in self.fields else None, sentence)


class MeetingField(forms.ModelChoiceField):
    """One of the meetings that `choose_from` names, by its day; left out of the form where there is none."""

    def __init__(self, **kwargs):
        super().__init__(queryset=None, required=False, **kwargs)

    def label_from_instance(self, meeting):
        return f"{meeting.held_on:%-d %B %Y}"


def choose_from(form, **querysets):
    """Let each field of `form` offer the rows of its queryset, and leave out one that has nothing to offer."""
    for name, queryset in querysets.items():
        if form.fields[name].required or queryset.exists():
            form.fields[name].queryset = queryset
        else:
            del form.fields[name]
