"""Whether a Board's public page is to be on or off."""

from django import forms

from boards.forms.refusable import RefusableForm


class SwitchForm(RefusableForm):
    """Says which of the two is wanted, so that a second click changes nothing back."""

    wanted = forms.ChoiceField(choices=[("on", "On"), ("off", "Off")], widget=forms.HiddenInput)

    @property
    def answers(self):
        return {"is_on": self.cleaned_data["wanted"] == "on"}
