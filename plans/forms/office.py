"""What the programme office fills in: a month to open, a commentary, the confirmation of a publication."""

from django import forms

from improvement import govuk
from plans import months
from plans.forms.officer import ProseField

MONTHS_OFFERED = 6


class MonthOpenForm(govuk.FormMixin, forms.Form):
    """The month to open with its days; `month.help_text` and the days offered are the view's."""

    month = forms.TypedChoiceField(coerce=months.parse, label="Month", help_text="The month of the Board meeting.")
    due_on = govuk.DateField(label="Updates due", help_text="The last day for lead officers. Later ones count as late.")
    sign_off_due_on = govuk.DateField(
        label="Sign-off due", help_text="The last day for accountable leads. Not before the updates are due."
    )
    data_as_at = govuk.DateField(label="Data as at", help_text="The day that figures in the updates should refer to.")

    def __init__(self, *args, first, **kwargs):
        """`first` is the first month that can be opened."""
        super().__init__(*args, **kwargs)
        offered = [months.moved(first, by) for by in range(MONTHS_OFFERED)]
        self.fields["month"].choices = [(months.address(month), months.label(month)) for month in offered]


class TextForm(govuk.VersionForm):
    """One text of a month: its commentary, or the short update on an area of focus."""

    label_size = "m"
    merges = False  # there is one text only
    text = ProseField(label="Text")

    def __init__(self, *args, label, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label = label
        self.fields["text"].widget.attrs["rows"] = 12


class MonthPublishForm(govuk.FormMixin, forms.Form):
    """That it was checked, and what was seen when it was."""

    seen = forms.CharField(widget=forms.HiddenInput)
    is_checked = forms.BooleanField(
        label="I have checked what freezes, and that no text could identify a child",
        error_messages={"required": "Confirm that you have checked what freezes"},
    )
