"""The forms of the action log: an action, its progress and its closing note."""

from django import forms

from accounts.models import Post
from boards.forms.access import UnderItem
from boards.forms.choices import EXAMPLE, MeetingField
from boards.forms.refusable import RefusableForm, VersionedForm
from improvement import govuk
from improvement.govuk.no_child import ProseField
from plans.models import Recommendation


class ActionRaiseForm(RefusableForm, UnderItem):
    wording = ProseField(label="What needs to be done")
    owner_post = forms.ModelChoiceField(
        queryset=Post.objects.all(), label="Post that will do it", required=False, empty_label="None of these"
    )
    owner = forms.CharField(
        label="Or seat or body that will do it",
        max_length=200,
        required=False,
        help_text="Only if none of the posts will do it.",
    )
    due_on = govuk.DateField(label="Due", required=False, help_text=EXAMPLE)
    recommendation = forms.ModelChoiceField(
        queryset=None,
        label="Related recommendation",
        required=False,
        empty_label="None",
        help_text="The action appears on the recommendation’s page, unless it is restricted.",
    )

    field_order = ("wording", "owner_post", "owner", "due_on", "recommendation", "item")

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, meeting=meeting, **kwargs)
        self.fields["recommendation"].queryset = Recommendation.objects.filter(plan=meeting.board.plan_id)


class _At(forms.Form):
    meeting = MeetingField(label="Meeting", empty_label=None, required=True)

    def __init__(self, *args, meetings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = meetings


class ActionNoteForm(RefusableForm, _At):
    text = ProseField(label="Progress")
    due_on = govuk.DateField(
        label="New due date", required=False, help_text=f"Only if the Board agreed another date. {EXAMPLE}"
    )


class ActionCloseForm(VersionedForm, _At):
    merges = False
    outcome = ProseField(label="Closing note", help_text="What was done, or why the action was dropped.")
    field_order = ("meeting", "outcome")

    def standing(self, row):
        return [(f"Reported on {note.meeting.held_on:%-d %B %Y}", note.text) for note in row.notes.all()]
