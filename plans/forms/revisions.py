"""How the programme office changes a recommendation itself: its due date, its lead, its place in the plan."""

import re

from django import forms

from accounts.models import Post
from improvement import govuk
from improvement.govuk.no_child import LineField, ProseField
from plans import revisions
from plans.forms.refresh import FactsForm, PostField, reference_field
from plans.models import Closure, Revision
from plans.refresh.proposals import LABELS
from plans.refresh.singly import WHY_ADDED, WHY_ANOTHER_LEAD


class AgreedForm(forms.Form):
    """A change of a plan with its reason, and the revision that agreed it where there is one."""

    why = ""  # what is said where no reason is given
    reason = ProseField(label="Reason", required=True)
    revision = forms.ModelChoiceField(
        label="Revision of the plan",
        queryset=Revision.objects.none(),
        required=False,
        empty_label="None",
        help_text="Only if the Board agreed this in a revision of the plan.",
    )

    def ask_why(self, plan):
        self.fields["reason"].error_messages["required"] = self.why
        self.fields["revision"].queryset = Revision.objects.filter(plan=plan)


class RevisionForm(govuk.FormMixin, AgreedForm):
    """The same of a recommendation that is there."""

    def __init__(self, *args, recommendation, **kwargs):
        super().__init__(*args, **kwargs)
        self.ask_why(recommendation.plan)
        self.recommendation = recommendation


class DueDateForm(RevisionForm):
    why = revisions.WHY_ANOTHER_DATE
    due_on = govuk.DateField(label="New due date", help_text=f"For example, {govuk.EXAMPLE_DATE}.")
    field_order = ("due_on", "reason", "revision")


class LeadForm(RevisionForm):
    why = WHY_ANOTHER_LEAD
    lead_post = PostField(
        label="New lead",
        queryset=Post.objects.all(),
        empty_label="Choose a post",
        help_text="The post that reports on it every month. If it is not in the list, an administrator adds it first.",
        error_messages={"required": "Choose a lead."},
    )
    lead_wording = LineField(
        label="Lead as printed", required=False, max_length=250, help_text="Only if the plan names more than one lead."
    )
    field_order = ("lead_post", "lead_wording", "reason", "revision")


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


class NewRecommendationForm(FactsForm, AgreedForm):
    """A recommendation that is added without a draft."""

    why = WHY_ADDED
    reference = reference_field()
    field_order = ("reference", *LABELS, "reason", "revision")

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, plan=plan, **kwargs)
        self.ask_why(plan)
        # It is asked for with all else that is missing.
        self.fields["reason"].required = False
        # Nobody else can have changed what is not there yet.
        del self.fields["version"]


class ReopenForm(govuk.FormMixin, forms.Form):
    reason = ProseField(label="Reason", help_text="Readers will see this on the recommendation’s page.")
