"""How the programme office removes a text that should never have been written."""

from django import forms

from improvement import govuk
from plans import reporting
from plans.forms.officer import LineField


class RedactForm(govuk.FormMixin, forms.Form):
    """The reason, that it was checked, and what was seen when it was."""

    seen = forms.CharField(widget=forms.HiddenInput(attrs={"autocomplete": "off"}))
    reason = LineField(
        label="Reason",
        max_length=reporting.LONGEST_REASON,
        help_text="It stands in the place of the text, for every reader. Do not repeat what you remove.",
    )
    is_checked = forms.BooleanField(
        label="I have read what goes, and know that nothing brings it back",
        error_messages={"required": "Confirm that you have read what goes"},
    )

    def refuse(self, refusal):
        """Say why `plans.reporting` refused, beside the field that it is about."""
        self.add_error(getattr(refusal, "field", None), str(refusal))
