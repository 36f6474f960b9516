"""How the programme office drafts a revision of the plan, and says when it was agreed."""

import re

from django import forms

from accounts.models import Post
from improvement import govuk
from improvement.govuk.no_child import LineField, ProseField
from improvement.records.columns import NO_CHILD
from plans.demands.coverage import demanded_findings, demanded_targets
from plans.models import AreaChange, Closure, Outcome, RefreshChange
from plans.refresh import CARRY_ON, proposals

_CARRY_ON = (CARRY_ON, "Carries on unchanged")
_APPLY_HINT = "The day on which the Board or another body agreed it. Leave empty if you choose a meeting."


class RefreshStartForm(govuk.FormMixin, forms.Form):
    title = LineField(label="Title", max_length=200, help_text="For example, “Refresh of the plan, spring”.")
    summary = ProseField(
        label="Summary", help_text="What changes and why, in a few sentences. You can change it later."
    )


class PostField(forms.ModelChoiceField):
    def label_from_instance(self, post):
        return f"{post.title} ({post.organisation})"


def reference_field():
    return LineField(
        label="Reference", required=False, max_length=10, help_text="For example, “R45”. It is part of web addresses."
    )


class DemandsField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, demand):
        return f"{demand.reference} {demand.wording}"


class FactsForm(govuk.VersionForm):
    """What a recommendation says in a draft: everything is shown as it will be."""

    merges = False
    title = LineField(label="Title", required=False, max_length=120, help_text="A short title that people know it by.")
    wording = ProseField(label="Recommendation", help_text="The whole recommendation, word for word.")
    success = ProseField(label="What success looks like", help_text="The success criteria, each on its own line.")
    outcome = forms.ModelChoiceField(label="Outcome", queryset=None, required=False, empty_label="Choose an outcome")
    lead_post = PostField(label="Lead", queryset=Post.objects.all(), required=False, empty_label="Choose a post")
    lead_wording = LineField(
        label="Lead as printed", required=False, max_length=250, help_text="Only if the plan names more than one lead."
    )
    due_on = govuk.DateField(label="Due date", required=False, help_text=f"For example, {govuk.EXAMPLE_DATE}.")
    timescale = LineField(
        label="Timescale", required=False, max_length=100, help_text="If there is no due date, for example “Ongoing”."
    )
    areas = forms.MultipleChoiceField(label="Areas of focus", required=False, widget=forms.CheckboxSelectMultiple)
    targets = DemandsField(label="Which targets does it answer?", queryset=None, required=False)
    findings = DemandsField(label="Which findings does it answer?", queryset=None, required=False)

    def __init__(self, *args, plan, here, facts=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["outcome"].queryset = Outcome.objects.filter(theme__plan=plan).select_related("theme")
        self.fields["targets"].queryset = demanded_targets(plan)
        self.fields["findings"].queryset = demanded_findings(plan)
        titles = {letter: area.title for letter, area in here.areas.items()}
        titles |= {change.letter: change.title for change in here.area_changes if change.title}
        self.fields["areas"].choices = [(letter, f"{letter}. {titles[letter]}") for letter in sorted(here.letters)]
        # An area that has ended is not offered, and what belonged to it still does.
        self.ended = [letter for letter in (facts or {}).get("areas", ()) if letter not in here.letters]

    @property
    def answers(self):
        said = dict(self.cleaned_data)
        return said | {"areas": [*said["areas"], *self.ended]}


def shown(facts):
    """Return the `facts` of a recommendation as a FactsForm shows them."""
    return facts | {"due_on": proposals.day(facts)}


class ChangeForm(FactsForm):
    """What becomes of a recommendation."""

    fate = forms.ChoiceField(
        label="What happens to this recommendation?",
        choices=(_CARRY_ON, *[choice for choice in RefreshChange.Fate.choices if choice[0] != "add"]),
        widget=forms.RadioSelect,
    )
    closure = forms.ChoiceField(label="How does it close?", choices=Closure, widget=forms.RadioSelect, required=False)
    successors = forms.CharField(
        label="Which recommendations continue it?",
        required=False,
        max_length=200,
        help_text="If it is merged, split or superseded. Enter references, new ones too, such as “R12, R13”.",
    )
    reason = ProseField(label="Reason", help_text="Needed for a new date, and if it closes. Readers will see it.")

    def __init__(self, *args, here, **kwargs):
        super().__init__(*args, here=here, **kwargs)
        self.known = {reference.casefold(): reference for reference in here.continuing}

    def clean_successors(self):
        """Return the references as the plan writes them; one that it does not know as it was typed."""
        typed = re.findall(r"[^\s,;]+", self.cleaned_data["successors"])
        return list(dict.fromkeys(self.known.get(reference.casefold(), reference) for reference in typed))


class NewForm(govuk.VersionForm):
    """What a draft adds: until it is saved nobody else can have changed it, and from then on it keeps its `name`."""

    merges = False
    name = ""

    def __init__(self, *args, is_new, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[self.name].disabled = not is_new
        if is_new:
            del self.fields["version"]

    @property
    def answers(self):
        return {"version": 0} | super().answers


class AddForm(NewForm, FactsForm):
    """A recommendation that the revision adds."""

    name = "reference"
    reference = reference_field()
    field_order = ("version", "reference")


class AreaForm(govuk.VersionForm):
    """What becomes of an area of focus."""

    merges = False
    fate = forms.ChoiceField(
        label="What happens to this area of focus?",
        choices=(_CARRY_ON, *[choice for choice in AreaChange.Fate.choices if choice[0] != "add"]),
        widget=forms.RadioSelect,
    )
    title = LineField(label="Title", required=False, max_length=150, help_text=NO_CHILD)
    leading_post = PostField(
        label="Leading post",
        queryset=Post.objects.all(),
        required=False,
        empty_label="Choose a post",
        help_text="The post that writes its monthly update.",
    )


class AreaAddForm(NewForm, AreaForm):
    name = "letter"
    fate = None
    letter = forms.CharField(label="Letter", max_length=1, help_text="One capital letter.")
    field_order = ("version", "letter", "title", "leading_post")

    def clean_letter(self):
        return self.cleaned_data["letter"].upper()

    @property
    def answers(self):
        return super().answers | {"fate": AreaChange.Fate.ADD}


class ApplyForm(govuk.VersionForm):
    """When the draft was agreed, with its last title and summary."""

    merges = False
    title = LineField(label="Title", required=False, max_length=200)
    summary = ProseField(label="Summary", help_text="What changes and why, in a few sentences. Readers will see it.")
    meeting = forms.ModelChoiceField(
        label="Agreed at the meeting of", queryset=None, required=False, empty_label="Not at a meeting of the Board"
    )
    agreed_on = govuk.DateField(label="Agreed on", required=False, help_text=_APPLY_HINT)

    def __init__(self, *args, plan, on, **kwargs):
        super().__init__(*args, **kwargs)
        board = getattr(plan, "board", None)
        if board is None:
            del self.fields["meeting"]
        else:
            self.fields["meeting"].queryset = board.meetings.filter(held_on__lte=on).order_by("-held_on")
            self.fields["meeting"].label_from_instance = lambda meeting: f"{meeting.held_on:%-d %B %Y}"

    @property
    def answers(self):
        said = dict(self.cleaned_data)
        meeting = said.get("meeting")
        return said | {"agreed_on": said["agreed_on"] or (meeting.held_on if meeting else None)}


class SucceedForm(govuk.FormMixin, forms.Form):
    """The plan that takes over another."""

    title = LineField(label="Title of the new plan", max_length=200)
    slug = forms.SlugField(
        label="Its name in web addresses",
        max_length=50,
        help_text="Small letters, digits and hyphens, for example “second-plan”. It cannot be changed later.",
        error_messages={
            "required": "Enter a name for its web addresses.",
            "invalid": "Use letters, digits and hyphens only, for example “second-plan”.",
        },
    )


class DiscardForm(govuk.VersionForm):
    """Asks nothing but that the button is pressed."""

    merges = False
