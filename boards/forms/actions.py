"""What is filled in of the action log: an action, how far it is, and what came of it."""

from django import forms

from accounts.models import Post
from boards.forms.access import UnderItem
from boards.forms.refusable import RefusableForm, VersionedForm
from improvement import govuk
from improvement.govuk.no_child import ProseField
from plans.models import Recommendation

EXAMPLE = f"For example, {govuk.EXAMPLE_DATE}."


class ActionRaiseForm(RefusableForm, UnderItem):
    wording = ProseField(label="What is to be done")
    owner_post = forms.ModelChoiceField(
        queryset=Post.objects.all(), label="The post that does it", required=False, empty_label="None of these"
    )
    owner = forms.CharField(
        label="Or the seat or body that does it",
        max_length=200,
        required=False,
        help_text="Only where it is none of the posts.",
    )
    due_on = govuk.DateField(label="Due", required=False, help_text=EXAMPLE)
    recommendation = forms.ModelChoiceField(
        queryset=None,
        label="Recommendation that it is about",
        required=False,
        empty_label="None",
        help_text="The action appears on its page, unless it is restricted.",
    )

    field_order = ("wording", "owner_post", "owner", "due_on", "recommendation", "item")

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, meeting=meeting, **kwargs)
        self.fields["recommendation"].queryset = Recommendation.objects.filter(plan=meeting.board.plan_id)


class _At(forms.Form):
    meeting = forms.ModelChoiceField(queryset=None, label="Reported to the meeting of", empty_label=None)

    def __init__(self, *args, meetings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = meetings
        self.fields["meeting"].label_from_instance = lambda meeting: f"{meeting.held_on:%-d %B %Y}"


class ActionNoteForm(RefusableForm, _At):
    text = ProseField(label="How far it is")
    due_on = govuk.DateField(
        label="New due date", required=False, help_text=f"Only where the Board agreed another date. {EXAMPLE}"
    )


class ActionCloseForm(VersionedForm, _At):
    merges = False
    outcome = ProseField(label="What came of it", help_text="What was done, or why it was dropped.")
    field_order = ("meeting", "outcome")

    def standing(self, row):
        return [(f"Reported on {note.meeting.held_on:%-d %B %Y}", note.text) for note in row.notes.all()]
