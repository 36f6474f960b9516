"""What a form of the Board's work offers to choose from."""

from django import forms

from improvement import govuk

EXAMPLE = f"For example, {govuk.EXAMPLE_DATE}."


class MeetingField(forms.ModelChoiceField):
    """A meeting, named by its day."""

    def __init__(self, **kwargs):
        super().__init__(**{"queryset": None, "required": False} | kwargs)

    def label_from_instance(self, meeting):
        return f"{meeting.held_on:%-d %B %Y}"


def choose_from(form, **querysets):
    """Let each field of `form` offer the rows of its queryset, and leave out one that has nothing to offer."""
    for name, queryset in querysets.items():
        if form.fields[name].required or queryset.exists():
            form.fields[name].queryset = queryset
        else:
            del form.fields[name]
