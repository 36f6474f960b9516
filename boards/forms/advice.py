"""The forms of the Board's advice: the advice, the council's response and the conclusion."""

from django import forms

from boards.forms.access import Access
from boards.forms.choices import EXAMPLE, MeetingField, choose_from
from boards.forms.refusable import RefusableForm, VersionedForm
from improvement import govuk
from improvement.govuk.no_child import ProseField


class AdviceForm(RefusableForm, Access):
    label_size = "m"
    wording = ProseField(label="Advice", help_text="Word for word, as it was given.")
    body = forms.ModelChoiceField(label="Who gave it?", queryset=None, required=False, empty_label="The Board")
    meeting = MeetingField(label="At which meeting was it given?", empty_label="Outside a meeting")
    given_on = govuk.DateField(
        label="When was it given?", required=False, help_text=f"Leave empty if not known. {EXAMPLE}"
    )

    def __init__(self, *args, meetings, bodies, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields(["wording", "body", "meeting", "given_on"])
        choose_from(self, meeting=meetings, body=bodies)


class ResponseForm(VersionedForm):
    label_size = "m"
    merges = True
    response = ProseField(label="Response", help_text="In the council’s words.")
    responding_post = forms.ModelChoiceField(
        label="Which post gave it?", queryset=None, required=False, empty_label="Not stated"
    )
    responded_on = govuk.DateField(label="When?", required=False, help_text=f"Leave empty if not known. {EXAMPLE}")

    def __init__(self, *args, posts, **kwargs):
        super().__init__(*args, **kwargs)
        choose_from(self, responding_post=posts)


class ResultForm(VersionedForm):
    label_size = "m"
    merges = False
    result = ProseField(label="Conclusion", help_text="After you save this, nobody can change the advice.")
