"""How the programme office changes a recommendation itself: its due date, its leaving the plan, its coming back."""

import re

from django import forms

from improvement import govuk
from improvement.govuk.no_child import ProseField
from plans import revisions
from plans.models import Closure, Revision


class RevisionForm(govuk.FormMixin, forms.Form):
    """A change with its reason, and the revision that agreed it where there is one."""

    why = ""  # what is said where no reason is given
    reason = ProseField(label="Reason", required=True)
    revision = forms.ModelChoiceField(
        label="Revision of the plan",
        queryset=Revision.objects.none(),
        required=False,
        empty_label="None",
        help_text="Only if the Board agreed this in a revision of the plan.",
    )

    def __init__(self, *args, recommendation, **kwargs):
        super().__init__(*args, **kwargs)
        self.recommendation = recommendation
        self.fields["reason"].error_messages["required"] = self.why
        self.fields["revision"].queryset = Revision.objects.filter(plan=recommendation.plan)


class DueDateForm(RevisionForm):
    why = revisions.WHY_ANOTHER_DATE
    due_on = govuk.DateField(label="New due date", help_text=f"For example, {govuk.EXAMPLE_DATE}.")
    field_order = ("due_on", "reason", "revision")


class CloseForm(RevisionForm):
    why = revisions.WHY_CLOSED
    closure = forms.ChoiceField(
        label="How is the recommendation being closed?",
        choices=Closure,
        widget=forms.RadioSelect,
        error_messages={"required": revisions.HOW_CLOSED},
    )
    successors = forms.CharField(
        label="Which recommendations continue this one?",
        required=False,
        max_length=200,
        help_text="Only if it is merged, split or superseded. Enter references, such as “R12, R13”.",
    )
    field_order = ("closure", "reason", "successors", "revision")

    def clean_successors(self):
        """Return the recommendations of the plan that the references name."""
        references = re.findall(r"[^\s,;]+", self.cleaned_data["successors"])
        live = {row.reference.lower(): row for row in self.recommendation.plan.recommendations.filter(closed_on=None)}
        if unknown := [reference for reference in references if reference.lower() not in live]:
            raise forms.ValidationError(f"The plan has no open recommendation {', '.join(unknown)}.")
        return list(dict.fromkeys(live[reference.lower()] for reference in references))


class ReopenForm(govuk.FormMixin, forms.Form):
    reason = ProseField(label="Reason", help_text="Readers will see this on the recommendation’s page.")
