from django import forms

from boards.forms.refusable import VersionedForm
from boards.models import Pack
from boards.packs import chosen
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
        help_text="Only printed if you choose an answer.",
    )


class SectionsForm(VersionedForm):
    """Which sections each audience finds, under the name of the audience."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for audience in Pack.Audience:
            self.fields[audience.value] = forms.MultipleChoiceField(
                label=audience.label,
                choices=[*chosen.OFFERED.items(), (chosen.NAMES, chosen.NAMES_TITLE)],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )

    def standing(self, row):
        """Return what each audience finds as somebody else chose it."""
        titles = chosen.OFFERED | {chosen.NAMES: chosen.NAMES_TITLE}
        return [(one.label, ", ".join(titles[key] for key in row.shown[one])) for one in Pack.Audience]


class CoverForm(VersionedForm):
    """The cover sheet of a pack, in the order of the council's own form."""

    merges = True
    originator = _line("Originator", 150, "The post that prepared the pack.")
    telephone = _line("Telephone", 50)
    report_of = _line("Report of", 200, "The post that the pack is issued by.")
    subject = _line("Subject", 250)
    wards = _line("Electoral wards affected", 200, "Only printed if you enter any.")
    equality = ProseField(label="Specific implications for equality and diversity")
    cohesion = ProseField(label="Specific implications for community cohesion")
    narrowing = ProseField(label="Specific implications for narrowing the gap")
    is_consulted = _yes_or_no("Ward members were consulted")
    is_for_call_in = _yes_or_no("Eligible for call-in")
    executive_summary = ProseField(
        label="Executive summary",
        help_text="This is in every version, including the public one. Do not include restricted information.",
    )
    recommendations = ProseField(label="Recommendations", help_text="What the Board is asked to do.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, ProseField):
                field.widget.attrs["rows"] = _ROWS.get(name, 2)
