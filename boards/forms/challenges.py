"""The forms of a question: the question, its answering post, its answer and its conclusion."""

from django import forms

from boards.forms.choices import EXAMPLE, MeetingField, choose_from
from boards.forms.refusable import RefusableForm, VersionedForm
from boards.models import AgendaItem, Challenge
from improvement import govuk
from improvement.govuk.no_child import ProseField


class AskForm(RefusableForm):
    """A question, asked from one of `seats`; with one `seat` of their own nobody is asked which."""

    label_size = "m"
    seat = forms.ModelChoiceField(
        label="Who is asking?",
        queryset=None,
        empty_label="Choose a seat",
        help_text="The record will say that you entered it for them.",
    )
    question = ProseField(
        label="Question", required=True, help_text="Everyone who can see the plan can read it, unless restricted."
    )
    meeting = MeetingField(
        label="Which meeting is it for?",
        empty_label="No particular meeting",
        help_text="It can be answered before the meeting.",
    )

    item = forms.ModelChoiceField(
        label="Agenda item",
        queryset=None,
        required=False,
        empty_label="None",
        help_text="Only people who can read the item can then read the question.",
    )

    def __init__(self, *args, seats, meetings, **kwargs):
        super().__init__(*args, **kwargs)
        if seats is None:
            del self.fields["seat"]
        else:
            self.fields["seat"].queryset = seats
        announced = meetings.filter(agenda_published_at__isnull=False)
        choose_from(self, meeting=meetings, item=AgendaItem.objects.filter(meeting__in=announced.order_by()))


class ChallengeForm(VersionedForm):
    """A form on a page that shows the question as it stands."""

    label_size = "m"
    merges = False

    def standing(self, row):
        return ()


class AssignForm(ChallengeForm):
    post = forms.ModelChoiceField(
        label="Who will answer?",
        queryset=None,
        empty_label="Choose a post",
        help_text="The question appears in “My updates” for its holder and deputy.",
    )

    def __init__(self, *args, posts, **kwargs):
        super().__init__(*args, **kwargs)
        choose_from(self, post=posts)


class AnswerForm(ChallengeForm):
    answer = ProseField(label="Answer", help_text="Everyone who can see the plan can read it.")


class ConcludeForm(ChallengeForm):
    """What came of a question; what is asked of an action counts only where one was agreed."""

    outcome = forms.ChoiceField(label="Conclusion", choices=Challenge.Outcome, widget=forms.RadioSelect)
    text = ProseField(
        label="Details",
        help_text="The date that was changed, or the Board’s view. You can leave this empty for an action.",
    )
    action = forms.ModelChoiceField(
        label="Which action?", queryset=None, required=False, empty_label="A new action, entered below"
    )
    wording = ProseField(label="What needs to be done?")
    owner_post = forms.ModelChoiceField(
        label="Who will do it?", queryset=None, required=False, empty_label="Choose a post"
    )
    due_on = govuk.DateField(label="By when?", required=False, help_text=EXAMPLE)
    meeting = MeetingField(label="Which meeting agreed it?", empty_label="Choose a meeting")

    of_an_action = ("action", "wording", "owner_post", "due_on", "meeting")

    def __init__(self, *args, actions, posts, meetings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choice_hints = _OUTCOME_HINTS
        self.fields["action"].label_from_instance = lambda action: f"{action.number}. {action.wording}"[:100]
        choose_from(self, action=actions, owner_post=posts, meeting=meetings)

    @property
    def action_fields(self):
        return [self[name] for name in self.of_an_action if name in self.fields]


_OUTCOME_HINTS = {
    Challenge.Outcome.ACTION: "The action stays in the action log until it is closed.",
    Challenge.Outcome.DATE: "Change the date itself on the recommendation’s page.",
    Challenge.Outcome.VIEW: "The published rating stays the same. The Board’s view is shown beside it.",
}
