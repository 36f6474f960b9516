"""What is filled in of a question: itself, the post that answers it, its answer, and what came of it."""

from django import forms

from boards.forms.choices import MeetingField, choose_from
from boards.forms.refusable import RefusableForm, VersionedForm
from boards.models import AgendaItem, Challenge
from improvement import govuk
from improvement.govuk.no_child import ProseField


class AskForm(RefusableForm):
    """A question, asked from one of `seats`; with one `seat` of their own nobody is asked which."""

    label_size = "m"
    seat = forms.ModelChoiceField(
        label="Who asks?",
        queryset=None,
        empty_label="Choose a seat",
        help_text="The record says that you entered it for them.",
    )
    question = ProseField(label="Question", help_text="Everybody who sees the plan reads it, unless it is restricted.")
    meeting = MeetingField(
        label="For which meeting?",
        empty_label="For no meeting in particular",
        help_text="It can be answered before the meeting.",
    )

    item = forms.ModelChoiceField(
        label="Agenda item that it belongs to",
        queryset=None,
        required=False,
        empty_label="None",
        help_text="Only those who may read the item can then read the question.",
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
        label="Which post answers?",
        queryset=None,
        empty_label="Choose a post",
        help_text="Its holder and deputy find the question among what they owe.",
    )

    def __init__(self, *args, posts, **kwargs):
        super().__init__(*args, **kwargs)
        choose_from(self, post=posts)


class AnswerForm(ChallengeForm):
    answer = ProseField(label="Answer", help_text="Everybody who sees the plan reads it.")


class ConcludeForm(ChallengeForm):
    """What came of a question; what is asked of an action counts only where one was agreed."""

    outcome = forms.ChoiceField(label="What came of it?", choices=Challenge.Outcome, widget=forms.RadioSelect)
    text = ProseField(
        label="In words",
        help_text="Which date was changed, or what the Board's view is. For an action it may stay empty.",
    )
    action = forms.ModelChoiceField(
        label="Which action of the log?", queryset=None, required=False, empty_label="A new one, as below"
    )
    wording = ProseField(label="What is to be done?")
    owner_post = forms.ModelChoiceField(
        label="Who does it?", queryset=None, required=False, empty_label="Choose a post"
    )
    due_on = govuk.DateField(label="By when?", required=False, help_text=f"For example, {govuk.EXAMPLE_DATE}.")
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
    Challenge.Outcome.ACTION: "It stands in the action log until it is closed.",
    Challenge.Outcome.DATE: "The date itself is changed on the recommendation's own page.",
    Challenge.Outcome.VIEW: "The rating stays as it was published; the view stands beside it.",
}
