"""What is asked before a text is removed for good."""

from django import forms

from accounts.models import LONGEST_REASON
from improvement import govuk
from improvement.govuk.no_child import LineField


class RemovalForm(govuk.FormMixin, forms.Form):
    """Why something that could identify someone goes, that it was checked, and what was seen when it was."""

    conflict = None

    seen = forms.CharField(widget=forms.HiddenInput(attrs={"autocomplete": "off"}), required=False)
    reason = LineField(
        label="Reason",
        max_length=LONGEST_REASON,
        help_text="Every reader will see this in place of the text. Do not repeat the text you are removing.",
    )
    is_checked = forms.BooleanField(
        label="I have read the text, and understand that it cannot be restored",
        error_messages={"required": "Confirm that you have read the text."},
    )

    @property
    def answers(self):
        return {name: self.cleaned_data[name] for name in ("seen", "reason")}
