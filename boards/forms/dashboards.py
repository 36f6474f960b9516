from django import forms

from improvement import govuk


class ComparisonForm(govuk.FormMixin, forms.Form):
    """Which of `months` to lay beside the month of the page."""

    def __init__(self, *args, months, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["with"] = forms.ChoiceField(
            label="Compare with",
            choices=[("", "Choose a month"), *((month.address, month.label) for month in reversed(list(months)))],
            error_messages={
                "required": "Choose the month to compare with.",
                "invalid_choice": "That month cannot be shown. Choose a month from the list.",
            },
        )
