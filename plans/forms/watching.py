"""How a person names the filters that they save for themselves."""

from django import forms

from improvement import govuk
from improvement.govuk.no_child import LineField
from plans.models import SavedFilter


def _name():
    longest = SavedFilter._meta.get_field("name").max_length
    hint = "Only you can see it. For example, “Overdue in my theme”."
    return LineField(label="Name", max_length=longest, help_text=hint, error_messages={"required": "Enter a name."})


class SaveForm(govuk.FormMixin, forms.Form):
    name = _name()
    is_followed = forms.BooleanField(
        label="Follow this filter: when a month is published, the e-mail says what changed", required=False
    )


class RenameForm(govuk.VersionForm):
    merges = False
    name = _name()
