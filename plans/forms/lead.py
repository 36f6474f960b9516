"""What an accountable lead decides: sign off, return with a comment, or sign off several together."""

from django import forms

from improvement import govuk
from improvement.govuk.no_child import ProseField

SIGN_OFF, RETURN = "sign_off", "return"


class ReviewForm(govuk.VersionForm):
    merges = False
    decision = forms.ChoiceField(
        choices=[(SIGN_OFF, "Sign off"), (RETURN, "Return")],
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), "Choose whether to sign off or return this update."
        ),
    )
    comment = ProseField(label="What should be changed?", help_text="The lead officer will read this.")

    def clean(self):
        answers = super().clean()
        if answers.get("decision") == SIGN_OFF and answers.get("comment"):
            self.add_error(
                "comment", "You wrote a comment. Return the update with the comment, or clear the comment and sign off."
            )
        return answers

    @property
    def is_return(self):
        return self.cleaned_data["decision"] == RETURN


AGREE, DECLINE = "agree", "decline"


class AgreementForm(govuk.FormMixin, forms.Form):
    """Agree or decline one corrected rating: `proposal` is the one that was read."""

    proposal = govuk.SeenField()
    decision = forms.ChoiceField(
        choices=[(AGREE, "Agree"), (DECLINE, "Decline")],
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose whether to agree or decline this rating."),
    )
    reason = ProseField(label="Why do you decline this rating?", help_text="The programme office will read this.")

    def clean(self):
        answers = super().clean()
        if answers.get("decision") == AGREE and answers.get("reason"):
            self.add_error(
                "reason", "You wrote a reason. Decline the rating with this reason, or clear the reason and agree."
            )
        return answers

    @property
    def is_decline(self):
        return self.cleaned_data["decision"] == DECLINE


class TogetherForm(govuk.VersionForm):
    """One of several: the version that was read, and whether it is among those to sign off."""

    merges = False
    is_chosen = forms.BooleanField(required=False, initial=True)
