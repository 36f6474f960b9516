"""How the programme office records values, states judgements and writes reports; verbs decide what is right."""

from django import forms

from improvement import govuk
from improvement.records.columns import NO_CHILD
from notices.models import EndVerdict, Result
from notices.targets.milestones import Basis

EXAMPLE = f"For example, {govuk.EXAMPLE_DATE}."
LISTS = "Leave an empty line between paragraphs; begin each item of a list with a hyphen."


class Number(forms.DecimalField):
    """A number typed as people write it: `1,063`, `80.5%`; what was typed is kept when it is none."""

    def __init__(self, **kwargs):
        kwargs.setdefault("required", False)
        widget = forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "decimal"})
        super().__init__(max_digits=12, decimal_places=3, widget=widget, **kwargs)
        wrong = "Enter a number with at most three decimal places, such as 80.5"
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
        label="What is it taken over?",
        choices=[("", "Choose one"), *((item.value, item.label) for item in Basis)],
        help_text="A value is held only against a milestone of the same period and basis.",
    )
    value = Number(label="Value", help_text="Leave empty where the source gives a range only.")
    low = Number(label="Lowest it may be", help_text="Only where the source gives a range.")
    high = Number(label="Highest it may be")
    numerator = Number(label="Numerator", help_text="Where known: how many, of the denominator. It must agree.")
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
        help_text=f"Only for a provisional one, where the source says so. {EXAMPLE}",
    )
    breaks_series = forms.BooleanField(
        required=False,
        label="The definition changed: a break in the series",
        help_text="Nothing before it is then compared with it.",
    )
    source = forms.CharField(max_length=200, label="Source", help_text="Where the value stands.")
    source_on = govuk.DateField(label="Date of the source", help_text=f"From then on the value is known. {EXAMPLE}")
    as_printed = forms.CharField(
        required=False,
        max_length=200,
        label="What the source prints, if it cannot mean it",
        help_text="For example another period than the heading says. It is kept as printed and never corrected.",
    )
    discrepancy = forms.CharField(
        required=False,
        label="Why it cannot, and how it is read",
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
    numerator = Number(label="Numerator", help_text="Where known. It must agree with the value.")
    denominator = Number(label="Denominator")
    source = forms.CharField(max_length=200, label="Source", help_text="Where the confirmed value stands.")
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
        help_text="On what evidence. It stands beside the verdict for every reader. Do not identify any child.",
    )


class LoadForm(forms.Form):
    """The file that is to be loaded, drawn by the admin; `notices.loading` says what is wrong with it."""

    file = forms.FileField(
        allow_empty_file=True,
        max_length=255,
        label="File",
        help_text="An Excel workbook (.xlsx) or a CSV file of at most 10 MB.",
        error_messages={"required": "Choose a file.", "max_length": "The file's name is too long."},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )


class ReportStartForm(govuk.FormMixin, forms.Form):
    reported_on = govuk.DateField(
        label="Date of the report", help_text=f"What was known on this day counts. It names the report. {EXAMPLE}"
    )
    title = forms.CharField(max_length=200, label="Title", help_text="As it stands at the top of the report.")


class CoverForm(govuk.VersionForm):
    """What stands before the targets, and what is to be noted of the report as a whole."""

    label_size = "m"
    merges = True

    title = forms.CharField(max_length=200, label="Title")
    purpose = govuk.ProseField(label="Purpose", help_text=f"What the report is for. {LISTS} {NO_CHILD}")
    background = govuk.ProseField(label="Background", help_text="What led to it.")
    main_points = govuk.ProseField(
        label="Main points", help_text="What is achieved, what is well on the way, what is not met."
    )
    conclusion = govuk.ProseField(label="Conclusion")
    recommendations = govuk.ProseField(label="Recommendations", help_text="What the department is asked to do.")
    note = govuk.ProseField(label="Note", help_text="What is not known or does not reconcile, if anything.")


class EntryForm(govuk.VersionForm):
    """What the report says of one target."""

    label_size = "m"
    merges = True

    status = forms.ChoiceField(
        label="Status",
        choices=EndVerdict,
        widget=forms.RadioSelect,
        help_text="What you report. The computed verdict stands beside it and need not say the same.",
    )
    narrative = govuk.ProseField(label="What there is to report", help_text=f"{LISTS} {NO_CHILD}")
    recap = govuk.ProseField(
        label="What was last reported", help_text="Drawn from the last report issued. Shorten it as you need."
    )
    note = govuk.ProseField(
        label="Note", help_text="What does not reconcile; or, where there is nothing to report, why there is not."
    )
    source = forms.CharField(
        label="Source, where one is to be named",
        required=False,
        max_length=200,
        help_text="Where the words or the status come from.",
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
        label="This is what goes to the department, and no text in it could identify a child",
        error_messages={"required": "Confirm that this is what goes to the department"},
    )

    @property
    def answers(self):
        return {"version": self.cleaned_data["version"]}


class ReviewForm(govuk.FormMixin, forms.Form):
    """What was said at the department's progress review meeting."""

    held_on = govuk.DateField(label="When was it held?", help_text=EXAMPLE)
    said = govuk.ProseField(label="What was said", required=True, help_text=NO_CHILD)
    source = forms.CharField(
        label="Source", required=False, max_length=200, help_text="For example the department's letter of that day."
    )


def _named(indicator):
    return f"{indicator.reference} {indicator.name}" + (f", {indicator.subgroup}" if indicator.subgroup else "")
