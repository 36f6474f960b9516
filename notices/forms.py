"""How the programme office records values, states judgements and writes reports; verbs decide what is right."""

from django import forms

from improvement import govuk
from improvement.records.columns import NO_CHILD
from notices.models import EndVerdict, Result
from notices.targets.milestones import Basis

EXAMPLE = f"For example, {govuk.EXAMPLE_DATE}."
LISTS = "Leave an empty line between paragraphs. Start each list item with a hyphen."


class Number(forms.DecimalField):
    """A number typed as people write it: `1,063`, `80.5%`; what was typed is kept when it is none."""

    def __init__(self, **kwargs):
        kwargs.setdefault("required", False)
        widget = forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "decimal"})
        super().__init__(max_digits=12, decimal_places=3, widget=widget, **kwargs)
        wrong = "Enter a number with up to three decimal places, such as 80.5."
        self.error_messages |= dict.fromkeys(("invalid", "max_digits", "max_decimal_places", "max_whole_digits"), wrong)
        # Those of the validator, which knows nothing of the field's own messages.
        for validator in self.validators:
            if hasattr(validator, "messages"):
                validator.messages = dict.fromkeys(validator.messages, wrong)

    def to_python(self, value):
        if isinstance(value, str):
            value = value.strip().removesuffix("%").replace(",", "")
        return super().to_python(value)


