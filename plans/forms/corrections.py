"""What the programme office puts beside a published update."""

from django import forms
from django.utils.dateparse import parse_date

from accounts.models import User
from improvement import govuk
from improvement.govuk.no_child import LineField, ProseField
from plans import reporting
from plans.forms.officer import UpdateForm


class CorrectionForm(UpdateForm):
    """The answers as they stand with earlier corrections; what is changed here is what is corrected.

    Of an update that was not received it takes what came too late, and says so.
    """

    merges = False
    version = proposed_due_on = proposed_due_reason = None
    seen = govuk.SeenField()
    reason = ProseField(label="Reason for the correction", help_text="Every reader will see it beside the update.")
    agreed_by = forms.ModelChoiceField(
        label="Who agreed the rating?", queryset=User.objects.none(), required=False, empty_label="Choose a person"
    )
    agreed_on = govuk.DateField(
        label="When did they agree?", required=False, help_text=f"For example, {govuk.EXAMPLE_DATE}."
    )
    agreed_how = LineField(
        label="How did they agree?",
        required=False,
        max_length=200,
        help_text="For example, by e-mail, by telephone or in a meeting. Readers will see it beside the rating.",
    )

    def __init__(self, *args, update, by, **kwargs):
        super().__init__(*args, update=update, **kwargs)
        standing = reporting.corrected_answers(update)
        self.initial = standing | {
            "green_by": parse_date(standing["green_by"]),
            "seen": reporting.corrections_seen(update),
        }
        self.fields["direction"].help_text = ""
        agreed_by = self.fields["agreed_by"]
        agreed_by.queryset = User.objects.filter(tenures__post=update.accountable_post).exclude(pk=by.pk).distinct()
        when = "Only if the rating changes" if update.is_received else "Only if you enter a rating"
        agreed_by.help_text = (
            f"{when}. Choose someone other than you who was {update.accountable_title}, or a deputy, on that day. "
            "To ask the accountable lead instead, leave who, when and how empty: the rating then waits until they "
            "agree it."
        )
        if not update.is_received:
            self.fields["reason"].label = "Why was it received after publication?"

    def refuse(self, refusal):
        super().refuse(refusal)
        if isinstance(refusal, reporting.Conflict):
            self.take("seen", self.initial["seen"])
