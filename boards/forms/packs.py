from django import forms

from accounts.models import LONGEST_REASON
from boards.forms.refusable import RefusableForm, VersionedForm
from plans.forms.officer import LineField, ProseField

_ROWS = {"executive_summary": 12, "recommendations": 6}


def _line(label, longest, hint=""):
    """Return a field of one line; what is missing is said by the verb."""
    return forms.CharField(label=label, max_length=longest, required=False, help_text=hint)


class RemoveForm(RefusableForm):
    """Why what was kept is taken away, that it was checked, and what was seen when it was."""

    seen = forms.CharField(widget=forms.HiddenInput(attrs={"autocomplete": "off"}), required=False)
    reason = LineField(
        label="Reason",
        max_length=LONGEST_REASON,
        help_text="It stands where the pack stood, for every reader. Do not repeat what you remove.",
    )
    is_checked = forms.BooleanField(
        label="I know that nothing brings these files back",
        error_messages={"required": "Confirm that you know that nothing brings them back"},
    )

    @property
    def answers(self):
        return {name: self.cleaned_data[name] for name in ("seen", "reason")}


class CoverForm(VersionedForm):
    """The cover sheet of a pack, in the order of the council's own form."""

    originator = _line("Originator", 150, "The post that prepared the pack.")
    telephone = _line("Telephone", 50)
    report_of = _line("Report of", 200, "The post in whose name it goes out.")
    subject = _line("Subject", 250)
    wards = _line("Electoral wards affected", 200)
    equality = ProseField(label="Specific implications for equality and diversity")
    cohesion = ProseField(label="Specific implications for community cohesion")
    narrowing = ProseField(label="Specific implications for narrowing the gap")
    is_consulted = forms.BooleanField(label="Ward members were consulted", required=False)
    is_for_call_in = forms.BooleanField(label="Eligible for call-in", required=False)
    executive_summary = ProseField(
        label="Executive summary",
        help_text="It stands in every version, the public one too. Do not repeat what restricted papers say.",
    )
    recommendations = ProseField(label="Recommendations", help_text="What is asked of the Board.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, ProseField):
                field.widget.attrs["rows"] = _ROWS.get(name, 2)
