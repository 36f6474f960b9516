from django import forms

from boards.forms.refusable import VersionedForm
from improvement.govuk.no_child import ProseField

_ROWS = {"executive_summary": 12, "recommendations": 6}


def _line(label, longest, hint=""):
    """Return a field of one line; what is missing is said by the verb."""
    return forms.CharField(label=label, max_length=longest, required=False, help_text=hint)


def _yes_or_no(label):
    """Return a choice that nobody has made until somebody makes it."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("", "Not stated"), ("True", "Yes"), ("False", "No")],
        coerce=lambda value: value == "True",
        empty_value=None,
        required=False,
        help_text="Printed only if you choose.",
    )


class CoverForm(VersionedForm):
    """The cover sheet of a pack, in the order of the council's own form."""

    merges = True
    originator = _line("Originator", 150, "The post that prepared the pack.")
    telephone = _line("Telephone", 50)
    report_of = _line("Report of", 200, "The post in whose name it goes out.")
    subject = _line("Subject", 250)
    wards = _line("Electoral wards affected", 200, "Printed only if you enter it.")
    equality = ProseField(label="Specific implications for equality and diversity")
    cohesion = ProseField(label="Specific implications for community cohesion")
    narrowing = ProseField(label="Specific implications for narrowing the gap")
    is_consulted = _yes_or_no("Ward members were consulted")
    is_for_call_in = _yes_or_no("Eligible for call-in")
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
