"""What the Notice's page selects: targets of a kind, of an area, with a verdict, answered or not."""

from django import forms

from improvement import govuk
from notices.milestones import Verdict
from notices.models import EndVerdict, Target

NO_MILESTONE = "none"
NO_AREA = "none"


class ProgressFilter(govuk.FormMixin, forms.Form):
    """The query string of the Notice's page; what it cannot mean selects nothing away."""

    is_small = True
    kind = forms.ChoiceField(required=False, choices=[("", "All"), *Target.Kind.choices])
    area = forms.ChoiceField(required=False)
    verdict = forms.ChoiceField(
        required=False,
        choices=[("", "All"), *((item.value, item.label) for item in Verdict), (NO_MILESTONE, "No milestone")],
    )
    end = forms.ChoiceField(required=False, label="In the end", choices=[("", "All"), *EndVerdict.choices])
    answered = forms.ChoiceField(
        required=False,
        label="Recommendations",
        choices=[("", "All"), ("yes", "At least one"), ("no", "None")],
    )

    def __init__(self, data, *, rows):
        super().__init__(data)
        self.whole = rows
        areas = {str(row.target.area.position): row.target.area.name for row in rows if row.target.area}
        self.fields["area"].choices = [("", "All"), *areas.items(), (NO_AREA, "No area")]

    @property
    def rows(self):
        """The rows of `notices.progress.of_notice` that are selected."""
        self.is_valid()
        wanted = {name: value for name, value in self.cleaned_data.items() if value}
        return [row for row in self.whole if all(_facts(row)[name] == value for name, value in wanted.items())]

    @property
    def words(self):
        """The filters in use, in words."""
        self.is_valid()
        used = [(self[name], value) for name, value in self.cleaned_data.items() if value]
        return "; ".join(f"{bound.label}: {dict(bound.field.choices)[value]}" for bound, value in used)


def _facts(row):
    return {
        "kind": row.target.kind,
        "area": str(row.target.area.position) if row.target.area else NO_AREA,
        "verdict": row.verdict or NO_MILESTONE,
        "end": row.target.end_verdict,
        "answered": "yes" if row.answers else "no",
    }
