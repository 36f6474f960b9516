"""What the programme office fills in of a meeting before it is held: its day, its month, its agenda, who reads it."""

from django import forms

from boards.forms.access import PublicTitle
from boards.forms.choices import EXAMPLE
from boards.forms.refusable import RefusableForm, VersionedForm
from improvement import govuk
from improvement.govuk.no_child import LineField, ProseField


class TimeField(forms.TimeField):
    """A time of day as people write it; what was typed is kept when it is none."""

    def __init__(self, **kwargs):
        super().__init__(
            required=False,
            input_formats=["%H:%M", "%H.%M", "%I:%M%p", "%I.%M%p", "%I%p"],
            widget=forms.TimeInput(format="%H:%M", attrs={"class": "govuk-input--width-5"}),
            error_messages={"invalid": "Enter a time, such as 14:30."},
            **kwargs,
        )

    def to_python(self, value):
        return super().to_python(value.replace(" ", "") if isinstance(value, str) else value)


class _When(forms.Form):
    held_on = govuk.DateField(label="Date", help_text=EXAMPLE)
    starts_at = TimeField(label="Time", help_text="For example, 14:30.")
    place = forms.CharField(label="Place", max_length=150, required=False)


class MeetingPlanForm(RefusableForm, _When):
    """When and where the next meeting is; its agenda is begun from that of the last one."""


class MeetingDetailsForm(VersionedForm, _When):
    merges = True
    note = ProseField(
        label="Note",
        help_text="What readers should know about this meeting, such as a postponement. Everyone can read it.",
    )


class MeetingMonthForm(RefusableForm):
    """Which published month is laid before the meeting."""

    month = forms.ModelChoiceField(queryset=None, label="Month", empty_label="Choose a published month")

    def __init__(self, *args, months, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["month"].queryset = months
        self.fields["month"].label_from_instance = lambda month: month.label


class _About(forms.Form):
    title = LineField(label="Item", max_length=200)
    purpose = forms.CharField(
        label="What the Board is asked to do",
        max_length=200,
        required=False,
        help_text="For example “To note” or “To agree”.",
    )
    presented_by = forms.CharField(
        label="Presented by", max_length=150, required=False, help_text="The post or seat that will present it."
    )
    is_standing = forms.BooleanField(label="Put it on the next meeting’s agenda as well", required=False)


class ItemAddForm(RefusableForm, PublicTitle, _About):
    field_order = ("title", "purpose", "presented_by", "is_standing")


class ItemEditForm(VersionedForm, _About):
    merges = True


class AgendaPublishForm(RefusableForm):
    """Which papers are tabled with the agenda, and what was seen when it was checked."""

    seen = forms.CharField(widget=forms.HiddenInput)
    papers = forms.ModelMultipleChoiceField(
        queryset=None, label="Papers to table with the agenda", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, drafts, lacking, **kwargs):
        """`lacking` says of a draft what it lacks to be tabled; one that lacks something is not ticked."""
        super().__init__(*args, **kwargs)
        missing = {paper.pk: lacking(paper) for paper in drafts}
        field = self.fields["papers"]
        field.queryset = drafts
        field.initial = [pk for pk, sentence in missing.items() if not sentence]
        field.label_from_instance = lambda paper: f"{paper.title}. {missing[paper.pk]}".removesuffix(". ")
        if not drafts:
            del self.fields["papers"]


class CarryOverForm(govuk.FormMixin, forms.Form):
    """What the Board of a plan that takes over is called."""

    name = LineField(label="Name of the Board", max_length=200)
    slug = forms.SlugField(
        label="Its name in web addresses",
        max_length=50,
        help_text="Small letters, digits and hyphens. It cannot be changed later.",
        error_messages={"invalid": "Use letters, digits and hyphens only."},
    )


class PublicSwitchForm(RefusableForm):
    """Whether the public page is wanted on or off: it says which, so that a second click changes nothing back."""

    wanted = forms.ChoiceField(choices=[("on", "On"), ("off", "Off")], widget=forms.HiddenInput)

    @property
    def answers(self):
        return {"is_public": self.cleaned_data["wanted"] == "on"}
