"""What is filled in of a report, and of what was sent to whom."""

from django import forms

from boards.forms.refusable import RefusableForm, VersionedForm
from boards.models import Body, Report
from improvement import govuk
from improvement.govuk.no_child import AddressField, ProseField
from improvement.records.columns import NO_CHILD


class ReportStartForm(govuk.FormMixin, forms.Form):
    """The date of a new report; what stands in it is drafted from the record."""

    dated_on = govuk.DateField(
        label="Date", help_text="The date on the report. It covers everything published by then."
    )


class _OfReport(VersionedForm):
    def standing(self, row):
        """Return what somebody else wrote, as one text to be read beside one's own."""
        names = self.contested or [name for name in self.base_fields if name != "version"]
        return "\n\n".join(filter(None, (getattr(row, name) for name in names)))


class ReportHeadingForm(_OfReport):
    merges = True
    title = forms.CharField(label="Title", max_length=250)
    addressed_to = AddressField(label="Addressed to", required=False, max_length=2000, rows=3)
    author = forms.CharField(label="Author", max_length=200, help_text="The post or seat that signs the report.")


class ReportSectionForm(_OfReport):
    merges = True
    heading = forms.CharField(label="Heading", required=False, max_length=200)
    text = ProseField(label="Text", help_text="Start a line with “- ” to make a bullet point.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["rows"] = 16


class ReportNewSectionForm(RefusableForm):
    heading = forms.CharField(label="Heading", required=False, max_length=200)
    text = ProseField(label="Text", help_text="Start a line with “- ” to make a bullet point.")


class LetterheadForm(govuk.FormMixin, forms.Form):
    """The picture above what goes out in the chair's name, and who writes; one that `is_used` may stay as it is."""

    file = forms.FileField(
        label="Picture",
        help_text="A .png or .jpg file of at most 1 MB and 4,000 pixels on a side.",
        error_messages={"required": "Choose a picture."},
        widget=forms.ClearableFileInput(attrs={"accept": ".png,.jpg,.jpeg"}),
    )
    shows = forms.CharField(
        label="What the picture shows",
        max_length=200,
        help_text="For people who cannot see it. For example, “Logo of the Improvement Board”. " + NO_CHILD,
    )
    sender = AddressField(
        label="Sender",
        required=False,
        max_length=1000,
        help_text="Name and address, as they appear at the top of every letter.",
        rows=5,
    )

    def __init__(self, *args, is_used=False, **kwargs):
        super().__init__(*args, **kwargs)
        if is_used:
            self.fields["file"].required = False
            self.fields["file"].label = "Another picture"
            self.fields["file"].help_text += " Leave this empty to keep the picture."


class ReportIssueForm(govuk.FormMixin, forms.Form):
    """That it was read, and what stood in it when it was."""

    seen = forms.CharField(widget=forms.HiddenInput)
    is_checked = forms.BooleanField(
        label="I have read this report, and no text could identify a child",
        error_messages={"required": "Confirm that you have read the report."},
    )

    @property
    def answers(self):
        return {"seen": self.cleaned_data["seen"]}


class CirculationForm(govuk.FormMixin, forms.Form):
    """What was sent to whom, and when."""

    body = forms.ModelChoiceField(
        Body.objects.none(),
        label="Recipient",
        empty_label="Choose a body",
        error_messages={"required": "Choose who it was sent to."},
    )
    what = forms.CharField(label="What was sent", max_length=250, help_text="For example “Interim report, May”.")
    report = forms.ModelChoiceField(
        Report.objects.none(), label="Report", required=False, empty_label="None of these reports"
    )
    sent_on = govuk.DateField(label="Date sent")
    asked = forms.CharField(
        label="What the body was asked to decide",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    decided = forms.CharField(
        label="What it decided",
        required=False,
        max_length=2000,
        help_text="Leave empty if not known.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    note = forms.CharField(label="Note", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, board, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = board.bodies.all()
        self.fields["report"].queryset = board.reports.filter(issued_at__isnull=False)
