"""What the Notice's page selects: targets of a kind, of an area, with a verdict, answered or not."""

from improvement.govuk.filtering import FilterForm, Several
from notices.models import EndVerdict, Target
from notices.targets.milestones import Verdict

NO_MILESTONE = "none"
NO_AREA = "none"


class ProgressFilter(FilterForm):
    """The query string of the Notice's page."""

    kind = Several(choices=Target.Kind.choices)
    area = Several()
    verdict = Several(choices=[*((item.value, item.label) for item in Verdict), (NO_MILESTONE, "No milestone")])
    end = Several(label="Final verdict", choices=EndVerdict.choices)
    answered = Several(label="Recommendations", choices=[("yes", "At least one"), ("no", "None")])

    def __init__(self, data, *, rows):
        super().__init__(data)
        self.whole = rows
        areas = {str(row.target.area.position): row.target.area.name for row in rows if row.target.area}
        self.fields["area"].choices = [*areas.items(), (NO_AREA, "No area")]

    @property
    def rows(self):
        """The rows of `notices.targets.progress.of_notice` that are selected."""
        wanted = self.used.items()
        return [row for row in self.whole if all(_facts(row)[name] in values for name, values in wanted)]


def _facts(row):
    return {
        "kind": row.target.kind,
        "area": str(row.target.area.position) if row.target.area else NO_AREA,
        "verdict": row.verdict or NO_MILESTONE,
        "end": row.target.end_verdict,
        "answered": "yes" if row.answers else "no",
    }