class ResultForm(govuk.FormMixin, forms.Form):
    """One value as one source reports it."""

    indicator = forms.ModelChoiceField(queryset=None, label="What was measured?", empty_label="Choose an indicator")
    subject = forms.ChoiceField(
        label="Whose value is it?",
        choices=Result.Subject.choices,
        initial=Result.Subject.COUNCIL,
        widget=forms.RadioSelect,
    )
    period_start = govuk.DateField(label="First day of the period", help_text=EXAMPLE)
    period_end = govuk.DateField(label="Last day of the period", help_text=EXAMPLE)
    basis = forms.ChoiceField(
        label="Basis",
        choices=[("", "Choose one"), *((item.value, item.label) for item in Basis)],
        help_text="A value is compared only with milestones of the same period and basis.",
    )
    value = Number(label="Value", help_text="Leave empty if the source gives only a range.")
    low = Number(label="Lowest possible value", help_text="Only if the source gives a range.")
    high = Number(label="Highest possible value")
    numerator = Number(label="Numerator", help_text="If known. Numerator and denominator must agree with the value.")
    denominator = Number(label="Denominator")
    is_provisional = forms.TypedChoiceField(
        label="Is it provisional?",
        choices=[("yes", "Provisional"), ("no", "Confirmed")],
        coerce=lambda choice: choice == "yes",
        widget=forms.RadioSelect,
    )
    expected_on = govuk.DateField(
        required=False,
        label="When is the confirmed value expected?",
        help_text=f"Only for a provisional value, if the source says so. {EXAMPLE}",
    )
    breaks_series = forms.BooleanField(
        required=False,
        label="The definition changed (break in the series)",
        help_text="It will not be compared with earlier values.",
    )
    source = forms.CharField(max_length=200, label="Source", help_text="Where the value is published.")
    source_on = govuk.DateField(label="Date of the source", help_text=f"The value is known from this day. {EXAMPLE}")
    as_printed = forms.CharField(
        required=False,
        max_length=200,
        label="What the source prints, if it is a mistake",
        help_text="For example, a period that does not match the heading. It is kept as printed and never corrected.",
    )
    discrepancy = forms.CharField(
        required=False,
        label="Why it is a mistake, and how we read it",
        max_length=govuk.LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    note = forms.CharField(
        required=False, label="Note", max_length=govuk.LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, indicators, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["indicator"].queryset = indicators
        self.fields["indicator"].label_from_instance = _named


class ConfirmationForm(govuk.FormMixin, forms.Form):
    """The confirmed value that stands beside a provisional one."""

    value = Number(label="Confirmed value", required=True)
    numerator = Number(label="Numerator", help_text="If known. It must agree with the value.")
    denominator = Number(label="Denominator")
    source = forms.CharField(max_length=200, label="Source", help_text="Where the confirmed value is published.")
    source_on = govuk.DateField(label="Date of the source", help_text=EXAMPLE)


class JudgementForm(govuk.FormMixin, forms.Form):
    """Whether a judged milestone is met, as somebody states it who saw what was stated before."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"autocomplete": "off"}))

    is_met = forms.TypedChoiceField(
        label="Is it met?",
        choices=[("yes", "Met"), ("no", "Not met")],
        coerce=lambda choice: choice == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Reason",
        max_length=govuk.LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Give the evidence. Every reader will see it beside the verdict. Do not identify any child.",
    )


class LoadForm(forms.Form):
    """The file that is to be loaded, drawn by the admin; `notices.loading` says what is wrong with it."""

    file = forms.FileField(
        allow_empty_file=True,
        max_length=255,
        label="File",
        help_text="An Excel workbook (.xlsx) or CSV file, up to 10 MB.",
        error_messages={"required": "Choose a file.", "max_length": "The file's name is too long."},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )


class ReportStartForm(govuk.FormMixin, forms.Form):
    reported_on = govuk.DateField(
        label="Date of the report", help_text=f"The report uses what was known on this day. {EXAMPLE}"
    )
    title = forms.CharField(max_length=200, label="Title", help_text="As shown at the top of the report.")


class CoverForm(govuk.VersionForm):
    """What stands before the targets, and what is to be noted of the report as a whole."""

    label_size = "m"
    merges = True

    title = forms.CharField(max_length=200, label="Title")
    purpose = govuk.ProseField(label="Purpose", help_text=f"What the report is for. {LISTS} {NO_CHILD}")
    background = govuk.ProseField(label="Background", help_text="What led to this report.")
    main_points = govuk.ProseField(label="Main points", help_text="Targets achieved, well on the way and not met.")
    conclusion = govuk.ProseField(label="Conclusion")
    recommendations = govuk.ProseField(label="Recommendations", help_text="What you ask the department to do.")
    note = govuk.ProseField(label="Note", help_text="Anything that is not known or does not agree.")


class EntryForm(govuk.VersionForm):
    """What the report says of one target."""

    label_size = "m"
    merges = True

    status = forms.ChoiceField(
        label="Status",
        choices=EndVerdict,
        widget=forms.RadioSelect,
        help_text="The status you report. It can differ from the computed verdict, which is shown beside it.",
    )
    narrative = govuk.ProseField(label="Report", help_text=f"{LISTS} {NO_CHILD}")
    recap = govuk.ProseField(
        label="What was last reported", help_text="Taken from the last report issued. Shorten it if you need to."
    )
    note = govuk.ProseField(
        label="Note", help_text="Anything that does not agree or, if there is nothing to report, the reason."
    )
    source = forms.CharField(
        label="Source (optional)",
        required=False,
        max_length=200,
        help_text="Where the text or the status comes from.",
    )


class ReportTableForm(govuk.FormMixin, forms.Form):
    seen = forms.CharField(widget=forms.HiddenInput)
    tabled_on = govuk.DateField(label="Day of the Board's meeting", help_text=EXAMPLE)


class ReportAgreeForm(govuk.VersionForm):
    merges = False
    agreed_on = govuk.DateField(label="When did the Board agree it?", help_text=EXAMPLE)


class ReportIssueForm(govuk.VersionForm):
    merges = False
    is_checked = forms.BooleanField(
        label="This is the version for the department, and no text could identify a child",
        error_messages={"required": "Confirm that this is the version for the department."},
    )

    @property
    def answers(self):
        return {"version": self.cleaned_data["version"]}


class ReviewForm(govuk.FormMixin, forms.Form):
    """What was said at the department's progress review meeting."""

    held_on = govuk.DateField(label="When was it held?", help_text=EXAMPLE)
    said = govuk.ProseField(label="What was said", required=True, help_text=NO_CHILD)
    source = forms.CharField(
        label="Source", required=False, max_length=200, help_text="For example, the department’s letter of that day."
    )


def _named(indicator):
    return f"{indicator.reference} {indicator.name}" + (f", {indicator.subgroup}" if indicator.subgroup else "")
